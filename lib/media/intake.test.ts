import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { readPicture } from './intake.ts';
import { twoHalves } from './pictures.fixture.ts';

const svg = (inner: string, attributes = 'width="120" height="60"', before = '') =>
  Buffer.from(
    `${before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inner}</svg>`,
  );
const red = '<rect width="120" height="60" fill="#f00"/>';

/** The colours that a picture has, as `r,g,b,a`, its edges' in-between ones left out. */
async function colours(bytes: Uint8Array): Promise<string[]> {
  const { data } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const counts = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    const colour = data.subarray(at, at + 4).join();
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const most = [...counts].filter(([, count]) => count > data.length / 4 / 100);
  return most.map(([colour]) => colour).toSorted();
}

describe('a drawing', () => {
  test('becomes the picture that it draws, 2,400 pixels on its longer side, however small it says it is', async () => {
    const read = await readPicture(svg(red));
    expect(read?.facts).toMatchObject({ type: 'image/png', width: 2_400, height: 1_200 });
    expect(await colours(read?.data ?? Buffer.alloc(0))).toEqual(['255,0,0,255']);
    expect((await sharp(read?.data).metadata()).format).toBe('png');
    const small = await readPicture(svg(red, 'viewBox="0 0 12 6" width="12" height="6"'));
    expect(small?.facts.width).toBe(2_400);
  });

  test.each([
    ['an XML head', '<?xml version="1.0"?>\n'],
    ['a comment', '<!-- drawn by hand -->\n'],
    ['a mark of its bytes’ order', '\uFEFF'],
  ])('may begin with %s', async (_, before) => {
    expect((await readPicture(svg(red, undefined, before)))?.facts.type).toBe('image/png');
  });

  test.each<[string, Buffer]>([
    ['a script', svg(`${red}<script>document.documentElement.remove()</script>`)],
    [
      'a file of this machine',
      svg(`${red}<image href="file:///etc/passwd" width="9" height="9"/>`),
    ],
    ['a file beside it', svg(`${red}<image xlink:href="package.json" width="9" height="9"/>`)],
    [
      'an external entity',
      svg(
        `${red}<text>&x;</text>`,
        undefined,
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      ),
    ],
    [
      'a style sheet from elsewhere',
      svg(`<style>@import url("file:///etc/passwd");</style>${red}`),
    ],
    ['a page in it', svg(`${red}<foreignObject width="9" height="9"><p>x</p></foreignObject>`)],
  ])('with %s draws nothing of it, and keeps no word of it', async (_, bytes) => {
    const read = await readPicture(bytes);
    // Refusing it whole is as good.
    if (!read) return;
    expect(await colours(read.data)).toEqual(['255,0,0,255']);
    const text = Buffer.from(read.data).toString('latin1');
    for (const word of ['script', 'passwd', 'root:', 'svg']) expect(text).not.toContain(word);
  });

  test('asks nobody on the network for what it names', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      response.end();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const there = `http://127.0.0.1:${port}/x`;
    await readPicture(
      svg(
        `<style>@import url("${there}.css"); rect { fill: url("${there}#a") }</style><image href="${there}.png" width="9" height="9"/><use href="${there}.svg#a"/>${red}`,
        undefined,
        `<?xml-stylesheet href="${there}.css"?><!DOCTYPE svg SYSTEM "${there}.dtd">`,
      ),
    );
    await new Promise((done) => server.close(done));
    expect(asked).toBe(0);
  });

  const laughs = Array.from({ length: 12 }, (_, n) =>
    n === 0 ? '<!ENTITY l0 "ha">' : `<!ENTITY l${n} "${`&l${n - 1};`.repeat(10)}">`,
  ).join('');
  const uses = Array.from({ length: 20 }, (_, n) =>
    n === 0
      ? red.replace('<rect', '<rect id="u0"')
      : `<g id="u${n}">${`<use href="#u${n - 1}"/>`.repeat(10)}</g>`,
  ).join('');

  test.each<[string, Buffer]>([
    [
      'entities that grow without end',
      svg('<text>&l11;</text>', undefined, `<!DOCTYPE svg [${laughs}]>`),
    ],
    ['a side of a million pixels', svg(red, 'width="1000000" height="1000000"')],
    ['a name and nothing more', Buffer.from('<svg')],
    ['nothing in it and no size', svg('', '')],
    ['packed text', gzipSync(svg(red))],
    ['3 MB of text', svg(`<!--${'x'.repeat(3_000_000)}-->${red}`)],
    ['another kind of document', Buffer.from('<?xml version="1.0"?><html><svg/></html>')],
  ])('of %s is refused, soon', async (_, bytes) => {
    const began = performance.now();
    expect((await readPicture(bytes))?.facts ?? null).toBeNull();
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('of parts that repeat each other without end is given up after ten seconds, and the next one is drawn', async () => {
    const began = performance.now();
    const [endless, next] = await Promise.all([readPicture(svg(uses)), readPicture(svg(red))]);
    expect(endless).toBeNull();
    expect(next?.facts.width).toBe(2_400);
    expect(performance.now() - began).toBeLessThan(14_000);
  }, 20_000);
});

describe('a picture', () => {
  test('loses where and with what it was taken, and its profile becomes the colours of the web', async () => {
    const sent = await twoHalves(400, 200)
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
      .withIccProfile('p3')
      .withExif({
        IFD0: { Make: 'Leuchtkamera' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 19/1 0/1' },
      })
      .toBuffer();
    expect(await sharp(sent).metadata()).toMatchObject({
      exif: expect.anything(),
      icc: expect.anything(),
    });
    const read = await readPicture(sent);
    const { exif, icc, xmp, iptc, space } = await sharp(read?.data).metadata();
    expect({ exif, icc, xmp, iptc, space }).toEqual({ space: 'srgb' });
    const { data } = await sharp(read?.data).raw().toBuffer({ resolveWithObject: true });
    const [r = 0, g = 0, b = 0] = data;
    expect([r > 240, g < 15, b < 15]).toEqual([true, true, true]);
  });

  test('of many moments becomes its first', async () => {
    const frames = await sharp(
      [await twoHalves().png().toBuffer(), await twoHalves().negate().png().toBuffer()],
      {
        join: { animated: true },
      },
    )
      .webp()
      .toBuffer();
    expect((await sharp(frames).metadata()).pages).toBe(2);
    const read = await readPicture(frames);
    expect((await sharp(read?.data).metadata()).pages ?? 1).toBe(1);
  });

  test('has a placeholder of at most 300 characters, which names its colour', async () => {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
    const create = { width: 900, height: 600, channels: 3 as const, background: '#000', noise };
    const wild = await readPicture(await sharp({ create }).jpeg().toBuffer());
    const all = { width: 90, height: 45, channels: 3 as const, background: '#f00' };
    const plain = await readPicture(await sharp({ create: all }).png().toBuffer());
    for (const read of [wild, plain])
      expect(read?.facts.placeholder.length).toBeLessThanOrEqual(300);
    expect(plain?.facts.placeholder).toMatch(/^data:image\/webp;tone=700;light=222222;base64,/);
    const [, base64 = ''] = wild?.facts.placeholder.split('base64,') ?? [];
    expect(await sharp(Buffer.from(base64, 'base64')).metadata()).toMatchObject({
      format: 'webp',
      width: 16,
      height: 11,
    });
  });

  test('has a placeholder that says where it is dark and where it is bright', async () => {
    const create = { width: 900, height: 600, channels: 3 as const, background: '#808080' };
    const corner = (width: number, background: string) =>
      sharp({ create: { ...create, width, height: 300, background } })
        .png()
        .toBuffer();
    const picture = sharp({ create }).composite([
      { input: await corner(300, '#000'), left: 0, top: 0 },
      { input: await corner(300, '#fff'), left: 600, top: 300 },
    ]);
    const read = await readPicture(await picture.png().toBuffer());
    expect(read?.facts.placeholder).toMatch(/;light=022224;base64,/);
  });

  test('that lets the page shine through names no colour', async () => {
    const logo = await readPicture(svg('<circle cx="30" cy="30" r="20"/>'));
    expect(logo?.facts.placeholder).toMatch(/^data:image\/webp;base64,/);
  });
});
