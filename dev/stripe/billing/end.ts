import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { itemLine, pendingLines } from '../objects/invoice-lines.ts';
import { collectAtOnce } from '../objects/invoice-states.ts';
import { invoiceFor } from '../objects/new-subscriptions.ts';
import { MONTHLY, periodEndAfter } from '../objects/periods.ts';
import { need, type World } from '../world.ts';
import { planSubscription } from './plan.ts';
import { creditUnused } from './prorations.ts';
import { endSubscription, hasEnded, resumed } from './standing.ts';

type Subscription = Stripe.Subscription;

/**
 * Ends a subscription now. `prorate` credits what was paid for the rest; `invoice_now` settles that, and whatever else
 * waits, with a last invoice: a credit goes into the customer's balance.
 */
export function cancelSubscription(
  world: World,
  id: string,
  params: Stripe.SubscriptionCancelParams,
): Subscription {
  const subscription = need(world, 'subscription', id);
  if (hasEnded(subscription)) {
    throw invalid(`No such subscription: '${id}'`, 'id', 'resource_missing');
  }
  const { comment, feedback } = params.cancellation_details ?? {};
  if (params.prorate && subscription.status !== 'trialing') {
    for (const item of subscription.items.data) {
      creditUnused(world, subscription, item, world.now());
    }
  }
  if (params.invoice_now) settle(world, subscription);
  endSubscription(world, subscription, {
    reason: 'cancellation_requested',
    ...(comment ? { comment } : {}),
    ...(feedback ? { feedback } : {}),
  });
  return subscription;
}

function settle(world: World, subscription: Subscription): void {
  const lines = pendingLines(world, subscription);
  if (!lines.length) return;
  const invoice = invoiceFor(world, subscription, 'subscription_update', lines);
  subscription.latest_invoice = invoice.id;
  collectAtOnce(world, invoice);
}

/** Resumes a subscription that was paused for want of a card: a new period, which must be paid for it to run. */
export function resumeSubscription(
  world: World,
  id: string,
  params: Stripe.SubscriptionResumeParams,
): Subscription {
  const subscription = need(world, 'subscription', id);
  if (subscription.status !== 'paused') {
    throw invalid(`Only paused subscriptions can be resumed, not ${subscription.status} ones.`);
  }
  const now = world.now();
  if (params.billing_cycle_anchor?.type !== 'unchanged') subscription.billing_cycle_anchor = now;
  for (const item of subscription.items.data) {
    const rhythm = item.price.recurring ?? MONTHLY;
    item.current_period_start = now;
    item.current_period_end = periodEndAfter(subscription.billing_cycle_anchor, rhythm, now);
  }
  const lines = [
    ...pendingLines(world, subscription),
    ...subscription.items.data.map((item) => itemLine(world, item)),
  ];
  const invoice = invoiceFor(world, subscription, 'subscription_update', lines);
  subscription.latest_invoice = invoice.id;
  if (params.payment_behavior === 'resume_on_payment_attempt') resumed(world, subscription);
  collectAtOnce(world, invoice);
  planSubscription(world, subscription);
  return subscription;
}
