import type { ObjectKind } from './schemas/served.ts';
import type { Kinds } from './state.ts';

/** By what objects are looked up besides their id. What an object no longer answers to is passed over. */
const KEYS: {
  readonly [K in ObjectKind]?: Readonly<Record<string, (object: Kinds[K]) => unknown>>;
} = {
  charge: { payment_intent: (o) => o.payment_intent, customer: (o) => o.customer },
  'checkout.session': {
    payment_intent: (o) => o.payment_intent,
    customer: (o) => o.customer,
    subscription: (o) => o.subscription,
    invoice: (o) => o.invoice,
  },
  credit_note: { invoice: (o) => o.invoice },
  customer: { email: (o) => o.email, test_clock: (o) => o.test_clock },
  customer_balance_transaction: { customer: (o) => o.customer },
  discount: { subscription: (o) => o.subscription },
  dispute: { charge: (o) => o.charge },
  event: { of: (o) => (o.data.object as { id?: string }).id },
  invoice: {
    customer: (o) => o.customer,
    subscription: (o) => o.parent?.subscription_details?.subscription,
  },
  invoice_payment: { invoice: (o) => o.invoice, intent: (o) => o.payment.payment_intent },
  invoiceitem: { customer: (o) => o.customer },
  payment_intent: { customer: (o) => o.customer },
  payment_method: { customer: (o) => o.customer },
  price: { lookup_key: (o) => o.lookup_key, product: (o) => o.product },
  promotion_code: { code: (o) => o.code.toLowerCase() },
  'radar.early_fraud_warning': { charge: (o) => o.charge },
  refund: { charge: (o) => o.charge, payment_intent: (o) => o.payment_intent },
  subscription: { customer: (o) => o.customer },
  tax_rate: {
    automatic: (o) => (o.active || o.jurisdiction_level !== 'country' ? null : o.country),
  },
};

type Stored = { id: string };
type Shelf = {
  /** Ids in the order in which they came, some of them gone. */
  order: string[];
  place: Map<string, number>;
  by: Map<string, Map<unknown, Set<string>>>;
};

/** Made anew from the objects where a state was loaded; kept beside them, never in the state. */
const shelves = new WeakMap<object, Shelf>();

/** Notes an object as it is now. To be called again after a change of what it is looked up by. */
export function remember<K extends ObjectKind>(
  record: Record<string, Kinds[K]>,
  kind: K,
  object: Kinds[K],
): void {
  const shelf = shelfOf(record, kind);
  if (!shelf.place.has(object.id)) note(shelf, object.id);
  for (const [name, key] of keysOf(kind)) {
    const value = key(object);
    if (value === null || value === undefined) continue;
    const ids = byOf(shelf, name).get(value) ?? new Set<string>();
    byOf(shelf, name).set(value, ids.add(object.id));
  }
}

/** All objects, oldest first. */
export function* ordered<K extends ObjectKind>(
  record: Record<string, Kinds[K]>,
  kind: K,
): Iterable<Kinds[K]> {
  for (const id of shelfOf(record, kind).order) {
    const object = record[id];
    if (object) yield object;
  }
}

/** Newest first, from before or after the one named; null where that one isn't there. */
export function* walk<K extends ObjectKind>(
  record: Record<string, Kinds[K]>,
  kind: K,
  from: { after?: string; before?: string } = {},
): Iterable<Kinds[K]> {
  const { order, place } = shelfOf(record, kind);
  const start = from.after ?? from.before;
  const index = start === undefined ? order.length : (place.get(start) ?? order.length);
  const step = from.before === undefined ? -1 : 1;
  for (let at = index + step; at >= 0 && at < order.length; at += step) {
    const object = record[order[at] ?? ''];
    if (object) yield object;
  }
}

/** Those that the named key finds, oldest first: to be read. */
export function foundBy<K extends ObjectKind>(
  record: Record<string, Kinds[K]>,
  kind: K,
  name: string,
  value: unknown,
): Kinds[K][] {
  const key = keysOf(kind).find(([one]) => one === name)?.[1];
  if (!key) throw new Error(`Objects of kind ${kind} are not looked up by ${name}.`);
  const ids = byOf(shelfOf(record, kind), name).get(value) ?? [];
  return [...ids].flatMap((id) => {
    const object = record[id];
    return object && key(object) === value ? [object] : [];
  });
}

/** To be called after objects were taken away other than one by one. */
export function forget(record: object): void {
  shelves.delete(record);
}

function shelfOf<K extends ObjectKind>(record: Record<string, Kinds[K]>, kind: K): Shelf {
  const known = shelves.get(record);
  if (known) return known;
  const shelf: Shelf = { order: [], place: new Map(), by: new Map() };
  shelves.set(record, shelf);
  for (const object of Object.values(record)) remember(record, kind, object);
  return shelf;
}

function note(shelf: Shelf, id: string): void {
  shelf.place.set(id, shelf.order.length);
  shelf.order.push(id);
}

function byOf(shelf: Shelf, name: string): Map<unknown, Set<string>> {
  const known = shelf.by.get(name);
  if (known) return known;
  const made = new Map<unknown, Set<string>>();
  shelf.by.set(name, made);
  return made;
}

function keysOf<K extends ObjectKind>(kind: K): [string, (object: Kinds[K] & Stored) => unknown][] {
  return Object.entries(KEYS[kind] ?? {}) as [string, (object: Kinds[K]) => unknown][];
}
