import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { postageCountries, postageRates, postageZones } from '#db/schema/catalog.ts';
import { isId } from '#lib/ids.ts';
import { type Currency, currencies, currencyNames, isCurrency } from '#lib/money.ts';
import { countryName } from './countries.ts';
import type { ZoneInput } from './input.ts';
import { daysText, type PostageRate, restOfWorld } from './rules.ts';

/* A zone of postage between what a form sends and what the tables and the log hold. */

/** A country that another zone had before, both by name. */
export type Moved = { country: string; from: string };

/** A zone as its form would send it. */
export async function readZone(tx: Transaction, id: string): Promise<ZoneInput | null> {
  if (!isId(id)) return null;
  const [zone] = await tx.select().from(postageZones).where(eq(postageZones.id, id));
  if (!zone) return null;
  const rates = await tx.select().from(postageRates).where(eq(postageRates.zoneId, id));
  const countries = await tx.select().from(postageCountries).where(eq(postageCountries.zoneId, id));
  const rate = (currency: Currency): PostageRate | null => {
    const found = rates.find((one) => one.currency === currency);
    return found ? { firstCopy: found.firstCopy, furtherCopy: found.furtherCopy } : null;
  };
  return {
    name: zone.name,
    days: { minDays: zone.minDays, maxDays: zone.maxDays },
    countries: countries.map(({ country }) => country).toSorted(),
    ...{ EUR: rate('EUR'), GBP: rate('GBP'), USD: rate('USD') },
  };
}

/** Writes the rates of the currencies that `changes` names; one that is `null` is no longer posted in. */
export async function writeRates(
  tx: Transaction,
  zoneId: string,
  changes: Partial<Record<Currency, PostageRate | null>>,
): Promise<void> {
  for (const currency of currencies) {
    const rate = changes[currency];
    if (rate === undefined) continue;
    await tx
      .delete(postageRates)
      .where(and(eq(postageRates.zoneId, zoneId), eq(postageRates.currency, currency)));
    if (rate) await tx.insert(postageRates).values({ zoneId, currency, ...rate });
  }
}

/** Makes a zone hold these countries and no other, and answers which of them lay elsewhere. */
export async function writeCountries(
  tx: Transaction,
  zoneId: string,
  countries: string[],
): Promise<Moved[]> {
  await tx.delete(postageCountries).where(eq(postageCountries.zoneId, zoneId));
  if (countries.length === 0) return [];
  const elsewhere = await tx
    .select({ code: postageCountries.country, from: postageZones.name })
    .from(postageCountries)
    .innerJoin(postageZones, eq(postageZones.id, postageCountries.zoneId))
    .where(inArray(postageCountries.country, countries))
    .orderBy(asc(postageCountries.country));
  await tx.delete(postageCountries).where(inArray(postageCountries.country, countries));
  await tx.insert(postageCountries).values(countries.map((country) => ({ country, zoneId })));
  return elsewhere.map(({ code, from }) => ({ country: nameOf(code), from }));
}

const nameOf = (code: string) =>
  code === restOfWorld ? 'The rest of the world' : countryName(code);

export const movedForLog = (moved: Moved[]) =>
  moved.map(({ country, from }) => `${country} from ${from}`);

/** A zone as the log keeps it: countries by name, rates in money. */
export function forLog(input: ZoneInput): Record<string, unknown> {
  return {
    name: input.name,
    days: daysText(input.days),
    countries: input.countries.map(nameOf),
    ...Object.fromEntries(
      currencies.flatMap((currency) => {
        const rate = input[currency];
        if (!rate) return [];
        const money = (amount: number) => ({ amount, currency });
        return [
          [logName(currency), { first: money(rate.firstCopy), further: money(rate.furtherCopy) }],
        ];
      }),
    ),
  };
}

/** What of a zone changed; of the countries, only those that came and went. */
export function changesForLog(
  present: ZoneInput,
  changes: Partial<ZoneInput>,
): Record<string, unknown> {
  const wanted = { ...present, ...changes };
  const [from, to] = [forLog(present), forLog(wanted)];
  const { countries: _, ...others } = changes;
  const fields = Object.keys(others).map((field) => (isCurrency(field) ? logName(field) : field));
  const [before, after] = [new Set(present.countries), new Set(wanted.countries)];
  const added = wanted.countries.filter((code) => !before.has(code)).map(nameOf);
  const removed = present.countries.filter((code) => !after.has(code)).map(nameOf);
  return {
    name: wanted.name,
    ...Object.fromEntries(
      fields.map((field) => [field, { from: from[field] ?? null, to: to[field] ?? null }]),
    ),
    ...(added.length > 0 ? { added } : {}),
    ...(removed.length > 0 ? { removed } : {}),
  };
}

const logName = (currency: Currency) => `rate in ${currencyNames[currency]}`;
