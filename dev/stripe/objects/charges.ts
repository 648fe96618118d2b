import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { need, newId, put, type World } from '../world.ts';
import { postBalance } from './balance.ts';
import { type Buyer, billingDetails } from './payment-methods.ts';
import { type Decline, declines } from './test-methods.ts';

export type ChargeResult =
  | { kind: 'paid'; authenticated: boolean }
  | { kind: 'pending' }
  | { kind: 'declined'; decline: Decline };

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
  const decline = result.kind === 'declined' ? declines[result.decline] : null;
  const stored = put(world, 'charge', {
    ...unusedFields,
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    balance_transaction: null,
    billing_details: billingDetails(buyer),
    calculated_statement_descriptor: intent.statement_descriptor ?? 'STAND-IN',
    captured: paid,
    created: world.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    metadata: intent.metadata,
    outcome: outcomeOf(decline?.reason ?? null),
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(method, intent.amount, result),
    receipt_email: intent.receipt_email,
    receipt_url: paid ? `${world.publicOrigin}/receipts/${id}` : null,
    shipping: intent.shipping,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: paid ? 'succeeded' : decline ? 'failed' : 'pending',
  });
  if (paid) stored.balance_transaction = postBalance(world, 'charge', intent.amount, stored);
  return stored;
}

/** A delayed debit that came: the charge is paid now. */
export function settleCharge(world: World, pending: Stripe.Charge): void {
  pending.status = 'succeeded';
  pending.paid = true;
  pending.captured = true;
  pending.amount_captured = pending.amount;
  pending.receipt_url = `${world.publicOrigin}/receipts/${pending.id}`;
  pending.balance_transaction = postBalance(world, 'charge', pending.amount, pending);
}

export function updateCharge(
  world: World,
  id: string,
  params: Stripe.ChargeUpdateParams,
): Stripe.Charge {
  const charge = need(world, 'charge', id);
  return update(world, charge, 'charge.updated', params, () => {
    if (params.description !== undefined) charge.description = params.description || null;
  });
}

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

/** The network's word: `reason` says why a card was declined. */
function outcomeOf(reason: string | null): Stripe.Charge.Outcome {
  return {
    advice_code: reason ? 'try_again_later' : null,
    network_advice_code: null,
    network_decline_code: reason ? '05' : null,
    network_status: reason ? 'declined_by_network' : 'approved_by_network',
    reason,
    risk_level: 'normal',
    risk_score: 20,
    seller_message: reason
      ? 'The bank did not return any further details with this decline.'
      : 'Payment complete.',
    type: reason ? 'issuer_declined' : 'authorized',
  };
}

function detailsOf(
  method: Stripe.PaymentMethod,
  amount: number,
  result: ChargeResult,
): Stripe.Charge.PaymentMethodDetails {
  const { card, sepa_debit } = method;
  if (!card) {
    const { generated_from: _none, ...account } = sepa_debit as Stripe.PaymentMethod.SepaDebit;
    return { sepa_debit: { ...account, mandate: null }, type: 'sepa_debit' };
  }
  return {
    card: {
      amount_authorized: result.kind === 'paid' ? amount : null,
      authorization_code: null,
      brand: card.brand,
      checks: card.checks,
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      installments: null,
      last4: card.last4,
      mandate: null,
      network: card.brand,
      network_transaction_id: null,
      regulated_status: card.regulated_status,
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
