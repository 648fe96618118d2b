import { asc, eq, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { placements } from '#db/schema/issues.ts';
import type { IssueInput } from './input.ts';

export const input = (parts: Partial<IssueInput> = {}): IssueInput => ({
  title: 'The Long Winter',
  slug: 'the-long-winter',
  volume: 2,
  number: 7,
  periodLabel: 'Winter 2031',
  onSaleAt: new Date('2031-12-01T00:00:00Z'),
  description: 'On ice.',
  pageCount: 96,
  coverId: null,
  coverArtistId: null,
  ...parts,
});

export const place = (articleId: string, department = 'Essays') => ({
  articleId,
  department,
  page: null,
});

/** An issue with so many articles, placed one after the other. */
export async function withArticles(count: number, parts: Parameters<typeof anIssue>[0] = {}) {
  const issue = await anIssue({ publishedAt: null, ...parts });
  const ids: string[] = [];
  for (let position = 1; position <= count; position += 1) {
    const placement = { issueId: issue.id, department: 'Essays', position };
    ids.push((await anArticle({ placement })).id);
  }
  return { ...issue, ids };
}

/** What stands in an issue, in order; fails where the positions don't count from 1 without a gap. */
export async function contentsOf(issueId: string): Promise<string[]> {
  const rows = await db()
    .select()
    .from(placements)
    .where(eq(placements.issueId, issueId))
    .orderBy(asc(placements.position));
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
  return rows.map(({ articleId }) => articleId);
}

export async function slugOf(articleId: string): Promise<string | undefined> {
  const [article] = await db().select().from(articles).where(eq(articles.id, articleId));
  return article?.slug;
}

/** How many transactions wait for another one to end. */
export async function waiting(): Promise<number> {
  const { rows } = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

export const logged = async () =>
  (await db().select().from(auditEntries)).map(({ action, actorId, subjectId }) => ({
    action,
    actorId,
    subjectId,
  }));
