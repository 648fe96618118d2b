/** A day as readers write it, in UTC, so that every server and every cache says the same. */
export function Day({ date, className }: { date: Date; className?: string }) {
  return (
    <time dateTime={date.toISOString()} className={`whitespace-nowrap ${className ?? ''}`}>
      {formatDay(date)}
    </time>
  );
}

/** Making a format costs more than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** "24 November 2026": the calendar day of a date in a time zone. */
export function formatDay(date: Date, timeZone = 'UTC'): string {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone });
  formats.set(timeZone, format);
  return format.format(date);
}
