import type { Currency } from '#lib/money.ts';

export type SocialLink = { label: string; url: string };

/** An editor's announcement over every page; `version` changes with its text. */
export type Banner = {
  text: string;
  href: string | null;
  version: number;
  from: Date;
  until: Date;
};

export type Publication = {
  name: string;
  tagline: string;
  description: string;
  language: string;
  email: string;
  postalAddress: string;
  currency: Currency;
  foundedYear: number | null;
  socialLinks: SocialLink[];
  banner: Banner | null;
  /** An IANA name: in which the office's dates and appointments are told. */
  timeZone: string;
};

/**
 * What an `<input type="datetime-local">` shows of a moment where the office is; `''` for none. `timeZone` is an IANA name.
 */
export function localTime(date: Date | null, timeZone: string): string {
  if (!date) return '';
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(date);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/**
 * The moment that somebody typed as the office's time (`2031-03-30T02:30`), or `null` where that is no time. An hour that a
 * clock change leaves out is taken as the one after it; of one that comes twice, the first is meant.
 */
export function fromLocalTime(text: string, timeZone: string): Date | null {
  const typed = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}:00Z`) : Number.NaN;
  // `Date.parse` takes the 31st of any month for the next one's first.
  if (Number.isNaN(typed) || new Date(typed).toISOString().slice(0, 16) !== text) return null;
  const offsetAt = (at: number) => Date.parse(`${localTime(new Date(at), timeZone)}:00Z`) - at;
  const day = 24 * 60 * 60_000;
  const candidates = [offsetAt(typed - day), offsetAt(typed + day)].map((offset) => typed - offset);
  const fitting = candidates.filter((at) => localTime(new Date(at), timeZone) === text);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(...candidates));
}
