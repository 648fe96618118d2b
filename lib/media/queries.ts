import { eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
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

export type Original = { storageKey: string; width: number };

/** Where a picture's bytes lie and how wide they are; `null` for an id that is none of ours. */
export async function findOriginal(id: string): Promise<Original | null> {
  if (!isId(id)) return null;
  const [row] = await db()
    .select({ storageKey: mediaAssets.storageKey, width: mediaAssets.width })
    .from(mediaAssets)
    .where(eq(mediaAssets.id, id));
  return row ?? null;
}
