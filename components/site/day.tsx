/** A day as readers write it, in UTC, so that every server and every cache says the same. */
export function Day({ date, className }: { date: Date; className?: string }) {
  return (
    <time dateTime={date.toISOString()} className={className}>
      {formatDay(date)}
    </time>
  );
}

const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

export function formatDay(date: Date): string {
  return long.format(date);
}
