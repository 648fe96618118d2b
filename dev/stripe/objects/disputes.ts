import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { find, findBy, need, newId, put, type World } from '../world.ts';
import { postBalance } from './balance.ts';
import { emit } from './events.ts';

/** Why, and how much of it: all of the charge, as fraud, where nothing is said. Amounts in minor units. */
export type DisputeInput = { reason?: string; amount?: number };

/** The card holder takes a charge back through the bank: the money and a fee leave the balance at once. */
export function openDispute(world: World, chargeId: string, input: DisputeInput): Stripe.Dispute {
  const charge = need(world, 'charge', chargeId);
  if (!charge.paid) throw new Error(`Charge ${chargeId} is not paid: there is nothing to dispute.`);
  if (charge.disputed) throw new Error(`Charge ${chargeId} is disputed already.`);
  const dispute = put(world, 'dispute', {
    id: newId(world, 'du'),
    object: 'dispute',
    amount: input.amount ?? charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: world.now() + 7 * 24 * 3600,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: input.reason ?? 'fraudulent',
    status: 'needs_response',
  });
  charge.disputed = true;
  emit(world, 'charge.dispute.created', dispute);
  moveFunds(world, dispute, 'dispute');
  return dispute;
}

/** The bank decides. A dispute won brings the money back, without the fee. */
export function decideDispute(world: World, id: string, status: 'won' | 'lost'): Stripe.Dispute {
  const dispute = need(world, 'dispute', id);
  if (dispute.status === 'won' || dispute.status === 'lost') {
    throw invalid('This dispute is already closed');
  }
  const before = { status: dispute.status };
  dispute.status = status;
  emit(world, 'charge.dispute.closed', dispute, before);
  if (status === 'won') moveFunds(world, dispute, 'dispute_reversal');
  return dispute;
}

/** The dispute that forbids to refund a charge, or null. */
export function disputeOf(world: World, charge: Stripe.Charge): Stripe.Dispute | null {
  const own = findBy(world, 'dispute', 'charge', charge.id).at(-1);
  return own && own.status !== 'won' ? own : null;
}

function moveFunds(
  world: World,
  dispute: Stripe.Dispute,
  movement: 'dispute' | 'dispute_reversal',
): void {
  const out = movement === 'dispute';
  const id = postBalance(world, movement, out ? -dispute.amount : dispute.amount, dispute);
  const entry = find(world, 'balance_transaction', id);
  if (entry) dispute.balance_transactions.push(entry);
  const type = out ? 'charge.dispute.funds_withdrawn' : 'charge.dispute.funds_reinstated';
  emit(world, type, dispute);
}

const noEvidence: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
