import { describe, expect, it } from 'vitest';
import { formatMoney, isCurrency, parseMinorUnits } from './money.ts';

describe('an amount', () => {
  it('is shown with both decimals, in its currency', () => {
    expect(formatMoney({ amount: 1250, currency: 'EUR' })).toBe('€12.50');
    expect(formatMoney({ amount: 0, currency: 'GBP' })).toBe('£0.00');
    expect(formatMoney({ amount: -5, currency: 'GBP' })).toBe('-£0.05');
    expect(formatMoney({ amount: 123_456_789, currency: 'USD' })).toBe('US$1,234,567.89');
    expect(formatMoney({ amount: 1250, currency: 'EUR' }, 'de-DE')).toMatch(/^12,50\s€$/);
  });
});

it('only the currencies that a magazine may sell in are currencies', () => {
  expect(['EUR', 'GBP', 'USD'].every(isCurrency)).toBe(true);
  expect(['eur', 'JPY', '', 'toString'].some(isCurrency)).toBe(false);
});

describe('a price that was typed', () => {
  it.each([
    ['12', 1200],
    ['12.5', 1250],
    ['12,50', 1250],
    [' 0.05 ', 5],
    ['0', 0],
    ['19.99', 1999],
    ['1.1', 110],
    ['9999999.99', 999_999_999],
  ])('%j is that many cents, to the cent', (text, cents) => {
    expect(parseMinorUnits(text)).toBe(cents);
  });

  it.each([
    '',
    ' ',
    '-1',
    '+1',
    '1e3',
    '1.234',
    '1,234.50',
    '1.',
    '.5',
    '€5',
    '12 50',
    '0x10',
    '٣',
    '10000000',
    'NaN',
  ])('%j is none', (text) => {
    expect(parseMinorUnits(text)).toBeNull();
  });
});
