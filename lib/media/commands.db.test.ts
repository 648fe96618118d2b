import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { useDatabase } from '#db/testing.ts';
import { overrideSettings } from '#lib/env.ts';
import { anonymous } from '#lib/users/rules.ts';
import { uploadPicture } from './commands.ts';
import { blackPng, twoHalves } from './pictures.fixture.ts';
import { maxPictureBytes } from './rules.ts';

useDatabase();

// The process opens its storage once, so all tests of this file share the folder's name and each begins it anew.
const dataDir = await mkdtemp(join(tmpdir(), 'broadside-media-'));
const folder = join(dataDir, 'media');
overrideSettings({ dataDir });
beforeEach(() => rm(folder, { recursive: true, force: true }));
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const details = { alt: 'A boat' };
const file = (bytes: Uint8Array, filename = 'boat.jpg') => ({ bytes, filename });

const rows = () => db().select().from(mediaAssets);

/** Uploads as a writer, must succeed, and answers the row and the bytes that are kept. */
async function uploaded(bytes: Uint8Array, filename?: string) {
  const writer = await aPerson({ staffRole: 'writer' });
  const result = await uploadPicture(writer, file(bytes, filename), details);
  if (!result.ok) throw new Error(result.message);
  const [row] = await rows();
  if (!row) throw new Error('There is no row');
  return { row, kept: await readFile(join(folder, row.storageKey)), writer, shown: result.value };
}

