import type Stripe from 'stripe';
import { appoint } from '../agenda.ts';
import { DAY, HOUR } from '../objects/periods.ts';
import { drawer, idOf, type World } from '../world.ts';

export type SubscriptionStep =
  | 'expire'
  | 'tell_trial'
  | 'tell_upcoming'
  | 'unpause'
  | 'cancel'
  | 'period';

/** Within this many seconds the first payment must come (23 hours). */
const FIRST_PAYMENT = 23 * HOUR;
const BEFORE_TRIAL_ENDS = 3 * DAY;

/** What a subscription meets next, and when (seconds); of the same time, in the order of the list. Null: nothing. */
export function nextStep(
  world: World,
  subscription: Stripe.Subscription,
): { step: SubscriptionStep; at: number } | null {
  const steps = stepsOf(world, subscription);
  return steps.reduce<(typeof steps)[number] | null>(
    (first, one) => (first && first.at <= one.at ? first : one),
    null,
  );
}

function stepsOf(
  world: World,
  subscription: Stripe.Subscription,
): { step: SubscriptionStep; at: number }[] {
  const { status, created } = subscription;
  if (status === 'incomplete') return [{ step: 'expire', at: created + FIRST_PAYMENT }];
  if (!['trialing', 'active', 'past_due', 'unpaid', 'paused'].includes(status)) return [];
  const end = periodEnd(subscription);
  const told = drawer(world, 'subscription', subscription.id);
  const found: { step: SubscriptionStep; at: number }[] = [];
  if (status === 'trialing' && !told?.trialTold) {
    const at = Math.max(
      (subscription.trial_end ?? end) - BEFORE_TRIAL_ENDS,
      subscription.trial_start ?? 0,
    );
    found.push({ step: 'tell_trial', at });
  }
  const resumes = subscription.pause_collection?.resumes_at ?? null;
  if (resumes !== null) found.push({ step: 'unpause', at: resumes });
  if (subscription.cancel_at !== null) found.push({ step: 'cancel', at: subscription.cancel_at });
  if (status === 'paused') return found;
  const days = world.state.billing.upcomingDays;
  const ends = subscription.cancel_at !== null && subscription.cancel_at <= end;
  if (days > 0 && !ends && told?.upcomingTold !== end) {
    const at = end - days * DAY;
    if (at >= (subscription.items.data[0]?.current_period_start ?? 0)) {
      found.push({ step: 'tell_upcoming', at });
    }
  }
  found.push({ step: 'period', at: end });
  return found;
}

/** Notes when a subscription is to be looked at again. To be called after every change of it. */
export function planSubscription(world: World, subscription: Stripe.Subscription): void {
  const next = nextStep(world, subscription);
  if (!next) return;
  const clock = idOf(subscription.test_clock);
  appoint(world, { at: next.at, task: 'subscription', id: subscription.id, clock });
}

export type InvoiceStep = 'finalize' | 'collect' | 'overdue';

export function nextInvoiceStep(
  world: World,
  invoice: Stripe.Invoice,
): { step: InvoiceStep; at: number } | null {
  const { status, automatically_finalizes_at, next_payment_attempt, due_date } = invoice;
  if (status === 'draft' && invoice.auto_advance && automatically_finalizes_at !== null) {
    return { step: 'finalize', at: automatically_finalizes_at };
  }
  if (status === 'open' && invoice.auto_advance && next_payment_attempt !== null) {
    return { step: 'collect', at: next_payment_attempt };
  }
  const told = drawer(world, 'invoice', invoice.id)?.overdueTold ?? false;
  if (status !== 'open' || due_date === null || told) return null;
  return { step: 'overdue', at: due_date };
}

/** The same for an invoice. */
export function planInvoice(world: World, invoice: Stripe.Invoice): void {
  const next = nextInvoiceStep(world, invoice);
  if (!next) return;
  const clock = idOf(invoice.test_clock);
  appoint(world, { at: next.at, task: 'invoice', id: invoice.id, clock });
}

/** When the running period ends, which is the same for all items. Seconds. */
export function periodEnd(subscription: Stripe.Subscription): number {
  return Math.max(...subscription.items.data.map((item) => item.current_period_end));
}

export function periodStart(subscription: Stripe.Subscription): number {
  return Math.max(...subscription.items.data.map((item) => item.current_period_start));
}
