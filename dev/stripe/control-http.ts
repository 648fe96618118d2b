import type { Control, PayInput } from './control.ts';
import type { ApiFault } from './faults.ts';
import type { DisputeInput } from './objects/disputes.ts';
import type { EventType } from './objects/events.ts';
import type { ObjectKind } from './schemas/served.ts';
import type { BillingSettings } from './state.ts';
import type { WebhookFaults } from './webhooks.ts';

/** What a command takes from the JSON body; each uses its own fields. */
type Body = Partial<{
  seconds: number;
  sessionId: string;
  eventId: string;
  refundId: string;
  disputeId: string;
  status: 'won' | 'lost';
  type: EventType;
  object: { id: string };
  envelope: { livemode?: boolean; account?: string };
  kind: ObjectKind;
  id: string;
  customerId: string;
  invoiceId: string;
  number: string;
}>;

/**
 * `control` over HTTP, for browser tests: `POST /_control/NAME` with a JSON object. Answers `{ result }`, or 400
 * `{ error }`. Null for other addresses. Requests that a web page could send by itself are refused with 403.
 */
export async function answerControl(control: Control, request: Request): Promise<Response | null> {
  const name = /^\/_control\/([a-z/-]+)$/.exec(new URL(request.url).pathname)?.[1];
  if (name === undefined) return null;
  const json = request.headers.get('content-type')?.startsWith('application/json') ?? false;
  if (request.method !== 'POST' || !json || request.headers.has('origin')) {
    return Response.json({ error: 'POST a JSON object, not from a web page.' }, { status: 403 });
  }
  try {
    const body: unknown = JSON.parse((await request.text()) || '{}');
    const run = commands(control, body)[name];
    if (!run) return Response.json({ error: `No command ${name}.` }, { status: 404 });
    return Response.json({ result: (await run()) ?? null });
  } catch (error) {
    return Response.json(
      { error: error instanceof Error ? error.message : String(error) },
      { status: 400 },
    );
  }
}

function commands(control: Control, given: unknown): Record<string, () => unknown> {
  const body = given as Body;
  return {
    now: () => control.now().toISOString(),
    'next-due': () => control.nextDue()?.toISOString() ?? null,
    advance: () => control.advance(need(body.seconds, 'seconds')),
    deliver: () => control.deliverDue(),
    events: () => control.events(),
    deliveries: () => control.deliveries(),
    requests: () => control.requests(),
    pay: () => control.pay(need(body.sessionId, 'sessionId'), given as PayInput),
    settle: () => control.settleDelayed(need(body.sessionId, 'sessionId')),
    expire: () => control.expire(need(body.sessionId, 'sessionId')),
    redeliver: () => control.redeliver(need(body.eventId, 'eventId')),
    'second-event': () => control.secondEventFor(need(body.sessionId, 'sessionId')),
    'foreign-event': () =>
      control.foreignEvent(need(body.type, 'type'), need(body.object, 'object'), body.envelope),
    dispute: () => control.dispute(need(body.id, 'id'), given as DisputeInput),
    'decide-dispute': () =>
      control.decideDispute(need(body.disputeId, 'disputeId'), need(body.status, 'status')),
    'fail-refund': () => control.failRefund(need(body.refundId, 'refundId')),
    'webhooks/set': () => control.webhooks.set(given as WebhookFaults),
    'webhooks/clear': () => control.webhooks.clear(),
    'api/fail': () => control.api.fail(given as ApiFault),
    'api/clear': () => control.api.clear(),
    get: () => control.get(need(body.kind, 'kind'), need(body.id, 'id')),
    list: () => control.list(need(body.kind, 'kind')),
    'billing-settings': () => control.billingSettings(given as Partial<BillingSettings>),
    'decline-next': () =>
      control.declineNext(need(body.customerId, 'customerId'), given as { times?: number }),
    'replace-card': () =>
      control.replaceCard(need(body.customerId, 'customerId'), need(body.number, 'number')),
    'expire-card': () =>
      control.expireCard(need(body.id, 'id'), given as { month: number; year: number }),
    'collect-invoice': () => control.collectInvoice(need(body.invoiceId, 'invoiceId')),
    'pay-invoice': () => control.payInvoice(need(body.invoiceId, 'invoiceId'), body.number),
    'settle-invoice': () => control.settleInvoice(need(body.invoiceId, 'invoiceId')),
    'fraud-warning': () => control.fraudWarning(need(body.id, 'id')),
    'line-items': () => control.lineItems(need(body.sessionId, 'sessionId')),
  };
}

function need<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`Say ${name}.`);
  return value;
}
