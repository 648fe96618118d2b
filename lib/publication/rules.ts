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
};

/**
 * The instant that a clock on the wall of `timeZone` (an IANA name) shows as `text` (`2027-03-01T09:00`), `null` for what
 * is no time. Of an hour that comes twice the first is meant; one that is skipped is taken as if the clocks had not been
 * changed yet.
 */
export function zonedInstant(text: string, timeZone: string): Date | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(text);
  if (!match) return null;
  const wall = Date.parse(`${match[0]}:00Z`);
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 16) !== match[0]) return null;
  const day = 24 * 60 * 60_000;
  const before = wall - offsetAt(wall - day, timeZone);
  const after = wall - offsetAt(wall + day, timeZone);
  const shown = [before, after]
    .toSorted((a, b) => a - b)
    .find((instant) => instant + offsetAt(instant, timeZone) === wall);
  return new Date(shown ?? before);
}

/** What a clock in `timeZone` shows at `date`, as `zonedInstant` takes it: `2027-03-01T09:00`. */
export function zonedText(date: Date, timeZone: string): string {
  const shown = date.getTime() + offsetAt(date.getTime(), timeZone);
  return new Date(shown).toISOString().slice(0, 16);
}

/** By how many milliseconds the clocks of `timeZone` are ahead of UTC at an instant; negative where they are behind. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const [year, month, day] = [part('year').padStart(4, '0'), part('month'), part('day')];
  const wall = Date.parse(
    `${year}-${month}-${day}T${part('hour')}:${part('minute')}:${part('second')}Z`,
  );
  return wall - Math.floor(instant / 1_000) * 1_000;
}
