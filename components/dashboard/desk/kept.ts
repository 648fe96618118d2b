import { delMany, entries, set } from 'idb-keyval';
import type { Snapshot } from '#components/dashboard/desk/saver.ts';

/** Words that the server may not have yet. One entry for each person, article and window. */
export type Kept = {
  userId: string;
  articleId: string;
  windowName: string;
  /** The version that they were written on. */
  version: number;
  snapshot: Snapshot;
};

const prefix = 'unsent words';
const keyOf = (kept: Pick<Kept, 'userId' | 'articleId' | 'windowName'>) =>
  [prefix, kept.userId, kept.articleId, kept.windowName].join(' ');

export async function keepWords(kept: Kept): Promise<void> {
  await set(keyOf(kept), kept);
}

export async function forgetWords(
  kept: Pick<Kept, 'userId' | 'articleId' | 'windowName'>,
): Promise<void> {
  await delMany([keyOf(kept)]);
}

/**
 * A person's words in this browser that no open window is about to send. What somebody else left here, who used this browser
 * before, is removed without being read.
 */
export async function findWords(userId: string, articleId: string, own: string): Promise<Kept[]> {
  const all = (await entries<string, Kept>()).filter(([key]) => String(key).startsWith(prefix));
  await delMany(all.filter(([, kept]) => kept.userId !== userId).map(([key]) => key));
  const open = await openWindows();
  return all
    .map(([, kept]) => kept)
    .filter((kept) => kept.userId === userId && kept.articleId === articleId)
    .filter(({ windowName }) => windowName === own || !open.has(windowName));
}

const lockOf = (name: string) => `window ${name}`;
let named: Promise<string> | undefined;

/**
 * This window's name: the same after it was loaded again, another in a copy of it. Where the browser has no locks, which
 * tell a copy from the original, each load has a name of its own.
 */
export function windowName(): Promise<string> {
  named ??= (async () => {
    const item = 'broadside window';
    const before = sessionStorage.getItem(item);
    if (before && (await claim(before))) return before;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const name = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    await claim(name);
    sessionStorage.setItem(item, name);
    return name;
  })();
  return named;
}

/** Holds a name for as long as this window is open; `false` where another one does. */
function claim(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(false);
  return new Promise((answer) => {
    const held = navigator.locks.request(lockOf(name), { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock ? new Promise<void>(() => {}) : undefined;
    });
    held.catch(() => answer(false));
  });
}

async function openWindows(): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = held.flatMap(({ name }) => (name?.startsWith(lockOf('')) ? name : []));
  return new Set(names.map((name) => name.slice(lockOf('').length)));
}
