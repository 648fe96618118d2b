import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { db } from '#db/client.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { putFile } from '#lib/gateways/storage/store.ts';
import { newId } from '#lib/ids.ts';
import {
  maxPictureBytes,
  maxPicturePixels,
  type Picture,
  type PictureType,
  pictureOf,
} from '#lib/media/rules.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type PictureDetails = { alt: string; caption?: string; credit?: string; licence?: string };

export type UploadReason = 'forbidden' | 'no_alt' | 'too_large' | 'not_a_picture';

/**
 * Takes a picture in: JPEG, PNG, WebP or AVIF, told by its bytes whatever its name says, at most 25 MB and 80
 * megapixels. It is turned upright and written anew, so places, cameras and anything hidden in the file are gone.
 * Refuses a picture without `alt`. The bytes are stored before the row, so no row points at nothing.
 */
export async function uploadPicture(
  actor: Actor,
  file: { bytes: Uint8Array; filename: string },
  details: PictureDetails,
): Promise<Result<Picture, UploadReason>> {
  if (!may(actor, 'media.upload')) return fail('forbidden', 'You may not upload pictures.');
  const alt = details.alt.trim();
  if (!alt) {
    return fail('no_alt', 'Say what the picture shows.', {
      alt: 'Say in a sentence what the picture shows, for readers who can’t see it.',
    });
  }
  if (file.bytes.byteLength > maxPictureBytes) {
    return fail('too_large', 'A picture may have 25 MB at most.', {
      file: 'Choose a smaller file.',
    });
  }
  const clean = await rewrite(file.bytes);
  if (!clean) {
    return fail('not_a_picture', 'This file is not a JPEG, PNG, WebP or AVIF picture.', {
      file: 'Choose a JPEG, PNG, WebP or AVIF picture of at most 80 megapixels.',
    });
  }
  const id = newId();
  const storageKey = `originals/${id}`;
  await putFile(storageKey, clean.bytes, clean.type);
  const row = {
    id,
    storageKey,
    filename: file.filename.slice(0, 200),
    type: clean.type,
    bytes: clean.bytes.byteLength,
    width: clean.width,
    height: clean.height,
    hash: createHash('sha256').update(clean.bytes).digest('hex'),
    alt,
    caption: details.caption?.trim() ?? '',
    credit: details.credit?.trim() ?? '',
    licence: details.licence?.trim() ?? '',
    createdBy: actor.kind === 'person' ? actor.userId : null,
  };
  await db().transaction(async (tx) => {
    await tx.insert(mediaAssets).values(row);
    await recordAudit(
      tx,
      actor,
      'picture.upload',
      { kind: 'picture', id },
      { filename: row.filename },
    );
  });
  return ok(pictureOf({ ...row, focalX: 0.5, focalY: 0.5 }));
}

const types: Record<string, PictureType> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heif: 'image/avif',
};

/** The picture upright and without metadata, or `null` for what isn't one of the four kinds or is too large to decode. */
async function rewrite(
  bytes: Uint8Array,
): Promise<{ bytes: Uint8Array; type: PictureType; width: number; height: number } | null> {
  try {
    const picture = sharp(bytes, { limitInputPixels: maxPicturePixels, failOn: 'error' });
    const { format, compression } = await picture.metadata();
    const type = types[format];
    if (!type || (format === 'heif' && compression !== 'av1')) return null;
    const { data, info } = await picture.rotate().toBuffer({ resolveWithObject: true });
    return { bytes: data, type, width: info.width, height: info.height };
  } catch {
    // The library throws for every file it can't decode: to the person who sent it, that is not a picture.
    return null;
  }
}
