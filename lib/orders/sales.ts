import { and, count, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { orders } from '#db/schema/orders.ts';
import { clock } from '#lib/clock.ts';
import type { Currency } from '#lib/money.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { type Span, spanUnits, startOf, stepsOf } from '#lib/span.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { dayIn } from '#lib/workflow/rules.ts';

/**
 * What was sold in one step of a span, which begins on `day`, the publication's; amounts in minor units, `refunded` of
 * these orders.
 */
export type SalesOfStep = { day: string; orders: number; total: number; refunded: number };

/** Paid orders step by step, for each currency that something was sold in; the one with the most orders first. */
export async function salesBySteps(
  actor: Actor,
  span: Span,
): Promise<{ currency: Currency; steps: SalesOfStep[] }[]> {
  if (!may(actor, 'orders.read')) return [];
  const zone = await findTimeZone();
  const today = dayIn(zone, clock.now());
  const unit = sql.raw(`'${spanUnits[span]}'`);
  const paid = db()
    .select({
      currency: orders.currency,
      day: sql<string>`date_trunc(${unit}, ${orders.paidAt} at time zone ${zone})::date::text`.as(
        'day',
      ),
      total: orders.totalAmount,
      refunded: orders.refundedAmount,
    })
    .from(orders)
    .where(
      and(
        eq(orders.status, 'paid'),
        sql`${orders.paidAt} >= ${startOf(span, today)}::timestamp at time zone ${zone}`,
      ),
    )
    .as('paid');
  const rows = await db()
    .select({
      currency: paid.currency,
      day: paid.day,
      orders: count(),
      total: sql<number>`coalesce(sum(${paid.total}), 0)`.mapWith(Number),
      refunded: sql<number>`coalesce(sum(${paid.refunded}), 0)`.mapWith(Number),
    })
    .from(paid)
    .groupBy(paid.currency, paid.day);
  const byCurrency = Map.groupBy(rows, (row) => row.currency as Currency);
  const sold = [...byCurrency].map(([currency, own]) => ({
    currency,
    count: own.reduce((sum, step) => sum + step.orders, 0),
    steps: stepsOf(span, today).map((step) => {
      const found = own.find((row) => row.day === step);
      const { orders: paid = 0, total = 0, refunded = 0 } = found ?? {};
      return { day: step, orders: paid, total, refunded };
    }),
  }));
  return sold
    .toSorted((a, b) => b.count - a.count)
    .map(({ currency, steps }) => ({ currency, steps }));
}
