import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid, notServed } from '../errors.ts';
import { discountsFrom, grant } from '../objects/coupon-use.ts';
import { ownMethodId } from '../objects/stored-methods.ts';
import { ratesOf } from '../objects/subscription-items.ts';
import { idOf, type World } from '../world.ts';
import { periodEnd } from './plan.ts';
import { endDiscounts } from './start.ts';

type Subscription = Stripe.Subscription;
type Update = Stripe.SubscriptionUpdateParams;

/** What of a change is neither items nor discounts. */
export function applySettings(world: World, subscription: Subscription, params: Update): void {
  if (params.default_payment_method !== undefined) {
    const customer = String(idOf(subscription.customer));
    const method = params.default_payment_method;
    subscription.default_payment_method = ownMethodId(world, customer, method);
  }
  if (params.description !== undefined) subscription.description = params.description || null;
  if (params.automatic_tax) subscription.automatic_tax.enabled = params.automatic_tax.enabled;
  if (params.default_tax_rates !== undefined) {
    subscription.default_tax_rates = ratesOf(world, params.default_tax_rates, 'default');
  }
  if (params.payment_settings?.save_default_payment_method !== undefined) {
    const settings = subscription.payment_settings;
    const save = params.payment_settings.save_default_payment_method;
    if (settings) settings.save_default_payment_method = save;
  }
  const behaviour = params.trial_settings?.end_behavior.missing_payment_method;
  if (behaviour !== undefined && subscription.trial_settings) {
    subscription.trial_settings.end_behavior.missing_payment_method = behaviour;
  }
  applyCollection(subscription, params);
  applyPause(world, subscription, params);
  applyEnding(world, subscription, params);
}

function applyCollection(subscription: Subscription, params: Update): void {
  const method = params.collection_method ?? subscription.collection_method;
  const days = params.days_until_due ?? subscription.days_until_due;
  if (method === 'send_invoice' && days === null) {
    throw invalid('collection_method send_invoice needs days_until_due.', 'days_until_due');
  }
  subscription.collection_method = method;
  subscription.days_until_due = method === 'send_invoice' ? days : null;
}

function applyPause(world: World, subscription: Subscription, params: Update): void {
  const pause = params.pause_collection;
  if (pause === undefined) return;
  const resumes = pause ? (pause.resumes_at ?? null) : null;
  if (resumes !== null && resumes <= world.now()) {
    throw invalid('resumes_at must be in the future.', 'pause_collection[resumes_at]');
  }
  subscription.pause_collection = pause ? { behavior: pause.behavior, resumes_at: resumes } : null;
}

/** When it ends: at the running period's end, at a time, or not at all. */
function applyEnding(world: World, subscription: Subscription, params: Update): void {
  const details = params.cancellation_details;
  const { cancel_at, cancel_at_period_end: atEnd } = params;
  if (atEnd && cancel_at) {
    throw invalid('Give one of cancel_at and cancel_at_period_end.', 'cancel_at');
  }
  if (atEnd !== undefined || cancel_at !== undefined) {
    subscription.cancel_at_period_end = atEnd ?? false;
    subscription.cancel_at = atEnd
      ? periodEnd(subscription)
      : endingTime(world, subscription, cancel_at, params.proration_behavior !== 'none');
    subscription.canceled_at = subscription.cancel_at === null ? null : world.now();
    subscription.cancellation_details = {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: subscription.cancel_at === null ? null : 'cancellation_requested',
    };
  }
  if (details && subscription.cancellation_details) {
    const { comment, feedback } = details;
    if (comment !== undefined) subscription.cancellation_details.comment = comment || null;
    if (feedback !== undefined) subscription.cancellation_details.feedback = feedback || null;
  }
}

function endingTime(
  world: World,
  subscription: Subscription,
  given: Update['cancel_at'],
  prorated: boolean,
): number | null {
  if (given === undefined || given === '' || given === null) return null;
  if (typeof given === 'string') return periodEnd(subscription);
  if (given <= world.now()) throw invalid('cancel_at must be in the future.', 'cancel_at');
  if (given < periodEnd(subscription) && prorated) {
    throw notServed('credits for an end within the period that runs', 'proration_behavior');
  }
  return given;
}

/** Sets a subscription's discounts: those that are named stay or are granted, all others end. */
export function applyDiscounts(
  world: World,
  subscription: Subscription,
  given: readonly { coupon?: string; promotion_code?: string; discount?: string }[],
): void {
  const { currency } = subscription;
  const customer = String(idOf(subscription.customer));
  const wanted = discountsFrom(world, given, { currency, customer });
  const before = subscription.discounts.map((one) => String(idOf(one)));
  const kept = new Set(wanted.map((discount) => discount.id));
  endDiscounts(
    world,
    subscription,
    before.filter((id) => !kept.has(id)),
  );
  const fresh = wanted.filter((discount) => discount.subscription !== subscription.id);
  for (const discount of fresh) grant(world, discount, subscription);
  update(world, subscription, 'customer.subscription.updated', {}, () => {
    subscription.discounts = wanted.map((discount) => discount.id);
  });
}
