import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { mergeMetadata } from '../metadata.ts';
import { backstageOf, idOf, need, newId, put, reindex, type World } from '../world.ts';
import { createCharge } from './charges.ts';
import { createCustomer } from './customers.ts';
import { emit } from './events.ts';
import type { Buyer } from './payment-methods.ts';
import { type Decline, declines } from './test-methods.ts';

type Session = Stripe.Checkout.Session;

/** The session's payment intent: made by the first try to pay, and used again by every later one. */
export function intentOf(world: World, session: Session, buyer: Buyer): Stripe.PaymentIntent {
  const tried = intentIdOf(world, session);
  if (tried !== null) {
    const known = need(world, 'payment_intent', tried);
    known.amount = session.amount_total ?? 0;
    known.shipping = shippingOf(session);
    return known;
  }
  const data = backstageOf(world, session.id).intent;
  const intent = createIntent(world, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    customer: customerOf(world, session, buyer),
    description: data.description ?? null,
    metadata: mergeMetadata(null, data.metadata),
    payment_method_types: session.payment_method_types,
    receipt_email: data.receipt_email ?? null,
    shipping: shippingOf(session),
    statement_descriptor: data.statement_descriptor ?? null,
    statement_descriptor_suffix: data.statement_descriptor_suffix ?? null,
  });
  if (session.mode === 'subscription') backstageOf(world, session.id).firstIntent = intent.id;
  else session.payment_intent = intent.id;
  reindex(world, 'checkout.session', session);
  return intent;
}

type Wanted = Pick<
  Stripe.PaymentIntent,
  'amount' | 'currency' | 'customer' | 'payment_method_types'
> &
  Partial<Stripe.PaymentIntent>;

/** An intent that waits for a payment method. */
export function createIntent(world: World, wanted: Wanted): Stripe.PaymentIntent {
  const id = newId(world, 'pi');
  const intent = put(world, 'payment_intent', {
    ...unusedFields,
    description: null,
    metadata: {},
    receipt_email: null,
    shipping: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    ...wanted,
    id,
    object: 'payment_intent',
    client_secret: `${id}_secret_${newId(world, 's').slice(2)}`,
    created: world.now(),
  });
  emit(world, 'payment_intent.created', intent);
  return intent;
}

/** The intent of the tries to pay a session, or null before the first. */
export function intentIdOf(world: World, session: Session): string | null {
  return idOf(session.payment_intent) ?? backstageOf(world, session.id).firstIntent ?? null;
}

/** The bank wants to ask first: the intent waits for its page at `url`. */
export function requireAuthentication(
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  url: string,
): void {
  intent.status = 'requires_action';
  intent.payment_method = method.id;
  intent.next_action = { type: 'redirect_to_url', redirect_to_url: { return_url: null, url } };
  emit(world, 'payment_intent.requires_action', intent);
}

/** A charge is paid, at once or when its debit came. */
export function succeedIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
): void {
  takeCharge(intent, charge, 'succeeded');
  intent.amount_received = intent.amount;
  emit(world, 'charge.succeeded', charge);
  emit(world, 'payment_intent.succeeded', intent);
}

/** A charge is a debit, which its bank has still to answer. */
export function processIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
): void {
  takeCharge(intent, charge, 'processing');
  emit(world, 'charge.pending', charge);
  emit(world, 'payment_intent.processing', intent);
}

function takeCharge(
  intent: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  status: 'succeeded' | 'processing',
): void {
  intent.status = status;
  intent.latest_charge = charge.id;
  intent.payment_method = charge.payment_method;
  intent.next_action = null;
  intent.last_payment_error = null;
}

/** The bank refuses to charge a card. */
export function declineIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  buyer: Buyer,
  kind: Decline,
): void {
  const { code, reason, message } = declines[kind];
  const failed = createCharge(world, intent, method, buyer, { kind: 'declined', decline: kind });
  intent.latest_charge = failed.id;
  emit(world, 'charge.failed', failed);
  const error = { code, decline_code: reason, charge: failed.id, message, payment_method: method };
  failIntent(world, intent, error);
}

/** A try failed: the intent waits for another payment method. */
export function failIntent(
  world: World,
  intent: Stripe.PaymentIntent,
  error: Omit<Stripe.PaymentIntent.LastPaymentError, 'type'>,
): void {
  intent.status = 'requires_payment_method';
  intent.payment_method = null;
  intent.next_action = null;
  intent.last_payment_error = { type: 'card_error', ...error };
  emit(world, 'payment_intent.payment_failed', intent);
}

export function updateIntent(
  world: World,
  id: string,
  params: Stripe.PaymentIntentUpdateParams,
): Stripe.PaymentIntent {
  const intent = need(world, 'payment_intent', id);
  return update(world, intent, null, params, () => {
    if (params.description !== undefined) intent.description = params.description || null;
  });
}

/** A guest becomes a customer only where the session asks for it. */
function customerOf(world: World, session: Session, buyer: Buyer): string | null {
  const inPayment = session.mode === 'payment';
  if (inPayment && session.customer === null && session.customer_creation === 'always') {
    const name = buyer.name ? { name: buyer.name } : {};
    session.customer = createCustomer(world, { email: buyer.email, ...name }).id;
  }
  return idOf(session.customer);
}

function shippingOf(session: Session): Stripe.PaymentIntent['shipping'] {
  const details = session.collected_information?.shipping_details ?? null;
  if (!details) return null;
  const { address, name } = details;
  return { address, name, carrier: null, phone: null, tracking_number: null };
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
