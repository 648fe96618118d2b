import { putFile, removeFile, StorageError } from '#lib/gateways/storage/store.ts';
import { newId } from '#lib/ids.ts';
import { log } from '#lib/log.ts';
import { type CleanPicture, readPicture } from '#lib/media/intake.ts';
import { maxPictureBytes, type SizeFormat } from '#lib/media/rules.ts';
import { fail, ok, type Result } from '#lib/result.ts';

/** Where the bytes of a picture lie that was taken in under this id. */
export const originalsFolder = (id: string): string => `pictures/${id}`;

/** A key of its own for each attempt, so that one that fails takes back nothing but what it put there. */
export const originalKey = (id: string): string => `${originalsFolder(id)}/${newId()}`;

/** Where a picture's derived sizes lie. */
export const sizesFolder = (id: string): string => `sizes/${id}`;

/** A size's key holds the version, so that no size of replaced bytes is ever taken for one of the new. */
export function sizeKey(id: string, version: number, width: number, format: SizeFormat): string {
  return `${sizesFolder(id)}/${version}-${width}.${format}`;
}

export type IntakeReason = 'too_large' | 'not_a_picture';

/** Reads a file that somebody sent, or says why it can't be taken in. */
export async function readSent(bytes: Uint8Array): Promise<Result<CleanPicture, IntakeReason>> {
  if (bytes.byteLength > maxPictureBytes) {
    return fail('too_large', 'A picture may have 25 MB at most.', {
      file: 'Choose a smaller file.',
    });
  }
  const clean = await readPicture(bytes);
  if (clean) return ok(clean);
  return fail('not_a_picture', 'This file is not a JPEG, PNG, WebP, AVIF or SVG picture.', {
    file: 'Choose a JPEG, PNG, WebP, AVIF or SVG picture of at most 80 megapixels.',
  });
}

/**
 * Runs what writes to the storage. Where the storage fails (a full disk, a bucket that is away) the operator's log says
 * why, and the person that nothing was kept.
 */
export async function storing<T, R extends string>(
  work: () => Promise<Result<T, R>>,
): Promise<Result<T, R | 'storage_away'>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    log().error({ err: error }, 'The storage of pictures failed');
    return fail(
      'storage_away',
      'The storage for pictures is full or can’t be reached, so nothing was kept. Please try again, and tell whoever runs this site if it stays so.',
    );
  }
}

/**
 * Puts files, then does `work`, which makes them somebody's. Where either fails or is refused, the files are removed
 * again, so that nothing lies there that nobody knows of.
 */
export async function withFiles<T, R extends string>(
  files: { key: string; data: Uint8Array; type: string }[],
  work: () => Promise<Result<T, R>>,
): Promise<Result<T, R>> {
  const takeBack = async () => {
    // What fails once more is for the log of the first failure.
    for (const { key } of files) await removeFile(key).catch(() => {});
  };
  try {
    for (const { key, data, type } of files) await putFile(key, data, type);
    const done = await work();
    if (!done.ok) await takeBack();
    return done;
  } catch (error) {
    await takeBack();
    throw error;
  }
}
