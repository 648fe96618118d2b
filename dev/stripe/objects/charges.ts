import type Stripe from 'stripe';
import { type World, newId, put } from '../world.ts';
import type { Buyer } from './payments.ts';

export type ChargeResult =
  | { kind: 'paid'; authenticated: boolean }
  | { kind: 'pending' }
  | { kind: 'declined' };

/** A payment method as the hosted page makes one: the test Visa ending 4242, or a test bank account. */
export function createMethod(
  world: World,
  type: 'card' | 'sepa_debit',
  buyer: Buyer,
): Stripe.PaymentMethod {
  return put(world, 'payment_method', {
    id: newId(world, 'pm'),
    object: 'payment_method',
    allow_redisplay: 'limited',
    billing_details: billing(buyer),
    ...(type === 'card' ? { card: testCard } : { sepa_debit: { ...testAccount, generated_from: null } }),
    created: world.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: {},
    type,
  });
}

/** The charge of one try; a paid one is posted to the balance at once. */
export function createCharge(
  world: World,
  intent: Stripe.PaymentIntent,
  method: Stripe.PaymentMethod,
  buyer: Buyer,
  result: ChargeResult,
): Stripe.Charge {
  const id = newId(world, method.type === 'card' ? 'ch' : 'py');
  const paid = result.kind === 'paid';
  const declined = result.kind === 'declined';
  const stored = put(world, 'charge', {
    ...unusedFields,
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    balance_transaction: null,
    billing_details: billing(buyer),
    calculated_statement_descriptor: intent.statement_descriptor ?? 'STAND-IN',
    captured: paid,
    created: world.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: declined ? 'card_declined' : null,
    failure_message: declined ? 'Your card was declined.' : null,
    metadata: intent.metadata,
    outcome: outcomeOf(result),
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(method, intent.amount, result),
    receipt_email: intent.receipt_email,
    receipt_url: paid ? `${world.publicOrigin}/receipts/${id}` : null,
    shipping: intent.shipping,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: paid ? 'succeeded' : declined ? 'failed' : 'pending',
  });
  if (paid) stored.balance_transaction = postBalance(world, 'charge', intent.amount, stored);
  return stored;
}

/**
 * An entry in Stripe's balance: `amount` in minor units, negative for money that leaves. A charge costs the stand-in's
 * fee of 1.5 % and 25; a refund costs nothing and brings no fee back.
 */
export function postBalance(
  world: World,
  type: 'charge' | 'refund' | 'refund_failure',
  amount: number,
  source: { id: string; currency: string },
): string {
  const fee = type === 'charge' ? Math.round(amount * 0.015) + 25 : 0;
  const entry = put(world, 'balance_transaction', {
    id: newId(world, 'txn'),
    object: 'balance_transaction',
    amount,
    available_on: world.now() + 7 * 24 * 3600,
    balance_type: 'payments',
    created: world.now(),
    currency: source.currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details: fee
      ? [{ amount: fee, application: null, currency: source.currency, description: 'Stand-in fee', type: 'stripe_fee' }]
      : [],
    net: amount - fee,
    reporting_category: type,
    source: source.id,
    status: 'pending',
    type,
  });
  return entry.id;
}

const testCard: Stripe.PaymentMethod.Card = {
  brand: 'visa',
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
  country: 'US',
  display_brand: 'visa',
  exp_month: 12,
  exp_year: 2034,
  fingerprint: 'standincard4242',
  funding: 'credit',
  generated_from: null,
  last4: '4242',
  networks: { available: ['visa'], preferred: null },
  regulated_status: 'unregulated',
  three_d_secure_usage: { supported: true },
  wallet: null,
};

const testAccount = {
  bank_code: '37040044',
  branch_code: null,
  country: 'DE',
  fingerprint: 'standinaccount3000',
  last4: '3000',
};

const unusedFields = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  disputed: false,
  failure_balance_transaction: null,
  fraud_details: {},
  livemode: false,
  on_behalf_of: null,
  receipt_number: null,
  refunded: false,
  review: null,
  source: null,
  source_transfer: null,
  transfer_data: null,
  transfer_group: null,
} satisfies Partial<Stripe.Charge>;

function billing(buyer: Buyer): Stripe.Charge.BillingDetails {
  return { address: buyer.address, email: buyer.email, name: buyer.name, phone: null, tax_id: null };
}

function outcomeOf(result: ChargeResult): Stripe.Charge.Outcome {
  const declined = result.kind === 'declined';
  return {
    advice_code: declined ? 'try_again_later' : null,
    network_advice_code: null,
    network_decline_code: declined ? '05' : null,
    network_status: declined ? 'declined_by_network' : 'approved_by_network',
    reason: declined ? 'generic_decline' : null,
    risk_level: 'normal',
    risk_score: 20,
    seller_message: declined
      ? 'The bank did not return any further details with this decline.'
      : 'Payment complete.',
    type: declined ? 'issuer_declined' : 'authorized',
  };
}

function detailsOf(
  method: Stripe.PaymentMethod,
  amount: number,
  result: ChargeResult,
): Stripe.Charge.PaymentMethodDetails {
  if (method.type !== 'card') {
    return { sepa_debit: { ...testAccount, mandate: null }, type: 'sepa_debit' };
  }
  return {
    card: {
      amount_authorized: result.kind === 'paid' ? amount : null,
      authorization_code: null,
      brand: testCard.brand,
      checks: testCard.checks,
      country: testCard.country,
      electronic_commerce_indicator: null,
      exp_month: testCard.exp_month,
      exp_year: testCard.exp_year,
      fingerprint: testCard.fingerprint ?? null,
      funding: testCard.funding,
      installments: null,
      last4: testCard.last4,
      mandate: null,
      network: 'visa',
      network_transaction_id: null,
      regulated_status: testCard.regulated_status,
      three_d_secure: result.kind === 'paid' && result.authenticated ? authentication : null,
      transaction_link_id: null,
      wallet: null,
    },
    type: 'card',
  };
}

const authentication: Stripe.Charge.PaymentMethodDetails.Card.ThreeDSecure = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: null,
  version: '2.2.0',
};
