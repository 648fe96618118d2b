import type Stripe from 'stripe';
import { clockOf } from '../agenda.ts';
import { backstageOf, need, reindex, remove, type World } from '../world.ts';
import { createCharge } from './charges.ts';
import { redeem } from './coupon-use.ts';
import { openDispute } from './disputes.ts';
import { emit } from './events.ts';
import {
  declineIntent,
  intentOf,
  processIntent,
  requireAuthentication,
  succeedIntent,
} from './intents.ts';
import { type Buyer, createMethod } from './payment-methods.ts';
import { awaitDebit, failAuthentication } from './payments-of-invoices.ts';
import { wantsMethod } from './session-amounts.ts';
import { customerFor } from './session-customers.ts';
import { type Means, storeMethod, subscribe } from './session-subscriptions.ts';
import { numberOf } from './stored-methods.ts';
import { type Decline, declines, isDecline, type Outcome } from './test-methods.ts';

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;

/** What became of a try: the session is complete, or open as before, with what the buyer is told. */
export type Attempt = { kind: 'paid' } | { kind: 'declined'; message: string };

const nothing: Means = { method: null, intent: null, debit: null };

/**
 * A try to pay an open session whose amounts are final. Succeeding ones complete it; a declined card leaves it open.
 * Emits what Stripe emits, in its order.
 */
export function attempt(world: World, session: Session, buyer: Buyer, outcome: Outcome): Attempt {
  if ((session.amount_total ?? 0) === 0) return withoutPaying(world, session, buyer, outcome);
  const intent = intentOf(world, session, buyer);
  if (isDecline(outcome)) return decline(world, intent, buyer, outcome);
  switch (outcome) {
    case 'succeeds':
    case 'disputed':
      return payByCard(world, session, intent, buyer, outcome);
    case 'three_d_secure':
      if (intent.status !== 'requires_action') askBank(world, session, buyer, outcome);
      return payByCard(world, session, intent, buyer, outcome);
    case 'not_authenticated':
      if (intent.status !== 'requires_action') askBank(world, session, buyer, outcome);
      return refuseUnauthenticated(world, intent);
    case 'delayed_succeeds':
    case 'delayed_fails':
      return startDebit(world, session, intent, buyer, outcome);
  }
}

/** Sends the buyer to the bank's page. */
export function askBank(world: World, session: Session, buyer: Buyer, outcome: Outcome): void {
  if ((session.amount_total ?? 0) === 0) return;
  const intent = intentOf(world, session, buyer);
  const method = createMethod(world, outcome, buyer);
  const page = `${world.publicOrigin}/c/pay/${session.id}/authenticate`;
  requireAuthentication(world, intent, method, page);
}

/** Nothing to pay now; a card that is wanted for later is stored all the same, if its bank lets it. */
function withoutPaying(world: World, session: Session, buyer: Buyer, outcome: Outcome): Attempt {
  const status = 'no_payment_required';
  if (!wantsMethod(session)) return complete(world, session, buyer, status, nothing);
  if (outcome === 'not_authenticated') {
    return { kind: 'declined', message: 'The bank did not confirm the card.' };
  }
  const method = createMethod(world, outcome, buyer);
  if (isDecline(outcome) && !numberOf(world, method).stores) {
    remove(world, 'payment_method', method.id);
    return { kind: 'declined', message: declines[outcome].message };
  }
  return complete(world, session, buyer, status, { ...nothing, method });
}

function decline(world: World, intent: Intent, buyer: Buyer, kind: Decline): Attempt {
  declineIntent(world, intent, createMethod(world, kind, buyer), buyer, kind);
  return { kind: 'declined', message: declines[kind].message };
}

/** Without the bank's word there is no charge at all. */
function refuseUnauthenticated(world: World, intent: Intent): Attempt {
  failAuthentication(world, intent);
  return { kind: 'declined', message: 'The bank did not confirm the payment.' };
}

function payByCard(
  world: World,
  session: Session,
  intent: Intent,
  buyer: Buyer,
  outcome: 'succeeds' | 'disputed' | 'three_d_secure',
): Attempt {
  const authenticated = outcome === 'three_d_secure';
  const method = authenticated
    ? need(world, 'payment_method', String(intent.payment_method))
    : createMethod(world, outcome, buyer);
  if (session.mode === 'subscription') giveCustomer(world, session, intent, buyer);
  const made = createCharge(world, intent, method, buyer, { kind: 'paid', authenticated });
  succeedIntent(world, intent, made);
  complete(world, session, buyer, 'paid', { method, intent: intent.id, debit: null });
  if (outcome === 'disputed') openDispute(world, made.id, {});
  return { kind: 'paid' };
}

/** The payment of a subscription is its customer's, who may be new. */
function giveCustomer(world: World, session: Session, intent: Intent, buyer: Buyer): void {
  intent.customer = customerFor(world, session, buyer);
  reindex(world, 'payment_intent', intent);
}

function startDebit(
  world: World,
  session: Session,
  intent: Intent,
  buyer: Buyer,
  outcome: 'delayed_succeeds' | 'delayed_fails',
): Attempt {
  const method = createMethod(world, outcome, buyer);
  if (session.mode === 'subscription') giveCustomer(world, session, intent, buyer);
  const pending = createCharge(world, intent, method, buyer, { kind: 'pending' });
  if (session.mode === 'payment') {
    awaitDebit(world, intent.id, outcome, session.id, clockOf(world, session.customer));
  }
  processIntent(world, intent, pending);
  return complete(world, session, buyer, 'unpaid', { method, intent: intent.id, debit: outcome });
}

function complete(
  world: World,
  session: Session,
  buyer: Buyer,
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required',
  means: Means,
): Attempt {
  session.status = 'complete';
  session.payment_status = paymentStatus;
  session.url = null;
  session.customer_details = {
    address: buyer.address,
    business_name: null,
    email: buyer.email,
    individual_name: null,
    name: buyer.name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
  if (session.mode === 'subscription') subscribe(world, session, buyer, means);
  else if (session.mode === 'setup' && means.method)
    storeMethod(world, session, buyer, means.method);
  else for (const discount of backstageOf(world, session.id).discounts) redeem(world, discount);
  reindex(world, 'checkout.session', session);
  emit(world, 'checkout.session.completed', session);
  return { kind: 'paid' };
}
