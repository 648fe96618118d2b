import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { couponIn, grant, isOver } from '../objects/coupon-use.ts';
import { emit } from '../objects/events.ts';
import { announceDraft, finalize, finalizeAndCollect } from '../objects/invoice-states.ts';
import {
  firstInvoice,
  type NewSubscription,
  newSubscription,
} from '../objects/new-subscriptions.ts';
import { idOf, need, type World } from '../world.ts';
import { planSubscription } from './plan.ts';

type Subscription = Stripe.Subscription;

export type Payment =
  /** The API's way: the first invoice is final and collected at once. */
  | { kind: 'collect' }
  /** The same without a try: the customer is to pay it. */
  | { kind: 'wait' }
  /** It is sent, about an hour later. */
  | { kind: 'send' }
  /** Checkout's way: this intent has paid, or is about to; null where nothing was to pay. */
  | { kind: 'done'; intent: string | null };

/** Makes a subscription with its first invoice, and tells of both in Stripe's order. */
export function startSubscription(
  world: World,
  input: NewSubscription,
  discounts: readonly Stripe.Discount[],
  payment: Payment,
  param = 'items',
): { subscription: Subscription; invoice: Stripe.Invoice } {
  const subscription = newSubscription(world, input, param);
  subscription.discounts = discounts.map((discount) => discount.id);
  for (const discount of discounts) grant(world, discount, subscription);
  const invoice = firstInvoice(world, subscription, input);
  subscription.latest_invoice = invoice.id;
  planSubscription(world, subscription);
  emit(world, 'customer.subscription.created', subscription);
  if (payment.kind !== 'send' || invoice.total <= 0)
    invoice.automatically_finalizes_at = world.now();
  announceDraft(world, invoice);
  if (invoice.total <= 0 && payment.kind !== 'done') finalize(world, invoice);
  else {
    switch (payment.kind) {
      case 'collect':
        finalizeAndCollect(world, invoice);
        break;
      case 'wait':
        finalize(world, invoice);
        break;
      case 'done':
        finalize(world, invoice, payment.intent);
        break;
      case 'send':
        break;
    }
  }
  spendDiscounts(world, subscription, invoice);
  return { subscription, invoice };
}

/** Takes away the discounts that an invoice has used up: those for once, and repeating ones whose months are over. */
export function spendDiscounts(
  world: World,
  subscription: Subscription,
  invoice: Stripe.Invoice,
): void {
  const used = new Set((invoice.total_discount_amounts ?? []).map((one) => idOf(one.discount)));
  const spent = subscription.discounts.filter((given) => {
    const discount = need(world, 'discount', String(idOf(given)));
    const once = couponIn(world, discount).duration === 'once';
    return once && used.has(discount.id);
  });
  endDiscounts(
    world,
    subscription,
    spent.map((one) => String(idOf(one))),
  );
}

/** Takes away what is over before an invoice is made. */
export function dropOverDiscounts(world: World, subscription: Subscription): void {
  const over = subscription.discounts.filter((given) =>
    isOver(need(world, 'discount', String(idOf(given))), world.now()),
  );
  endDiscounts(
    world,
    subscription,
    over.map((one) => String(idOf(one))),
  );
}

/** Ends discounts of a subscription, and tells of it. */
export function endDiscounts(
  world: World,
  subscription: Subscription,
  ids: readonly string[],
): void {
  if (!ids.length) return;
  update(world, subscription, 'customer.subscription.updated', {}, () => {
    subscription.discounts = subscription.discounts.filter(
      (one) => !ids.includes(String(idOf(one))),
    );
  });
  for (const id of ids) {
    const discount = need(world, 'discount', id);
    discount.end ??= world.now();
    emit(world, 'customer.discount.deleted', discount);
  }
}
