import { and, count, desc, eq, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { holds } from '#db/holds.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { users } from '#db/schema/users.ts';
import { isId } from '#lib/ids.ts';
import { pictureColumns } from '#lib/media/queries.ts';
import {
  mayChangePicture,
  mostCounted,
  type Picture,
  type PictureType,
  pictureOf,
} from '#lib/media/rules.ts';
import { shownInPublic, unused } from '#lib/media/usage.ts';
import { calledNameIfAny } from '#lib/users/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type LibraryFilters = {
  /** Words that all stand somewhere in name, description, caption or credit. */
  search?: string;
  unused?: boolean;
  withoutCredit?: boolean;
  type?: PictureType | undefined;
  /** From 1. */
  page: number;
};

export type LibraryPicture = Picture & { filename: string };

export type LibraryPage = { pictures: LibraryPicture[]; total: number; pages: number };

const pageSize = 48;
/** More words make no search narrower that anybody means. */
const mostWords = 8;

// The index stands on exactly this expression.
const words = sql`(${mediaAssets.filename} || ' ' || ${mediaAssets.alt} || ' ' || ${mediaAssets.caption} || ' ' || ${mediaAssets.credit})`;

/**
 * The office's pictures, the newest first; a search counts `mostCounted` at most. Nobody but staff sees any.
 */
export async function listPictures(actor: Actor, filters: LibraryFilters): Promise<LibraryPage> {
  if (!may(actor, 'media.upload')) return { pictures: [], total: 0, pages: 0 };
  const wanted = (filters.search ?? '').split(/\s+/).filter(Boolean).slice(0, mostWords);
  const where = and(
    ...wanted.map((word) => holds(words, word.slice(0, 100))),
    filters.unused ? unused : undefined,
    filters.withoutCredit ? eq(mediaAssets.credit, '') : undefined,
    filters.type ? eq(mediaAssets.type, filters.type) : undefined,
  );
  const [[counted], rows] = await Promise.all([
    wanted.length > 0
      ? countSome(where)
      : db().select({ total: count() }).from(mediaAssets).where(where),
    db()
      .select({ ...pictureColumns, filename: mediaAssets.filename })
      .from(mediaAssets)
      .where(where)
      .orderBy(desc(mediaAssets.createdAt), desc(mediaAssets.id))
      .limit(pageSize)
      .offset((Math.max(1, filters.page) - 1) * pageSize),
  ]);
  const total = counted?.total ?? 0;
  return {
    pictures: rows.map(({ filename, ...row }) => ({ ...pictureOf(row), filename })),
    total,
    pages: Math.max(1, Math.ceil(total / pageSize)),
  };
}

/** A word that stands with nearly every picture would have each of them read for its number. */
function countSome(where: SQL | undefined) {
  const some = db()
    .select({ id: mediaAssets.id })
    .from(mediaAssets)
    .where(where)
    .limit(mostCounted)
    .as('some');
  return db().select({ total: count() }).from(some);
}

export type DeskPicture = LibraryPicture & {
  type: PictureType;
  bytes: number;
  licence: string;
  createdAt: Date;
  /** Whoever uploaded it; `null` for an account that is gone, and for what the demo brought. */
  by: string | null;
  /** The actor may change it. */
  changeable: boolean;
};

/** One picture with all that the office knows of it, or `null`. */
export async function findDeskPicture(actor: Actor, id: string): Promise<DeskPicture | null> {
  if (!may(actor, 'media.upload') || !isId(id)) return null;
  const [row] = await db()
    .select({
      picture: pictureColumns,
      filename: mediaAssets.filename,
      type: mediaAssets.type,
      bytes: mediaAssets.bytes,
      licence: mediaAssets.licence,
      createdAt: mediaAssets.createdAt,
      createdBy: mediaAssets.createdBy,
      by: calledNameIfAny(),
      isPublic: shownInPublic,
    })
    .from(mediaAssets)
    .leftJoin(users, eq(users.id, mediaAssets.createdBy))
    .where(eq(mediaAssets.id, id));
  if (!row) return null;
  const { picture, createdBy, isPublic, ...rest } = row;
  const changeable = mayChangePicture(actor, { createdBy, isPublic });
  return { ...pictureOf(picture), ...rest, changeable };
}

/** The newest picture that was made of exactly these bytes. */
export async function findByHash(hash: string): Promise<Picture | null> {
  const [row] = await db()
    .select(pictureColumns)
    .from(mediaAssets)
    .where(eq(mediaAssets.hash, hash))
    .orderBy(desc(mediaAssets.createdAt))
    .limit(1);
  return row ? pictureOf(row) : null;
}
