import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import {
  articleFormerSlugs,
  articles,
  articleTopics,
  bylines,
  relatedArticles,
  revisions,
} from '#db/schema/articles.ts';
import { contributors, sections, series, topics } from '#db/schema/contributors.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { mediaIdsIn } from '#lib/articles/body.ts';
import { cardQuery, toCards } from '#lib/articles/cards.ts';
import type { Access, Article, BylineRole } from '#lib/articles/rules.ts';
import { articleTags } from '#lib/articles/tags.ts';
import type { Contributor } from '#lib/contributors/rules.ts';
import { issueTags } from '#lib/issues/tags.ts';
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

/** The series that an article can be a part of. */
export async function listSeries(): Promise<{ id: string; name: string }[]> {
  return db().select({ id: series.id, name: series.name }).from(series).orderBy(asc(series.name));
}

/** The cache tags of every page and list that shows one of these articles as it is published now, if it is. */
export async function articlePageTags(tx: Transaction, articleIds: string[]): Promise<string[]> {
  const shown = await tx
    .select({
      id: articles.id,
      slug: articles.slug,
      kind: articles.kind,
      revisionId: revisions.id,
      section: sections.slug,
      issue: issues.slug,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.publishedRevisionId))
    .leftJoin(sections, eq(sections.id, revisions.sectionId))
    .leftJoin(placements, eq(placements.articleId, articles.id))
    .leftJoin(issues, and(eq(issues.id, placements.issueId), isNotNull(issues.publishedAt)))
    .where(inArray(articles.id, articleIds));
  if (shown.length === 0) return [];
  const ids = shown.map(({ id }) => id);
  const former = await tx
    .select({ slug: articleFormerSlugs.slug })
    .from(articleFormerSlugs)
    .where(inArray(articleFormerSlugs.articleId, ids));
  const names = await tx
    .selectDistinct({ slug: contributors.slug })
    .from(bylines)
    .innerJoin(contributors, eq(contributors.id, bylines.contributorId))
    .where(
      inArray(
        bylines.revisionId,
        shown.map(({ revisionId }) => revisionId),
      ),
    );
  // Chosen to stand under these, whose pages didn't name it before it was published.
  const choosing = await tx
    .selectDistinct({ slug: articles.slug })
    .from(relatedArticles)
    .innerJoin(articles, eq(articles.id, relatedArticles.articleId))
    .where(inArray(relatedArticles.relatedId, ids));
  return [
    articleTags.latest,
    ...shown.flatMap(({ slug, kind, section, issue }) => [
      articleTags.one(slug),
      ...(kind === 'news' ? [articleTags.news] : []),
      ...(section ? [articleTags.inSection(section)] : []),
      ...(issue ? [issueTags.one(issue)] : []),
    ]),
    ...[...former, ...choosing].map(({ slug }) => articleTags.one(slug)),
    ...names.map(({ slug }) => articleTags.byContributor(slug)),
  ];
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
