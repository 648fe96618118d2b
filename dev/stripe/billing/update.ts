import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { cardRefused, invalid, notServed } from '../errors.ts';
import { bindItems, itemLine, takePending } from '../objects/invoice-lines.ts';
import { announceDraft, finalizeAndCollect } from '../objects/invoice-states.ts';
import { invoiceFor } from '../objects/new-subscriptions.ts';
import { declines } from '../objects/test-methods.ts';
import { idOf, need, type World } from '../world.ts';
import { changeItems } from './item-changes.ts';
import { planSubscription } from './plan.ts';
import { applyDiscounts, applySettings } from './settings.ts';
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
    if (subscription.cancel_at_period_end) subscription.cancel_at = endOf(subscription);
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
    ...takePending(
      world,
      String(idOf(subscription.customer)),
      subscription.id,
      subscription.currency,
    ),
    ...(wholePeriod
      ? subscription.items.data.map((item) =>
          itemLine(world, item, { start: item.current_period_start, end: item.current_period_end }),
        )
      : []),
  ];
  if (!lines.length) return;
  const invoice = invoiceFor(world, subscription, 'subscription_update', lines);
  bindItems(world, invoice);
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
  invoice.automatically_finalizes_at = world.now();
  announceDraft(world, invoice);
  finalizeAndCollect(world, invoice);
}

function refuseEnded(subscription: Subscription, params: Update): void {
  if (!['canceled', 'incomplete_expired'].includes(subscription.status)) return;
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

function endOf(subscription: Subscription): number {
  return Math.max(...subscription.items.data.map((item) => item.current_period_end));
}
