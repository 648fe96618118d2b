import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { forget } from './indexes.ts';
import { emptyState, STATE_VERSION, type State } from './state.ts';

/** The state of an earlier run, or an empty one. Throws when the file can't be understood, with what to do. */
export function loadState(file: string | undefined, seed: string | undefined): State {
  if (file === undefined || !existsSync(file)) return emptyState(seed);
  const advice = `Remove ${file} to start afresh: earlier stand-in payments are then unknown.`;
  let state: State;
  try {
    state = JSON.parse(readFileSync(file, 'utf8')) as State;
  } catch (error) {
    throw new Error(`The Stripe stand-in's state is damaged. ${advice}`, { cause: error });
  }
  if ((state.version as number) === 1) state = ofVersionOne(state as unknown as FirstState);
  if (state.version !== STATE_VERSION)
    throw new Error(`The Stripe stand-in's state is of another version. ${advice}`);
  // A file of an earlier time lacks the kinds of objects that were added since.
  const empty = emptyState();
  state.objects = { ...empty.objects, ...state.objects };
  state.drawers = { ...empty.drawers, ...state.drawers };
  for (const [key, kept] of Object.entries(state.idempotency)) {
    if (!kept.answer) delete state.idempotency[key];
  }
  return state;
}

/** What version 1, which knew one-time payments alone, kept otherwise. */
type FirstState = Omit<State, 'version' | 'drawers' | 'agenda'> & {
  backstage: Record<string, State['drawers']['session'][string] & { debit: FirstDebit | null }>;
};
type FirstDebit = { outcome: 'succeeds' | 'fails'; at: number };

function ofVersionOne({ backstage, ...first }: FirstState): State {
  const state: State = { ...emptyState(first.seed), ...first, version: STATE_VERSION };
  const own: State['agenda'][string] = [];
  for (const [id, { debit, ...session }] of Object.entries(backstage)) {
    state.drawers.session[id] = session;
    const found = state.objects['checkout.session'][id];
    if (found?.status === 'open') {
      own.push({ at: found.expires_at, task: 'session', id, clock: null, nth: own.length });
    }
    const intent = debit && found ? String(found.payment_intent) : null;
    if (!debit || intent === null) continue;
    state.drawers.debit[intent] = { ...debit, session: id };
    own.push({ at: debit.at, task: 'debit', id: intent, clock: null, nth: own.length });
  }
  state.appointed = own.length;
  state.agenda = { own: own.sort((a, b) => a.at - b.at) };
  return state;
}

/** Writes the state beside its file and renames it, so that a kill in between leaves the earlier one whole. */
export function saveState(file: string, state: State): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(state), { mode: 0o600 });
  renameSync(temporary, file);
}

/** When each state was last gone through, in seconds. */
const pruned = new WeakMap<State, number>();

/** Prunes once an hour and no more, however much happens in it. */
export function pruneNowAndThen(state: State, now: number): void {
  const last = pruned.get(state);
  if (last !== undefined && now - last < 3600) return;
  pruned.set(state, now);
  prune(state, now);
}

/** Forgets what Stripe forgets: idempotency keys after a day, events after thirty, portal sessions. `now` in seconds. */
function prune(state: State, now: number): void {
  for (const [key, kept] of Object.entries(state.idempotency)) {
    if (now - kept.at > 24 * 3600) delete state.idempotency[key];
  }
  const waiting = new Set(state.outbox.map((delivery) => delivery.eventId));
  const events = Object.entries(state.objects.event);
  const old = events.filter(
    ([id, event]) => now - event.created > 30 * 24 * 3600 && !waiting.has(id),
  );
  for (const [id] of old) delete state.objects.event[id];
  if (old.length) forget(state.objects.event);
  for (const [id, { until }] of Object.entries(state.drawers.portal)) {
    if (until > now) continue;
    delete state.drawers.portal[id];
    delete state.objects['billing_portal.session'][id];
  }
}
