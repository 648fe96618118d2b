import Stripe from 'stripe';
import { fail, ok, type Result } from '#lib/result.ts';
import { appMark } from './checkout.ts';
import { asking, lookingUp, stripe } from './client.ts';

/** A refund as it is at Stripe now; `amount` in minor units. */
export type StripeRefund = {
  id: string;
  /** Our own refund's id, where we asked for it; one made in Stripe's dashboard has none. */
  refundId: string | null;
  paymentIntentId: string | null;
  amount: number;
  status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  failureReason: string | null;
};

/**
 * Gives money back; `refundId` is the idempotency key. `refused`: Stripe won't (more than is left, an old charge).
 * Throws where Stripe doesn't answer, so that the job tries again.
 */
export async function createRefund(request: {
  refundId: string;
  orderId: string;
  paymentIntentId: string;
  amount: number;
}): Promise<Result<StripeRefund, 'refused'>> {
  try {
    const metadata = { app: appMark, order: request.orderId, refund: request.refundId };
    const asked = stripe().refunds.create(
      {
        payment_intent: request.paymentIntentId,
        amount: request.amount,
        reason: 'requested_by_customer',
        metadata,
      },
      { idempotencyKey: request.refundId },
    );
    return ok(refundOf(await asking(asked)));
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError)
      return fail('refused', error.message);
    throw error;
  }
}

/** `null` where Stripe knows no such refund. */
export async function fetchRefund(id: string): Promise<StripeRefund | null> {
  const refund = await lookingUp(stripe().refunds.retrieve(id));
  return refund && refundOf(refund);
}

/** Every refund of a charge (Stripe lists at most a hundred at once, and a charge has few); `null` for no such charge. */
export async function fetchRefundsOfCharge(chargeId: string): Promise<StripeRefund[] | null> {
  const refunds = await lookingUp(stripe().refunds.list({ charge: chargeId, limit: 100 }));
  return refunds?.data.map(refundOf) ?? null;
}

export type StripeDispute = {
  id: string;
  paymentIntentId: string | null;
  amount: number;
  reason: string;
  state: 'open' | 'won' | 'lost';
};

/** `null` where Stripe knows no such dispute. */
export async function fetchDispute(id: string): Promise<StripeDispute | null> {
  const dispute = await lookingUp(stripe().disputes.retrieve(id));
  return (
    dispute && {
      id: dispute.id,
      paymentIntentId: idOf(dispute.payment_intent),
      amount: dispute.amount,
      reason: dispute.reason,
      state: disputeState(dispute.status),
    }
  );
}

/** An enquiry that was closed and a dispute that was prevented cost nothing: both count as won. */
function disputeState(status: string): StripeDispute['state'] {
  switch (status) {
    case 'won':
    case 'warning_closed':
    case 'prevented':
      return 'won';
    case 'lost':
      return 'lost';
    default:
      return 'open';
  }
}

function refundOf(refund: Stripe.Refund): StripeRefund {
  return {
    id: refund.id,
    refundId: refund.metadata?.['refund'] ?? null,
    paymentIntentId: idOf(refund.payment_intent),
    amount: refund.amount,
    status: refundStatus(refund.status),
    failureReason: refund.failure_reason ?? null,
  };
}

function refundStatus(status: string | null): StripeRefund['status'] {
  switch (status) {
    case 'succeeded':
    case 'failed':
    case 'canceled':
      return status;
    default:
      return 'pending';
  }
}

function idOf(value: string | { id: string } | null): string | null {
  return typeof value === 'object' ? (value?.id ?? null) : value;
}
