import Stripe from 'stripe';
import { clock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { stripe } from './client.ts';

/** The endpoint's secrets; two while one is rotated, none where webhooks are not set up. */
export function webhookSecrets(): readonly string[] {
  return env().stripe?.webhookSecrets ?? [];
}

/** What we act on. An event of another kind is answered and forgotten. */
export const eventTypes = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const;
export type EventType = (typeof eventTypes)[number];

/** The part of an event that we trust: whom to ask. The payload's shape follows the endpoint's API version, not ours. */
export type StripeEvent = {
  id: string;
  type: EventType;
  apiVersion: string | null;
  livemode: boolean;
  objectId: string;
  createdAt: Date;
};

export type Verified =
  | { kind: 'event'; event: StripeEvent }
  /** Truly Stripe's, but of a kind that we do nothing about. */
  | { kind: 'unknown-type'; type: string }
  | { kind: 'rejected'; why: string }
  | { kind: 'no-secret' };

/**
 * Checks a webhook's signature on the raw text, with each secret.
 * Older than 300 seconds is rejected.
 */
export function verifyEvent(
  rawBody: string,
  signature: string | null,
  secrets: readonly string[],
): Verified {
  if (secrets.length === 0) return { kind: 'no-secret' };
  if (!signature) return { kind: 'rejected', why: 'no signature' };
  let why = '';
  for (const secret of secrets) {
    try {
      return readEvent(
        Stripe.webhooks.constructEvent(
          rawBody,
          signature,
          secret,
          undefined,
          undefined,
          clock.now().getTime(),
        ),
      );
    } catch (error) {
      if (
        !(error instanceof Stripe.errors.StripeSignatureVerificationError) &&
        !(error instanceof SyntaxError)
      ) {
        throw error;
      }
      why = error.message;
    }
  }
  return { kind: 'rejected', why };
}

/** The events that we act on since an instant (Stripe keeps them 30 days), the oldest first. */
export async function listEvents(since: Date): Promise<StripeEvent[]> {
  const events: StripeEvent[] = [];
  const list = stripe().events.list({
    created: { gte: Math.floor(since.getTime() / 1000) },
    types: [...eventTypes],
    limit: 100,
  });
  for await (const event of list) {
    const read = readEvent(event);
    if (read.kind === 'event') events.push(read.event);
  }
  return events.toReversed();
}

function readEvent(event: Stripe.Event): Verified {
  const type = eventTypes.find((candidate) => candidate === event.type);
  if (!type) return { kind: 'unknown-type', type: event.type };
  const { id: objectId } = event.data.object as { id?: string };
  if (!objectId) return { kind: 'rejected', why: 'the event names no object' };
  return {
    kind: 'event',
    event: {
      id: event.id,
      type,
      apiVersion: event.api_version,
      livemode: event.livemode,
      objectId,
      createdAt: new Date(event.created * 1000),
    },
  };
}
