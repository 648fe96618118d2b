import type Stripe from 'stripe';
import { automaticRate, isInclusive, taxIn } from '../tax.ts';
import { discountShares, sum } from '../totals.ts';
import { drawer, find, findCustomer, idOf, need, type World } from '../world.ts';
import { couponIn } from './coupon-use.ts';

type Line = Stripe.InvoiceLineItem;
type Tax = Stripe.InvoiceLineItem.Tax;

/**
 * Writes everything of a draft that follows from its lines, its discounts, its tax and the customer's balance. A
 * discount is spread over the lines that may be discounted; a negative total stays negative, and is credited later.
 */
export function reckon(world: World, invoice: Stripe.Invoice): void {
  const { data: lines } = invoice.lines;
  spreadDiscounts(world, invoice);
  const country = taxCountry(world, invoice);
  if (invoice.automatic_tax.enabled) {
    invoice.automatic_tax.status = country ? 'complete' : 'requires_location_inputs';
    invoice.automatic_tax.disabled_reason = null;
  }
  for (const line of lines) line.taxes = taxesOf(world, invoice, line, country);
  invoice.subtotal = sum(lines.map((line) => line.amount));
  const taxes = lines.flatMap((line) => line.taxes ?? []);
  const added = sum(taxes.map((tax) => (tax.tax_behavior === 'exclusive' ? tax.amount : 0)));
  const discounted = sum(lines.map(discountOf));
  invoice.total = invoice.subtotal - discounted + added;
  invoice.total_taxes = totalTaxes(taxes);
  invoice.total_discount_amounts = totalDiscounts(lines);
  const contained = sum(taxes.map((tax) => tax.amount)) - added;
  invoice.subtotal_excluding_tax = invoice.subtotal - contained;
  invoice.total_excluding_tax = invoice.total - contained - added;
  applyBalance(world, invoice);
}

/** What of a customer's balance (negative: a credit) an invoice's total meets. Amounts in minor units. */
function applyBalance(world: World, invoice: Stripe.Invoice): void {
  const customer = findCustomer(world, invoice.customer);
  const apart = drawer(world, 'invoice', invoice.id)?.checkout !== undefined;
  invoice.starting_balance = customer && !apart ? customer.balance : 0;
  const after = invoice.total + invoice.starting_balance;
  invoice.amount_due = after >= minimumOf(invoice.currency) ? after : 0;
  invoice.amount_remaining = invoice.amount_due - invoice.amount_paid;
}

/**
 * Stripe refuses charges under about half a dollar (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts):
 * what an invoice comes to below it waits in the customer's balance for the next one.
 */
export function minimumOf(currency: string): number {
  return currency === 'gbp' ? 30 : 50;
}

function spreadDiscounts(world: World, invoice: Stripe.Invoice): void {
  const { data: lines } = invoice.lines;
  for (const line of lines) line.discount_amounts = [];
  for (const given of invoice.discounts) {
    const discount = need(world, 'discount', String(idOf(given)));
    const left = lines.map((line) => ({
      amount: line.discountable ? line.amount - discountOf(line) : 0,
      product: line.pricing?.price_details?.product ?? '',
    }));
    discountShares(left, couponIn(world, discount)).forEach((amount, index) => {
      if (amount > 0) lines[index]?.discount_amounts?.push({ amount, discount: discount.id });
    });
  }
  for (const line of lines)
    line.discounts = (line.discount_amounts ?? []).map((one) => one.discount as string);
}

/** Where the customer lives, for the tax: where things are sent, else where the bill goes. */
function taxCountry(world: World, invoice: Stripe.Invoice): string | null {
  const customer = findCustomer(world, invoice.customer);
  const typed = drawer(world, 'invoice', invoice.id)?.checkout?.country ?? null;
  if (typed !== null || !customer) return typed;
  return customer.shipping?.address?.country ?? customer.address?.country ?? null;
}

function taxesOf(world: World, invoice: Stripe.Invoice, line: Line, country: string | null): Tax[] {
  const net = line.amount - discountOf(line);
  const priceId = idOf(line.pricing?.price_details?.price);
  const price = priceId === null ? null : find(world, 'price', priceId);
  if (invoice.automatic_tax.enabled) {
    if (!country) return [];
    const inclusive = isInclusive(price?.tax_behavior ?? null, line.currency);
    return [taxOf(net, automaticRate(world, country), inclusive)];
  }
  const own = (line.taxes ?? []).map((tax) => tax.tax_rate_details?.tax_rate ?? '');
  const rates = own.length ? own : invoice.default_tax_rates.map((rate) => rate.id);
  return rates.map((id) => {
    const rate = need(world, 'tax_rate', id);
    return taxOf(net, rate, rate.inclusive);
  });
}

function taxOf(net: number, rate: Stripe.TaxRate, inclusive: boolean): Tax {
  const { amount, taxable } = taxIn(net, rate.percentage, inclusive);
  return {
    amount,
    tax_behavior: inclusive ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: rate.id },
    taxability_reason: rate.percentage > 0 ? 'standard_rated' : 'not_collecting',
    taxable_amount: taxable,
    type: 'tax_rate_details',
  };
}

/** What stands for a tax rate on a line until the amounts are reckoned. */
export function taxMark(rate: string): Tax {
  return {
    amount: 0,
    tax_behavior: 'exclusive',
    tax_rate_details: { tax_rate: rate },
    taxability_reason: 'not_available',
    taxable_amount: null,
    type: 'tax_rate_details',
  };
}

function totalTaxes(taxes: readonly Tax[]): Stripe.Invoice.TotalTax[] {
  const groups = Map.groupBy(
    taxes,
    (tax) => `${tax.tax_rate_details?.tax_rate} ${tax.tax_behavior}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const amount = sum(group.map((tax) => tax.amount));
    return [{ ...first, amount, taxable_amount: sum(group.map((tax) => tax.taxable_amount ?? 0)) }];
  });
}

function totalDiscounts(lines: readonly Line[]): Stripe.Invoice.TotalDiscountAmount[] {
  const groups = Map.groupBy(
    lines.flatMap((line) => line.discount_amounts ?? []),
    (one) => String(idOf(one.discount)),
  );
  return [...groups].map(([discount, group]) => ({
    amount: sum(group.map((one) => one.amount)),
    discount,
  }));
}

export function discountOf(line: Line): number {
  return sum((line.discount_amounts ?? []).map((one) => one.amount));
}
