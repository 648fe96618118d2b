import { createHash, randomBytes } from 'node:crypto';
import type Stripe from 'stripe';
import { missingObject } from './errors.ts';
import type { ObjectKind } from './schemas/served.ts';

/** The stored objects, by the value of their `object` field. */
export type Kinds = {
  balance_transaction: Stripe.BalanceTransaction;
  charge: Stripe.Charge;
  'checkout.session': Stripe.Checkout.Session;
  coupon: Stripe.Coupon;
  customer: Stripe.Customer;
  discount: Stripe.Discount;
  dispute: Stripe.Dispute;
  event: Stripe.Event;
  item: Stripe.LineItem;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  price: Stripe.Price;
  product: Stripe.Product;
  promotion_code: Stripe.PromotionCode;
  refund: Stripe.Refund;
  shipping_rate: Stripe.ShippingRate;
  tax_rate: Stripe.TaxRate;
};

/** What Stripe knows of a Checkout session and doesn't show in the object. Amounts in minor units. */
export type SessionBackstage = {
  lineItems: Stripe.LineItem[];
  discounts: Stripe.Discount[];
  intent: Stripe.Checkout.SessionCreateParams.PaymentIntentData;
  /** What was typed before the bank's 3-D Secure page. */
  typed: Record<string, string> | null;
  /** A delayed debit waiting for its bank: the outcome, and when it falls (seconds). */
  debit: { outcome: 'succeeds' | 'fails'; at: number } | null;
};

/** One event on its way to the webhook endpoint. Times in seconds. */
export type Delivery = { eventId: string; dueAt: number; attempt: number; firstAt: number };

/** An answer kept for its idempotency key. `answer` is null while the request runs. */
export type KeptAnswer = {
  fingerprint: string;
  at: number;
  answer: { status: number; body: string; requestId: string } | null;
};

/** Everything that survives a restart; plain JSON. */
export type State = {
  version: 1;
  seed: string;
  counter: number;
  /** Seconds that the virtual clock is ahead of the given one. */
  ahead: number;
  objects: { [K in ObjectKind]: Record<string, Kinds[K]> };
  backstage: Record<string, SessionBackstage>;
  outbox: Delivery[];
  idempotency: Record<string, KeptAnswer>;
};

export type World = {
  state: State;
  publicOrigin: string;
  /** Seconds since the epoch on the virtual clock. */
  now(): number;
  /** What caused the events of the moment: an API request, or null for Stripe itself and the hosted pages. */
  cause: Stripe.Event.Request | null;
  webhookDelay(): number;
  apiVersion: string;
};

/** An empty state. Without a seed, ids differ from every other run, so that two databases never see the same ones. */
export function emptyState(seed = randomBytes(8).toString('hex')): State {
  return {
    version: 1,
    seed,
    counter: 0,
    ahead: 0,
    objects: {
      balance_transaction: {},
      charge: {},
      'checkout.session': {},
      coupon: {},
      customer: {},
      discount: {},
      dispute: {},
      event: {},
      item: {},
      payment_intent: {},
      payment_method: {},
      price: {},
      product: {},
      promotion_code: {},
      refund: {},
      shipping_rate: {},
      tax_rate: {},
    },
    backstage: {},
    outbox: [],
    idempotency: {},
  };
}

/** A new id such as `pi_3Qk…`: the prefix and 24 letters and digits, the same for the same seed and order. */
export function newId(world: World, prefix: string, length = 24): string {
  world.state.counter += 1;
  const hash = createHash('sha512').update(`${world.state.seed}:${world.state.counter}`).digest();
  const text = [...hash].map((byte) => alphabet[byte % alphabet.length]).join('');
  return `${prefix}_${text.slice(0, length)}`;
}

/**
 * Stores the object as it would travel (a `Decimal` becomes its string) and returns the stored one, which later
 * changes are made on.
 */
export function put<K extends ObjectKind>(world: World, kind: K, object: Kinds[K]): Kinds[K] {
  const stored = wire(object);
  const all = world.state.objects[kind] as Record<string, Kinds[K]>;
  all[stored.id] = stored;
  return stored;
}

export function find<K extends ObjectKind>(world: World, kind: K, id: string): Kinds[K] | null {
  const all = world.state.objects[kind] as Record<string, Kinds[K]>;
  return Object.hasOwn(all, id) ? (all[id] ?? null) : null;
}

/** The object, or Stripe's `resource_missing`: 404, or 400 when `param` says that a parameter named it. */
export function need<K extends ObjectKind>(
  world: World,
  kind: K,
  id: string,
  param?: string,
): Kinds[K] {
  const found = find(world, kind, id);
  if (!found) throw missingObject(kind.replaceAll('.', ' ').replaceAll('_', ' '), id, param);
  return found;
}

/** All objects of a kind, newest first. */
export function all<K extends ObjectKind>(world: World, kind: K): Kinds[K][] {
  return Object.values(world.state.objects[kind] as Record<string, Kinds[K]>).reverse();
}

export function backstageOf(world: World, sessionId: string): SessionBackstage {
  const found = world.state.backstage[sessionId];
  if (!found) throw new Error(`Session ${sessionId} has no backstage.`);
  return found;
}

/** A deep copy as JSON carries it. */
export function wire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
