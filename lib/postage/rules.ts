import { type Currency, currencies } from '#lib/money.ts';

/**
 * Stands in a postage zone for every country that no zone names. One of ISO 3166's codes for private use, so it can
 * never collide with a country.
 */
export const restOfWorld = 'ZZ';

/** Minor units of a currency. */
export type PostageRate = { firstCopy: number; furtherCopy: number };

/** Minor units for a parcel of `quantity` copies. */
export function postageFor(rate: PostageRate, quantity: number): number {
  return rate.firstCopy + rate.furtherCopy * (quantity - 1);
}

/** Where the magazine is posted to and for how much, in the currency that was asked for. */
export type PostageZone = {
  name: string;
  countries: { code: string; name: string }[];
  restOfWorld: boolean;
  rate: PostageRate;
  minDays: number;
  maxDays: number;
};

/** The zone that a parcel to `country` is charged by, or `null` where nothing is posted to. */
export function zoneOf(zones: PostageZone[], country: string): PostageZone | null {
  return zones.find((zone) => zone.countries.some(({ code }) => code === country)) ?? null;
}

/** Every country that is served, by name. */
export function servedCountries(zones: PostageZone[]): { code: string; name: string }[] {
  return zones
    .flatMap((zone) => zone.countries)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The currencies in which something is posted. */
export function servedIn(
  zones: {
    rates: Partial<Record<Currency, PostageRate>>;
    countries: unknown[];
    restOfWorld: boolean;
  }[],
): Currency[] {
  const serving = zones.filter(({ countries, restOfWorld }) => restOfWorld || countries.length > 0);
  return currencies.filter((currency) => serving.some(({ rates }) => rates[currency]));
}

/** The longest that a parcel may be promised to take, in working days. */
export const longestPost = 90;

/** "3–10 working days". */
export function daysText({ minDays, maxDays }: { minDays: number; maxDays: number }): string {
  if (minDays !== maxDays) return `${minDays}–${maxDays} working days`;
  return minDays === 1 ? '1 working day' : `${minDays} working days`;
}

/** What a zone is made of, in a line: "All other countries", "Germany and 29 more". */
export function countriesText(countries: { name: string }[], restOfWorld: boolean): string {
  const [first, ...others] = countries;
  if (restOfWorld) {
    return first ? `All other countries, and ${namesText(countries)}` : 'All other countries';
  }
  if (!first) return 'No country: nothing is posted by it.';
  return others.length < 4 ? namesText(countries) : `${first.name} and ${others.length} more`;
}

/** Which countries came from which zones, as its form tells it: "France came from “Europe”." */
export function movedText(moved: { country: string; from: string }[]): string {
  const zones = Map.groupBy(moved, ({ from }) => from);
  return [...zones]
    .map(
      ([from, all]) =>
        `${namesText(all.map(({ country: name }) => ({ name })))} came from “${from}”.`,
    )
    .join(' ');
}

/** "Austria, Belgium and Cyprus". */
function namesText(countries: { name: string }[]): string {
  const names = countries.map(({ name }) => name);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/**
 * What typing into the search for a country finds: its name from the beginning of a word, accents aside, or its code.
 */
export function matchesCountry(country: { code: string; name: string }, typed: string): boolean {
  const wanted = plain(typed.trim());
  if (wanted === '' || country.code.toLowerCase() === wanted) return true;
  return ` ${plain(country.name)}`.includes(` ${wanted}`);
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[’'().,&-]/g, ' ')
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
