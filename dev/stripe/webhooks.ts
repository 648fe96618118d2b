import { createHmac } from 'node:crypto';
import type Stripe from 'stripe';
import { olderShape } from './older-shapes.ts';
import type { Delivery } from './state.ts';
import { find, type World } from './world.ts';

/** Where webhooks go. Several secrets sign side by side, as during a rotation. */
export type WebhookEndpoint = { url: string; secrets: readonly string[] };

/**
 * What goes wrong with webhooks from now on. `delaySeconds` holds new events back; `duplicate` sends each that many
 * times at once (`true`: twice); `shuffle` mixes the order; `drop` loses them (all, or these types);
 * `corruptSignature` and `staleTimestamp` (an hour old) spoil the header; `down` never reaches the endpoint;
 * `apiVersion` sends payloads of an older endpoint.
 */
export type WebhookFaults = {
  delaySeconds?: number;
  duplicate?: boolean | number;
  shuffle?: boolean;
  drop?: boolean | readonly string[];
  corruptSignature?: boolean;
  staleTimestamp?: boolean;
  down?: boolean;
  apiVersion?: string;
};

/** One try to deliver: the endpoint's HTTP status, or null when it wasn't reached or the event was dropped. */
export type DeliveryReport = {
  eventId: string;
  type: string;
  at: number;
  attempt: number;
  status: number | null;
  outcome: 'delivered' | 'refused' | 'unreachable' | 'dropped';
};

export type Outbox = {
  endpoint: WebhookEndpoint;
  faults: WebhookFaults;
  deliver: (request: Request) => Promise<Response>;
  closing: AbortSignal | null;
  reports: DeliveryReport[];
  random: () => number;
};

/** Seconds between the tries; then every twelve hours until three days are over. */
const BACKOFF = [10, 60, 300, 1800, 7200, 18_000, 36_000];
const GIVE_UP = 3 * 24 * 3600;

/** `t=…,v1=…` over `t.payload` (docs.stripe.com/webhooks#verify-manually), one v1 for each secret. */
function signatureHeader(payload: string, secrets: readonly string[], timestamp: number): string {
  const signatures = secrets.map((secret) => {
    const digest = createHmac('sha256', secret)
      .update(`${timestamp}.${payload}`, 'utf8')
      .digest('hex');
    return `v1=${digest}`;
  });
  return [`t=${timestamp}`, ...signatures].join(',');
}

/**
 * Sends everything due, and what becomes due through it, one event after the other; a refused or unreached one is put
 * back for later. Answers what was tried.
 */
export async function deliverDue(world: World, outbox: Outbox): Promise<DeliveryReport[]> {
  const done: DeliveryReport[] = [];
  for (let due = dueNow(world, outbox); due.length; due = dueNow(world, outbox)) {
    for (const delivery of due) {
      const report = await tryDelivery(world, outbox, delivery);
      done.push(report);
      if (outbox.closing?.aborted) return done;
    }
  }
  outbox.reports.push(...done);
  outbox.reports.splice(0, outbox.reports.length - 1000);
  return done;
}

/** The time in seconds of the next delivery, or null. */
export function nextDueAt(world: World): number | null {
  return world.state.outbox.reduce<number | null>(
    (first, { dueAt }) => (first === null || dueAt < first ? dueAt : first),
    null,
  );
}

/** They stay in the outbox until they are answered, so that a crash on the way loses none. */
function dueNow(world: World, outbox: Outbox): Delivery[] {
  const due = world.state.outbox.filter((delivery) => delivery.dueAt <= world.wall());
  const ordered = due
    .map((delivery, index) => ({ delivery, index }))
    .sort((a, b) => a.delivery.dueAt - b.delivery.dueAt || a.index - b.index)
    .map(({ delivery }) => delivery);
  return outbox.faults.shuffle ? shuffled(ordered, outbox.random) : ordered;
}

async function tryDelivery(
  world: World,
  outbox: Outbox,
  delivery: Delivery,
): Promise<DeliveryReport> {
  const event = find(world, 'event', delivery.eventId);
  if (!event) throw new Error(`Event ${delivery.eventId} is in the outbox and nowhere else.`);
  const report = {
    eventId: event.id,
    type: event.type,
    at: world.wall(),
    attempt: delivery.attempt + 1,
  };
  if (isDropped(event, outbox.faults)) {
    takeOut(world, delivery);
    return { ...report, status: null, outcome: 'dropped' };
  }
  const statuses = await sendCopies(world, outbox, event);
  const status = statuses.find((one) => one === null || one < 200 || one > 299);
  if (status === null && outbox.closing?.aborted) {
    return { ...report, status, outcome: 'unreachable' };
  }
  takeOut(world, delivery);
  if (status === undefined) {
    // Found anew: a call refused in the meantime has put earlier copies of all objects back.
    const sent = find(world, 'event', delivery.eventId);
    if (sent) sent.pending_webhooks = 0;
    return { ...report, status: statuses[0] ?? null, outcome: 'delivered' };
  }
  putBack(world, delivery);
  return { ...report, status, outcome: status === null ? 'unreachable' : 'refused' };
}

function takeOut(world: World, { eventId, dueAt, attempt }: Delivery): void {
  const index = world.state.outbox.findIndex(
    (one) => one.eventId === eventId && one.dueAt === dueAt && one.attempt === attempt,
  );
  if (index >= 0) world.state.outbox.splice(index, 1);
}

function isDropped(event: Stripe.Event, { drop }: WebhookFaults): boolean {
  return typeof drop === 'object' ? drop.includes(event.type) : drop === true;
}

async function sendCopies(
  world: World,
  outbox: Outbox,
  event: Stripe.Event,
): Promise<(number | null)[]> {
  if (outbox.faults.down) return [null];
  const { duplicate } = outbox.faults;
  const copies = typeof duplicate === 'number' ? Math.max(1, duplicate) : duplicate ? 2 : 1;
  return Promise.all(Array.from({ length: copies }, () => send(world, outbox, event)));
}

/** A try that throws is one that didn't reach the endpoint: the report says so, and it is tried again. */
async function send(world: World, outbox: Outbox, event: Stripe.Event): Promise<number | null> {
  const request = webhookRequest(world, outbox, event);
  try {
    const response = await outbox.deliver(request);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

function webhookRequest(world: World, outbox: Outbox, event: Stripe.Event): Request {
  const { faults, endpoint } = outbox;
  const older = faults.apiVersion !== undefined && faults.apiVersion !== event.api_version;
  const sent = older ? olderShape(world, event, faults.apiVersion ?? '') : { ...event };
  const payload = JSON.stringify({ ...sent, pending_webhooks: 1 }, null, 2);
  const timestamp = world.wall() - (faults.staleTimestamp ? 3600 : 0);
  const secrets = faults.corruptSignature
    ? endpoint.secrets.map((secret) => `${secret}-corrupt`)
    : endpoint.secrets;
  return new Request(endpoint.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signatureHeader(payload, secrets, timestamp),
    },
    body: payload,
    redirect: 'manual',
  });
}

function putBack(world: World, delivery: Delivery): void {
  const wait = BACKOFF[delivery.attempt] ?? 12 * 3600;
  const dueAt = world.wall() + wait;
  if (dueAt - delivery.firstAt > GIVE_UP) return;
  world.state.outbox.push({ ...delivery, attempt: delivery.attempt + 1, dueAt });
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const held = mixed[last] as T;
    mixed[last] = mixed[other] as T;
    mixed[other] = held;
  }
  return mixed;
}