describe('a picture that comes in', () => {
  test('is kept with what describes it, for who uploaded it, on record', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const bytes = await twoHalves(400, 200).png().toBuffer();
    const given = { alt: ' A boat ', caption: ' In port ', credit: 'Ann', licence: 'CC0' };
    const result = await uploadPicture(writer, file(bytes, 'x'.repeat(300)), given);
    const [row] = await rows();
    const kept = await readFile(join(folder, row?.storageKey ?? ''));
    expect(row).toMatchObject({
      filename: 'x'.repeat(200),
      type: 'image/png',
      bytes: kept.byteLength,
      width: 400,
      height: 200,
      hash: createHash('sha256').update(bytes).digest('hex'),
      ...{ alt: 'A boat', caption: 'In port', credit: 'Ann', licence: 'CC0' },
      createdBy: writer.userId,
    });
    expect(result).toMatchObject({
      ok: true,
      value: { id: row?.id, alt: 'A boat', url: `/media/${row?.id}/1-320.webp` },
    });
    expect(await db().select().from(auditEntries)).toMatchObject([
      { action: 'picture.upload', actorId: writer.userId, subjectId: row?.id },
    ]);
  });

  test('needs a description for who can’t see it', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const bytes = await twoHalves().png().toBuffer();
    for (const alt of ['', '  ', '\n\t']) {
      expect(await uploadPicture(writer, file(bytes), { alt })).toMatchObject({
        reason: 'invalid',
        fields: { alt: expect.any(String) },
      });
    }
    expect(await rows()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  test('comes from staff alone', async () => {
    const bytes = await twoHalves().png().toBuffer();
    for (const actor of [anonymous, await aPerson()]) {
      expect(await uploadPicture(actor, file(bytes), details)).toMatchObject({
        reason: 'forbidden',
      });
    }
    expect(await rows()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  test('is of the kind that its bytes say, whatever its name says', async () => {
    const kinds = [
      ['image/jpeg', 'jpeg', (picture: Sharp) => picture.jpeg()],
      ['image/png', 'png', (picture: Sharp) => picture.png()],
      ['image/webp', 'webp', (picture: Sharp) => picture.webp()],
      ['image/avif', 'heif', (picture: Sharp) => picture.avif({ effort: 0 })],
    ] as const;
    const writer = await aPerson({ staffRole: 'writer' });
    for (const [type, format, encode] of kinds) {
      const bytes = await encode(twoHalves()).toBuffer();
      const sent = file(bytes, 'boat.html');
      expect(await uploadPicture(writer, sent, details)).toMatchObject({ ok: true });
      const row = (await rows()).find((known) => known.type === type);
      const kept = await sharp(join(folder, row?.storageKey ?? '')).metadata();
      expect([type, kept.format]).toEqual([type, format]);
    }
    expect(await rows()).toHaveLength(4);
  });

  test.each<[string, () => Promise<Uint8Array> | Uint8Array]>([
    ['a page of HTML', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a GIF', () => twoHalves().gif().toBuffer()],
    ['a TIFF', () => twoHalves().tiff().toBuffer()],
    ['a PDF', () => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF')],
    ['an empty file', () => Buffer.alloc(0)],
    ['noise', () => Buffer.alloc(2_000, 0xa5)],
    ['a picture’s head on a script', () => Buffer.from('\xff\xd8\xff\xe0<script>', 'latin1')],
    [
      'half a picture',
      async () => {
        const noise = { type: 'gaussian' as const, mean: 128, sigma: 60 };
        const create = { width: 200, height: 200, channels: 3 as const, background: '#000', noise };
        const whole = await sharp({ create }).jpeg().toBuffer();
        return whole.subarray(0, whole.length / 2);
      },
    ],
  ])('is not %s, though it is called boat.jpg', async (_what, make) => {
    const writer = await aPerson({ staffRole: 'writer' });
    expect(await uploadPicture(writer, file(await make()), details)).toMatchObject({
      reason: 'not_a_picture',
      fields: { file: expect.any(String) },
    });
    expect(await rows()).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  test('loses where and with what it was taken', async () => {
    const bytes = await twoHalves()
      .jpeg()
      .withExif({
        IFD0: { Make: 'Leuchtkamera', Copyright: 'Secret' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 19/1 0/1' },
      })
      .toBuffer();
    expect(bytes.includes('Leuchtkamera')).toBe(true);
    const { kept } = await uploaded(bytes);
    expect(kept.includes('Leuchtkamera')).toBe(false);
    const { exif, xmp, iptc } = await sharp(kept).metadata();
    expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
  });

  test('loses whatever else was hidden in its file', async () => {
    const bytes = await twoHalves().png().toBuffer();
    const { kept } = await uploaded(Buffer.concat([bytes, Buffer.from('<script>alert(1)')]));
    expect(kept.includes('<script>')).toBe(false);
  });

  test('is turned upright for good', async () => {
    const bytes = await twoHalves().withMetadata({ orientation: 6 }).png().toBuffer();
    const { row, kept, shown } = await uploaded(bytes);
    expect([row.width, row.height, shown.width, shown.height]).toEqual([20, 40, 20, 40]);
    const { data, info } = await sharp(kept)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([20, 40]);
    const [top, bottom] = [[...data.subarray(0, 3)], [...data.subarray(-3)]];
    expect([top, bottom]).toEqual([
      [255, 0, 0],
      [0, 0, 255],
    ]);
    expect((await sharp(kept).metadata()).orientation).toBeUndefined();
  });

  test('is refused before it is unpacked where it has more than 80 megapixels', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const bomb = blackPng(9_000, 9_000);
    expect(bomb.byteLength).toBeLessThan(20_000);
    expect(await uploadPicture(writer, file(bomb), details)).toMatchObject({
      reason: 'not_a_picture',
    });
    expect(await rows()).toEqual([]);
    expect((await uploadPicture(writer, file(blackPng(90, 90)), details)).ok).toBe(true);
  });

  test('is refused unread where its file has more than 25 MB', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const picture = await twoHalves().png().toBuffer();
    const padded = Buffer.concat([picture, Buffer.alloc(maxPictureBytes + 1 - picture.length)]);
    expect(await uploadPicture(writer, file(padded), details)).toMatchObject({
      reason: 'too_large',
    });
    expect((await uploadPicture(writer, file(padded.subarray(1)), details)).ok).toBe(false);
    expect((await uploadPicture(writer, file(padded.subarray(0, -1)), details)).ok).toBe(true);
  });

  test('that can’t be stored leaves no row and no entry', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const bytes = await twoHalves().png().toBuffer();
    // Where the storage's folder should be there is a file: as good as a full disk.
    await rm(dataDir, { recursive: true, force: true });
    await writeFile(dataDir, '');
    expect(await uploadPicture(writer, file(bytes), details)).toMatchObject({
      reason: 'storage_away',
      message: expect.stringContaining('nothing was kept'),
    });
    expect(await rows()).toEqual([]);
    expect(await db().select().from(auditEntries)).toEqual([]);
  });
});
