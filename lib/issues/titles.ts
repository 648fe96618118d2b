import { eq, inArray } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';

/** What articles are called now, for the log. */
export async function titlesOf(tx: Transaction, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .select({ id: articles.id, title: revisions.title })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(inArray(articles.id, ids));
  return new Map(rows.map(({ id, title }) => [id, title]));
}
