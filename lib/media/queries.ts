import { asc, eq, inArray } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { isId } from '#lib/ids.ts';
import { type Picture, pictureOf } from '#lib/media/rules.ts';

/** What a query selects of a picture for `pictureOf`. */
export const pictureColumns = {
  id: mediaAssets.id,
  width: mediaAssets.width,
  height: mediaAssets.height,
  alt: mediaAssets.alt,
  caption: mediaAssets.caption,
  credit: mediaAssets.credit,
  focalX: mediaAssets.focalX,
  focalY: mediaAssets.focalY,
  version: mediaAssets.version,
  placeholder: mediaAssets.placeholder,
};

/** Pictures by their ids; one that is gone is missing from the answer. */
export async function findPictures(ids: string[]): Promise<Record<string, Picture>> {
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return {};
  const rows = await db()
    .select(pictureColumns)
    .from(mediaAssets)
    .where(inArray(mediaAssets.id, wanted));
  return Object.fromEntries(rows.map((row) => [row.id, pictureOf(row)]));
}

/**
 * Which of these pictures are still there; nobody removes those before the transaction ends. Whoever places pictures
 * calls it first: a removal that is under way is waited for, and what it took is missing from the answer.
 */
export async function holdPictures(tx: Transaction, ids: string[]): Promise<Set<string>> {
  const wanted = ids.filter(isId);
  if (wanted.length === 0) return new Set();
  const rows = await tx
    .select({ id: mediaAssets.id })
    .from(mediaAssets)
    .where(inArray(mediaAssets.id, wanted))
    .orderBy(asc(mediaAssets.id))
    .for('key share');
  return new Set(rows.map(({ id }) => id));
}

export type Original = { storageKey: string; width: number; version: number };

/** Where a picture's bytes lie, how wide they are, and how often they were replaced; `null` for an id that is none of ours. */
export async function findOriginal(id: string): Promise<Original | null> {
  if (!isId(id)) return null;
  const [row] = await db()
    .select({
      storageKey: mediaAssets.storageKey,
      width: mediaAssets.width,
      version: mediaAssets.version,
    })
    .from(mediaAssets)
    .where(eq(mediaAssets.id, id));
  return row ?? null;
}
