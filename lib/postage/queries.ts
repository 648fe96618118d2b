import { asc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { postageCountries, postageRates, postageZones } from '#db/schema/catalog.ts';
import { isId } from '#lib/ids.ts';
import type { Currency } from '#lib/money.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { countryName, expandZone } from './countries.ts';
import { type PostageRate, type PostageZone, restOfWorld } from './rules.ts';

/**
 * The zones that are served in `currency`, in their order, the countries by name. One without a rate in it is not, nor one
 * without a country.
 */
export async function postageTable(currency: Currency): Promise<PostageZone[]> {
  const zones = await db()
    .select()
    .from(postageZones)
    .innerJoin(postageRates, eq(postageRates.zoneId, postageZones.id))
    .where(eq(postageRates.currency, currency))
    .orderBy(asc(postageZones.position), asc(postageZones.name));
  const countries = await db().select().from(postageCountries);
  const named = new Set(countries.map(({ country }) => country));
  return zones.flatMap(({ postage_zones: zone, postage_rates: rate }) => {
    const own = countries.filter(({ zoneId }) => zoneId === zone.id).map(({ country }) => country);
    if (own.length === 0) return [];
    return {
      name: zone.name,
      restOfWorld: own.includes(restOfWorld),
      countries: expandZone(own, named).toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
      rate: { firstCopy: rate.firstCopy, furtherCopy: rate.furtherCopy },
      minDays: zone.minDays,
      maxDays: zone.maxDays,
    };
  });
}

/** A zone as the office sees it, whatever it is served in: the countries that it names itself, by name. */
export type DeskZone = {
  id: string;
  name: string;
  minDays: number;
  maxDays: number;
  rates: Partial<Record<Currency, PostageRate>>;
  countries: { code: string; name: string }[];
  restOfWorld: boolean;
};

/** All zones in their order, for who may price; none for anybody else. */
export async function listDeskZones(actor: Actor): Promise<DeskZone[]> {
  if (!may(actor, 'catalog.price')) return [];
  const [zones, rates, countries] = await Promise.all([
    db().select().from(postageZones).orderBy(asc(postageZones.position), asc(postageZones.name)),
    db().select().from(postageRates),
    db().select().from(postageCountries),
  ]);
  return zones.map(({ id, name, minDays, maxDays }) => {
    const own = countries.filter(({ zoneId }) => zoneId === id).map(({ country }) => country);
    return {
      id,
      name,
      minDays,
      maxDays,
      rates: Object.fromEntries(
        rates
          .filter(({ zoneId }) => zoneId === id)
          .map(({ currency, firstCopy, furtherCopy }) => [currency, { firstCopy, furtherCopy }]),
      ),
      countries: own
        .filter((code) => code !== restOfWorld)
        .map((code) => ({ code, name: countryName(code) }))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
      restOfWorld: own.includes(restOfWorld),
    };
  });
}

/** A zone with the others, whose countries it may take; `null` where there is none, or for who may not price. */
export async function findDeskZone(
  actor: Actor,
  id: string,
): Promise<{ zone: DeskZone; others: DeskZone[] } | null> {
  if (!isId(id)) return null;
  const zones = await listDeskZones(actor);
  const zone = zones.find((one) => one.id === id);
  return zone ? { zone, others: zones.filter((one) => one.id !== id) } : null;
}
