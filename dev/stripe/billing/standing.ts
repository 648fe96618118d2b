import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { emit } from '../objects/events.ts';
import { subscriptionOf } from '../objects/invoices.ts';
import { DAY } from '../objects/periods.ts';
import { findBy, idOf, need, type World } from '../world.ts';
import { planInvoice, planSubscription } from './plan.ts';

type Subscription = Stripe.Subscription;
type Ending = Partial<NonNullable<Subscription['cancellation_details']>>;

/** Whether a subscription is over for good, or never began. */
export function hasEnded({ status }: Subscription): boolean {
  return status === 'canceled' || status === 'incomplete_expired';
}

/** Gives a subscription another status and tells of it, with whatever else changes at the same time. */
export function changeStatus(
  world: World,
  subscription: Subscription,
  status: string,
  change: () => void = () => undefined,
): void {
  update(world, subscription, 'customer.subscription.updated', {}, () => {
    subscription.status = status;
    change();
  });
  planSubscription(world, subscription);
}

/** What an invoice that was paid means for its subscription: the first payment starts it, a late one mends it. */
export function afterPaid(world: World, invoice: Stripe.Invoice): void {
  const subscription = subscriptionOf(world, invoice);
  if (!subscription) return;
  const { status } = subscription;
  if (status === 'incomplete') changeStatus(world, subscription, 'active');
  const latest = idOf(subscription.latest_invoice) === invoice.id;
  if (status === 'paused' && latest) resumed(world, subscription);
  if ((status === 'past_due' || status === 'unpaid') && (latest || !owes(world, subscription))) {
    changeStatus(world, subscription, 'active');
  }
}

/** What a debit under way means for the subscription of its invoice: it runs until the bank says otherwise. */
export function afterPending(world: World, invoice: Stripe.Invoice): void {
  const subscription = subscriptionOf(world, invoice);
  if (subscription?.status === 'incomplete') changeStatus(world, subscription, 'active');
}

/** Whether there will be another try to collect a failed invoice, and when: in seconds, or null. */
export function nextTry(world: World, invoice: Stripe.Invoice): number | null {
  const subscription = subscriptionOf(world, invoice);
  const first =
    invoice.billing_reason === 'subscription_create' && subscription?.status === 'incomplete';
  if (!invoice.auto_advance || invoice.collection_method !== 'charge_automatically' || first)
    return null;
  const days = world.state.billing.retryDays[invoice.attempt_count - 1];
  return days === undefined ? null : world.now() + days * DAY;
}

/** What a payment that failed means: past due while tries are left, then what the account's settings say. */
export function afterFailed(world: World, invoice: Stripe.Invoice): void {
  planInvoice(world, invoice);
  const subscription = subscriptionOf(world, invoice);
  if (!subscription) return;
  if (!['active', 'trialing', 'past_due'].includes(subscription.status)) return;
  const automatic = invoice.auto_advance && invoice.collection_method === 'charge_automatically';
  const last = automatic && invoice.next_payment_attempt === null;
  switch (last ? world.state.billing.lastly : 'past_due') {
    case 'cancel':
      endSubscription(world, subscription, { reason: 'payment_failed' });
      break;
    case 'unpaid':
      changeStatus(world, subscription, 'unpaid');
      break;
    case 'past_due':
      if (subscription.status !== 'past_due') changeStatus(world, subscription, 'past_due');
  }
}

/** Ends a subscription for good. What it still owes stays open, and is collected no more by itself. */
export function endSubscription(
  world: World,
  subscription: Subscription,
  ending: Ending = {},
): void {
  subscription.status = 'canceled';
  subscription.canceled_at ??= world.now();
  subscription.ended_at = world.now();
  subscription.pause_collection = null;
  subscription.cancellation_details = {
    comment: null,
    feedback: null,
    feedback_option: null,
    reason: 'cancellation_requested',
    ...dropNulls(subscription.cancellation_details),
    ...ending,
  };
  for (const { id } of findBy(world, 'invoice', 'subscription', subscription.id)) {
    const invoice = need(world, 'invoice', id);
    if (invoice.status !== 'draft' && invoice.status !== 'open') continue;
    invoice.auto_advance = false;
    invoice.next_payment_attempt = null;
    invoice.automatically_finalizes_at = null;
  }
  emit(world, 'customer.subscription.deleted', subscription);
}

/** The end of a pause for want of a payment. */
export function resumed(world: World, subscription: Subscription): void {
  changeStatus(world, subscription, 'active', () => {
    delete subscription.status_details;
  });
  emit(world, 'customer.subscription.resumed', subscription);
}

function owes(world: World, subscription: Subscription): boolean {
  return findBy(world, 'invoice', 'subscription', subscription.id).some(
    (invoice) => invoice.status === 'open' && invoice.attempted,
  );
}

function dropNulls(details: Ending | null): Ending {
  return Object.fromEntries(Object.entries(details ?? {}).filter(([, value]) => value !== null));
}
