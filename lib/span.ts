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

/**
 * The first day of each step, the earliest first and the one that holds `today` last. Days are the calendar's
 * (`2026-11-23`), wherever they are told. Weeks begin on Monday, as they do in PostgreSQL.
 */
export function stepsOf(span: Span, today: string): string[] {
  const length = lengths[span];
  return Array.from({ length }, (_, at) => stepBefore(span, today, length - 1 - at));
}

/** The day on which the plot's first step begins. */
export function startOf(span: Span, today: string): string {
  return stepBefore(span, today, lengths[span] - 1);
}

function stepBefore(span: Span, today: string, count: number): string {
  const day = new Date(`${today}T00:00:00Z`);
  switch (span) {
    case 'days':
      day.setUTCDate(day.getUTCDate() - count);
      break;
    case 'weeks':
      day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7) - count * 7);
      break;
    case 'months':
      day.setUTCMonth(day.getUTCMonth() - count, 1);
      break;
  }
  return day.toISOString().slice(0, 10);
}
