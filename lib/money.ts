export const currencies = ['EUR', 'GBP', 'USD'] as const;

/** ISO 4217 code of a currency that a publication may sell in; all of them have two decimals. */
export type Currency = (typeof currencies)[number];

/** As they stand in a sentence. */
export const currencyNames: Record<Currency, string> = {
  EUR: 'euros',
  GBP: 'pounds',
  USD: 'dollars',
};

/** An amount in the currency's minor unit (cents, pence): always an integer. */
export type Money = { amount: number; currency: Currency };

export function isCurrency(value: string): value is Currency {
  return (currencies as readonly string[]).includes(value);
}

/** `{ amount: 1250, currency: 'EUR' }` → `€12.50`. Whole amounts keep their decimals, as a price list has them. */
export function formatMoney({ amount, currency }: Money, locale = 'en-GB'): string {
  return formatIn(locale, currency).format(amount / 100);
}

/** Minor units as a person types them: `1400` → `14.00`; `''` for none. */
export function decimalText(amount: number | null | undefined): string {
  return amount === null || amount === undefined ? '' : (amount / 100).toFixed(2);
}

/**
 * Reads what a person typed as a price: `12`, `12.5`, `12,50`. Answers the minor units, or `null` for anything that is
 * not a plain amount of at most two decimals.
 */
export function parseMinorUnits(text: string): number | null {
  const match = /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

const formats = new Map<string, Intl.NumberFormat>();

/** Made once: making one takes far longer than using it, and a plot's table has dozens of amounts. */
function formatIn(locale: string, currency: Currency): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency });
  formats.set(key, format);
  return format;
}
