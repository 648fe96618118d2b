import { AsyncLocalStorage } from 'node:async_hooks';

/*
 * What the delivery layer and the reads behind a page know of each other. Both live in one process, but Next's bundles are
 * module instances of their own, so it hangs on `globalThis`.
 */

/** A page that is being made: what it shows, and the epoch in which that began. */
type Making = { tags: Set<string>; epoch: number };
type Shared = { making: AsyncLocalStorage<Making>; epoch: number };

const key = Symbol.for('broadside.pages');
const shared = globalThis as typeof globalThis & { [key]?: Shared };

function pages(): Shared {
  shared[key] ??= { making: new AsyncLocalStorage(), epoch: Date.now() };
  return shared[key];
}

/** What a cached read found, the tags under which it is out of date one day, and when it was asked. */
export type Tagged<T> = { value: T; tags: string[]; epoch: number };

/** Runs `work`, and fills `tags` with those of everything that is read for it, as long as it runs. */
export function collectTags<T>(tags: Set<string>, work: () => T): T {
  return pages().making.run({ tags, epoch: pages().epoch }, work);
}

/** Says that the page being made shows what these tags stand for. Outside of a page it says nothing. */
export function noteTags(tags: Iterable<string>): void {
  const page = pages().making.getStore();
  if (page) for (const tag of tags) page.tags.add(tag);
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
 * those that have to be made again costs little. A page has one epoch from its beginning to its end: Next renders twice,
 * and the second time has to find what the first one read.
 */
export function pagesEpoch(): number {
  return pages().making.getStore()?.epoch ?? pages().epoch;
}

/** Begins a new epoch: what is cached from now on was read after the change. */
export function advancePages(): void {
  pages().epoch += 1;
}
