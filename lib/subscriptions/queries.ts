import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#lib/clock.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { type Span, spanUnits, stepsOf } from '#lib/span.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { dayIn } from '#lib/workflow/rules.ts';

/**
 * Subscriptions in one step of a span, which begins on `day`, the publication's: how many ran at its end, or run now, and how
 * many began and ended in it.
 */
export type SubscriptionsOfStep = { day: string; running: number; begun: number; ended: number };

/**
 * The course of subscriptions, for who may read orders. One runs from its start until it was cancelled. `null`: there has
 * never been one.
 */
export async function subscriptionsBySteps(
  actor: Actor,
  span: Span,
): Promise<SubscriptionsOfStep[] | null> {
  if (!may(actor, 'orders.read')) return null;
  const now = clock.now();
  const zone = await findTimeZone();
  const length = sql.raw(`interval '1 ${spanUnits[span]}'`);
  const { rows } = await db().execute<{
    day: string;
    running: number;
    begun: number;
    ended: number;
    ever: boolean;
  }>(sql`
    with steps as (
      select day, day::timestamp at time zone ${zone} as starts,
        least((day::timestamp + ${length}) at time zone ${zone}, ${now.toISOString()}::timestamptz) as ends
      from unnest(${sql.param(stepsOf(span, dayIn(zone, now)))}::date[]) as day)
    select day::text,
      (select count(*)::int from subscriptions
        where started_at <= ends and (canceled_at is null or canceled_at > ends)) as running,
      (select count(*)::int from subscriptions where started_at >= starts and started_at < ends) as begun,
      (select count(*)::int from subscriptions where canceled_at >= starts and canceled_at < ends) as ended,
      exists (select from subscriptions) as ever
    from steps order by day`);
  if (!rows.some(({ ever }) => ever)) return null;
  return rows.map(({ ever: _, ...step }) => step);
}
