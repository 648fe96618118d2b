/** A point in time to the minute, in UTC, and saying so: the office may sit in several time zones. */
export function Moment({ date }: { date: Date }) {
  return <time dateTime={date.toISOString()}>{formatMoment(date)}</time>;
}

export function formatMoment(date: Date): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(date);
  return `${text} UTC`;
}

/** A point in time to the minute as the clocks of an IANA time zone show it, and saying which. */
export function momentIn(date: Date, timeZone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(date);
  return `${text} (${timeZone})`;
}

/** The value of an `<input type="datetime-local">`, in UTC; `''` for none. */
export function momentValue(date: Date | null): string {
  return date?.toISOString().slice(0, 16) ?? '';
}
