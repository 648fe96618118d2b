import type Stripe from 'stripe';
import type { Api, LoggedRequest } from './api.ts';
import { type Choices, openSession, pay, successUrl } from './checkout.ts';
import { type BillingControl, billingControl } from './control-billing.ts';
import { render } from './expand.ts';
import type { ApiFault } from './faults.ts';
import { settleDebit } from './objects/debits.ts';
import { type DisputeInput, decideDispute, openDispute } from './objects/disputes.ts';
import { type EventType, emit, queue } from './objects/events.ts';
import { intentIdOf } from './objects/intents.ts';
import { lastIntentOf } from './objects/payments-of-invoices.ts';
import { failRefund } from './objects/refunds.ts';
import { expireSession } from './objects/sessions.ts';
import type { Outcome } from './objects/test-methods.ts';
import type { ObjectKind } from './schemas/served.ts';
import type { Kinds } from './state.ts';
import { customerTime } from './test-time.ts';
import { advance, fallDue, nextMoment } from './time.ts';
import { type DeliveryReport, deliverDue, type Outbox, type WebhookFaults } from './webhooks.ts';
import { all, atMoment, find, findBy, idOf, need, type World, wire } from './world.ts';

export type PayInput = Choices & { outcome: Outcome };

/** What became of a try to pay. `redirect` is the success address once the session is complete. */
type PayResult = { session: Stripe.Checkout.Session; redirect: string | null };

export type Control = {
  /** The virtual clock. */
  now: () => Date;
  /** Moves the clock on, and does in order what falls due: sessions expire, debits settle, webhooks are sent. */
  advance: (seconds: number) => Promise<DeliveryReport[]>;
  /** Sends every webhook that is due now, and what follows from it. */
  deliverDue: () => Promise<DeliveryReport[]>;
  /** When something next falls due, or null. */
  nextDue: () => Date | null;
  /** All events, oldest first. */
  events: () => Stripe.Event[];
  /** The tries to deliver a webhook, oldest first; the last thousand. */
  deliveries: () => DeliveryReport[];
  /** The API calls, oldest first; the last thousand. */
  requests: () => LoggedRequest[];
  /** Fills in and submits the hosted page, with its checks; throws what the page would complain about. */
  pay: (sessionId: string, input: PayInput) => Promise<PayResult>;
  /** The bank's answer to a delayed debit, now. */
  settleDelayed: (sessionId: string) => Stripe.Checkout.Session;
  expire: (sessionId: string) => Stripe.Checkout.Session;
  /** Puts an event into the outbox again, whatever became of it. */
  redeliver: (eventId: string) => void;
  /** A second event, with an id of its own, for what the session's last event told. */
  secondEventFor: (sessionId: string) => Stripe.Event;
  /** An event that this account's own doings didn't make: another application's, or of the other mode. */
  foreignEvent: (
    type: EventType,
    object: { id: string },
    envelope?: { livemode?: boolean; account?: string },
  ) => Stripe.Event;
  failRefund: (refundId: string) => Stripe.Refund;
  /** The card holder disputes a payment, named by its session, invoice, intent or charge: all of it, as fraud, unless said otherwise. */
  dispute: (id: string, input?: DisputeInput) => Stripe.Dispute;
  /** The bank decides a dispute. */
  decideDispute: (disputeId: string, status: 'won' | 'lost') => Stripe.Dispute;
  webhooks: {
    /** Adds to the faults in force; a field set to `false` ends that one. */
    set: (faults: WebhookFaults) => void;
    /** Ends all faults. */
    clear: () => void;
  };
  api: { fail: (fault: ApiFault) => void; clear: () => void };
  /** Copies of the stored objects, newest first, and one of them by id (null when there is none). */
  list: <K extends ObjectKind>(kind: K) => Kinds[K][];
  get: <K extends ObjectKind>(kind: K, id: string) => Kinds[K] | null;
  lineItems: (sessionId: string) => Stripe.LineItem[];
} & BillingControl;

