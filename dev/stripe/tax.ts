import type Stripe from 'stripe';
import { find, findBy, newId, put, type World } from './world.ts';

/** Stand-in rates for printed matter, in percent; every other country pays none. */
const TAX_PERCENT: Readonly<Record<string, number>> = {
  AT: 10,
  BE: 6,
  CH: 2.6,
  DE: 7,
  ES: 4,
  FR: 5.5,
  IE: 9,
  IT: 4,
  NL: 9,
  SE: 6,
};

/** Without a stated behaviour, prices in dollars come without tax and all others with it (Stripe's "automatic"). */
export function isInclusive(behaviour: string | null, currency: string): boolean {
  const stated = behaviour === 'inclusive' || behaviour === 'exclusive';
  return stated ? behaviour === 'inclusive' : !['usd', 'cad'].includes(currency);
}

/** The tax in an amount or on top of it, and what it is reckoned from; in minor units. */
export function taxIn(
  net: number,
  percent: number,
  inclusive: boolean,
): { amount: number; taxable: number } {
  const amount = Math.round(inclusive ? (net * percent) / (100 + percent) : (net * percent) / 100);
  return { amount, taxable: inclusive ? net - amount : net };
}

/** The rate that the automatic tax takes in a country, made at its first use. */
export function automaticRate(world: World, country: string): Stripe.TaxRate {
  const [known] = findBy(world, 'tax_rate', 'automatic', country);
  if (known) return find(world, 'tax_rate', known.id) ?? known;
  const percentage = TAX_PERCENT[country] ?? 0;
  return put(world, 'tax_rate', {
    id: newId(world, 'txr'),
    object: 'tax_rate',
    active: false,
    country,
    created: world.now(),
    description: null,
    display_name: country === 'US' ? 'Sales tax' : 'VAT',
    effective_percentage: percentage,
    flat_amount: null,
    inclusive: false,
    jurisdiction: country,
    jurisdiction_level: 'country',
    livemode: false,
    metadata: {},
    percentage,
    rate_type: 'percentage',
    state: null,
    tax_type: country === 'US' ? 'sales_tax' : 'vat',
  });
}
