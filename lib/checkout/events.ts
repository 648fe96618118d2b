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

/** Acts on a stored event by re-reading what it speaks of. Answers the tags to expire. */
export async function handleEvent(eventId: string): Promise<string[]> {
  const event = await waitingEvent(eventId);
  if (!event) return [];
  const { outcome, tags } = await converge(event.type, event.objectId);
  await finishEvent(eventId, outcome);
  return tags;
}

/** Asks Stripe for a refund that stands in our books. Answers the tags to expire. */
export async function sendRefund(refundId: string): Promise<string[]> {
  const request = await refundToSend(refundId);
  if (!request) return [];
  const refund = await createRefund({ refundId, ...request });
  if (!refund.ok) {
    await refuseRefund(refundId, refund.message);
    return [];
  }
  const outcome = await applyRefund(refund.value);
  return outcome.kind === 'applied' ? outcome.tags : [];
}

/** How far back events are looked for. Covers an endpoint that was away for a week; known ones cost nothing. */
const lookBackDays = 8;

/**
 * Finds what webhooks missed: takes in the events of the last days that aren't here, and brings orders to an end that
 * should have come to one. Answers the tags to expire.
 */
export async function reconcile(): Promise<string[]> {
  const now = clock.now();
  const events = await listEvents(new Date(now.getTime() - lookBackDays * 86_400_000));
  for (const event of events) await takeMissed(event);
  const tags: string[] = [];
  for (const order of await overdueOrders(now)) {
    if (order.status === 'open') tags.push(...(await endCheckout(order.id)));
    else if (order.sessionId) {
      const settlement = await settleCheckout(order.sessionId);
      if (settlement.kind === 'order') tags.push(...settlement.tags);
    }
  }
  return tags;
}

async function takeMissed(event: StripeEvent): Promise<void> {
  if (event.livemode === stripeLivemode()) await storeEvent(event);
}

async function converge(
  type: EventType,
  objectId: string,
): Promise<{ outcome: string; tags: string[] }> {
  switch (type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.async_payment_failed':
    case 'checkout.session.expired': {
      const settlement = await settleCheckout(objectId);
      return settlement.kind === 'order'
        ? { outcome: settlement.status, tags: settlement.tags }
        : { outcome: `ignored: ${settlement.why}`, tags: [] };
    }
    case 'charge.refunded': {
      const refunds = await fetchRefundsOfCharge(objectId);
      if (!refunds) return unknownObject;
      const told = await Promise.all(refunds.map((refund) => applyToOrder(refund, applyRefund)));
      return { outcome: 'refunds read', tags: told.flatMap(({ tags }) => tags) };
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

const unknownObject = { outcome: 'ignored: unknown-object', tags: [] };

/** Events come in any order: where the payment is not in our books yet, its session is settled first. */
async function applyToOrder<T extends { paymentIntentId: string | null }>(
  news: T | null,
  apply: (news: T) => Promise<LedgerOutcome>,
): Promise<{ outcome: string; tags: string[] }> {
  if (!news) return unknownObject;
  const first = await apply(news);
  if (first.kind === 'applied') return { outcome: 'applied', tags: first.tags };
  const sessionId = news.paymentIntentId ? await sessionOfPayment(news.paymentIntentId) : null;
  if (!sessionId) return { outcome: 'ignored: no-order', tags: [] };
  const settlement = await settleCheckout(sessionId);
  if (settlement.kind === 'ignored') return { outcome: `ignored: ${settlement.why}`, tags: [] };
  const again = await apply(news);
  return again.kind === 'applied'
    ? { outcome: 'applied', tags: [...settlement.tags, ...again.tags] }
    : { outcome: 'ignored: no-order', tags: settlement.tags };
}
