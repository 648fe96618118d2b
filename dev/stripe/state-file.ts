import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { emptyState, type State } from './world.ts';

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
  if (state.version !== 1)
    throw new Error(`The Stripe stand-in's state is of another version. ${advice}`);
  // A file of an earlier time lacks the kinds of objects that were added since.
  state.objects = { ...emptyState().objects, ...state.objects };
  for (const [key, kept] of Object.entries(state.idempotency)) {
    if (!kept.answer) delete state.idempotency[key];
  }
  return state;
}

/** Writes the state beside its file and renames it, so that a kill in between leaves the earlier one whole. */
export function saveState(file: string, state: State): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, JSON.stringify(state), { mode: 0o600 });
  renameSync(temporary, file);
}

/** Forgets what Stripe forgets: idempotency keys after a day, events after thirty. `now` in seconds. */
export function prune(state: State, now: number): void {
  for (const [key, kept] of Object.entries(state.idempotency)) {
    if (now - kept.at > 24 * 3600) delete state.idempotency[key];
  }
  const waiting = new Set(state.outbox.map((delivery) => delivery.eventId));
  for (const [id, event] of Object.entries(state.objects.event)) {
    if (now - event.created > 30 * 24 * 3600 && !waiting.has(id)) delete state.objects.event[id];
  }
}
