import { and, asc, count, desc, eq, exists, isNotNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { holds } from '#db/holds.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { series } from '#db/schema/contributors.ts';
import { isId } from '#lib/ids.ts';
import type { Series, SeriesPlace } from '#lib/series/rules.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/** A series of which something is published. Others are in work: their names are the office's own. */
export async function findSeries(slug: string): Promise<Series | null> {
  const [row] = await db()
    .select({ slug: series.slug, name: series.name, description: series.description })
    .from(series)
    .where(and(eq(series.slug, slug), isPublic()));
  return row ?? null;
}

/** The addresses of series that have a page, at most `limit`. */
export async function listSeriesSlugs(limit: number): Promise<string[]> {
  const rows = await db()
    .select({ slug: series.slug })
    .from(series)
    .where(isPublic())
    .orderBy(asc(series.slug))
    .limit(limit);
  return rows.map(({ slug }) => slug);
}

/** The series that a published article belongs to, and what readers find before and behind it; `null` for none. */
export async function findSeriesPlace(articleId: string): Promise<SeriesPlace | null> {
  const [own] = await db()
    .select({ id: series.id, slug: series.slug, name: series.name })
    .from(articles)
    .innerJoin(series, eq(series.id, articles.seriesId))
    .where(eq(articles.id, articleId));
  if (!own) return null;
  const parts = await db()
    .select({
      id: articles.id,
      slug: articles.slug,
      title: revisions.title,
      part: articles.seriesPart,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.publishedRevisionId))
    .where(and(eq(articles.seriesId, own.id), isNotNull(articles.publishedAt)))
    .orderBy(asc(articles.seriesPart), asc(articles.publishedAt), asc(articles.id));
  const at = parts.findIndex(({ id }) => id === articleId);
  const linkTo = (index: number) => {
    const found = at < 0 || index < 0 ? undefined : parts[index];
    return found ? { slug: found.slug, title: found.title } : null;
  };
  return {
    slug: own.slug,
    name: own.name,
    part: parts[at]?.part ?? null,
    previous: linkTo(at - 1),
    next: linkTo(at + 1),
  };
}

/** The numbers of the parts of a series that are published, by the articles' ids. */
export async function publishedParts(slug: string): Promise<Record<string, number>> {
  const rows = await db()
    .select({ id: articles.id, part: articles.seriesPart })
    .from(articles)
    .innerJoin(series, eq(series.id, articles.seriesId))
    .where(and(eq(series.slug, slug), isNotNull(articles.publishedAt)));
  return Object.fromEntries(rows.flatMap(({ id, part }) => (part ? [[id, part]] : [])));
}

/** A series as the office lists it. `articleCount` counts drafts, too. */
export type DeskSeries = { id: string; slug: string; name: string; articleCount: number };

const pageSize = 50;

/** Those whose name holds `search`, for who may change them. `page` counts from 1. */
export async function listSeries(
  actor: Actor,
  { search, page }: { search: string; page: number },
): Promise<{ series: DeskSeries[]; total: number; pages: number }> {
  if (!may(actor, 'articles.edit-any')) return { series: [], total: 0, pages: 0 };
  const part = search.replaceAll('\0', '').trim();
  const where = part ? holds(series.name, part) : undefined;
  const total = await db().$count(series, where);
  const rows = await db()
    .select({
      id: series.id,
      slug: series.slug,
      name: series.name,
      articleCount: count(articles.id),
    })
    .from(series)
    .leftJoin(articles, eq(articles.seriesId, series.id))
    .where(where)
    .groupBy(series.id)
    .orderBy(asc(series.name), asc(series.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { series: rows, total, pages: Math.max(1, Math.ceil(total / pageSize)) };
}

export type SeriesPart = {
  articleId: string;
  title: string;
  part: number | null;
  published: boolean;
};

/** A series with all its articles in their order, drafts too, for who may change it, or `null`. */
export async function findDeskSeries(
  actor: Actor,
  id: string,
): Promise<(Series & { id: string; parts: SeriesPart[] }) | null> {
  if (!may(actor, 'articles.edit-any') || !isId(id)) return null;
  const [row] = await db().select().from(series).where(eq(series.id, id));
  if (!row) return null;
  const parts = await db()
    .select({
      articleId: articles.id,
      title: revisions.title,
      part: articles.seriesPart,
      publishedAt: articles.publishedAt,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(articles.seriesId, id))
    .orderBy(asc(articles.seriesPart), asc(articles.publishedAt), asc(articles.id));
  return {
    ...row,
    parts: parts.map(({ publishedAt, ...part }) => ({ ...part, published: publishedAt !== null })),
  };
}

/** Articles whose title holds `search` and that stand not in this series, the newest work first; at most ten. */
export async function findPlaceable(
  actor: Actor,
  seriesId: string,
  search: string,
): Promise<{ id: string; title: string; series: string | null }[]> {
  const part = search.replaceAll('\0', '').trim();
  if (!may(actor, 'articles.edit-any') || !isId(seriesId) || !part) return [];
  return db()
    .select({ id: articles.id, title: revisions.title, series: series.name })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .leftJoin(series, eq(series.id, articles.seriesId))
    .where(
      and(holds(revisions.title, part), sql`${articles.seriesId} is distinct from ${seriesId}`),
    )
    .orderBy(desc(revisions.savedAt), asc(articles.id))
    .limit(10);
}

/** What the article's form needs to place it: every series, and where it stands now. `null` for who may not. */
export async function seriesChoice(
  actor: Actor,
  articleId: string,
): Promise<{
  all: { id: string; name: string }[];
  seriesId: string | null;
  part: number | null;
} | null> {
  if (!may(actor, 'articles.edit-any') || !isId(articleId)) return null;
  const [place] = await db()
    .select({ seriesId: articles.seriesId, part: articles.seriesPart })
    .from(articles)
    .where(eq(articles.id, articleId));
  if (!place) return null;
  const all = await db()
    .select({ id: series.id, name: series.name })
    .from(series)
    .orderBy(asc(series.name), asc(series.id));
  return { all, ...place };
}

function isPublic() {
  return exists(
    db()
      .select({ id: articles.id })
      .from(articles)
      .where(and(eq(articles.seriesId, series.id), isNotNull(articles.publishedAt))),
  );
}
