/** A point in time to the minute, in the office's zone, and saying so: its people may sit in several. */
export function Moment({ date, timeZone = 'UTC' }: { date: Date; timeZone?: string }) {
  return <time dateTime={date.toISOString()}>{formatMoment(date, timeZone)}</time>;
}

/** `timeZone` is an IANA name. */
export function formatMoment(date: Date, timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
    timeZoneName: 'short',
  }).format(date);
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
