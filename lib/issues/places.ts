import { asc, eq, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { placements } from '#db/schema/issues.ts';

/** A position after every other one, until `renumber` has counted anew. */
export const lastPosition = 2_000_000;

/** The articles of an issue, in its order. */
export async function orderOf(tx: Transaction, issueId: string): Promise<string[]> {
  const rows = await tx
    .select({ articleId: placements.articleId })
    .from(placements)
    .where(eq(placements.issueId, issueId))
    .orderBy(asc(placements.position));
  return rows.map((row) => row.articleId);
}

/** Gives an issue's articles the positions from 1 on, without a gap, in the order of `articleIds`. */
export async function renumber(tx: Transaction, articleIds: string[]): Promise<void> {
  // Two rounds, since a position may be held by one article at a time.
  for (const offset of [lastPosition, 0]) {
    await tx.execute(sql`
      update ${placements} set position = ordered.position + ${offset}
      from unnest(${sql.param(articleIds)}::uuid[]) with ordinality as ordered (id, position)
      where ${placements.articleId} = ordered.id`);
  }
}
