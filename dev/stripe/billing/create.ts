import type Stripe from 'stripe';
import { cardRefused, invalid, notServed } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { discountsFrom } from '../objects/coupon-use.ts';
import { needCustomer } from '../objects/customers.ts';
import type { NewSubscription } from '../objects/new-subscriptions.ts';
import { DAY } from '../objects/periods.ts';
import { type InlinePrice, inlinePrice } from '../objects/prices.ts';
import { ownMethodId } from '../objects/stored-methods.ts';
import { quantityOf, ratesOf } from '../objects/subscription-items.ts';
import { declines } from '../objects/test-methods.ts';
import { idOf, need, type World } from '../world.ts';
import { type Payment, startSubscription } from './start.ts';

type Create = Stripe.SubscriptionCreateParams;

/** A subscription made by the API, for a customer who is known. */
export function createSubscription(world: World, params: Create): Stripe.Subscription {
  const input = inputOf(world, params);
  const currency = currencyOf(world, params);
  const order = { currency, customer: input.customer };
  const discounts = discountsFrom(world, params.discounts || [], order);
  refuseUnlocated(world, input);
  const { subscription, invoice } = startSubscription(world, input, discounts, paymentOf(params));
  const failed = subscription.status === 'incomplete' && invoice.attempted;
  if (failed && params.payment_behavior === 'error_if_incomplete') {
    throw cardRefused(declines.declined);
  }
  return subscription;
}

function inputOf(world: World, params: Create): NewSubscription {
  const customer = needCustomer(world, params.customer ?? '', 'customer');
  if (params.payment_behavior === 'pending_if_incomplete') {
    throw notServed('pending_if_incomplete', 'payment_behavior');
  }
  if (params.billing_mode?.type === 'classic') {
    throw notServed('the classic billing mode', 'billing_mode[type]');
  }
  const send = params.collection_method === 'send_invoice';
  if (send !== (params.days_until_due !== undefined)) {
    throw invalid('days_until_due goes with collection_method send_invoice.', 'days_until_due');
  }
  const anchor = params.billing_cycle_anchor ?? null;
  if (anchor !== null && anchor <= world.now()) {
    throw invalid('billing_cycle_anchor must be in the future.', 'billing_cycle_anchor');
  }
  return {
    customer: customer.id,
    items: params.items ?? [],
    once: (params.add_invoice_items ?? []).map((item, index) => onceOf(world, item, index)),
    trialEnd: trialEndOf(world, params),
    trialSettings: params.trial_settings?.end_behavior,
    anchor,
    prorate: params.proration_behavior !== 'none',
    collection: params.collection_method ?? 'charge_automatically',
    daysUntilDue: params.days_until_due ?? null,
    method: ownMethodId(world, customer.id, params.default_payment_method),
    automaticTax: params.automatic_tax?.enabled ?? false,
    taxRates: ratesOf(world, params.default_tax_rates, 'default'),
    metadata: mergeMetadata(null, params.metadata),
    description: params.description ?? null,
    saveMethod: params.payment_settings?.save_default_payment_method ?? 'off',
    status: send ? 'active' : 'incomplete',
    ends: endOf(world, params),
  };
}

function endOf(world: World, params: Create): NonNullable<NewSubscription['ends']> | null {
  const { cancel_at, cancel_at_period_end } = params;
  if (cancel_at_period_end || typeof cancel_at === 'string') return 'with_period';
  if (cancel_at === undefined) return null;
  if (cancel_at <= world.now()) throw invalid('cancel_at must be in the future.', 'cancel_at');
  return { at: cancel_at };
}

/** When the trial ends that parameters ask for, in seconds; null without one. */
function trialEndOf(
  world: World,
  params: { trial_end?: number | string; trial_period_days?: number },
): number | null {
  const { trial_end, trial_period_days } = params;
  if (trial_end !== undefined && trial_period_days !== undefined) {
    throw invalid('You may only specify one of: trial_end, trial_period_days.', 'trial_end');
  }
  if (trial_period_days !== undefined) {
    if (trial_period_days < 1) throw invalid('A trial has at least one day.', 'trial_period_days');
    return world.now() + trial_period_days * DAY;
  }
  if (typeof trial_end !== 'number') return null;
  if (trial_end <= world.now()) throw invalid('trial_end must be in the future.', 'trial_end');
  return trial_end;
}

function onceOf(world: World, item: Stripe.SubscriptionCreateParams.AddInvoiceItem, index: number) {
  const param = `add_invoice_items[${index}]`;
  if ((item.price === undefined) === (item.price_data === undefined)) {
    throw invalid('Give exactly one of price and price_data.', `${param}[price]`);
  }
  const price = item.price_data
    ? inlinePrice(world, item.price_data as InlinePrice, `${param}[price_data]`)
    : need(world, 'price', item.price ?? '', `${param}[price]`);
  if (price.recurring) throw invalid('Only one-time prices are taken here.', `${param}[price]`);
  return {
    price,
    quantity: quantityOf(item.quantity ?? 1, param),
    metadata: mergeMetadata(null, item.metadata),
    taxRates: ratesOf(world, item.tax_rates, param).map((rate) => rate.id),
  };
}

function currencyOf(world: World, params: Create): string {
  const [first] = params.items ?? [];
  if (!first) throw invalid('Missing required param: items.', 'items', 'parameter_missing');
  const price =
    first.price === undefined ? null : need(world, 'price', first.price, 'items[0][price]');
  return price?.currency ?? first.price_data?.currency ?? '';
}

function paymentOf(params: Create): Payment {
  if (params.collection_method === 'send_invoice') return { kind: 'send' };
  return { kind: params.payment_behavior === 'default_incomplete' ? 'wait' : 'collect' };
}

function refuseUnlocated(world: World, input: NewSubscription): void {
  if (!input.automaticTax) return;
  const customer = needCustomer(world, input.customer);
  if (customer.shipping?.address?.country || customer.address?.country) return;
  throw invalid(
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    'automatic_tax',
    'customer_tax_location_invalid',
  );
}

/** Whether there is something to charge when the customer is away. */
export function hasMethod(world: World, subscription: Stripe.Subscription): boolean {
  const customer = needCustomer(world, String(idOf(subscription.customer)));
  return (
    subscription.default_payment_method !== null ||
    customer.invoice_settings.default_payment_method !== null
  );
}
