import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { need, newId, put, type World } from '../world.ts';
import { postBalance } from './balance.ts';
import { disputeOf } from './disputes.ts';
import { emit } from './events.ts';

/** Gives back all that is left of a charge, or `amount` of it in minor units; succeeds at once. */
export function createRefund(world: World, params: Stripe.RefundCreateParams): Stripe.Refund {
  const charge = chargeOf(world, params);
  const left = charge.amount - charge.amount_refunded;
  const amount = params.amount ?? left;
  if (charge.status !== 'succeeded') {
    throw invalid(`Charge ${charge.id} has not been paid.`, 'charge', 'charge_not_refundable');
  }
  if (disputeOf(world, charge)) {
    throw invalid(`Charge ${charge.id} has been charged back.`, undefined, 'charge_disputed');
  }
  if (left === 0) {
    throw invalid(
      `Charge ${charge.id} has already been refunded.`,
      undefined,
      'charge_already_refunded',
    );
  }
  if (amount < 1) throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount > left) {
    throw invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`,
      'amount',
    );
  }
  const refund = put(world, 'refund', {
    id: newId(world, 're'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: destinationOf(charge),
    metadata: mergeMetadata(null, params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  });
  refund.balance_transaction = postBalance(world, 'refund', -amount, refund);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  emit(world, 'refund.created', refund);
  emit(world, 'charge.refunded', charge, { amount_refunded: charge.amount_refunded - amount });
  return refund;
}

export function updateRefund(
  world: World,
  id: string,
  params: Stripe.RefundUpdateParams,
): Stripe.Refund {
  const refund = need(world, 'refund', id);
  if (refund.status === 'failed') throw invalid('A failed refund cannot be changed.');
  return update(world, refund, 'refund.updated', params);
}

/** The bank sends a refund back: `failed`, the money is in the balance again, and the charge counts it no more. */
export function failRefund(world: World, id: string): Stripe.Refund {
  const refund = need(world, 'refund', id);
  if (refund.status === 'failed') throw new Error(`Refund ${id} has failed before.`);
  const charge = need(world, 'charge', String(refund.charge));
  const before = { status: refund.status };
  refund.status = 'failed';
  refund.failure_reason = 'expired_or_canceled_card';
  refund.failure_balance_transaction = postBalance(world, 'refund_failure', refund.amount, refund);
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  emit(world, 'refund.failed', refund);
  emit(world, 'refund.updated', refund, before);
  emit(world, 'charge.refund.updated', refund, before);
  return refund;
}

function destinationOf(charge: Stripe.Charge): Stripe.Refund.DestinationDetails {
  if (charge.payment_method_details?.type !== 'card') return { type: 'sepa_debit' };
  return {
    card: {
      reference_status: 'pending',
      reference_type: 'acquirer_reference_number',
      type: 'refund',
    },
    type: 'card',
  };
}

function chargeOf(world: World, params: Stripe.RefundCreateParams): Stripe.Charge {
  if (params.charge !== undefined && params.payment_intent !== undefined) {
    throw invalid(
      'You may only specify one of these parameters: charge, payment_intent.',
      'charge',
    );
  }
  if (params.charge !== undefined) return need(world, 'charge', params.charge, 'charge');
  if (params.payment_intent === undefined) {
    throw invalid(
      'One of charge, payment_intent is required.',
      'payment_intent',
      'parameter_missing',
    );
  }
  const intent = need(world, 'payment_intent', params.payment_intent, 'payment_intent');
  if (intent.latest_charge === null) {
    throw invalid(
      `The PaymentIntent ${intent.id} does not have a successful charge to refund.`,
      'payment_intent',
    );
  }
  return need(world, 'charge', String(intent.latest_charge));
}
