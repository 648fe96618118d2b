import { and, count, eq, gte, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { orders } from '#db/schema/orders.ts';
import { clock } from '#lib/clock.ts';
import type { Currency } from '#lib/money.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/** What came in over the last days, by currency: paid orders, their sum and what went back of it, in minor units. */
export async function recentSales(
  actor: Actor,
  { days }: { days: number },
): Promise<{ currency: Currency; orders: number; total: number; refunded: number }[]> {
  if (!may(actor, 'orders.read')) return [];
  const since = new Date(clock.now().getTime() - days * 24 * 60 * 60 * 1000);
  const rows = await db()
    .select({
      currency: orders.currency,
      orders: count(),
      total: sql<number>`coalesce(sum(${orders.totalAmount}), 0)`.mapWith(Number),
      refunded: sql<number>`coalesce(sum(${orders.refundedAmount}), 0)`.mapWith(Number),
    })
    .from(orders)
    .where(and(eq(orders.status, 'paid'), gte(orders.paidAt, since)))
    .groupBy(orders.currency)
    .orderBy(orders.currency);
  return rows.map((row) => ({ ...row, currency: row.currency as Currency }));
}
