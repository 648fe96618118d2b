import type Stripe from 'stripe';
import { mergeMetadata } from '../metadata.ts';
import { backstageOf, find, need, newId, put, type World } from '../world.ts';
import { createCharge, createMethod, postBalance } from './charges.ts';
import { createCustomer } from './customers.ts';
import { emit } from './events.ts';

type Session = Stripe.Checkout.Session;

/** How a buyer's try to pay ends. */
export type Outcome =
  | 'succeeds'
  | 'declined'
  | 'three_d_secure'
  | 'delayed_succeeds'
  | 'delayed_fails';

export type Buyer = { email: string; name: string | null; address: Stripe.Address | null };

/** Seconds until the bank answers a delayed debit by itself. */
export const DEBIT_SECONDS = 300;

/**
 * A try to pay an open session whose amounts are final. Succeeding ones complete it; a declined card leaves it open.
 * Emits what Stripe emits, in its order. Answers whether the session is complete.
 */
export function attempt(world: World, session: Session, buyer: Buyer, outcome: Outcome): boolean {
  if ((session.amount_total ?? 0) === 0) {
    complete(world, session, buyer, 'no_payment_required');
    return true;
  }
  const intent = intentOf(world, session, buyer);
  switch (outcome) {
    case 'declined':
      decline(world, intent, buyer);
      return false;
    case 'succeeds':
    case 'three_d_secure':
      charge(world, session, intent, buyer, outcome === 'three_d_secure');
      complete(world, session, buyer, 'paid');
      return true;
    case 'delayed_succeeds':
    case 'delayed_fails':
      startDebit(
        world,
        session,
        intent,
        buyer,
        outcome === 'delayed_succeeds' ? 'succeeds' : 'fails',
      );
      complete(world, session, buyer, 'unpaid');
      return true;
  }
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
  if (debit.outcome === 'succeeds') {
    pending.status = 'succeeded';
    pending.paid = true;
    pending.captured = true;
    pending.amount_captured = pending.amount;
    pending.balance_transaction = postBalance(world, 'charge', pending.amount, pending);
    intent.status = 'succeeded';
    intent.amount_received = intent.amount;
    session.payment_status = 'paid';
    emit(world, 'charge.succeeded', pending);
    emit(world, 'payment_intent.succeeded', intent);
    emit(world, 'checkout.session.async_payment_succeeded', session);
    return session;
  }
  pending.status = 'failed';
  pending.failure_code = 'insufficient_funds';
  pending.failure_message = "The customer's account has insufficient funds to cover this payment.";
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.last_payment_error = {
    type: 'card_error',
    code: 'insufficient_funds',
    message: pending.failure_message,
  };
  emit(world, 'charge.failed', pending);
  emit(world, 'payment_intent.payment_failed', intent);
  emit(world, 'checkout.session.async_payment_failed', session);
  return session;
}

function intentOf(world: World, session: Session, buyer: Buyer): Stripe.PaymentIntent {
  const backstage = backstageOf(world, session.id);
  const known = backstage.paymentIntent && find(world, 'payment_intent', backstage.paymentIntent);
  if (known) {
    known.amount = session.amount_total ?? 0;
    return known;
  }
  const { intent: data } = backstage;
  const id = newId(world, 'pi');
  const shipping = session.collected_information?.shipping_details ?? null;
  const intent = put(world, 'payment_intent', {
    ...unusedFields,
    id,
    object: 'payment_intent',
    amount: session.amount_total ?? 0,
    client_secret: `${id}_secret_${newId(world, 's').slice(2)}`,
    created: world.now(),
    currency: session.currency ?? '',
    customer: session.customer === null ? null : String(session.customer),
    description: data.description ?? null,
    metadata: mergeMetadata(null, data.metadata),
    payment_method_types: session.payment_method_types,
    receipt_email: data.receipt_email ?? null,
    shipping: shipping && {
      address: shipping.address,
      name: shipping.name,
      carrier: null,
      phone: null,
      tracking_number: null,
    },
    statement_descriptor: data.statement_descriptor ?? null,
    statement_descriptor_suffix: data.statement_descriptor_suffix ?? null,
  });
  backstage.paymentIntent = id;
  if (session.customer_creation === 'always' && session.customer === null) {
    const customer = createCustomer(world, {
      email: buyer.email,
      ...(buyer.name ? { name: buyer.name } : {}),
    });
    session.customer = customer.id;
    intent.customer = customer.id;
  }
  emit(world, 'payment_intent.created', intent);
  return intent;
}

function decline(world: World, intent: Stripe.PaymentIntent, buyer: Buyer): void {
  const method = createMethod(world, 'card', buyer);
  const failed = createCharge(world, intent, method, buyer, { kind: 'declined' });
  intent.status = 'requires_payment_method';
  intent.latest_charge = failed.id;
  intent.last_payment_error = {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'generic_decline',
    charge: failed.id,
    message: failed.failure_message ?? '',
    payment_method: method,
  };
  emit(world, 'charge.failed', failed);
  emit(world, 'payment_intent.payment_failed', intent);
}

function charge(
  world: World,
  session: Session,
  intent: Stripe.PaymentIntent,
  buyer: Buyer,
  authenticated: boolean,
): void {
  const method = createMethod(world, 'card', buyer);
  const made = createCharge(world, intent, method, buyer, { kind: 'paid', authenticated });
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  intent.latest_charge = made.id;
  intent.payment_method = method.id;
  intent.last_payment_error = null;
  session.payment_intent = intent.id;
  emit(world, 'charge.succeeded', made);
  emit(world, 'payment_intent.succeeded', intent);
}

function startDebit(
  world: World,
  session: Session,
  intent: Stripe.PaymentIntent,
  buyer: Buyer,
  outcome: 'succeeds' | 'fails',
): void {
  const method = createMethod(world, 'sepa_debit', buyer);
  const pending = createCharge(world, intent, method, buyer, { kind: 'pending' });
  intent.status = 'processing';
  intent.latest_charge = pending.id;
  intent.payment_method = method.id;
  session.payment_intent = intent.id;
  backstageOf(world, session.id).debit = { outcome, at: world.now() + DEBIT_SECONDS };
  emit(world, 'charge.pending', pending);
  emit(world, 'payment_intent.processing', intent);
}

function complete(
  world: World,
  session: Session,
  buyer: Buyer,
  paymentStatus: 'paid' | 'unpaid' | 'no_payment_required',
): void {
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
}

function redeem(world: World, discount: Stripe.Discount): void {
  const coupon = find(world, 'coupon', String(discount.source.coupon));
  if (coupon) {
    coupon.times_redeemed += 1;
    coupon.valid =
      coupon.max_redemptions === null || coupon.times_redeemed < coupon.max_redemptions;
  }
  const promotionCode =
    discount.promotion_code && find(world, 'promotion_code', String(discount.promotion_code));
  if (!promotionCode) return;
  promotionCode.times_redeemed += 1;
  const { max_redemptions } = promotionCode;
  if (max_redemptions !== null && promotionCode.times_redeemed >= max_redemptions)
    promotionCode.active = false;
}

const unusedFields = {
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: null,
  canceled_at: null,
  cancellation_reason: null,
  capture_method: 'automatic_async',
  confirmation_method: 'automatic',
  customer_account: null,
  excluded_payment_method_types: null,
  last_payment_error: null,
  latest_charge: null,
  managed_payments: null,
  livemode: false,
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_record: null,
  processing: null,
  review: null,
  setup_future_usage: null,
  source: null,
  status: 'requires_payment_method',
  transfer_data: null,
  transfer_group: null,
} satisfies Partial<Stripe.PaymentIntent>;
