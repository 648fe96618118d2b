import { eq } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Transaction } from '#db/client.ts';

type Ordered = PgTable & { id: PgColumn; position: PgColumn };

/**
 * Numbers rows as `to` names them, where they still stand as `from` says; `present` are the rows as they are, locked by
 * `tx`. `changed`: somebody else ordered, added or took away meanwhile; `invalid`: `to` holds not all of them, or others.
 */
export async function putInOrder(
  tx: Transaction,
  table: Ordered,
  present: string[],
  { from, to }: { from: string[]; to: string[] },
): Promise<'done' | 'same' | 'changed' | 'invalid'> {
  if (present.join() !== from.join()) return 'changed';
  if (to.toSorted().join() !== present.toSorted().join()) return 'invalid';
  if (to.join() === present.join()) return 'same';
  for (const [index, id] of to.entries()) {
    await tx
      .update(table)
      .set({ position: index + 1 })
      .where(eq(table.id, id));
  }
  return 'done';
}
