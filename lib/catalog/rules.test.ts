import { describe, expect, test } from 'vitest';
import { expandZone } from './countries.ts';
import {
  availabilityOf,
  availabilityText,
  type PostageZone,
  postageFor,
  sameAvailability,
  servedCountries,
  zoneOf,
} from './rules.ts';

describe('stock as readers see it', () => {
  test.each([
    [null, 'In stock'],
    [11, 'In stock'],
    [10, 'Only 10 copies left'],
    [2, 'Only 2 copies left'],
    [1, 'Last copy'],
    [0, 'Sold out'],
  ])('%s copies: %s', (stock, text) => {
    expect(availabilityText(availabilityOf(stock))).toBe(text);
  });

  test('a difference that nobody sees needs no new page', () => {
    expect(sameAvailability(500, 499)).toBe(true);
    expect(sameAvailability(11, 10)).toBe(false);
    expect(sameAvailability(1, 0)).toBe(false);
  });
});

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
