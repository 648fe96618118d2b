import { asc, countDistinct, eq, ilike, type SQL } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { bylines, revisions } from '#db/schema/articles.ts';
import { contributors } from '#db/schema/contributors.ts';
import { issues } from '#db/schema/issues.ts';
import type { Contributor } from '#lib/contributors/rules.ts';
import { isId } from '#lib/ids.ts';
import { findPictures } from '#lib/media/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export async function findContributor(slug: string): Promise<Contributor | null> {
  return findWhere(eq(contributors.slug, slug));
}

/** Everybody whose name can stand over an article, for the editor's list. */
export async function listContributors(): Promise<{ id: string; slug: string; name: string }[]> {
  return db()
    .select({ id: contributors.id, slug: contributors.slug, name: contributors.name })
    .from(contributors)
    .orderBy(asc(contributors.name));
}

export type DeskContributor = { id: string; slug: string; name: string; city: string | null };

const pageSize = 50;

/** Those whose name holds `search`, for who may change them. `page` counts from 1. */
export async function listDeskContributors(
  actor: Actor,
  { search, page }: { search: string; page: number },
): Promise<{ contributors: DeskContributor[]; total: number; pages: number }> {
  if (!may(actor, 'articles.edit-any')) return { contributors: [], total: 0, pages: 0 };
  const part = search.replaceAll('\0', '').trim();
  const where = part ? ilike(contributors.name, `%${part.replace(/[\\%_]/g, '\\$&')}%`) : undefined;
  const total = await db().$count(contributors, where);
  const rows = await db()
    .select({
      id: contributors.id,
      slug: contributors.slug,
      name: contributors.name,
      city: contributors.city,
    })
    .from(contributors)
    .where(where)
    .orderBy(asc(contributors.name), asc(contributors.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { contributors: rows, total, pages: Math.max(1, Math.ceil(total / pageSize)) };
}

/**
 * A contributor for who may change them, or `null`. `articleCount` and `coverCount`: how many articles name them or once
 * did, and how many covers are by them. Either keeps them from being removed.
 */
export async function findDeskContributor(
  actor: Actor,
  id: string,
): Promise<(Contributor & { articleCount: number; coverCount: number }) | null> {
  if (!may(actor, 'articles.edit-any') || !isId(id)) return null;
  const contributor = await findWhere(eq(contributors.id, id));
  if (!contributor) return null;
  const [named] = await db()
    .select({ articleCount: countDistinct(revisions.articleId) })
    .from(bylines)
    .innerJoin(revisions, eq(revisions.id, bylines.revisionId))
    .where(eq(bylines.contributorId, id));
  const coverCount = await db().$count(issues, eq(issues.coverArtistId, id));
  return { ...contributor, articleCount: named?.articleCount ?? 0, coverCount };
}

async function findWhere(condition: SQL): Promise<Contributor | null> {
  const [row] = await db()
    .select({
      id: contributors.id,
      slug: contributors.slug,
      name: contributors.name,
      biography: contributors.biography,
      website: contributors.website,
      city: contributors.city,
      portraitId: contributors.portraitId,
    })
    .from(contributors)
    .where(condition);
  if (!row) return null;
  const { portraitId, ...person } = row;
  const pictures = portraitId ? await findPictures([portraitId]) : {};
  return { ...person, portrait: portraitId ? (pictures[portraitId] ?? null) : null };
}
