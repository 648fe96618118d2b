import Stripe from 'stripe';
import { clockOf } from '../agenda.ts';
import { couponIn } from '../objects/coupon-use.ts';
import { emit } from '../objects/events.ts';
import { discountOf } from '../objects/invoice-amounts.ts';
import { productName } from '../objects/invoice-lines.ts';
import { findBy, idOf, need, newId, put, type World } from '../world.ts';

type Item = Stripe.SubscriptionItem;

/** What is left of a period, as a share of it: what a change in the middle credits and charges. */
function shareLeft({ start, end }: { start: number; end: number }, at: number): number {
  return Math.min(1, Math.max(0, (end - at) / (end - start)));
}

/**
 * The credit for the time that an item is given up for: a share of what was last charged for it, discounts included (as
 * `billing_mode: flexible` does). Nothing where nothing was charged.
 */
export function creditUnused(
  world: World,
  subscription: Stripe.Subscription,
  item: Item,
  at: number,
): void {
  const charged = lastCharge(world, subscription, item);
  if (!charged) return;
  const amount = -Math.round(charged.amount * shareLeft(charged.period, at));
  if (amount === 0) return;
  prorationItem(world, subscription, item, {
    amount,
    description: `Unused time on ${item.quantity ?? 1} × ${productName(world, item.price)} after ${day(at)}`,
    period: { start: at, end: charged.period.end },
    credits: charged.credits,
  });
}

/** The charge for the rest of the period at an item's present price, less the subscription's discounts. */
export function chargeRest(
  world: World,
  subscription: Stripe.Subscription,
  item: Item,
  at: number,
): void {
  const { current_period_start: start, current_period_end: end } = item;
  const whole = (item.price.unit_amount ?? 0) * (item.quantity ?? 1);
  const amount = Math.round(
    discounted(world, subscription, item, whole) * shareLeft({ start, end }, at),
  );
  if (amount === 0) return;
  prorationItem(world, subscription, item, {
    amount,
    description: `Remaining time on ${item.quantity ?? 1} × ${productName(world, item.price)} after ${day(at)}`,
    period: { start: at, end },
    credits: null,
  });
}

type Charged = {
  amount: number;
  period: { start: number; end: number };
  credits: NonNullable<Stripe.InvoiceItem.ProrationDetails['credited_items']>;
};

/** What the rest of an item's running period was charged by: a line of an invoice, or a proration that still waits. */
function lastCharge(world: World, subscription: Stripe.Subscription, item: Item): Charged | null {
  const lines = findBy(world, 'invoice', 'subscription', subscription.id)
    .filter(({ status }) => status !== 'void')
    .flatMap(({ id, lines: { data } }) =>
      data
        .filter((line) => line.parent?.subscription_item_details?.subscription_item === item.id)
        .map(
          (line): Charged => ({
            amount: line.amount - discountOf(line),
            period: line.period,
            credits: {
              invoice_line_item_details: { invoice: id, invoice_line_items: [line.id] },
              type: 'invoice_line_items',
            },
          }),
        ),
    );
  const waiting = findBy(world, 'invoiceitem', 'customer', idOf(subscription.customer))
    .filter(
      ({ invoice, parent }) =>
        invoice === null && parent?.subscription_details?.subscription_item === item.id,
    )
    .map(
      ({ id, amount, period }): Charged => ({
        amount,
        period,
        credits: { invoice_item: id, type: 'invoice_item' },
      }),
    );
  return [...lines, ...waiting]
    .filter(({ amount, period }) => amount > 0 && period.end === item.current_period_end)
    .reduce<Charged | null>(
      (last, one) => (last && last.period.start > one.period.start ? last : one),
      null,
    );
}

function discounted(
  world: World,
  subscription: Stripe.Subscription,
  item: Item,
  amount: number,
): number {
  return subscription.discounts.reduce((left, given) => {
    const coupon = couponIn(world, need(world, 'discount', String(idOf(given))));
    const only = coupon.applies_to?.products;
    if (only && !only.includes(String(idOf(item.price.product)))) return left;
    return coupon.percent_off === null
      ? Math.max(0, left - (coupon.amount_off ?? 0))
      : left - Math.round((left * coupon.percent_off) / 100);
  }, amount);
}

type ProrationInput = {
  amount: number;
  description: string;
  period: { start: number; end: number };
  credits: Charged['credits'] | null;
};

function prorationItem(
  world: World,
  subscription: Stripe.Subscription,
  item: Item,
  input: ProrationInput,
): void {
  const { credits } = input;
  const customer = String(idOf(subscription.customer));
  const quantity = item.quantity ?? 1;
  const made = put(world, 'invoiceitem', {
    id: newId(world, 'ii'),
    object: 'invoiceitem',
    amount: input.amount,
    currency: subscription.currency,
    customer,
    customer_account: null,
    date: world.now(),
    description: input.description,
    discountable: false,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    net_amount: input.amount,
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item.id },
      type: 'subscription_details',
    },
    period: input.period,
    pricing: {
      price_details: { price: item.price.id, product: String(idOf(item.price.product)) },
      type: 'price_details',
      unit_amount_decimal: Stripe.Decimal.from(item.price.unit_amount ?? 0),
    },
    proration: true,
    proration_details: {
      credited_items: credits,
      discount_amounts: [],
    },
    quantity,
    quantity_decimal: Stripe.Decimal.from(quantity),
    tax_rates: item.tax_rates ?? [],
    test_clock: clockOf(world, customer),
  });
  emit(world, 'invoiceitem.created', made);
}

const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

function day(at: number): string {
  return days.format(at * 1000);
}
