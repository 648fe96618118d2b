import type Stripe from 'stripe';
import { automaticRate, isInclusive, taxIn } from './tax.ts';
import type { World } from './world.ts';

/** What the amounts of a session follow from. Amounts in minor units; `country` null while none is known. */
export type Basis = {
  lineItems: Stripe.LineItem[];
  discount: { discount: Stripe.Discount; coupon: Stripe.Coupon } | null;
  shipping: Stripe.ShippingRate | null;
  automaticTax: boolean;
  country: string | null;
  /** What one of a line costs now: nothing in a trial, what the buyer chose where the price is open. */
  unit: (item: Stripe.LineItem) => number;
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
  const rate = basis.automaticTax && basis.country ? automaticRate(world, basis.country) : null;
  const coupon = basis.discount?.coupon ?? null;
  const priced = basis.lineItems.map((item) => ({
    amount: basis.unit(item) * (item.quantity ?? 1),
    product: String(item.price?.product),
  }));
  const shares = coupon ? discountShares(priced, coupon) : priced.map(() => 0);
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
  const subtotal = basis.unit(item) * (item.quantity ?? 1);
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

/** One tax of an amount after discounts, and how much it adds to what is paid. */
function taxOn(
  net: number,
  rate: Stripe.TaxRate,
  behaviour: Stripe.Price['tax_behavior'],
  currency: string,
): { tax: Tax; added: number } {
  const inclusive = isInclusive(behaviour, currency);
  const { amount, taxable } = taxIn(net, rate.percentage, inclusive);
  const tax: Tax = {
    amount,
    rate: { ...rate, inclusive },
    taxability_reason: 'standard_rated',
    taxable_amount: taxable,
  };
  return { tax, added: inclusive ? 0 : amount };
}

/**
 * What a coupon takes off each amount, in minor units: largest remainders, so that the shares add up to the discount
 * to the last cent.
 */
export function discountShares(
  lines: readonly { amount: number; product: string }[],
  coupon: Stripe.Coupon,
): number[] {
  const only = coupon.applies_to?.products;
  const eligible = lines.map(({ amount, product }) =>
    amount > 0 && (!only || only.includes(product)) ? amount : 0,
  );
  const base = sum(eligible);
  if (base === 0) return lines.map(() => 0);
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

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
