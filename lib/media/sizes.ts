import sharp, { type Sharp } from 'sharp';
import { db } from '#db/client.ts';
import { addJob, type JobPayload } from '#db/jobs.ts';
import { getFile, putFile } from '#lib/gateways/storage/store.ts';
import { findOriginal, type Original } from '#lib/media/queries.ts';
import { offeredWidths, pictureWidths, type SizeFormat } from '#lib/media/rules.ts';

/** A picture's bytes in one width. `lasting` where the address will never answer with anything else. */
export type PictureSize = { bytes: Uint8Array; format: SizeFormat; lasting: boolean };

/**
 * A picture in one of the widths that there are; `null` for an unknown picture, for every other width, and for AVIF wider
 * than the picture. WebP takes a moment and is made at the first request. AVIF takes seconds, which no reader shall wait:
 * until a job has made it, its address answers with WebP, which browsers take there as well.
 */
export async function pictureInWidth(
  id: string,
  width: number,
  format: SizeFormat,
): Promise<PictureSize | null> {
  if (!(pictureWidths as readonly number[]).includes(width)) return null;
  const original = await findOriginal(id);
  if (!original) return null;
  if (format === 'avif') {
    if (!offeredWidths(original.width).includes(width)) return null;
    const bytes = await getFile(sizeKey(id, width, 'avif'));
    if (bytes) return { bytes, format, lasting: true };
    await askForAvif(id);
  }
  const bytes = await webp(id, original, width);
  return bytes && { bytes, format: 'webp', lasting: format === 'webp' };
}

/** Makes what is missing of a picture's sizes in AVIF. */
export async function makeAvif({ pictureId }: JobPayload<'media.avif'>): Promise<void> {
  const original = await findOriginal(pictureId);
  const bytes = original && (await getFile(original.storageKey));
  if (!bytes) return;
  for (const width of offeredWidths(original.width)) {
    const key = sizeKey(pictureId, width, 'avif');
    if (await getFile(key)) continue;
    // At effort 2 half the bytes of WebP in about 0.8 s for the largest; at 4 a tenth less in ten times as long.
    const made = await inWidth(bytes, width).avif({ quality: 55, effort: 2 }).toBuffer();
    await putFile(key, made, 'image/avif');
  }
}

/** The pictures that this process has put into the queue: a picture that is shown a thousand times is put there once. */
const asked = new Set<string>();

async function askForAvif(id: string): Promise<void> {
  if (asked.has(id)) return;
  asked.add(id);
  try {
    await addJob(
      db(),
      'media.avif',
      { pictureId: id },
      { key: `media.avif ${id}`, queue: 'media' },
    );
  } catch (error) {
    asked.delete(id);
    throw error;
  }
}

/** What is being made, by key: whoever asks meanwhile gets the same. */
const underWay = new Map<string, Promise<Uint8Array | null>>();

async function webp(id: string, original: Original, width: number): Promise<Uint8Array | null> {
  const key = sizeKey(id, width, 'webp');
  const kept = await getFile(key);
  if (kept) return kept;
  const made = underWay.get(key) ?? makeWebp(key, original, width);
  underWay.set(key, made);
  return made.finally(() => underWay.delete(key));
}

async function makeWebp(
  key: string,
  original: Original,
  width: number,
): Promise<Uint8Array | null> {
  const bytes = await getFile(original.storageKey);
  if (!bytes) return null;
  const made = await inWidth(bytes, width).webp({ quality: 80 }).toBuffer();
  await putFile(key, made, 'image/webp');
  return made;
}

function inWidth(bytes: Uint8Array, width: number): Sharp {
  return sharp(bytes).resize({ width, withoutEnlargement: true });
}

function sizeKey(id: string, width: number, format: SizeFormat): string {
  return `sizes/${id}/${width}.${format}`;
}
