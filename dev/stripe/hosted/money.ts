/** Currencies that Stripe counts otherwise than in hundredths (docs.stripe.com/currencies#minor-units). */
const zeroDecimal = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
);
const threeDecimal = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

/** `1250, 'eur'` → `€12.50`: an amount in the currency's minor unit, as people read it. */
export function amountText(amount: number, currency: string): string {
  const digits = zeroDecimal.has(currency) ? 0 : threeDecimal.has(currency) ? 3 : 2;
  const format = formats.get(currency) ?? formatOf(currency, digits);
  return format.format(amount / 10 ** digits);
}

/** A format is dear to make, and every line of an invoice has amounts in its text. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, digits: number): Intl.NumberFormat {
  const format = new Intl.NumberFormat('en-GB', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  formats.set(currency, format);
  return format;
}
