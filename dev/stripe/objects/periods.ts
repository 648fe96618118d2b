/** How often something recurs. */
type Rhythm = { interval: string; interval_count: number };

/**
 * The first end of a period after a time, counted from an anchor (all in seconds, UTC). Months keep the anchor's day
 * and fall on the last one where a month is shorter: 31 January, 28 February, 31 March.
 */
export function periodEndAfter(anchor: number, rhythm: Rhythm, after: number): number {
  const guess = Math.floor((after - anchor) / (LONGEST[unitOf(rhythm)] * rhythm.interval_count));
  let count = Math.max(guess - 1, 0);
  if (anchor > after)
    count = -Math.ceil((anchor - after) / (SHORTEST[unitOf(rhythm)] * rhythm.interval_count)) - 1;
  while (shifted(anchor, rhythm, count) <= after) count += 1;
  return shifted(anchor, rhythm, count);
}

/** A number of intervals after (or, negative, before) an anchor. */
export function shifted(anchor: number, rhythm: Rhythm, count: number): number {
  const steps = count * rhythm.interval_count;
  const unit = unitOf(rhythm);
  if (unit === 'day' || unit === 'week') return anchor + steps * SHORTEST[unit];
  const date = new Date(anchor * 1000);
  const months =
    date.getUTCFullYear() * 12 + date.getUTCMonth() + steps * (unit === 'year' ? 12 : 1);
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const time = anchor % DAY;
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) / 1000 + time;
}

/** As it is said beside a price: `month`, `3 months`. */
export function rhythmText({ interval, interval_count }: Rhythm): string {
  return interval_count === 1 ? interval : `${interval_count} ${interval}s`;
}

export function sameRhythm(a: Rhythm | null, b: Rhythm | null): boolean {
  return a?.interval === b?.interval && a?.interval_count === b?.interval_count;
}

/** Where no rhythm is given. */
export const MONTHLY: Rhythm = { interval: 'month', interval_count: 1 };
export const DAY = 24 * 3600;
export const HOUR = 3600;
const LONGEST = { day: DAY, week: 7 * DAY, month: 31 * DAY, year: 366 * DAY };
const SHORTEST = { day: DAY, week: 7 * DAY, month: 28 * DAY, year: 365 * DAY };

function unitOf({ interval }: Rhythm): keyof typeof LONGEST {
  if (interval in LONGEST) return interval as keyof typeof LONGEST;
  throw new Error(`No interval ${interval}.`);
}
