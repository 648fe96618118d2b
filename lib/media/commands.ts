import { db, type Transaction } from '#db/client.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { newId } from '#lib/ids.ts';
import { parseInput } from '#lib/input.ts';
import { originalKey, readSent, storing, withFiles } from '#lib/media/files.ts';
import { pictureDetailsInput } from '#lib/media/input.ts';
import type { PictureFacts } from '#lib/media/intake.ts';
import { type Picture, pictureOf } from '#lib/media/rules.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type PictureDetails = { alt: string; caption?: string; credit?: string; licence?: string };

export type UploadReason = 'forbidden' | 'invalid' | 'too_large' | 'not_a_picture' | 'storage_away';

/**
 * Takes a picture in at once, with the words that describe it: JPEG, PNG, WebP, AVIF or SVG, told by its bytes whatever
 * its name says, at most 25 MB and 80 megapixels. Refuses a picture without `alt`. The bytes are stored before the row,
 * so no row points at nothing, and removed again where there is no row in the end.
 */
export async function uploadPicture(
  actor: Actor,
  file: { bytes: Uint8Array; filename: string },
  details: PictureDetails,
): Promise<Result<Picture, UploadReason>> {
  if (!may(actor, 'media.upload')) return fail('forbidden', 'You may not upload pictures.');
  const words = parseInput(pictureDetailsInput, details);
  if (!words.ok) return words;
  return storing<Picture, Exclude<UploadReason, 'storage_away'>>(async () => {
    const read = await readSent(file.bytes);
    if (!read.ok) return read;
    const { data, facts } = read.value;
    const id = newId();
    const storageKey = originalKey(id);
    return withFiles([{ key: storageKey, data, type: facts.type }], () =>
      db().transaction(async (tx) => {
        const { filename } = file;
        return ok(await insertPicture(tx, actor, { id, storageKey, filename, facts }, words.value));
      }),
    );
  });
}

/** Writes the row of a picture whose bytes are stored, on record. */
export async function insertPicture(
  tx: Transaction,
  actor: Actor,
  stored: { id: string; storageKey: string; filename: string; facts: PictureFacts },
  details: PictureDetails,
): Promise<Picture> {
  const { id, storageKey, facts } = stored;
  const filename = stored.filename.slice(0, 200);
  const createdBy = actor.kind === 'person' ? actor.userId : null;
  const [row] = await tx
    .insert(mediaAssets)
    .values({ ...facts, ...details, id, storageKey, filename, createdBy })
    .returning();
  if (!row) throw new Error('No picture was made');
  await recordAudit(tx, actor, 'picture.upload', { kind: 'picture', id }, { filename });
  return pictureOf(row);
}
