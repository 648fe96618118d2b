import { describe, expect, test } from 'vitest';
import { parseInput } from '#lib/input.ts';
import { allCountries, expandZone, isPostable } from './countries.ts';
import { zoneFieldNames, zoneInput } from './input.ts';
import {
  countriesText,
  daysText,
  matchesCountry,
  movedText,
  type PostageZone,
  postageFor,
  servedCountries,
  servedIn,
  zoneOf,
} from './rules.ts';

describe('postage', () => {
  const zone = (name: string, countries: { code: string; name: string }[]): PostageZone => ({
    name,
    countries,
    restOfWorld: false,
    rate: { firstCopy: 500, furtherCopy: 150 },
    minDays: 3,
    maxDays: 10,
  });

  test('the first copy costs one rate, each further one another', () => {
    expect(postageFor({ firstCopy: 500, furtherCopy: 150 }, 1)).toBe(500);
    expect(postageFor({ firstCopy: 500, furtherCopy: 150 }, 4)).toBe(950);
  });

  test('a country that no zone holds is not served', () => {
    const zones = [zone('Home', [{ code: 'DE', name: 'Germany' }])];
    expect(zoneOf(zones, 'DE')?.name).toBe('Home');
    expect(zoneOf(zones, 'NZ')).toBeNull();
    expect(servedCountries(zones)).toEqual([{ code: 'DE', name: 'Germany' }]);
  });

  test('the rest of the world is every country that no zone names', () => {
    const rest = expandZone(['ZZ'], new Set(['DE', 'FR', 'ZZ'])).map(({ code }) => code);
    expect(rest).toContain('NZ');
    expect(rest).not.toContain('DE');
    expect(rest).not.toContain('ZZ');
    expect(expandZone(['FR'], new Set(['FR']))).toEqual([{ code: 'FR', name: 'France' }]);
  });
});

describe('zones in words', () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));

  test('a zone is told by its countries, or by the first of many', () => {
    expect(countriesText(named('Ireland'), false)).toBe('Ireland');
    expect(countriesText(named('Ireland', 'Malta'), false)).toBe('Ireland and Malta');
    expect(countriesText(named('A', 'B', 'C', 'D', 'E'), false)).toBe('A and 4 more');
    expect(countriesText([], true)).toBe('All other countries');
    expect(countriesText(named('Fiji'), true)).toBe('All other countries, and Fiji');
    expect(countriesText([], false)).toContain('nothing is posted');
  });

  test('how long it takes', () => {
    expect(daysText({ minDays: 3, maxDays: 10 })).toBe('3–10 working days');
    expect(daysText({ minDays: 2, maxDays: 2 })).toBe('2 working days');
    expect(daysText({ minDays: 1, maxDays: 1 })).toBe('1 working day');
  });

  test('countries that moved are told with where they came from', () => {
    const moved = [
      { country: 'France', from: 'Europe' },
      { country: 'Fiji', from: 'Far' },
      { country: 'Spain', from: 'Europe' },
    ];
    expect(movedText(moved)).toBe('France and Spain came from “Europe”. Fiji came from “Far”.');
    expect(movedText([])).toBe('');
  });

  test('a currency is served where a zone with a country has a rate in it', () => {
    const rate = { firstCopy: 1, furtherCopy: 1 };
    const zones = [
      { rates: { EUR: rate }, countries: [{}], restOfWorld: false },
      { rates: { GBP: rate }, countries: [], restOfWorld: false },
      { rates: { USD: rate }, countries: [], restOfWorld: true },
    ];
    expect(servedIn(zones)).toEqual(['EUR', 'USD']);
  });
});

describe('searching for a country', () => {
  const found = (typed: string) =>
    allCountries()
      .filter((country) => matchesCountry(country, typed))
      .map(({ code }) => code);

  test.each([
    ['german', 'DE'],
    ['DE', 'DE'],
    ['cote d ivoire', 'CI'],
    ['Côte d’Ivoire', 'CI'],
    ['curacao', 'CW'],
    ['turkiye', 'TR'],
    ['aland', 'AX'],
    ['bissau', 'GW'],
  ])('“%s” finds %s', (typed, code) => {
    expect(found(typed)).toContain(code);
  });

  test('finds words from their beginning alone, all where nothing is typed, and nothing for nonsense', () => {
    expect(found('land')).toEqual([]);
    expect(found(' ')).toHaveLength(allCountries().length);
    expect(found('xyzzy')).toEqual([]);
  });
});

describe('a zone’s form', () => {
  const form = (parts: Record<string, unknown> = {}) => ({
    ...Object.fromEntries(zoneFieldNames.map((name) => [name, ''])),
    ...{ name: ' Europe ', minDays: '3', maxDays: '10', countries: ['FR', 'DE', 'FR'] },
    ...{ 'EUR-first': '5.50', 'EUR-further': '2' },
    ...parts,
  });
  const refused = (parts: Record<string, unknown>) => {
    const input = parseInput(zoneInput, form(parts));
    return input.ok ? [] : Object.keys(input.fields ?? {}).toSorted();
  };

  test('is read with rates in minor units and each country once', () => {
    expect(parseInput(zoneInput, form())).toEqual({
      ok: true,
      value: {
        name: 'Europe',
        days: { minDays: 3, maxDays: 10 },
        countries: ['DE', 'FR'],
        ...{ EUR: { firstCopy: 550, furtherCopy: 200 }, GBP: null, USD: null },
      },
    });
    expect(refused({ countries: ['ZZ'] })).toEqual([]);
  });

  test('names the fields that it refuses', () => {
    expect(refused({ name: '' })).toEqual(['name']);
    expect(refused({ minDays: '11' })).toEqual(['maxDays']);
    for (const days of ['', '0', '1.5', 'x']) {
      expect(refused({ minDays: days, maxDays: '90' }), days).toEqual(['minDays']);
    }
    expect(refused({ maxDays: '91' })).toEqual(['maxDays']);
    expect(refused({ countries: [] })).toEqual(['countries']);
    for (const code of ['XX', 'de', '', 'DEU', 'KP']) {
      expect(refused({ countries: [code] }), code).toEqual(['countries']);
    }
    expect(refused({ 'EUR-first': '', 'EUR-further': '' })).toEqual(['rates']);
    expect(refused({ 'EUR-further': '' })).toEqual(['EUR-further']);
    expect(refused({ 'GBP-further': '2' })).toEqual(['GBP-first']);
    expect(refused({ 'EUR-first': '10000.01' })).toEqual(['EUR-first']);
  });

  test('knows every country that it lists', () => {
    for (const { code } of allCountries()) expect(isPostable(code)).toBe(true);
  });
});
