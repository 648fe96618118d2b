import type { Picture } from '#lib/media/rules.ts';
import type { Currency } from '#lib/money.ts';
import { type Failure, fail } from '#lib/result.ts';

export type SocialLink = { label: string; url: string };

/** A line of a menu: `href` is a path of this site or an https address. */
export type MenuItem = { label: string; href: string };

export const longestMenu = 12;

type Named = { name: string; slug: string };

/** What the site shows at the head of every page where nobody chose. */
export function mainMenuOf(sections: Named[]): MenuItem[] {
  return [
    { label: 'Issues', href: '/issues' },
    ...sectionLinks(sections),
    { label: 'Search', href: '/search' },
  ];
}

/** The same for the foot. */
export function footerMenuOf(sections: Named[]): MenuItem[] {
  return [{ label: 'All issues', href: '/issues' }, ...sectionLinks(sections)];
}

function sectionLinks(sections: Named[]): MenuItem[] {
  return sections.map(({ name, slug }) => ({ label: name, href: `/sections/${slug}` }));
}

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
  /** An IANA name: in which the office's dates and appointments are told. */
  timeZone: string;
  issuesPerYear: number;
  socialLinks: SocialLink[];
  /** `null`: the site names its sections, archive and search by itself. */
  mainMenu: MenuItem[] | null;
  footerMenu: MenuItem[] | null;
  logo: Picture | null;
  accents: Accents;
  banner: Banner | null;
};

/** The colour beside ink and paper as #rrggbb, on light and on dark paper; `null`: the site's own. */
export type Accents = { light: string | null; dark: string | null };

/** What an accent stands on: the paper and the raised boxes of `app/globals.css`. */
export const papers = { light: ['#fcfaf5', '#f4f0e6'], dark: ['#151618', '#1e2022'] } as const;

/** Contrast of text that is not large, by WCAG 2.2, success criterion 1.4.3. */
export const leastContrast = 4.5;

/** The lowest contrast of a colour (#rrggbb) with the papers it stands on. */
export function accentContrast(colour: string, paper: keyof typeof papers): number {
  return Math.min(...papers[paper].map((behind) => contrast(colour, behind)));
}

/** From 1 to 21. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Where the style sheet of these colours stands, the colours in its name; `null` where the site's own do. */
export function coloursAddress({ light, dark }: Accents): string | null {
  if (!light && !dark) return null;
  return `/colours/${light?.slice(1) ?? 'own'}-${dark?.slice(1) ?? 'own'}.css`;
}

/**
 * The style sheet of a publication's own colours. What stands on an accent is the paper, whose contrast with it is known;
 * pointed at, an accent goes away from the paper, never towards it.
 */
export function coloursSheet({ light, dark }: Accents): string {
  const sheets = [];
  if (light) {
    sheets.push(
      `:root:root{--accent:${light};--accent-strong:color-mix(in srgb,${light} 82%,#000);--on-accent:var(--paper);--banner:${light};--on-banner:var(--paper)}`,
    );
  }
  if (dark) {
    sheets.push(
      `@media (prefers-color-scheme:dark){:root:root{--accent:${dark};--accent-strong:color-mix(in srgb,${dark} 75%,#fff);--on-accent:var(--paper);--banner:color-mix(in srgb,${dark} 30%,var(--paper));--on-banner:var(--ink)}}`,
    );
  } else if (light) {
    // The light colour must not reach the dark paper.
    sheets[0] = `@media not (prefers-color-scheme:dark){${sheets[0]}}`;
  }
  return `${sheets.join('\n')}\n`;
}

/**
 * What to write of a form: the fields that its sender changed since it was opened. `conflicts` are those that somebody
 * else changed meanwhile to something else, which would be overwritten unseen. `whole`: the fields are one thing, so that
 * two who change different ones of them are in each other's way, too.
 */
export function touched<T extends Record<string, unknown>>(
  opened: Partial<Record<keyof T, unknown>>,
  present: T,
  wanted: T,
  { whole = false }: { whole?: boolean } = {},
): { changes: Partial<T>; conflicts: (keyof T & string)[] } {
  const changes: Partial<T> = {};
  const conflicts: (keyof T & string)[] = [];
  for (const name of Object.keys(wanted) as (keyof T & string)[]) {
    const [now, then, to] = [present[name], opened[name], wanted[name]].map(told);
    if (to === now || (name in opened && to === then)) continue;
    if (name in opened && then !== now) conflicts.push(name);
    else changes[name] = wanted[name];
  }
  if (!whole || Object.keys(changes).length + conflicts.length === 0) return { changes, conflicts };
  const others = Object.keys(wanted).filter(
    (name) => name in opened && told(opened[name]) !== told(present[name]),
  );
  return { changes, conflicts: others };
}

/** The refusal that `touched` is a reason for, said beside each field. */
export function changedMeanwhile(conflicts: string[]): Failure<'changed'> {
  return fail(
    'changed',
    'Not saved: somebody else changed the same meanwhile. Load the page again to go on from there; what you wrote stays here until you do.',
    Object.fromEntries(conflicts.map((name) => [name, 'Somebody else changed this meanwhile.'])),
  );
}

/** One text for what is the same: forms send dates as text, and the database keeps the keys of objects in its own order. */
function told(value: unknown): string {
  return JSON.stringify(value ?? null, (_, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

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
