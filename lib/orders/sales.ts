import { and, count, eq, gte, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { orders } from '#db/schema/orders.ts';
import { clock } from '#lib/clock.ts';
import type { Currency } from '#lib/money.ts';
import { type Span, spanUnits, startOf, stepsOf } from '#lib/span.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/** What was sold in one step of a span, which begins on `day` (UTC); amounts in minor units, `refunded` of these orders. */
export type SalesOfStep = { day: string; orders: number; total: number; refunded: number };

/** Paid orders step by step, for each currency that something was sold in; the one with the most orders first. */
export async function salesBySteps(
  actor: Actor,
  span: Span,
): Promise<{ currency: Currency; steps: SalesOfStep[] }[]> {
  if (!may(actor, 'orders.read')) return [];
  const now = clock.now();
  const unit = sql.raw(`'${spanUnits[span]}'`);
  const day = sql<string>`date_trunc(${unit}, ${orders.paidAt} at time zone 'UTC')::date::text`;
  const rows = await db()
    .select({
      currency: orders.currency,
      day,
      orders: count(),
      total: sql<number>`coalesce(sum(${orders.totalAmount}), 0)`.mapWith(Number),
      refunded: sql<number>`coalesce(sum(${orders.refundedAmount}), 0)`.mapWith(Number),
    })
    .from(orders)
    .where(and(eq(orders.status, 'paid'), gte(orders.paidAt, startOf(span, now))))
    .groupBy(orders.currency, day);
  const byCurrency = Map.groupBy(rows, (row) => row.currency as Currency);
  const sold = [...byCurrency].map(([currency, own]) => ({
    currency,
    count: own.reduce((sum, step) => sum + step.orders, 0),
    steps: stepsOf(span, now).map((step) => {
      const found = own.find((row) => row.day === step);
      const { orders: paid = 0, total = 0, refunded = 0 } = found ?? {};
      return { day: step, orders: paid, total, refunded };
    }),
  }));
  return sold
    .toSorted((a, b) => b.count - a.count)
    .map(({ currency, steps }) => ({ currency, steps }));
}
