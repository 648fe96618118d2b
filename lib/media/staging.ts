import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { db } from '#db/client.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { clock } from '#lib/clock.ts';
import { getFile, removeFile } from '#lib/gateways/storage/store.ts';
import { isId, newId } from '#lib/ids.ts';
import { parseInput } from '#lib/input.ts';
import { insertPicture, type PictureDetails, type UploadReason } from '#lib/media/commands.ts';
import { originalKey, readSent, storing, withFiles } from '#lib/media/files.ts';
import { pictureDetailsInput } from '#lib/media/input.ts';
import { findByHash } from '#lib/media/library.ts';
import { type Picture, pictureOf, pictureTypes, type StagedPicture } from '#lib/media/rules.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may, type Person } from '#lib/users/rules.ts';

/*
 * Files go up at once, while the words for them are still being written. What was sent waits in the storage under
 * `staged/`, as the picture that it will be and a note of whose it is, and becomes a picture of the library under the
 * same id. What nobody came back for is swept after a day.
 */

export const stagedFolder = 'staged';
export const stagedKeys = (id: string) => ({
  picture: `${stagedFolder}/${id}`,
  note: `${stagedFolder}/${id}.json`,
});

/** Milliseconds after which the sweep may take what was sent; a little before, nobody takes it in any more. */
export const stagedFor = 24 * 60 * 60 * 1_000;
const takenUntil = stagedFor - 60 * 60 * 1_000;

const note = z.object({
  sentBy: z.string(),
  sentAt: z.number(),
  filename: z.string(),
  facts: z.object({
    type: z.enum(pictureTypes),
    bytes: z.number(),
    width: z.number(),
    height: z.number(),
    hash: z.string(),
    placeholder: z.string(),
  }),
});

type StageReason = Exclude<UploadReason, 'invalid'>;

const onlyStaff = () => fail('forbidden', 'You may not upload pictures.');
const gone = () =>
  fail('not_found', 'This upload is not there any more. Please choose the file again.');

/** Keeps a file until its words are there, and says whether the library has the same one already. Takes what `uploadPicture` takes. */
export async function stagePicture(
  actor: Actor,
  file: { bytes: Uint8Array; filename: string },
): Promise<Result<StagedPicture, StageReason>> {
  if (!may(actor, 'media.upload') || actor.kind !== 'person') return onlyStaff();
  return storing<StagedPicture, Exclude<StageReason, 'storage_away'>>(async () => {
    const read = await readSent(file.bytes);
    if (!read.ok) return read;
    const { data, facts } = read.value;
    const id = newId();
    const filename = file.filename.slice(0, 200);
    const sentAt = clock.now().getTime();
    const written = JSON.stringify({ sentBy: actor.userId, sentAt, filename, facts });
    const keys = stagedKeys(id);
    const files = [
      { key: keys.picture, data, type: facts.type },
      { key: keys.note, data: new TextEncoder().encode(written), type: 'application/json' },
    ];
    const { type, bytes, width, height, hash } = facts;
    return withFiles(files, async () =>
      ok({ id, filename, type, bytes, width, height, hash, known: await findByHash(hash) }),
    );
  });
}

/**
 * Takes what the actor sent before into the library. Done twice it is done once: the second time answers the picture
 * that is there.
 */
export async function takeInStaged(
  actor: Actor,
  id: string,
  details: PictureDetails,
): Promise<Result<Picture, UploadReason | 'not_found'>> {
  if (!may(actor, 'media.upload') || actor.kind !== 'person') return onlyStaff();
  const words = parseInput(pictureDetailsInput, details);
  if (!words.ok) return words;
  if (!isId(id)) return gone();
  return storing<Picture, 'not_found'>(async () => {
    const staged = await readNote(id);
    const isHere = staged && clock.now().getTime() - staged.sentAt < takenUntil;
    const data = isHere && (await getFile(stagedKeys(id).picture));
    if (!staged || staged.sentBy !== actor.userId || !data) return takenIn(actor, id);
    const { filename, facts } = staged;
    const storageKey = originalKey(id);
    const taken = await withFiles([{ key: storageKey, data, type: facts.type }], () =>
      db().transaction(async (tx) => {
        // Of two presses at once the second finds what the first has done.
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`);
        if ((await tx.$count(mediaAssets, eq(mediaAssets.id, id))) > 0) {
          return fail('taken', 'This upload is in the library already.');
        }
        const stored = { id, storageKey, filename, facts };
        return ok(await insertPicture(tx, actor, stored, words.value));
      }),
    );
    if (!taken.ok) return takenIn(actor, id);
    await discard(id);
    return taken;
  });
}

/** Removes what the actor sent and doesn't want after all. */
export async function discardStaged(actor: Actor, id: string): Promise<Result<undefined>> {
  if (!may(actor, 'media.upload') || actor.kind !== 'person') return onlyStaff();
  if (!isId(id)) return ok();
  return storing<undefined, never>(async () => {
    const staged = await readNote(id);
    if (staged?.sentBy === actor.userId) await discard(id);
    return ok();
  });
}

async function readNote(id: string): Promise<z.output<typeof note> | null> {
  const written = await getFile(stagedKeys(id).note);
  return written && note.parse(JSON.parse(new TextDecoder().decode(written)));
}

/** The note goes last: as long as it is there, the sweep finds both. */
async function discard(id: string): Promise<void> {
  const keys = stagedKeys(id);
  await removeFile(keys.picture);
  await removeFile(keys.note);
}

async function takenIn(actor: Person, id: string): Promise<Result<Picture, 'not_found'>> {
  const [row] = await db().select().from(mediaAssets).where(eq(mediaAssets.id, id));
  return row?.createdBy === actor.userId ? ok(pictureOf(row)) : gone();
}