/** The levers of a test, or of the host's `/_control`. */
export function createControl(api: Api, outbox: Outbox | null): Control {
  const { world, save } = api;
  const running = { deliveries: Promise.resolve() as Promise<unknown> };
  const saved = <T>(work: () => T): T => {
    const result = work();
    save();
    return result;
  };
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const next = running.deliveries.then(work, work);
    running.deliveries = next.catch(() => undefined);
    return next;
  };
  const deliver = async () => {
    if (outbox) return deliverDue(world, outbox);
    world.state.outbox = [];
    return [];
  };
  return {
    now: () => new Date(world.now() * 1000),
    advance: (seconds) =>
      exclusively(async () => {
        const reports = await advance(world, seconds, deliver, outbox?.closing ?? null);
        save();
        return reports;
      }),
    deliverDue: () =>
      exclusively(async () => {
        const fallen = fallDue(world);
        const reports = await deliver();
        if (fallen || reports.length) save();
        return reports;
      }),
    nextDue: () => {
      const at = nextMoment(world);
      return at === null ? null : new Date(at * 1000);
    },
    events: () => all(world, 'event').reverse().map(wire),
    deliveries: () => [...(outbox?.reports ?? [])],
    requests: () => [...api.log],
    pay: async (sessionId, input) => saved(() => payNow(world, sessionId, input)),
    settleDelayed: (sessionId) => saved(() => answered(world, settleSession(world, sessionId))),
    expire: (sessionId) => saved(() => answered(world, expireSession(world, sessionId))),
    redeliver: (eventId) => saved(() => queue(world, need(world, 'event', eventId).id, 0)),
    secondEventFor: (sessionId) => saved(() => wire(secondEvent(world, sessionId))),
    foreignEvent: (type, object, envelope) =>
      saved(() => {
        const event = emit(world, type, object);
        return wire(Object.assign(event, envelope));
      }),
    failRefund: (refundId) => saved(() => wire(failRefund(world, refundId))),
    dispute: (id, input = {}) =>
      saved(() => wire(openDispute(world, chargeIdOf(world, id), input))),
    decideDispute: (id, status) => saved(() => wire(decideDispute(world, id, status))),
    webhooks: {
      set: (faults) => {
        if (outbox) Object.assign(outbox.faults, faults);
      },
      clear: () => {
        if (outbox) outbox.faults = {};
      },
    },
    api: {
      fail: (fault) => void api.faults.push({ ...fault }),
      clear: () => void api.faults.splice(0),
    },
    list: (kind) => all(world, kind).map((object) => wire(object)),
    get: (kind, id) => {
      const found = find(world, kind, id);
      return found && wire(found);
    },
    lineItems: (sessionId) => wire(world.state.drawers.session[sessionId]?.lineItems ?? []),
    ...billingControl(world, saved, (id) => chargeIdOf(world, id)),
  };
}

function payNow(world: World, sessionId: string, input: PayInput): PayResult {
  fallDue(world);
  const session = openSession(world, sessionId);
  if (!session) {
    const { status } = need(world, 'checkout.session', sessionId);
    throw new Error(`Session ${sessionId} is ${status}: its page takes no money.`);
  }
  const { outcome, ...choices } = input;
  const moment = customerTime(world, idOf(session.customer));
  const result = atMoment(world, moment, () => pay(world, session, choices, outcome));
  if (result.kind === 'refused') {
    const list = Object.entries(result.complaints).map(([field, text]) => `${field}: ${text}`);
    throw new Error(`The Checkout page refuses. ${list.join(' ')}`);
  }
  const redirect = result.kind === 'paid' ? successUrl(session) : null;
  return { session: answered(world, session), redirect };
}

/** The session as the API would answer it. */
function answered(world: World, session: Stripe.Checkout.Session): Stripe.Checkout.Session {
  return render(world, session) as unknown as Stripe.Checkout.Session;
}

function chargeIdOf(world: World, id: string): string {
  const session = find(world, 'checkout.session', id);
  const invoice = find(world, 'invoice', idOf(session?.invoice) ?? id);
  const intentId =
    session && !invoice ? idOf(session.payment_intent) : invoice && lastIntentOf(world, invoice.id);
  const intent = find(world, 'payment_intent', intentId ?? id);
  return intent ? String(intent.latest_charge) : id;
}

function settleSession(world: World, sessionId: string): Stripe.Checkout.Session {
  const session = need(world, 'checkout.session', sessionId);
  const intent = intentIdOf(world, session);
  if (intent === null) throw new Error(`Session ${sessionId} has no delayed debit waiting.`);
  settleDebit(world, intent);
  return session;
}

function secondEvent(world: World, sessionId: string): Stripe.Event {
  const session = need(world, 'checkout.session', sessionId);
  const last = findBy(world, 'event', 'of', sessionId).at(-1);
  if (!last) throw new Error(`Session ${sessionId} has had no event yet.`);
  return emit(world, last.type, session);
}
