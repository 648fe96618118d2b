import { AsyncLocalStorage } from 'node:async_hooks';

/*
 * What the delivery layer and the reads behind a page know of each other. Both live in one process, but Next's bundles are
 * module instances of their own, so it hangs on `globalThis`.
 */

type Shared = { collecting: AsyncLocalStorage<Set<string>>; epoch: number };

const key = Symbol.for('broadside.pages');
const shared = globalThis as typeof globalThis & { [key]?: Shared };

function pages(): Shared {
  shared[key] ??= { collecting: new AsyncLocalStorage(), epoch: Date.now() };
  return shared[key];
}

/** What a cached read found, the tags under which it is out of date one day, and when it was asked. */
export type Tagged<T> = { value: T; tags: string[]; epoch: number };

/** Runs `work`, and fills `tags` with those of everything that is read for it, as long as it runs. */
export function collectTags<T>(tags: Set<string>, work: () => T): T {
  return pages().collecting.run(tags, work);
}

/** Says that the page being made shows what these tags stand for. Outside of a page it says nothing. */
export function noteTags(tags: Iterable<string>): void {
  const collected = pages().collecting.getStore();
  if (collected) for (const tag of tags) collected.add(tag);
}

/** Takes a cached read's value, and notes its tags for the page that shows it. */
export async function noted<T>(read: Promise<Tagged<T>>): Promise<T> {
  const { value, tags } = await read;
  noteTags(tags);
  return value;
}

/**
 * A number that belongs into the key of every cached read. It changes whenever anything public does, so that a page made
 * after a change can't share a read that began before it. Pages themselves are kept by tag; to read a few rows anew for
 * those that have to be made again costs little.
 */
export function pagesEpoch(): number {
  return pages().epoch;
}

/** Begins a new epoch: what is cached from now on was read after the change. */
export function advancePages(): void {
  pages().epoch += 1;
}
