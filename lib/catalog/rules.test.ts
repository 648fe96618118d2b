import { describe, expect, test } from 'vitest';
import { availabilityOf, availabilityText, sameAvailability } from './rules.ts';

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
