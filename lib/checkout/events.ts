import { clock } from '#lib/clock.ts';
import { sessionOfPayment } from '#lib/gateways/stripe/checkout.ts';
import { stripeLivemode } from '#lib/gateways/stripe/client.ts';
import {
  type EventType,
  listEvents,
  type StripeEvent,
  verifyEvent,
  webhookSecrets,
} from '#lib/gateways/stripe/events.ts';
import {
  createRefund,
  fetchDispute,
  fetchRefund,
  fetchRefundsOfCharge,
} from '#lib/gateways/stripe/ledger.ts';
import {
  applyDispute,
  applyRefund,
  type LedgerOutcome,
  refundToSend,
  refuseRefund,
} from '#lib/ledger/commands.ts';
import { tally } from '#lib/tally.ts';
import { finishEvent, storeEvent } from './commands.ts';
import { endCheckout } from './end.ts';
import { overdueOrders, waitingEvent } from './queries.ts';
import { settleCheckout } from './settle.ts';

/** What a webhook is answered; `why` is for the log and for Stripe's dashboard. */
export type WebhookAnswer = { status: 200 | 400 | 503; why: string };

/**
 * Takes a webhook in: checks its signature on the raw text, keeps the event and its job in one transaction, and is done.
 * What is none of ours is answered with 200, since sending it again would change nothing.
 */
export async function receiveWebhook(
  rawBody: string,
  signature: string | null,
  secrets = webhookSecrets(),
): Promise<WebhookAnswer> {
  const answer = await takeWebhook(rawBody, signature, secrets);
  tally()[answer.status === 200 ? 'webhook.taken' : 'webhook.refused'] += 1;
  return answer;
}

async function takeWebhook(
  rawBody: string,
  signature: string | null,
  secrets: readonly string[],
): Promise<WebhookAnswer> {
  const verified = verifyEvent(rawBody, signature, secrets);
  switch (verified.kind) {
    case 'no-secret':
      return { status: 503, why: 'STRIPE_WEBHOOK_SECRET is not set' };
    case 'rejected':
      return { status: 400, why: verified.why };
    case 'unknown-type':
      return { status: 200, why: `ignored: ${verified.type}` };
    case 'event':
      if (verified.event.livemode !== stripeLivemode())
        return { status: 200, why: 'ignored: other mode' };
      return { status: 200, why: (await storeEvent(verified.event)) ? 'taken' : 'known' };
  }
}

/** Acts on a stored event by re-reading what it speaks of. */
export async function handleEvent(eventId: string): Promise<void> {
  const event = await waitingEvent(eventId);
  if (!event) return;
  await finishEvent(eventId, await converge(event.type, event.objectId));
}

/** Asks Stripe for a refund that stands in our books. */
export async function sendRefund(refundId: string): Promise<void> {
  const request = await refundToSend(refundId);
  if (!request) return;
  const refund = await createRefund({ refundId, ...request });
  if (refund.ok) await applyRefund(refund.value);
  else await refuseRefund(refundId, refund.message);
}

/** How far back events are looked for. Covers an endpoint that was away for a week; known ones cost nothing. */
const lookBackDays = 8;

/**
 * Finds what webhooks missed: takes in the events of the last days that aren't here, and brings orders to an end that
 * should have come to one.
 */
export async function reconcile(): Promise<void> {
  const now = clock.now();
  const events = await listEvents(new Date(now.getTime() - lookBackDays * 86_400_000));
  for (const event of events) await takeMissed(event);
  for (const order of await overdueOrders(now)) {
    if (order.status === 'open') await endCheckout(order.id);
    else if (order.sessionId) await settleCheckout(order.sessionId);
  }
}

async function takeMissed(event: StripeEvent): Promise<void> {
  if (event.livemode === stripeLivemode()) await storeEvent(event);
}

/** Answers what came of it. */
async function converge(type: EventType, objectId: string): Promise<string> {
  switch (type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired': {
      const settlement = await settleCheckout(objectId);
      return settlement.kind === 'order' ? settlement.status : `ignored: ${settlement.why}`;
    }
    case 'charge.refunded': {
      const refunds = await fetchRefundsOfCharge(objectId);
      if (!refunds) return unknownObject;
      await Promise.all(refunds.map((refund) => applyToOrder(refund, applyRefund)));
      return 'refunds read';
    }
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return applyToOrder(await fetchRefund(objectId), applyRefund);
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.funds_reinstated':
      return applyToOrder(await fetchDispute(objectId), applyDispute);
  }
}

const unknownObject = 'ignored: unknown-object';

/** Events come in any order: where the payment is not in our books yet, its session is settled first. */
async function applyToOrder<T extends { paymentIntentId: string | null }>(
  news: T | null,
  apply: (news: T) => Promise<LedgerOutcome>,
): Promise<string> {
  if (!news) return unknownObject;
  if ((await apply(news)) === 'applied') return 'applied';
  const sessionId = news.paymentIntentId ? await sessionOfPayment(news.paymentIntentId) : null;
  if (!sessionId) return 'ignored: no-order';
  const settlement = await settleCheckout(sessionId);
  if (settlement.kind === 'ignored') return `ignored: ${settlement.why}`;
  return (await apply(news)) === 'applied' ? 'applied' : 'ignored: no-order';
}
