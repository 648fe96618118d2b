import { and, desc, eq, gte, isNotNull, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { issues } from '#db/schema/issues.ts';
import { dailyReads } from '#db/schema/reads.ts';
import { type Span, spanUnits, startOf, stepsOf } from '#lib/span.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { publicationDay } from '#lib/workflow/day.ts';

/** How often pages were read in one step of a span, which begins on `day`, the publication's. */
export type ReadsOfStep = { day: string; reads: number };

/**
 * How often articles and issues were read, a number for each step. Editors see all of it, writers what their own articles
 * brought, and nobody else anything.
 */
export async function readsBySteps(actor: Actor, span: Span): Promise<ReadsOfStep[]> {
  if (!may(actor, 'articles.write')) return [];
  const today = await publicationDay();
  // Days first: they are few, and the steps are made of them.
  const byDay = db()
    .select({ day: dailyReads.day, reads: sql<number>`sum(${dailyReads.reads})`.as('reads') })
    .from(dailyReads)
    .where(and(since(span, today), seenBy(actor)))
    .groupBy(dailyReads.day)
    .as('by_day');
  const unit = sql.raw(`'${spanUnits[span]}'`);
  const step = sql<string>`date_trunc(${unit}, ${byDay.day}::timestamp)::date::text`;
  const rows = await db()
    .select({ step, reads: sql`sum(${byDay.reads})`.mapWith(Number) })
    .from(byDay)
    .groupBy(step);
  const found = new Map(rows.map((row) => [row.step, row.reads]));
  return stepsOf(span, today).map((day) => ({ day, reads: found.get(day) ?? 0 }));
}

export type TopRead = { id: string; title: string; reads: number };

/** The articles that were read most in a span, the most read first; of a writer, their own. */
export async function topArticles(
  actor: Actor,
  span: Span,
  { limit }: { limit: number },
): Promise<TopRead[]> {
  if (!may(actor, 'articles.write')) return [];
  const found = sumsOf('article', span, await publicationDay());
  return db()
    .select({ id: articles.id, title: revisions.title, reads: sql`${found.reads}`.mapWith(Number) })
    .from(found)
    .innerJoin(articles, eq(articles.id, found.id))
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(and(ownOnly(actor), isNotNull(articles.publishedAt)))
    .orderBy(desc(found.reads), desc(articles.id))
    .limit(limit);
}

/** The same of issues' own pages, for who may plan issues. */
export async function topIssues(
  actor: Actor,
  span: Span,
  { limit }: { limit: number },
): Promise<TopRead[]> {
  if (!may(actor, 'issues.plan')) return [];
  const found = sumsOf('issue', span, await publicationDay());
  return db()
    .select({ id: issues.id, title: issues.title, reads: sql`${found.reads}`.mapWith(Number) })
    .from(found)
    .innerJoin(issues, eq(issues.id, found.id))
    .orderBy(desc(found.reads), desc(issues.id))
    .limit(limit);
}

/** How often each article or issue was read in a span. */
function sumsOf(kind: 'article' | 'issue', span: Span, today: string) {
  return db()
    .select({
      id: dailyReads.subjectId,
      reads: sql<number>`sum(${dailyReads.reads})`.as('reads'),
    })
    .from(dailyReads)
    .where(and(eq(dailyReads.subjectKind, kind), since(span, today)))
    .groupBy(dailyReads.subjectId)
    .as('found');
}

function since(span: Span, today: string): SQL {
  return gte(dailyReads.day, startOf(span, today));
}

/** The rows that count for this actor. */
function seenBy(actor: Actor): SQL | undefined {
  const own = ownOnly(actor);
  if (!own) return undefined;
  return and(
    eq(dailyReads.subjectKind, 'article'),
    sql`exists (select from ${articles} where ${articles.id} = ${dailyReads.subjectId} and ${own})`,
  );
}

function ownOnly(actor: Actor): SQL | undefined {
  if (may(actor, 'articles.edit-any')) return undefined;
  return actor.kind === 'person' ? eq(articles.createdBy, actor.userId) : sql`false`;
}
