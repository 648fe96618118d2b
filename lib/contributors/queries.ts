import { and, asc, countDistinct, desc, eq, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { holds } from '#db/holds.ts';
import { bylines, revisions } from '#db/schema/articles.ts';
import { contributors } from '#db/schema/contributors.ts';
import { issues } from '#db/schema/issues.ts';
import { users } from '#db/schema/users.ts';
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

const deskColumns = {
  id: contributors.id,
  slug: contributors.slug,
  name: contributors.name,
  city: contributors.city,
};

const pageSize = 50;

/** Those whose name holds `search`, for who may change them. `page` counts from 1. */
export async function listDeskContributors(
  actor: Actor,
  { search, page }: { search: string; page: number },
): Promise<{ contributors: DeskContributor[]; total: number; pages: number }> {
  if (!may(actor, 'articles.edit-any')) return { contributors: [], total: 0, pages: 0 };
  const part = search.replaceAll('\0', '').trim();
  const where = part ? holds(contributors.name, part) : undefined;
  const total = await db().$count(contributors, where);
  const rows = await db()
    .select(deskColumns)
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
): Promise<
  (Contributor & { userId: string | null; articleCount: number; coverCount: number }) | null
> {
  if (!may(actor, 'articles.edit-any') || !isId(id)) return null;
  const contributor = await findWhere(eq(contributors.id, id));
  if (!contributor) return null;
  const [named] = await db()
    .select({ articleCount: countDistinct(revisions.articleId) })
    .from(bylines)
    .innerJoin(revisions, eq(revisions.id, bylines.revisionId))
    .where(eq(bylines.contributorId, id));
  const coverCount = await db().$count(issues, eq(issues.coverArtistId, id));
  const [account] = await db()
    .select({ userId: contributors.userId })
    .from(contributors)
    .where(eq(contributors.id, id));
  const userId = account?.userId ?? null;
  return { ...contributor, userId, articleCount: named?.articleCount ?? 0, coverCount };
}

/** The accounts that can be a contributor's: those of the staff, and the one that is theirs already. */
export async function listAccounts(
  actor: Actor,
  present: string | null,
): Promise<{ id: string; name: string }[]> {
  if (!may(actor, 'articles.edit-any')) return [];
  const rows = await db()
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(or(isNotNull(users.staffRole), present ? eq(users.id, present) : undefined))
    .orderBy(asc(users.email));
  return rows.map(({ id, name, email }) => ({ id, name: name ? `${name} (${email})` : email }));
}

/** Two names that are the same but for accents, case, blanks and points. */
const plainName = sql`regexp_replace(normalize(lower(${contributors.name}), NFKD), '[^[:alnum:]]', '', 'g')`;

/** Below this, of 1, names only share some letters. */
const similar = 0.45;

/** Who may be the same person as this one, the likeliest first; at most ten. */
export async function likelyDoubles(actor: Actor, id: string): Promise<DeskContributor[]> {
  if (!may(actor, 'articles.edit-any') || !isId(id)) return [];
  return db().transaction(async (tx) => {
    const [self] = await tx
      .select({ name: contributors.name, plain: sql<string>`${plainName}` })
      .from(contributors)
      .where(eq(contributors.id, id));
    if (!self) return [];
    await tx.execute(
      sql`select set_config('pg_trgm.similarity_threshold', ${String(similar)}, true)`,
    );
    return tx
      .select(deskColumns)
      .from(contributors)
      .where(
        and(
          ne(contributors.id, id),
          or(sql`${contributors.name} % ${self.name}`, sql`${plainName} = ${self.plain}`),
        ),
      )
      .orderBy(
        desc(sql`${plainName} = ${self.plain}`),
        desc(sql`similarity(${contributors.name}, ${self.name})`),
        asc(contributors.id),
      )
      .limit(10);
  });
}

/** Groups of contributors whose names are the same but for spelling; at most a hundred groups. */
export async function listDoubles(actor: Actor): Promise<DeskContributor[][]> {
  if (!may(actor, 'articles.edit-any')) return [];
  const { rows } = await db().execute<{ people: DeskContributor[] }>(sql`
    select json_agg(json_build_object('id', id, 'slug', slug, 'name', name, 'city', city) order by created_at, id) as people
    from ${contributors} group by ${plainName} having count(*) > 1 and ${plainName} <> ''
    order by min(name) limit 100`);
  return rows.map(({ people }) => people);
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
