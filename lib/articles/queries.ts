import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import {
  articleFormerSlugs,
  articles,
  articleTopics,
  bylines,
  revisions,
} from '#db/schema/articles.ts';
import { contributors, topics } from '#db/schema/contributors.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { mediaIdsIn } from '#lib/articles/body.ts';
import { cardQuery, toCards } from '#lib/articles/cards.ts';
import type { Access, Article, BylineRole } from '#lib/articles/rules.ts';
import type { Contributor } from '#lib/contributors/rules.ts';
import { findPictures } from '#lib/media/queries.ts';
/** What decides who may read the article at this address; nothing of its text. An issue in work has no name yet. */
export async function findAccess(slug: string): Promise<{
  access: Access;
  issueId: string | null;
  issueName: string | null;
} | null> {
  const [row] = await db()
    .select({
      access: revisions.access,
      issueId: issues.id,
      number: issues.number,
      released: issues.publishedAt,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.publishedRevisionId))
    .leftJoin(placements, eq(placements.articleId, articles.id))
    .leftJoin(issues, eq(issues.id, placements.issueId))
    .where(and(eq(articles.slug, slug), isNotNull(articles.publishedAt)));
  if (!row) return null;
  return {
    access: row.access,
    issueId: row.issueId,
    issueName: row.released ? `No. ${row.number}` : null,
  };
}

/**
 * A published article with all that its page shows. The whole body leaves the database only where it is free or the
 * caller says `mayReadGated`, which `lib/reading` decides; otherwise the stored teaser is all that is selected.
 */
export async function findPublished(
  slug: string,
  { mayReadGated }: { mayReadGated: boolean },
): Promise<Article | null> {
  const [row] = await cardQuery().where(
    and(eq(articles.slug, slug), isNotNull(articles.publishedAt)),
  );
  if (!row) return null;
  const complete = row.access === 'free' || mayReadGated;
  const [text] = await db()
    .select({ body: complete ? revisions.body : revisions.teaser })
    .from(revisions)
    .where(eq(revisions.id, row.revisionId));
  if (!text) throw new Error(`Revision ${row.revisionId} is gone`);
  const [cards, people, names, pictures] = await Promise.all([
    toCards([row]),
    contributorsOf(row.revisionId),
    topicsOf(row.id),
    findPictures(mediaIdsIn(text.body)),
  ]);
  const [card] = cards;
  if (!card) return null;
  return {
    ...card,
    correctedAt: row.correctedAt,
    wordCount: row.wordCount,
    body: text.body,
    complete,
    pictures,
    contributors: people,
    topics: names,
  };
}

/** The present address of an article that once had this one, if it is published. */
export async function findByFormerSlug(slug: string): Promise<string | null> {
  const [row] = await db()
    .select({ slug: articles.slug })
    .from(articleFormerSlugs)
    .innerJoin(articles, eq(articles.id, articleFormerSlugs.articleId))
    .where(and(eq(articleFormerSlugs.slug, slug), isNotNull(articles.publishedAt)));
  return row?.slug ?? null;
}

async function contributorsOf(revisionId: string): Promise<(Contributor & { role: BylineRole })[]> {
  const rows = await db()
    .select({
      id: contributors.id,
      slug: contributors.slug,
      name: contributors.name,
      biography: contributors.biography,
      website: contributors.website,
      city: contributors.city,
      portraitId: contributors.portraitId,
      role: bylines.role,
    })
    .from(bylines)
    .innerJoin(contributors, eq(contributors.id, bylines.contributorId))
    .where(eq(bylines.revisionId, revisionId))
    .orderBy(asc(bylines.position));
  const portraits = await findPictures(rows.flatMap((row) => row.portraitId ?? []));
  return rows.map(({ portraitId, ...person }) => ({
    ...person,
    portrait: portraitId ? (portraits[portraitId] ?? null) : null,
  }));
}

async function topicsOf(articleId: string): Promise<string[]> {
  const rows = await db()
    .select({ name: topics.name })
    .from(articleTopics)
    .innerJoin(topics, eq(topics.id, articleTopics.topicId))
    .where(eq(articleTopics.articleId, articleId))
    .orderBy(asc(topics.name));
  return rows.map((row) => row.name);
}
