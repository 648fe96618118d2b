import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { imagined } from '../journal.ts';
import { emit } from '../objects/events.ts';
import { pendingLines } from '../objects/invoice-lines.ts';
import {
  announceDraft,
  finalize,
  markUncollectible,
  voidInvoice,
} from '../objects/invoice-states.ts';
import { invoiceFor, periodLine } from '../objects/new-subscriptions.ts';
import { MONTHLY, periodEndAfter } from '../objects/periods.ts';
import { atMoment, need, newId, type World, wire } from '../world.ts';
import { hasMethod } from './create.ts';
import { periodEnd, periodStart, planSubscription } from './plan.ts';
import { changeStatus, endSubscription } from './standing.ts';
import { dropOverDiscounts, spendDiscounts } from './start.ts';

type Subscription = Stripe.Subscription;

/** The end of a period: the next one begins, and is billed. At the end of a trial without a card, what its settings say. */
export function renew(world: World, subscription: Subscription): void {
  const behaviour = wantsCard(world, subscription)
    ? subscription.trial_settings?.end_behavior.missing_payment_method
    : undefined;
  if (behaviour === 'cancel') {
    endSubscription(world, subscription);
    return;
  }
  if (behaviour === 'pause') {
    pauseForWant(world, subscription);
    return;
  }
  const invoice = nextPeriod(world, subscription);
  bill(world, subscription, invoice);
  spendDiscounts(world, subscription, invoice);
}

/** Whether a trial ends that nothing can be charged after. */
function wantsCard(world: World, subscription: Subscription): boolean {
  const automatic = subscription.collection_method === 'charge_automatically';
  return subscription.status === 'trialing' && automatic && !hasMethod(world, subscription);
}

/** What the next invoice of a subscription would be: nothing comes of it. */
export function upcoming(world: World, subscription: Subscription): Stripe.Invoice {
  const moment = Math.max(world.now(), periodEnd(subscription));
  const invoice = imagined(world, () => {
    const own = need(world, 'subscription', subscription.id);
    return atMoment(world, moment, () => wire(nextPeriod(world, own)));
  });
  return asPreview(world, invoice);
}

/** A draft as a preview shows it: with an id of its own that nothing can be done with. */
export function asPreview(world: World, invoice: Stripe.Invoice): Stripe.Invoice {
  const id = newId(world, 'upcoming_in');
  const data = invoice.lines.data.map((line) => ({ ...line, invoice: id }));
  return { ...invoice, id, billing_reason: 'upcoming', lines: { ...invoice.lines, data } };
}

/** Moves a subscription on to its next period; answers the draft of that period's invoice. */
function nextPeriod(world: World, subscription: Subscription): Stripe.Invoice {
  dropOverDiscounts(world, subscription);
  const period = { start: periodStart(subscription), end: periodEnd(subscription) };
  let invoice: Stripe.Invoice | null = null;
  update(world, subscription, 'customer.subscription.updated', {}, () => {
    moveOn(subscription, period.end);
    if (subscription.status === 'trialing') subscription.status = 'active';
    invoice = cycleInvoice(world, subscription, period);
    subscription.latest_invoice = invoice.id;
  });
  planSubscription(world, subscription);
  if (!invoice) throw new Error(`Subscription ${subscription.id} has no next invoice.`);
  return invoice;
}

/** A period that the subscription ends in is shorter, and costs that much less. */
function moveOn(subscription: Subscription, from: number): void {
  for (const item of subscription.items.data) {
    const rhythm = item.price.recurring ?? MONTHLY;
    const whole = periodEndAfter(subscription.billing_cycle_anchor, rhythm, from);
    item.current_period_start = from;
    item.current_period_end = Math.min(whole, subscription.cancel_at ?? whole);
  }
}

function cycleInvoice(
  world: World,
  subscription: Subscription,
  period: { start: number; end: number },
): Stripe.Invoice {
  const lines = [
    ...pendingLines(world, subscription),
    ...subscription.items.data.map((item) => periodLine(world, subscription, item)),
  ];
  return invoiceFor(world, subscription, 'subscription_cycle', lines, { period });
}

/** Leaves the draft to its hour, or does with it what a pause or unpaid earlier invoices ask for. */
function bill(world: World, subscription: Subscription, invoice: Stripe.Invoice): void {
  const behaviour = subscription.pause_collection?.behavior ?? null;
  if (behaviour !== null || subscription.status === 'unpaid') invoice.auto_advance = false;
  announceDraft(world, invoice);
  if (behaviour === null || behaviour === 'keep_as_draft') return;
  if (!finalize(world, invoice) || invoice.status !== 'open') return;
  if (behaviour === 'void') voidInvoice(world, invoice);
  else markUncollectible(world, invoice, 'subscription_paused');
}

function pauseForWant(world: World, subscription: Subscription): void {
  const type = 'trial_end_without_payment_method';
  changeStatus(world, subscription, 'paused', () => {
    subscription.status_details = {
      paused: { subscription: { type }, transitioned_at: world.now(), type: 'subscription' },
    };
  });
  emit(world, 'customer.subscription.paused', subscription);
}
