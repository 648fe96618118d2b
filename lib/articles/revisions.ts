import { and, asc, count, desc, eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, bylines, revisions } from '#db/schema/articles.ts';
import { contributors, sections } from '#db/schema/contributors.ts';
import { users } from '#db/schema/users.ts';
import type { BodyDocument } from '#lib/articles/body.ts';
import type { Access, BylineRole, RevisionOrigin } from '#lib/articles/rules.ts';
import { isId } from '#lib/ids.ts';
import { calledNameIfAny } from '#lib/users/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { seenBy } from '#lib/workflow/access.ts';

/** A line of an article's history. */
export type RevisionLine = {
  id: string;
  number: number;
  origin: RevisionOrigin;
  savedAt: Date;
  savedBy: string | null;
  wordCount: number;
  /** The day it went on the site, if it ever did. */
  publishedAt: Date | null;
  /** It is what is worked on. */
  isDraft: boolean;
  /** It is what the public reads now. */
  isPublic: boolean;
};

export const revisionsPerPage = 30;

/**
 * An article's history, the newest first, for who may see its draft; `page` counts from 1. `earlierId` is the revision that
 * the next page begins with, `draftId` the one that is worked on, on whichever page it stands.
 */
export async function listRevisions(
  actor: Actor,
  articleId: string,
  page: number,
): Promise<{
  title: string;
  draftId: string;
  lines: RevisionLine[];
  earlierId: string | null;
  total: number;
  pages: number;
} | null> {
  const article = await findSeen(actor, articleId);
  if (!article) return null;
  const where = eq(revisions.articleId, articleId);
  const [counted] = await db().select({ total: count() }).from(revisions).where(where);
  const rows = await lineQuery()
    .where(where)
    .orderBy(desc(revisions.number))
    .limit(revisionsPerPage + 1)
    .offset((Math.max(1, page) - 1) * revisionsPerPage);
  const total = counted?.total ?? 0;
  return {
    title: article.title,
    draftId: article.draftRevisionId,
    lines: rows.slice(0, revisionsPerPage).map((row) => toLine(row, article)),
    earlierId: rows[revisionsPerPage]?.id ?? null,
    total,
    pages: Math.max(1, Math.ceil(total / revisionsPerPage)),
  };
}

/** A revision as it is compared: its text and, in words, what stood around it. */
export type WholeRevision = RevisionLine & {
  title: string;
  kicker: string;
  standfirst: string;
  body: BodyDocument;
  access: Access;
  section: string | null;
  bylines: { name: string; role: BylineRole }[];
};

/** Revisions of one article, in the order of `ids`, for who may see its draft; those that are none of it are left out. */
export async function findRevisions(
  actor: Actor,
  articleId: string,
  ids: string[],
): Promise<WholeRevision[]> {
  const article = await findSeen(actor, articleId);
  const known = ids.filter(isId);
  if (!article || known.length === 0) return [];
  const lines = await lineQuery().where(
    and(eq(revisions.articleId, articleId), inArray(revisions.id, known)),
  );
  const texts = await db()
    .select({
      id: revisions.id,
      title: revisions.title,
      kicker: revisions.kicker,
      standfirst: revisions.standfirst,
      body: revisions.body,
      access: revisions.access,
      section: sections.name,
    })
    .from(revisions)
    .leftJoin(sections, eq(sections.id, revisions.sectionId))
    .where(and(eq(revisions.articleId, articleId), inArray(revisions.id, known)));
  const names = await db()
    .select({ revisionId: bylines.revisionId, name: contributors.name, role: bylines.role })
    .from(bylines)
    .innerJoin(contributors, eq(contributors.id, bylines.contributorId))
    .where(inArray(bylines.revisionId, known))
    .orderBy(asc(bylines.position));
  return known.flatMap((id) => {
    const line = lines.find((row) => row.id === id);
    const text = texts.find((row) => row.id === id);
    if (!line || !text) return [];
    const own = names.filter(({ revisionId }) => revisionId === id);
    return { ...toLine(line, article), ...text, bylines: own };
  });
}

type Seen = { title: string; draftRevisionId: string; publishedRevisionId: string | null };

async function findSeen(actor: Actor, id: string): Promise<Seen | null> {
  if (actor.kind !== 'person' || !may(actor, 'articles.write') || !isId(id)) return null;
  const [row] = await db()
    .select({
      title: revisions.title,
      draftRevisionId: articles.draftRevisionId,
      publishedRevisionId: articles.publishedRevisionId,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(and(eq(articles.id, id), seenBy(actor)));
  return row ?? null;
}

function lineQuery() {
  return db()
    .select({
      id: revisions.id,
      number: revisions.number,
      origin: revisions.origin,
      savedAt: revisions.savedAt,
      savedBy: calledNameIfAny(),
      wordCount: revisions.wordCount,
      publishedAt: revisions.publishedAt,
    })
    .from(revisions)
    .leftJoin(users, eq(users.id, revisions.savedBy));
}

function toLine(line: Awaited<ReturnType<typeof lineQuery>>[number], article: Seen): RevisionLine {
  return {
    ...line,
    isDraft: line.id === article.draftRevisionId,
    isPublic: line.id === article.publishedRevisionId,
  };
}
