import sharp, { type Sharp } from 'sharp';
import { db } from '#db/client.ts';
import { addJob, type JobPayload } from '#db/jobs.ts';
import { getFile, putFile, removeFile } from '#lib/gateways/storage/store.ts';
import { sizeKey } from '#lib/media/files.ts';
import { findOriginal, type Original } from '#lib/media/queries.ts';
import { offeredWidths, pictureWidths, type SizeFormat } from '#lib/media/rules.ts';

/**
 * A picture's bytes in one width. `stays`: nothing but these will ever be had under the address that was asked for.
 * `isFinal`: not a format that stands in for another until that is made.
 */
export type PictureSize = {
  bytes: Uint8Array;
  format: SizeFormat;
  stays: boolean;
  isFinal: boolean;
};

/**
 * A picture in one of the widths that there are; `null` for an unknown picture, for every other width, for AVIF wider than
 * the picture, and for a version that is still to come. Without `version`, or with an earlier one, it is the picture as it
 * is now. WebP takes a moment and is made at the first request. AVIF takes seconds, which no reader shall wait: until a
 * job has made it, its address answers with WebP, which browsers take there as well.
 */
export async function pictureInWidth(
  id: string,
  width: number,
  format: SizeFormat,
  version?: number,
): Promise<PictureSize | null> {
  if (!(pictureWidths as readonly number[]).includes(width)) return null;
  const original = await findOriginal(id);
  if (!original || (version ?? 1) > original.version) return null;
  const stays = version === original.version;
  if (format === 'avif') {
    if (!offeredWidths(original.width).includes(width)) return null;
    const bytes = await getFile(sizeKey(id, original.version, width, 'avif'));
    if (bytes) return { bytes, format, stays, isFinal: true };
    await askForAvif(id, original.version);
  }
  const bytes = await webp(id, original, width);
  return bytes && { bytes, format: 'webp', stays, isFinal: format === 'webp' };
}

/** Makes what is missing of a picture's sizes in AVIF. */
export async function makeAvif({ pictureId }: JobPayload<'media.avif'>): Promise<void> {
  const original = await findOriginal(pictureId);
  const bytes = original && (await getFile(original.storageKey));
  if (!bytes) return;
  for (const width of offeredWidths(original.width)) {
    const key = sizeKey(pictureId, original.version, width, 'avif');
    if (await getFile(key)) continue;
    // At effort 2 half the bytes of WebP in about 0.8 s for the largest; at 4 a tenth less in ten times as long.
    const made = await inWidth(bytes, width).avif({ quality: 55, effort: 2 }).toBuffer();
    await keepSize(pictureId, original, key, made, 'image/avif');
  }
}

/** Keeps a size, unless the picture was replaced or removed while it was being made: nobody would remove that again. */
async function keepSize(
  id: string,
  { version }: Original,
  key: string,
  made: Uint8Array,
  type: string,
): Promise<void> {
  await putFile(key, made, type);
  if ((await findOriginal(id))?.version !== version) await removeFile(key);
}

/** The pictures that this process has put into the queue: a picture that is shown a thousand times is put there once. */
const asked = new Set<string>();

async function askForAvif(id: string, version: number): Promise<void> {
  const name = `${id} ${version}`;
  if (asked.has(name)) return;
  asked.add(name);
  try {
    await addJob(
      db(),
      'media.avif',
      { pictureId: id },
      { key: `media.avif ${id}`, queue: 'media' },
    );
  } catch (error) {
    asked.delete(name);
    throw error;
  }
}

/** What is being made, by key: whoever asks meanwhile gets the same. */
const underWay = new Map<string, Promise<Uint8Array | null>>();

async function webp(id: string, original: Original, width: number): Promise<Uint8Array | null> {
  const key = sizeKey(id, original.version, width, 'webp');
  const kept = await getFile(key);
  if (kept) return kept;
  const made = underWay.get(key) ?? makeWebp(id, key, original, width);
  underWay.set(key, made);
  return made.finally(() => underWay.delete(key));
}

async function makeWebp(
  id: string,
  key: string,
  original: Original,
  width: number,
): Promise<Uint8Array | null> {
  const bytes = await getFile(original.storageKey);
  if (!bytes) return null;
  const made = await inWidth(bytes, width).webp({ quality: 80 }).toBuffer();
  await keepSize(id, original, key, made, 'image/webp');
  return made;
}

function inWidth(bytes: Uint8Array, width: number): Sharp {
  return sharp(bytes).resize({ width, withoutEnlargement: true });
}
