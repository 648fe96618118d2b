import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { missingObject } from './errors.ts';
import { foundBy, ordered, remember } from './indexes.ts';
import { type Journal, touch } from './journal.ts';
import type { ObjectKind } from './schemas/served.ts';
import type { Drawers, Kinds, SessionBackstage, State } from './state.ts';

export type World = {
  state: State;
  publicOrigin: string;
  /** Seconds since the epoch: on the virtual clock, or at the moment that is being caught up with. */
  now(): number;
  /** Seconds on the virtual clock, whatever is being caught up with: what webhooks go by. */
  wall(): number;
  /** The moment being caught up with, or the time of the test clock that a call is about; null is the present. */
  moment: number | null;
  /** What caused the events of the moment: an API request, or null for Stripe itself and the hosted pages. */
  cause: Stripe.Event.Request | null;
  /** What the running call has changed so far, to be undone where it is refused; innermost last. */
  journals: Journal[];
  webhookDelay(): number;
  apiVersion: string;
};

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
  const record = recordOf(world, kind);
  touch(world.journals, record, stored.id);
  record[stored.id] = stored;
  remember(record, kind, stored);
  return stored;
}

/** The stored object, on which changes may be made, or null. */
export function find<K extends ObjectKind>(world: World, kind: K, id: string): Kinds[K] | null {
  const record = recordOf(world, kind);
  if (!Object.hasOwn(record, id)) return null;
  touch(world.journals, record, id);
  return record[id] ?? null;
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

/** A customer on whom changes may be made; null for one who was deleted, or never was. */
export function findCustomer(
  world: World,
  customer: string | { id: string } | null | undefined,
): Stripe.Customer | null {
  const id = idOf(customer);
  const found = id === null ? null : find(world, 'customer', id);
  return found && !('deleted' in found) ? found : null;
}

/** Takes an object away for good. */
export function remove<K extends ObjectKind>(world: World, kind: K, id: string): void {
  const record = recordOf(world, kind);
  touch(world.journals, record, id);
  delete record[id];
}

/** All objects of a kind, newest first: to be read. To change one, find it by its id. */
export function all<K extends ObjectKind>(world: World, kind: K): Kinds[K][] {
  return [...ordered(recordOf(world, kind), kind)].reverse();
}

/** Those that a key of `indexes.ts` finds, oldest first: to be read. To change one, find it by its id. */
export function findBy<K extends ObjectKind>(
  world: World,
  kind: K,
  name: string,
  value: unknown,
): Kinds[K][] {
  return foundBy(recordOf(world, kind), kind, name, value);
}

/** Notes what an object is looked up by, after a change of it. */
export function reindex<K extends ObjectKind>(world: World, kind: K, object: Kinds[K]): void {
  remember(recordOf(world, kind), kind, object);
}

/** What is kept beside an object, on which changes may be made, or null. */
export function drawer<D extends keyof Drawers>(
  world: World,
  name: D,
  id: string,
): Drawers[D] | null {
  const record = world.state.drawers[name] as Record<string, Drawers[D]>;
  if (!Object.hasOwn(record, id)) return null;
  touch(world.journals, record, id);
  return record[id] ?? null;
}

/** Keeps something beside an object; null takes it away. */
export function fill<D extends keyof Drawers>(
  world: World,
  name: D,
  id: string,
  content: Drawers[D] | null,
): void {
  const record = world.state.drawers[name] as Record<string, Drawers[D]>;
  touch(world.journals, record, id);
  if (content) record[id] = content;
  else delete record[id];
}

export function backstageOf(world: World, sessionId: string): SessionBackstage {
  const found = drawer(world, 'session', sessionId);
  if (!found) throw new Error(`Session ${sessionId} has no backstage.`);
  return found;
}

/** Does the work at another time than the present. */
export function atMoment<T>(world: World, moment: number | null, work: () => T): T {
  const before = world.moment;
  world.moment = moment;
  try {
    return work();
  } finally {
    world.moment = before;
  }
}

/** A deep copy as JSON carries it. */
export function wire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The id of what may be expanded, or null. */
export function idOf(value: string | { id: string } | null | undefined): string | null {
  return typeof value === 'object' ? (value?.id ?? null) : (value ?? null);
}

function recordOf<K extends ObjectKind>(world: World, kind: K): Record<string, Kinds[K]> {
  return world.state.objects[kind] as Record<string, Kinds[K]>;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
