import type Stripe from 'stripe';
import { find, newId, put, type World } from './world.ts';

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

/** What the amounts of a session follow from. Amounts in minor units; `country` null while none is known. */
export type Basis = {
  lineItems: Stripe.LineItem[];
  discount: { discount: Stripe.Discount; coupon: Stripe.Coupon } | null;
  shipping: Stripe.ShippingRate | null;
  automaticTax: boolean;
  country: string | null;
};

export type Amounts = {
  lineItems: Stripe.LineItem[];
  subtotal: number;
  total: number;
  details: Stripe.Checkout.Session.TotalDetails;
  shippingCost: Stripe.Checkout.Session.ShippingCost | null;
};

/**
 * Amounts of lines, discount, postage and tax. A fixed discount is spread over the lines in proportion; postage is
 * not discounted; an inclusive price keeps its total and only shows the tax inside.
 */
export function computeAmounts(world: World, basis: Basis): Amounts {
  const rate = basis.automaticTax && basis.country ? taxRate(world, basis.country) : null;
  const shares = discountShares(basis);
  const lineItems = basis.lineItems.map((item, index) =>
    lineAmounts(item, shares[index] ?? 0, rate, basis),
  );
  const shippingCost = basis.shipping ? shippingAmounts(basis.shipping, rate) : null;
  const subtotal = sum(lineItems.map((item) => item.amount_subtotal));
  const discount = sum(shares);
  const shippingTax = shippingCost?.amount_tax ?? 0;
  const taxes = [...lineItems.flatMap((item) => item.taxes ?? []), ...(shippingCost?.taxes ?? [])];
  return {
    lineItems,
    subtotal,
    total: sum(lineItems.map((item) => item.amount_total)) + (shippingCost?.amount_total ?? 0),
    details: {
      amount_discount: discount,
      amount_shipping: shippingCost?.amount_subtotal ?? 0,
      amount_tax: sum(lineItems.map((item) => item.amount_tax)) + shippingTax,
      breakdown: {
        discounts: basis.discount ? [{ amount: discount, discount: basis.discount.discount }] : [],
        taxes,
      },
    },
    shippingCost,
  };
}

type Tax = {
  amount: number;
  rate: Stripe.TaxRate;
  taxability_reason: 'standard_rated';
  taxable_amount: number;
};

function lineAmounts(
  item: Stripe.LineItem,
  discount: number,
  rate: Stripe.TaxRate | null,
  basis: Basis,
): Stripe.LineItem {
  const subtotal = (item.price?.unit_amount ?? 0) * (item.quantity ?? 1);
  const net = subtotal - discount;
  const tax = rate ? taxOn(net, rate, item.price?.tax_behavior ?? null, item.currency) : null;
  return {
    ...item,
    amount_subtotal: subtotal,
    amount_discount: discount,
    amount_tax: tax?.tax.amount ?? 0,
    amount_total: net + (tax?.added ?? 0),
    taxes: tax ? [tax.tax] : [],
    discounts:
      basis.discount && discount > 0
        ? [{ amount: discount, discount: basis.discount.discount }]
        : [],
  };
}

function shippingAmounts(
  shipping: Stripe.ShippingRate,
  rate: Stripe.TaxRate | null,
): Stripe.Checkout.Session.ShippingCost {
  const amount = shipping.fixed_amount?.amount ?? 0;
  const currency = shipping.fixed_amount?.currency ?? '';
  const tax = rate ? taxOn(amount, rate, shipping.tax_behavior, currency) : null;
  return {
    amount_subtotal: amount,
    amount_tax: tax?.tax.amount ?? 0,
    amount_total: amount + (tax?.added ?? 0),
    shipping_rate: shipping.id,
    taxes: tax ? [tax.tax] : [],
  };
}

/** Without a stated behaviour, prices in dollars come without tax and all others with it (Stripe's "automatic"). */
function taxOn(
  net: number,
  rate: Stripe.TaxRate,
  behaviour: Stripe.Price['tax_behavior'],
  currency: string,
): { tax: Tax; added: number } {
  const stated = behaviour === 'inclusive' || behaviour === 'exclusive';
  const inclusive = stated ? behaviour === 'inclusive' : !['usd', 'cad'].includes(currency);
  const percent = rate.percentage;
  const amount = Math.round(inclusive ? (net * percent) / (100 + percent) : (net * percent) / 100);
  const taxable = inclusive ? net - amount : net;
  const tax: Tax = {
    amount,
    rate: { ...rate, inclusive },
    taxability_reason: 'standard_rated',
    taxable_amount: taxable,
  };
  return { tax, added: inclusive ? 0 : amount };
}

/** Largest remainders, so that the shares add up to the discount to the last cent. */
function discountShares(basis: Basis): number[] {
  const amounts = basis.lineItems.map(
    (item) => (item.price?.unit_amount ?? 0) * (item.quantity ?? 1),
  );
  if (!basis.discount) return amounts.map(() => 0);
  const { coupon } = basis.discount;
  const only = coupon.applies_to?.products;
  const eligible = amounts.map((amount, index) => {
    const product = basis.lineItems[index]?.price?.product;
    return !only || only.includes(String(product)) ? amount : 0;
  });
  const base = sum(eligible);
  if (base === 0) return amounts.map(() => 0);
  const wanted =
    coupon.percent_off === null
      ? Math.min(coupon.amount_off ?? 0, base)
      : Math.round((base * coupon.percent_off) / 100);
  const exact = eligible.map((amount) => (amount * wanted) / base);
  const shares = exact.map(Math.floor);
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order.slice(0, wanted - sum(shares)))
    shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

function taxRate(world: World, country: string): Stripe.TaxRate {
  const known = Object.values(world.state.objects.tax_rate).find(
    (rate) => rate.country === country,
  );
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
