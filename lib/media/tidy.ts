import { and, eq, isNull, like, notLike, or } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { addJob, type JobPayload } from '#db/jobs.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { clock } from '#lib/clock.ts';
import { getFile, listFiles, removeFile } from '#lib/gateways/storage/store.ts';
import { isId } from '#lib/ids.ts';
import { log } from '#lib/log.ts';
import { originalsFolder, sizesFolder } from '#lib/media/files.ts';
import { placeholderOf } from '#lib/media/placeholder.ts';
import { findOriginal } from '#lib/media/queries.ts';
import { stagedFolder, stagedFor } from '#lib/media/staging.ts';

/** Removes what lies in the storage of a picture that was replaced or removed. Running it again changes nothing. */
export async function tidyPicture({
  pictureId,
  storageKey,
}: JobPayload<'media.tidy'>): Promise<void> {
  const now = await findOriginal(pictureId);
  if (now?.storageKey !== storageKey) await removeFile(storageKey);
  const current = now && `${sizesFolder(pictureId)}/${now.version}-`;
  for (const { key } of await listFiles(sizesFolder(pictureId))) {
    if (!current || !key.startsWith(current)) await removeFile(key);
  }
}

/** Removes what was sent a day ago and never taken in, with anything that a taking-in left that broke off. */
export async function sweepStaged(): Promise<void> {
  const until = clock.now().getTime() - stagedFor;
  const stale = (await listFiles(stagedFolder)).filter(({ putAt }) => putAt.getTime() < until);
  for (const { key } of stale) {
    const id = key.slice(stagedFolder.length + 1).replace(/\.json$/, '');
    if (isId(id) && !(await findOriginal(id))) {
      for (const left of await listFiles(originalsFolder(id))) await removeFile(left.key);
    }
    await removeFile(key);
  }
}

/** None at all, or one that says its colour and not yet what is darker and brighter. */
const noPlaceholder = or(
  isNull(mediaAssets.placeholder),
  and(like(mediaAssets.placeholder, '%;tone=%'), notLike(mediaAssets.placeholder, '%;light=%')),
);
const placeholdersAtOnce = 100;

/** Has placeholders made where some are missing: pictures from before there were any, or such as there are now. */
export async function askForPlaceholders(): Promise<void> {
  if ((await db().$count(mediaAssets, noPlaceholder)) === 0) return;
  await addJob(db(), 'media.placeholders', {}, { key: 'media.placeholders', queue: 'media' });
}

/** Makes some of the missing placeholders and asks for the rest. One whose bytes can't be read stays without. */
export async function makePlaceholders(): Promise<void> {
  const rows = await db()
    .select({ id: mediaAssets.id, storageKey: mediaAssets.storageKey })
    .from(mediaAssets)
    .where(noPlaceholder)
    .limit(placeholdersAtOnce);
  for (const { id, storageKey } of rows) {
    const bytes = await getFile(storageKey);
    const placeholder = bytes ? await placeholderOf(bytes).catch(unreadable(id)) : '';
    await db()
      .update(mediaAssets)
      .set({ placeholder })
      .where(eq(mediaAssets.storageKey, storageKey));
  }
  if (rows.length === placeholdersAtOnce) await askForPlaceholders();
}

const unreadable = (id: string) => (error: unknown) => {
  log().warn({ err: error, pictureId: id }, 'A picture can’t be read');
  return '';
};
