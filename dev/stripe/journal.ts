import { StripeFailure } from './errors.ts';

type Records = Record<string, unknown>;

/** What stood in the records that a call has touched, and how long the outbox was. */
export type Journal = { before: Map<Records, Map<string, unknown>>; outbox: number };

type Undoable = { journals: Journal[]; state: { outbox: unknown[] } };

/** Notes what stands at `id` before it may be changed; nothing where no call runs. */
export function touch(journals: readonly Journal[], record: Records, id: string): void {
  for (const { before } of journals) {
    const noted = before.get(record) ?? new Map<string, unknown>();
    if (noted.has(id)) continue;
    before.set(record, noted);
    noted.set(id, Object.hasOwn(record, id) ? structuredClone(record[id]) : undefined);
  }
}

/**
 * Does the work whole or not at all: what it changed is undone where it throws, but for a failure that says otherwise.
 * It must not wait for anything.
 */
export function wholly<T>(world: Undoable, work: () => T): T {
  return recorded(world, work, false);
}

/** Does the work and undoes it: what would be. */
export function imagined<T>(world: Undoable, work: () => T): T {
  return recorded(world, work, true);
}

function recorded<T>(world: Undoable, work: () => T, always: boolean): T {
  const journal: Journal = { before: new Map(), outbox: world.state.outbox.length };
  world.journals.push(journal);
  let done = false;
  try {
    const result = work();
    done = !always;
    return result;
  } catch (error) {
    done = error instanceof StripeFailure && error.keeps && !always;
    throw error;
  } finally {
    world.journals.splice(world.journals.indexOf(journal), 1);
    if (!done) undo(world, journal);
  }
}

/** The object that others may hold, as it was before. */
function restored(held: unknown, before: unknown): unknown {
  if (typeof held !== 'object' || held === null || typeof before !== 'object') return before;
  for (const key of Object.keys(held)) delete (held as Records)[key];
  return Object.assign(held, before);
}

/** Appointments made meanwhile stay in the agenda: they find nothing to do. */
function undo(world: Undoable, { before, outbox }: Journal): void {
  for (const [record, noted] of before) {
    for (const [id, value] of noted) {
      if (value === undefined) delete record[id];
      else record[id] = restored(record[id], value);
    }
  }
  world.state.outbox.splice(outbox);
}
