import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import inject from 'light-my-request';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { aPage, ask, own, size, text } from './answer.fixture.ts';
import { answerOf, bytesOf, sendReady } from './answer.ts';

const packed = vi.hoisted(() => ({ count: 0 }));
vi.mock('node:zlib', async (original) => {
  const zlib = await original<typeof import('node:zlib')>();
  const counted =
    (pack: (...given: never[]) => void) =>
    (...given: never[]) => {
      packed.count += 1;
      pack(...given);
    };
  return { ...zlib, brotliCompress: counted(zlib.brotliCompress), gzip: counted(zlib.gzip) };
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const decoders: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (body) => body,
};

describe('the encoding', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['br', 'br'],
    ['BR;Q=0.5', 'br'],
    ['gzip', 'gzip'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['gzip ; q=0.2 , br ; q=0.000', 'gzip'],
    ['*', 'br'],
    ['*;q=0.5, br;q=0', 'gzip'],
    ['br;q=0, gzip;q=0, *', 'identity'],
    ['*;q=0', 'identity'],
    ['gzip;q=0', 'identity'],
    ['identity', 'identity'],
    ['deflate, zstd', 'identity'],
    ['br;q=none', 'identity'],
    ['brotli, xgzip', 'identity'],
    ['', 'identity'],
    [undefined, 'identity'],
  ])('for %j is %s, and the bytes are the page', async (accepted, encoding) => {
    const answer = await ask(
      aPage(),
      accepted === undefined ? {} : { 'accept-encoding': accepted },
    );
    expect(answer.headers['content-encoding'] ?? 'identity').toBe(encoding);
    expect(decoders[encoding]?.(answer.rawPayload).toString()).toBe(text);
    expect(answer.headers['content-length']).toBe(String(answer.rawPayload.length));
    expect(answer.headers).toMatchObject(Object.fromEntries(own));
    if (encoding !== 'identity') expect(answer.rawPayload.length).toBeLessThan(size / 5);
  });

  test('of what is tiny, or packed already by its kind, is none', async () => {
    const bodies: [string, number][] = [
      ['text/html', 255],
      ['image/avif', 9_000],
      ['image/jpeg', 9_000],
      ['font/woff2', 9_000],
      ['application/pdf', 9_000],
    ];
    for (const [type, length] of bodies) {
      const answer = answerOf(200, [['content-type', type]], Buffer.alloc(length, 'a'));
      const { headers, rawPayload } = await ask(answer, { 'accept-encoding': 'br, gzip' });
      expect([headers['content-encoding'], rawPayload.length], type).toEqual([undefined, length]);
    }
    for (const type of ['text/css', 'image/svg+xml', 'application/rss+xml', 'application/json']) {
      const answer = answerOf(200, [['content-type', type]], Buffer.alloc(9_000, 'a'));
      const { headers } = await ask(answer, { 'accept-encoding': 'br' });
      expect(headers['content-encoding'], type).toBe('br');
    }
  });

  test('is made once for all who wait for it, and never again', async () => {
    const answer = aPage();
    packed.count = 0;
    const some = ['br', 'gzip'].flatMap((accepted) =>
      Array.from({ length: 20 }, () => ask(answer, { 'accept-encoding': accepted })),
    );
    for (const { statusCode } of await Promise.all(some)) expect(statusCode).toBe(200);
    expect(packed.count).toBe(2);
    await ask(answer, { 'accept-encoding': 'br' });
    expect(packed.count).toBe(2);
  });

  test('leaves nothing behind of what strangers write into their headers', async () => {
    const maps: { size: number }[] = [];
    vi.stubGlobal(
      'Map',
      class<K, V> extends Map<K, V> {
        constructor(entries?: Iterable<[K, V]>) {
          super(entries);
          maps.push(this);
        }
      },
    );
    vi.resetModules();
    const anew = await import('./answer.ts');
    const answer = anew.answerOf(200, own, Buffer.from(text));
    const asked = async (accepted: string) =>
      inject((request, response) => void anew.send(request, response, answer), {
        url: '/',
        headers: { 'accept-encoding': accepted },
      });
    for (let index = 0; index < 1_500; index += 1) await asked(`x-${index}, gzip`);
    const sizes = maps.map((map) => map.size);
    expect(Math.max(...sizes)).toBeGreaterThan(10);
    expect(Math.max(...sizes)).toBeLessThan(300);
  });

  test('is reckoned with in memory: body and packed forms never come to more', async () => {
    const answer = aPage();
    for (const accepted of ['br', 'gzip', '']) await ask(answer, { 'accept-encoding': accepted });
    const forms = Object.values(answer.packed).map(({ body }) => body);
    const held = [...new Set([answer.body, ...forms])].reduce((sum, { length }) => sum + length, 0);
    expect(forms).toHaveLength(3);
    expect(held).toBeLessThanOrEqual(bytesOf(answer));
  });
});

