import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { cardRefused, invalid, notServed } from '../errors.ts';
import { itemLine, pendingLines } from '../objects/invoice-lines.ts';
import { announceDraft, collectAtOnce } from '../objects/invoice-states.ts';
import { invoiceFor } from '../objects/new-subscriptions.ts';
import { declines } from '../objects/test-methods.ts';
import { need, type World } from '../world.ts';
import { changeItems } from './item-changes.ts';
import { periodEnd, planSubscription } from './plan.ts';
import { applyDiscounts, applySettings } from './settings.ts';
import { hasEnded } from './standing.ts';
import { spendDiscounts } from './start.ts';

type Subscription = Stripe.Subscription;
type Update = Stripe.SubscriptionUpdateParams;

/** What is done with an invoice that a change makes at once; a preview only looks at it. */
export type Billing = (world: World, invoice: Stripe.Invoice) => void;

/** Changes a subscription; what is due at once is billed at once. */
export function updateSubscription(
  world: World,
  id: string,
  params: Update,
  billing: Billing = collectNow,
): Subscription {
  const subscription = need(world, 'subscription', id);
  refuseEnded(subscription, params);
  refuseBehaviour(params);
  const wasTrial = subscription.status === 'trialing';
  let restarts = false;
  update(world, subscription, 'customer.subscription.updated', params, () => {
    applySettings(world, subscription, params);
    restarts = changeItems(world, subscription, params);
    if (subscription.cancel_at_period_end) subscription.cancel_at = periodEnd(subscription);
  });
  if (params.discounts !== undefined) applyDiscounts(world, subscription, params.discounts || []);
  planSubscription(world, subscription);
  const trialOver = wasTrial && subscription.status !== 'trialing';
  const atOnce = restarts || trialOver || params.proration_behavior === 'always_invoice';
  if (atOnce && subscription.status !== 'trialing') {
    billNow(world, subscription, restarts || trialOver, billing);
    const failed = subscription.status === 'past_due' || subscription.status === 'incomplete';
    if (failed && params.payment_behavior === 'error_if_incomplete') {
      throw cardRefused(declines.declined);
    }
  }
  return subscription;
}

/** An invoice for what a change has made due: the prorations, and the new period where one begins now. */
export function billNow(
  world: World,
  subscription: Subscription,
  wholePeriod: boolean,
  billing: Billing,
): void {
  const lines = [
    ...pendingLines(world, subscription),
    ...(wholePeriod ? subscription.items.data.map((item) => itemLine(world, item)) : []),
  ];
  if (!lines.length) return;
  const invoice = invoiceFor(world, subscription, 'subscription_update', lines);
  update(world, subscription, 'customer.subscription.updated', {}, () => {
    subscription.latest_invoice = invoice.id;
  });
  billing(world, invoice);
  spendDiscounts(world, subscription, invoice);
}

function collectNow(world: World, invoice: Stripe.Invoice): void {
  if (invoice.collection_method === 'send_invoice') {
    announceDraft(world, invoice);
    return;
  }
  collectAtOnce(world, invoice);
}

function refuseEnded(subscription: Subscription, params: Update): void {
  if (!hasEnded(subscription)) return;
  const allowed = ['metadata', 'cancellation_details', 'expand'];
  if (Object.keys(params).every((name) => allowed.includes(name))) return;
  throw invalid(
    'A canceled subscription can only update its cancellation_details and metadata.',
    'subscription',
  );
}

function refuseBehaviour(params: Update): void {
  const behaviour = params.payment_behavior ?? 'allow_incomplete';
  if (behaviour !== 'allow_incomplete' && behaviour !== 'error_if_incomplete') {
    throw notServed(`payment_behavior ${behaviour} on a change`, 'payment_behavior');
  }
}
