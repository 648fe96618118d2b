import { eq } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Transaction } from '#db/client.ts';
import type { OrderInput } from '#lib/input.ts';
import { fail, ok, type Result } from '#lib/result.ts';

type Ordered = PgTable & { id: PgColumn; position: PgColumn };

/**
 * Numbers rows as `to` names them, where they still stand as `from` says; `present` are the rows as they stand, locked by
 * `tx`, and `called` what the office calls all of them. Answers their names from what order to what, for the log; nothing
 * where they stand so already. `changed`: somebody else ordered, added or took away meanwhile; `invalid`: `to` holds not
 * all of them, or others.
 */
export async function putInOrder(
  tx: Transaction,
  table: Ordered,
  called: string,
  present: { id: string; name: string }[],
  { from, to }: OrderInput,
): Promise<Result<{ from: string[]; to: string[] } | undefined, 'changed' | 'invalid'>> {
  const ids = present.map(({ id }) => id);
  if (ids.join() !== from.join()) {
    return fail('changed', `Somebody else changed the ${called} meanwhile: this is their order.`);
  }
  if (to.toSorted().join() !== ids.toSorted().join()) {
    return fail('invalid', `This is no order of all ${called}.`);
  }
  if (to.join() === from.join()) return ok();
  for (const [index, id] of to.entries()) {
    await tx
      .update(table)
      .set({ position: index + 1 })
      .where(eq(table.id, id));
  }
  const names = new Map(present.map(({ id, name }) => [id, name]));
  return ok({
    from: present.map(({ name }) => name),
    to: to.map((id) => names.get(id) ?? ''),
  });
}
