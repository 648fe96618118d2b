import type Stripe from 'stripe';
import { backstageOf, find, need, type World } from '../world.ts';
import { postBalance } from './balance.ts';
import { type ChargeResult, createCharge } from './charges.ts';
import { openDispute } from './disputes.ts';
import { emit } from './events.ts';
import { failIntent, intentOf, requireAuthentication } from './intents.ts';
import { type Buyer, createMethod } from './payment-methods.ts';
import { type Decline, declines, isDecline, type Outcome } from './test-methods.ts';

type Session = Stripe.Checkout.Session;
type Intent = Stripe.PaymentIntent;

/** What became of a try: the session is complete, or open as before, with what the buyer is told. */
export type Attempt = { kind: 'paid' } | { kind: 'declined'; message: string };

/** Seconds until the bank answers a delayed debit by itself. */
const DEBIT_SECONDS = 300;

/**
 * A try to pay an open session whose amounts are final. Succeeding ones complete it; a declined card leaves it open.
 * Emits what Stripe emits, in its order.
 */
export function attempt(world: World, session: Session, buyer: Buyer, outcome: Outcome): Attempt {
  if ((session.amount_total ?? 0) === 0) {
    return complete(world, session, buyer, 'no_payment_required');
  }
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
  const intent = intentOf(world, session, buyer);
  const method = createMethod(world, outcome, buyer);
  const page = `${world.publicOrigin}/c/pay/${session.id}/authenticate`;
  requireAuthentication(world, intent, method, page);
}

/** The bank's answer to a delayed debit, as chosen when it was started. */
export function settleDebit(world: World, sessionId: string): Session {
  const session = need(world, 'checkout.session', sessionId);
  const backstage = backstageOf(world, sessionId);
  const { debit } = backstage;
  if (!debit) throw new Error(`Session ${sessionId} has no delayed debit waiting.`);
  const intent = need(world, 'payment_intent', String(session.payment_intent));
  const pending = need(world, 'charge', String(intent.latest_charge));
  backstage.debit = null;
  if (debit.outcome === 'succeeds') settleWell(world, session, intent, pending);
  else settleBadly(world, session, intent, pending);
  return session;
}

function settleWell(world: World, session: Session, intent: Intent, pending: Stripe.Charge): void {
  pending.status = 'succeeded';
  pending.paid = true;
  pending.captured = true;
  pending.amount_captured = pending.amount;
  pending.receipt_url = `${world.publicOrigin}/receipts/${pending.id}`;
  pending.balance_transaction = postBalance(world, 'charge', pending.amount, pending);
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  session.payment_status = 'paid';
  emit(world, 'charge.succeeded', pending);
  emit(world, 'payment_intent.succeeded', intent);
  emit(world, 'checkout.session.async_payment_succeeded', session);
}

function settleBadly(world: World, session: Session, intent: Intent, pending: Stripe.Charge): void {
  const message = "The customer's account has insufficient funds to cover this payment.";
  pending.status = 'failed';
  pending.failure_code = 'insufficient_funds';
  pending.failure_message = message;
  emit(world, 'charge.failed', pending);
  failIntent(world, intent, { code: 'insufficient_funds', charge: pending.id, message });
  emit(world, 'checkout.session.async_payment_failed', session);
}

function decline(world: World, intent: Intent, buyer: Buyer, kind: Decline): Attempt {
  const { code, reason, message } = declines[kind];
  const method = createMethod(world, kind, buyer);
  const result: ChargeResult = { kind: 'declined', decline: kind };
  const failed = createCharge(world, intent, method, buyer, result);
  intent.latest_charge = failed.id;
  emit(world, 'charge.failed', failed);
  const error = { code, decline_code: reason, charge: failed.id, message, payment_method: method };
  failIntent(world, intent, error);
  return { kind: 'declined', message };
}

/** Without the bank's word there is no charge at all. */
function refuseUnauthenticated(world: World, intent: Intent): Attempt {
  failIntent(world, intent, {
    code: 'payment_intent_authentication_failure',
    message: 'The provided PaymentMethod has failed authentication.',
  });
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
  const made = createCharge(world, intent, method, buyer, { kind: 'paid', authenticated });
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.latest_charge = made.id;
  intent.payment_method = method.id;
  intent.next_action = null;
  intent.last_payment_error = null;
  emit(world, 'charge.succeeded', made);
  emit(world, 'payment_intent.succeeded', intent);
  complete(world, session, buyer, 'paid');
  if (outcome === 'disputed') openDispute(world, made.id, {});
  return { kind: 'paid' };
}

function startDebit(
  world: World,
  session: Session,
  intent: Intent,
  buyer: Buyer,
  outcome: 'delayed_succeeds' | 'delayed_fails',
): Attempt {
  const method = createMethod(world, outcome, buyer);
  const pending = createCharge(world, intent, method, buyer, { kind: 'pending' });
  intent.status = 'processing';
  intent.latest_charge = pending.id;
  intent.payment_method = method.id;
  intent.next_action = null;
  intent.last_payment_error = null;
  backstageOf(world, session.id).debit = {
    outcome: outcome === 'delayed_succeeds' ? 'succeeds' : 'fails',
    at: world.now() + DEBIT_SECONDS,
  };
  emit(world, 'charge.pending', pending);
  emit(world, 'payment_intent.processing', intent);
  return complete(world, session, buyer, 'unpaid');
}

function complete(
  world: World,
  session: Session,
  buyer: Buyer,
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required',
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
  for (const discount of backstageOf(world, session.id).discounts) redeem(world, discount);
  emit(world, 'checkout.session.completed', session);
  return { kind: 'paid' };
}

function redeem(world: World, discount: Stripe.Discount): void {
  const coupon = find(world, 'coupon', String(discount.source.coupon));
  if (coupon) {
    const { max_redemptions: most } = coupon;
    coupon.times_redeemed += 1;
    coupon.valid = most === null || coupon.times_redeemed < most;
  }
  const code =
    discount.promotion_code && find(world, 'promotion_code', String(discount.promotion_code));
  if (!code) return;
  code.times_redeemed += 1;
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions) {
    code.active = false;
  }
}
