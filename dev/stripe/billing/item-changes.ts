import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { periodEndAfter, sameRhythm } from '../objects/periods.ts';
import {
  itemOf,
  quantityOf,
  ratesOf,
  recurringPrice,
  refuseMixed,
  reprice,
} from '../objects/subscription-items.ts';
import { fill, idOf, type World } from '../world.ts';
import { chargeRest, creditUnused } from './prorations.ts';

type Subscription = Stripe.Subscription;
type Item = Stripe.SubscriptionItem;
type Change = Stripe.SubscriptionUpdateParams.Item;

export type ItemChanges = Pick<
  Stripe.SubscriptionUpdateParams,
  'items' | 'proration_behavior' | 'proration_date' | 'trial_end' | 'billing_cycle_anchor'
>;

/**
 * Changes the items of a subscription, and its rhythm with them: prorations are noted as invoice items. Answers
 * whether a new period begins now: at another interval, at a trial's end, or where the anchor is set anew.
 */
export function changeItems(
  world: World,
  subscription: Subscription,
  changes: ItemChanges,
): boolean {
  const at = prorationTime(world, subscription, changes);
  const before = subscription.items.data.map((item) => ({ ...item }));
  (changes.items ?? []).forEach((change, index) => {
    changeItem(world, subscription, change, `items[${index}]`);
  });
  refuseMixed(subscription.items.data.map((item) => item.price));
  const trialed = subscription.status === 'trialing';
  const restarts = newPeriod(world, subscription, before, changes);
  const moved = restarts || changes.trial_end !== undefined;
  if (trialed || changes.proration_behavior === 'none') return restarts;
  for (const old of before) {
    const now = subscription.items.data.find((item) => item.id === old.id);
    if (moved || !now || differs(old, now)) creditUnused(world, subscription, old, at);
  }
  if (moved) return restarts;
  for (const item of subscription.items.data) {
    const old = before.find(({ id }) => id === item.id);
    if (!old || differs(old, item)) chargeRest(world, subscription, item, at);
  }
  return restarts;
}

function changeItem(world: World, subscription: Subscription, change: Change, param: string): void {
  const { data } = subscription.items;
  if (change.id === undefined) {
    const [first] = data;
    const place = {
      subscription: subscription.id,
      start: first?.current_period_start ?? world.now(),
      end: first?.current_period_end ?? world.now(),
    };
    const made = itemOf(world, change as Parameters<typeof itemOf>[1], place, param);
    fill(world, 'item', made.id, { subscription: subscription.id });
    data.push(made);
    return;
  }
  const item = data.find(({ id }) => id === change.id);
  if (!item)
    throw invalid(`No such subscription item: ${change.id}`, `${param}[id]`, 'resource_missing');
  if (change.deleted) {
    if (data.length === 1) {
      throw invalid('A subscription must have at least one active plan.', `${param}[deleted]`);
    }
    data.splice(data.indexOf(item), 1);
    return;
  }
  if (change.price !== undefined || change.price_data !== undefined) {
    const price = recurringPrice(world, change as Parameters<typeof recurringPrice>[1], param);
    if (price.currency !== subscription.currency) {
      throw invalid('The price must be in the currency of the subscription.', `${param}[price]`);
    }
    reprice(item, price);
  }
  if (change.quantity !== undefined) item.quantity = quantityOf(change.quantity, param);
  if (change.metadata !== undefined) item.metadata = mergeMetadata(item.metadata, change.metadata);
  if (change.tax_rates !== undefined) item.tax_rates = ratesOf(world, change.tax_rates, param);
}

/** Begins a new period where the change asks for one; a trial in force keeps its end. */
function newPeriod(
  world: World,
  subscription: Subscription,
  before: readonly Item[],
  changes: ItemChanges,
): boolean {
  const { data } = subscription.items;
  const rhythm = data[0]?.price.recurring ?? null;
  const now = world.now();
  if (typeof changes.trial_end === 'number') {
    if (changes.trial_end <= now) throw invalid('trial_end must be in the future.', 'trial_end');
    subscription.status = 'trialing';
    subscription.trial_start ??= now;
    subscription.trial_end = changes.trial_end;
    subscription.billing_cycle_anchor = changes.trial_end;
    place(data, subscription.trial_start, changes.trial_end);
    return false;
  }
  const endsTrial = changes.trial_end === 'now' && subscription.status === 'trialing';
  const otherRhythm = rhythm !== null && !sameRhythm(rhythm, before[0]?.price.recurring ?? null);
  const anew = changes.billing_cycle_anchor?.type === 'now';
  if (subscription.status === 'trialing' && !endsTrial) return false;
  if (!endsTrial && !otherRhythm && !anew) return false;
  if (endsTrial) {
    subscription.status = 'active';
    subscription.trial_end = now;
  }
  subscription.billing_cycle_anchor = now;
  if (rhythm) place(data, now, periodEndAfter(now, rhythm, now));
  return true;
}

function place(items: readonly Item[], start: number, end: number): void {
  for (const item of items) {
    item.current_period_start = start;
    item.current_period_end = end;
  }
}

function prorationTime(world: World, subscription: Subscription, changes: ItemChanges): number {
  const at = changes.proration_date;
  if (at === undefined) return world.now();
  const [first] = subscription.items.data;
  if (first && (at < first.current_period_start || at > first.current_period_end)) {
    throw invalid('proration_date must lie in the current period.', 'proration_date');
  }
  return at;
}

function differs(a: Item, b: Item): boolean {
  return idOf(a.price) !== idOf(b.price) || a.quantity !== b.quantity;
}
