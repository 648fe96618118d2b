import { eq } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { addJob } from '#db/jobs.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { isId } from '#lib/ids.ts';
import { type IntakeReason, originalKey, readSent, storing, withFiles } from '#lib/media/files.ts';
import type { PictureInput } from '#lib/media/input.ts';
import type { PictureFacts } from '#lib/media/intake.ts';
import { mayChangePicture, type Picture, pictureOf } from '#lib/media/rules.ts';
import { picturePageTags, shownInPublic, unused } from '#lib/media/usage.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

const gone = () => fail('not_found', 'This picture does not exist any more.');

type ChangeReason = 'forbidden' | 'not_found' | 'conflict';

const wordFields = ['alt', 'caption', 'credit', 'licence'] as const;

/**
 * Changes the words that go with a picture and where its subject is. `before` is what the form showed at first: what is
 * not changed against it stays as it is, and a field that somebody else changed meanwhile is refused, not overwritten.
 */
export async function describePicture(
  actor: Actor,
  id: string,
  input: PictureInput,
  before: Pick<PictureInput, (typeof wordFields)[number]>,
): Promise<Result<undefined, ChangeReason>> {
  return db().transaction(async (tx) => {
    const picture = await lockPicture(tx, actor, id);
    if ('ok' in picture) return picture;
    const changed = wordFields.filter((name) => input[name] !== before[name].trim());
    const fields: Record<string, string> = {};
    for (const name of changed) {
      const current = picture[name];
      if (current !== before[name].trim() && current !== input[name]) {
        fields[name] = `Somebody wrote meanwhile: ${current || '(nothing)'}`;
      }
    }
    if (Object.keys(fields).length > 0) {
      return fail(
        'conflict',
        'Not saved: somebody changed this meanwhile. Reload to go on.',
        fields,
      );
    }
    const { focalX, focalY } = input;
    const next = {
      ...Object.fromEntries(changed.map((name) => [name, input[name]])),
      focalX,
      focalY,
    };
    const detail = differences(picture, next);
    if (Object.keys(detail).length === 0) return ok();
    await tx.update(mediaAssets).set(next).where(eq(mediaAssets.id, id));
    await recordAudit(tx, actor, 'picture.describe', { kind: 'picture', id }, detail);
    await expirePages(tx, await picturePageTags(tx, id));
    return ok();
  });
}

/** From what to what, of each value that is another. The database keeps focal points less exactly than they are sent. */
function differences(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Record<string, { from: unknown; to: unknown }> {
  const same = (a: unknown, b: unknown) =>
    typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) < 0.0005 : a === b;
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, value]) => !same(before[name], value))
      .map(([name, value]) => [name, { from: before[name], to: value }]),
  );
}

/**
 * Puts other bytes in the place of a picture's own, wherever it stands: same id, next version, so that every address is
 * new. `version` is the one the actor saw; a picture that somebody replaced meanwhile is refused.
 */
export async function replacePicture(
  actor: Actor,
  id: string,
  version: number,
  file: { bytes: Uint8Array; filename: string },
): Promise<Result<Picture, ChangeReason | IntakeReason | 'storage_away'>> {
  // Before anything is decoded; what may change meanwhile is asked again under the lock.
  const allowed = await db().transaction((tx) => lockPicture(tx, actor, id));
  if ('ok' in allowed) return allowed;
  return storing<Picture, ChangeReason | IntakeReason>(async () => {
    const read = await readSent(file.bytes);
    if (!read.ok) return read;
    const { data, facts } = read.value;
    const storageKey = originalKey(id);
    return withFiles([{ key: storageKey, data, type: facts.type }], () =>
      db().transaction(async (tx) => {
        const picture = await lockPicture(tx, actor, id);
        if ('ok' in picture) return picture;
        if (picture.version !== version) {
          return fail('conflict', 'Somebody replaced this picture meanwhile. Reload to see it.');
        }
        const filename = file.filename.slice(0, 200);
        return ok(await putInPlace(tx, actor, picture, { storageKey, filename, facts }));
      }),
    );
  });
}

async function putInPlace(
  tx: Transaction,
  actor: Actor,
  picture: Locked,
  stored: { storageKey: string; filename: string; facts: PictureFacts },
): Promise<Picture> {
  const { id } = picture;
  const { placeholder, ...facts } = stored.facts;
  const next = { ...facts, filename: stored.filename, version: picture.version + 1 };
  const [row] = await tx
    .update(mediaAssets)
    .set({ ...next, placeholder, storageKey: stored.storageKey })
    .where(eq(mediaAssets.id, id))
    .returning();
  if (!row) throw new Error(`Picture ${id} is gone under its lock`);
  const subject = { kind: 'picture', id };
  await recordAudit(tx, actor, 'picture.replace', subject, differences(picture, next));
  await expirePages(tx, await picturePageTags(tx, id));
  await addJob(tx, 'media.tidy', { pictureId: id, storageKey: picture.storageKey });
  return pictureOf(row);
}

/** Removes a picture that nothing shows: its row now, its bytes by a job once that is certain. */
export async function removePicture(
  actor: Actor,
  id: string,
): Promise<Result<undefined, ChangeReason | 'used'>> {
  return db().transaction(async (tx) => {
    const picture = await lockPicture(tx, actor, id);
    if ('ok' in picture) return picture;
    // Asked after the lock is held: who placed it a moment before is seen, who places it now waits.
    const [free] = await tx.select({ unused }).from(mediaAssets).where(eq(mediaAssets.id, id));
    if (!free?.unused) {
      return fail('used', 'This picture is in use, so it has to stay. Take it out there first.');
    }
    await tx.delete(mediaAssets).where(eq(mediaAssets.id, id));
    const { filename, alt, storageKey } = picture;
    await recordAudit(tx, actor, 'picture.remove', { kind: 'picture', id }, { filename, alt });
    await expirePages(tx, await picturePageTags(tx, id));
    await addJob(tx, 'media.tidy', { pictureId: id, storageKey });
    return ok();
  });
}

type Locked = typeof mediaAssets.$inferSelect;

/** A picture that the actor may change, its row locked until the transaction ends. */
async function lockPicture(
  tx: Transaction,
  actor: Actor,
  id: string,
): Promise<Locked | Failure<'forbidden' | 'not_found'>> {
  if (!may(actor, 'media.upload')) return fail('forbidden', 'You may not change pictures.');
  if (!isId(id)) return gone();
  const [picture] = await tx.select().from(mediaAssets).where(eq(mediaAssets.id, id)).for('update');
  if (!picture) return gone();
  const [shown] = await tx
    .select({ isPublic: shownInPublic })
    .from(mediaAssets)
    .where(eq(mediaAssets.id, id));
  if (mayChangePicture(actor, { ...picture, isPublic: shown?.isPublic ?? true })) return picture;
  return fail(
    'forbidden',
    picture.createdBy && actor.kind === 'person' && picture.createdBy === actor.userId
      ? 'This picture is on the site: ask an editor to change it.'
      : 'You may change only pictures that you uploaded.',
  );
}