describe('a browser that has the page already', () => {
  const etagOf = async (accepted: string) =>
    String((await ask(aPage(), { 'accept-encoding': accepted })).headers['etag']);

  test('is told so, and sent nothing that speaks of a body', async () => {
    for (const accepted of ['br', 'gzip', 'identity']) {
      const headers = { 'accept-encoding': accepted, 'if-none-match': await etagOf(accepted) };
      const { statusCode, rawPayload, headers: told } = await ask(aPage(), headers);
      expect([statusCode, rawPayload.length]).toEqual([304, 0]);
      expect(told).toMatchObject({ etag: headers['if-none-match'], vary: own[1]?.[1] });
      for (const name of ['content-type', 'content-length', 'content-encoding'])
        expect(told[name], name).toBeUndefined();
    }
  });

  test('has a tag of its own for each encoding', async () => {
    const tags = await Promise.all(['br', 'gzip', 'identity'].map(etagOf));
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]{22,}"$/);
  });

  test('may name it weakly, in a list, by another encoding or with a star', async () => {
    const br = await etagOf('br');
    for (const known of [
      `W/${br}`,
      `"x", ${br}`,
      `"x","y" , W/${br} `,
      await etagOf(''),
      '*',
      ' * ',
    ])
      expect((await ask(aPage(), { 'if-none-match': known })).statusCode, known).toBe(304);
    const head = await ask(aPage(), { 'if-none-match': br }, 'HEAD');
    expect(head.statusCode).toBe(304);
  });

  test('gets the page where it names another or none that can be read', async () => {
    const tag = (await etagOf('')).slice(1, -1);
    for (const known of [
      '"x"',
      tag,
      `"${tag}`,
      `"${tag}x"`,
      `"${tag}-zstd"`,
      `w/"${tag}"`,
      '',
      ',',
    ])
      expect((await ask(aPage(), { 'if-none-match': known })).statusCode, known).toBe(200);
    const missing = await ask(aPage(404), { 'if-none-match': `"${tag}"` });
    expect([missing.statusCode, missing.payload]).toEqual([404, text]);
  });
});

test('HEAD gets what GET gets, without the body', async () => {
  for (const accepted of ['br', 'gzip', '']) {
    const [get, head] = await Promise.all(
      ['GET', 'HEAD'].map((method) => ask(aPage(), { 'accept-encoding': accepted }, method)),
    );
    const { date: _, ...expected } = get?.headers ?? {};
    expect(head?.headers).toMatchObject(expected);
    expect([head?.statusCode, head?.rawPayload.length]).toEqual([200, 0]);
  }
});

test('what is not packed yet, or asked for in part, is not sent at once', async () => {
  const answer = aPage();
  let sent: boolean | undefined;
  const once = (headers: Record<string, string>) =>
    inject(
      (asked, response) => {
        sent = sendReady(asked, response, answer);
        if (!sent) response.end('not yet');
      },
      { url: '/', headers },
    );
  expect((await once({ 'accept-encoding': 'br' })).payload).toBe('not yet');
  await ask(answer, { 'accept-encoding': 'br' });
  expect((await once({ 'accept-encoding': 'br', range: 'bytes=0-1' })).payload).toBe('not yet');
  const { rawPayload } = await once({ 'accept-encoding': 'br' });
  expect([sent, brotliDecompressSync(rawPayload).toString()]).toEqual([true, text]);
});
