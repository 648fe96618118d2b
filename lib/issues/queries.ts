import { and, asc, count, desc, eq, gt, gte, isNotNull, lt, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { contributors } from '#db/schema/contributors.ts';
import { issueFormerSlugs, issues, placements } from '#db/schema/issues.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { listPublished } from '#lib/articles/cards.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { type ArchiveYear, departmentsOf, type Issue, type IssueCard } from '#lib/issues/rules.ts';
import { issueTags } from '#lib/issues/tags.ts';
import { pictureColumns } from '#lib/media/queries.ts';
import { pictureOf } from '#lib/media/rules.ts';

/** More articles than any issue holds. */
const contentsLimit = 500;

/** Published issues, the newest first; of the years from `from` to `to` alone where they are given. */
export async function listIssues({
  limit,
  from,
  to,
}: {
  limit: number;
  from?: number | undefined;
  to?: number | undefined;
}): Promise<IssueCard[]> {
  const rows = await issueQuery()
    .where(
      and(
        isNotNull(issues.publishedAt),
        from === undefined ? undefined : gte(issues.onSaleAt, new Date(Date.UTC(from, 0))),
        to === undefined ? undefined : lt(issues.onSaleAt, new Date(Date.UTC(to + 1, 0))),
      ),
    )
    .orderBy(desc(issues.onSaleAt), desc(issues.number))
    .limit(limit);
  return rows.map(toCard);
}

/** The years in which published issues went on sale, the newest first. */
export async function listYears(): Promise<ArchiveYear[]> {
  const year = sql<number>`extract(year from ${issues.onSaleAt} at time zone 'UTC')::int`;
  return db()
    .select({ year, count: count() })
    .from(issues)
    .where(isNotNull(issues.publishedAt))
    .groupBy(sql`1`)
    .orderBy(sql`1 desc`);
}

/** The issue that is on sale now: of the published ones, the one with the latest on-sale date. */
export async function findCurrentIssue(): Promise<IssueCard | null> {
  const [issue] = await listIssues({ limit: 1 });
  return issue ?? null;
}

/** A published issue whole, with its contents and neighbours; `null` for every other address. */
export async function findIssue(slug: string): Promise<Issue | null> {
  const [row] = await issueQuery().where(and(eq(issues.slug, slug), isNotNull(issues.publishedAt)));
  if (!row) return null;
  const [contents, previous, next] = await Promise.all([
    listPublished({ issueId: row.id, order: 'contents', limit: contentsLimit }),
    issueQuery()
      .where(and(isNotNull(issues.publishedAt), lt(issues.number, row.number)))
      .orderBy(desc(issues.number))
      .limit(1),
    issueQuery()
      .where(and(isNotNull(issues.publishedAt), gt(issues.number, row.number)))
      .orderBy(asc(issues.number))
      .limit(1),
  ]);
  return {
    ...toCard(row),
    coverArtist: row.coverArtist,
    pageCount: row.pageCount,
    contents: departmentsOf(contents),
    editorial:
      contents.find(({ id }) => id === row.editorialId) ??
      contents.find(({ department }) => department === 'Editorial') ??
      null,
    previous: previous[0] ? toCard(previous[0]) : null,
    next: next[0] ? toCard(next[0]) : null,
  };
}

/** The present address of an issue that once had this one, if it is published. */
export async function findIssueByFormerSlug(slug: string): Promise<string | null> {
  const [row] = await db()
    .select({ slug: issues.slug })
    .from(issueFormerSlugs)
    .innerJoin(issues, eq(issues.id, issueFormerSlugs.issueId))
    .where(and(eq(issueFormerSlugs.slug, slug), isNotNull(issues.publishedAt)));
  return row?.slug ?? null;
}

/**
 * The cache tags of every page and list that shows a published issue as it is now: its own, those of all issues, that of
 * every article that stands in it, and the addresses that redirect to it. None for one in work.
 */
export async function issuePageTags(tx: Transaction, issueId: string): Promise<string[]> {
  const [issue] = await tx
    .select({ slug: issues.slug })
    .from(issues)
    .where(and(eq(issues.id, issueId), isNotNull(issues.publishedAt)));
  if (!issue) return [];
  const former = await tx
    .select({ slug: issueFormerSlugs.slug })
    .from(issueFormerSlugs)
    .where(eq(issueFormerSlugs.issueId, issueId));
  const placed = await tx
    .select({ slug: articles.slug })
    .from(placements)
    .innerJoin(articles, eq(articles.id, placements.articleId))
    .where(eq(placements.issueId, issueId));
  return [
    issueTags.all,
    issueTags.offers(issueId),
    ...[issue, ...former].map(({ slug }) => issueTags.one(slug)),
    ...placed.map(({ slug }) => articleTags.one(slug)),
  ];
}

/** Every issue with what its card shows; a `where` has to say which. */
export function issueQuery() {
  return db()
    .select({
      id: issues.id,
      slug: issues.slug,
      volume: issues.volume,
      number: issues.number,
      title: issues.title,
      periodLabel: issues.periodLabel,
      onSaleAt: issues.onSaleAt,
      description: issues.description,
      pageCount: issues.pageCount,
      editorialId: issues.editorialId,
      coverArtist: { slug: contributors.slug, name: contributors.name },
      cover: pictureColumns,
    })
    .from(issues)
    .leftJoin(contributors, eq(contributors.id, issues.coverArtistId))
    .leftJoin(mediaAssets, eq(mediaAssets.id, issues.coverId));
}

type IssueRow = Awaited<ReturnType<typeof issueQuery>>[number];

export function toCard({
  pageCount: _pages,
  coverArtist: _artist,
  editorialId: _editorial,
  cover,
  ...card
}: IssueRow): IssueCard {
  return { ...card, cover: cover ? pictureOf(cover) : null };
}
