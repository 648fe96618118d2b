import { and, asc, desc, eq, inArray, isNotNull, lt, notInArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { db } from '#db/client.ts';
import {
  articles,
  articleTopics,
  bylines,
  relatedArticles,
  revisions,
} from '#db/schema/articles.ts';
import { contributors, sections, series, topics } from '#db/schema/contributors.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { articleSearch } from '#db/schema/search.ts';
import { readingMinutes } from '#lib/articles/body.ts';
import type { ArticleCard, ArticleKind, Byline } from '#lib/articles/rules.ts';
import { pictureColumns } from '#lib/media/queries.ts';
import { pictureOf } from '#lib/media/rules.ts';

export type CardFilter = {
  kind?: ArticleKind;
  sectionSlug?: string;
  contributorSlug?: string;
  topicSlug?: string;
  seriesSlug?: string;
  issueId?: string;
  ids?: string[];
  exceptIds?: string[];
  /** Only what came out before this instant: the way to the next page of a list. */
  before?: Date;
  /** `contents`: in the order of the issue; `parts`: of the series. Otherwise the newest first. */
  order?: 'newest' | 'contents' | 'parts';
  limit: number;
};

/** Published articles as cards. What is not published, or stands under another filter, is never loaded. */
export async function listPublished(filter: CardFilter): Promise<ArticleCard[]> {
  if (filter.ids?.length === 0) return [];
  const rows = await cardQuery()
    .where(and(...cardConditions(filter)))
    .orderBy(
      ...(filter.order === 'contents'
        ? [asc(placements.position)]
        : filter.order === 'parts'
          ? [asc(articles.seriesPart), asc(articles.publishedAt), asc(articles.id)]
          : [desc(articles.publishedAt), asc(placements.position), desc(articles.id)]),
    )
    .limit(filter.limit);
  return toCards(rows);
}

/** Where published articles stand and since when, the newest first: all that a list of addresses needs. */
export async function listAddresses(limit: number): Promise<{ slug: string; publishedAt: Date }[]> {
  const rows = await db()
    .select({ slug: articles.slug, publishedAt: articles.publishedAt })
    .from(articles)
    .where(isNotNull(articles.publishedAt))
    .orderBy(desc(articles.publishedAt), desc(articles.id))
    .limit(limit);
  return rows.map(({ slug, publishedAt }) => ({ slug, publishedAt: published(slug, publishedAt) }));
}

/** The cards an editor chose for this article, in their order. */
export async function listCurated(articleId: string, limit: number): Promise<ArticleCard[]> {
  const chosen = await db()
    .select({ id: relatedArticles.relatedId })
    .from(relatedArticles)
    .where(eq(relatedArticles.articleId, articleId))
    .orderBy(asc(relatedArticles.position))
    .limit(limit);
  return listInOrder(
    chosen.map((row) => row.id),
    limit,
  );
}

/** Of the articles with all the words in the head, and of those with all of them anywhere, so many of the newest are ranked. */
const ranked = 1_000;

/**
 * Published articles whose words match, the best first. `terms` is what a person typed, in the syntax that search
 * engines taught (quotes, minus); nothing in it can make the query fail. Words to leave out alone find nothing.
 */
export async function searchPublished(
  terms: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<ArticleCard[]> {
  const typed = sql`websearch_to_tsquery('english', ${terms.replaceAll('\0', ' ')})`;
  const newest = (column: PgColumn) => sql`(
    select ${articleSearch.articleId}, ${articleSearch.publishedAt}, ${articleSearch.words} from ${articleSearch}
    where ${column} @@ (select loose from asked)
    order by ${articleSearch.publishedAt} desc limit ${ranked})`;
  // An index knows nothing of words side by side: those are looked for as words alone, and held to it once they are few.
  // `querytree` is what an index can look for; 'T', everything.
  const { rows } = await db().execute<{ id: string }>(sql`
    with typed as materialized (select ${typed} as query),
    asked as materialized (
      select query, case
        when querytree(query) in ('', 'T') then null
        when query::text ~ '<(-|\\d+)>' then regexp_replace(querytree(query), '<(-|\\d+)>', '&', 'g')::tsquery
        else query end as loose
      from typed),
    found as materialized (${newest(articleSearch.head)} union all ${newest(articleSearch.words)}),
    once as materialized (select distinct on (article_id) * from found)
    select article_id as id from once, asked where words @@ query
    order by ts_rank(words, query) desc, published_at desc, article_id desc
    limit ${limit} offset ${offset}`);
  return listInOrder(
    rows.map(({ id }) => id),
    limit,
  );
}

/**
 * Every article with what its card shows; a `where` has to say which. `draft` shows the working copy, and issues that are
 * not out yet: for previews alone.
 */
export function cardQuery(shows: 'published' | 'draft' = 'published') {
  const revision = shows === 'draft' ? articles.draftRevisionId : articles.publishedRevisionId;
  const released = shows === 'draft' ? undefined : isNotNull(issues.publishedAt);
  return db()
    .select({
      id: articles.id,
      revisionId: revisions.id,
      slug: articles.slug,
      kind: articles.kind,
      title: revisions.title,
      kicker: revisions.kicker,
      standfirst: revisions.standfirst,
      access: revisions.access,
      wordCount: revisions.wordCount,
      publishedAt: articles.publishedAt,
      correctedAt: articles.correctedAt,
      section: { slug: sections.slug, name: sections.name },
      issue: {
        id: issues.id,
        slug: issues.slug,
        number: issues.number,
        title: issues.title,
        periodLabel: issues.periodLabel,
      },
      department: placements.department,
      page: placements.page,
      picture: pictureColumns,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, revision))
    .leftJoin(sections, eq(sections.id, revisions.sectionId))
    .leftJoin(placements, eq(placements.articleId, articles.id))
    .leftJoin(issues, and(eq(issues.id, placements.issueId), released))
    .leftJoin(mediaAssets, eq(mediaAssets.id, revisions.pictureId));
}

async function listInOrder(ids: string[], limit: number): Promise<ArticleCard[]> {
  const cards = await listPublished({ ids, limit });
  return cards.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

type CardRow = Awaited<ReturnType<typeof cardQuery>>[number];

function cardConditions(filter: CardFilter): (SQL | undefined)[] {
  return [
    isNotNull(articles.publishedAt),
    filter.kind && eq(articles.kind, filter.kind),
    filter.sectionSlug ? eq(sections.slug, filter.sectionSlug) : undefined,
    filter.issueId ? eq(issues.id, filter.issueId) : undefined,
    filter.ids && inArray(articles.id, filter.ids),
    filter.exceptIds?.length ? notInArray(articles.id, filter.exceptIds) : undefined,
    filter.before && lt(articles.publishedAt, filter.before),
    filter.contributorSlug
      ? inArray(
          revisions.id,
          db()
            .select({ id: bylines.revisionId })
            .from(bylines)
            .innerJoin(contributors, eq(contributors.id, bylines.contributorId))
            .where(eq(contributors.slug, filter.contributorSlug)),
        )
      : undefined,
    filter.topicSlug
      ? inArray(
          articles.id,
          db()
            .select({ id: articleTopics.articleId })
            .from(articleTopics)
            .innerJoin(topics, eq(topics.id, articleTopics.topicId))
            .where(eq(topics.slug, filter.topicSlug)),
        )
      : undefined,
    filter.seriesSlug
      ? eq(
          articles.seriesId,
          db().select({ id: series.id }).from(series).where(eq(series.slug, filter.seriesSlug)),
        )
      : undefined,
  ];
}

export async function toCards(rows: CardRow[]): Promise<ArticleCard[]> {
  const names = await bylinesOf(rows.map((row) => row.revisionId));
  return rows.map((row) => {
    return {
      id: row.id,
      slug: row.slug,
      kind: row.kind,
      title: row.title,
      kicker: row.kicker,
      standfirst: row.standfirst,
      access: row.access,
      section: row.section,
      issue: row.issue,
      department: row.issue ? row.department : null,
      page: row.issue ? row.page : null,
      bylines: names.get(row.revisionId) ?? [],
      publishedAt: published(row.slug, row.publishedAt),
      readingMinutes: readingMinutes(row.wordCount),
      picture: row.picture ? pictureOf(row.picture) : null,
    };
  });
}

/** The day of what a query has found as published. */
function published(slug: string, publishedAt: Date | null): Date {
  if (!publishedAt) throw new Error(`Article ${slug} was read as published and is not`);
  return publishedAt;
}

export async function bylinesOf(revisionIds: string[]): Promise<Map<string, Byline[]>> {
  const found = new Map<string, Byline[]>();
  if (revisionIds.length === 0) return found;
  const rows = await db()
    .select({
      revisionId: bylines.revisionId,
      slug: contributors.slug,
      name: contributors.name,
      role: bylines.role,
    })
    .from(bylines)
    .innerJoin(contributors, eq(contributors.id, bylines.contributorId))
    .where(inArray(bylines.revisionId, revisionIds))
    .orderBy(asc(bylines.position));
  for (const { revisionId, ...byline } of rows) {
    found.set(revisionId, [...(found.get(revisionId) ?? []), byline]);
  }
  return found;
}
