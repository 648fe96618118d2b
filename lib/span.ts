/** How far back a plot looks, and in what steps. */
export const spans = ['days', 'weeks', 'months'] as const;
export type Span = (typeof spans)[number];

export const spanNames: Record<Span, string> = {
  days: '30 days',
  weeks: '12 weeks',
  months: '12 months',
};

/** What PostgreSQL's `date_trunc` calls one step. */
export const spanUnits: Record<Span, 'day' | 'week' | 'month'> = {
  days: 'day',
  weeks: 'week',
  months: 'month',
};

const lengths: Record<Span, number> = { days: 30, weeks: 12, months: 12 };
const day = 24 * 60 * 60 * 1000;

/**
 * The first day (`2026-11-23`, UTC) of each step, the earliest first and the one that holds `now` last. Weeks begin on
 * Monday, as they do in PostgreSQL.
 */
export function stepsOf(span: Span, now: Date): string[] {
  const length = lengths[span];
  return Array.from({ length }, (_, at) => dayOf(stepBefore(span, now, length - 1 - at)));
}

/** The instant at which the plot's first step begins. */
export function startOf(span: Span, now: Date): Date {
  return stepBefore(span, now, lengths[span] - 1);
}

/** The day of an instant, in UTC: `2026-11-23`. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

function stepBefore(span: Span, now: Date, count: number): Date {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  if (span === 'months') return new Date(Date.UTC(year, month - count, 1));
  const today = Date.UTC(year, month, now.getUTCDate());
  if (span === 'days') return new Date(today - count * day);
  const sinceMonday = (now.getUTCDay() + 6) % 7;
  return new Date(today - (sinceMonday + count * 7) * day);
}
