import { setTimeout as wait } from 'node:timers/promises';

/** Waits until something holds; what it throws while a server is away counts as not yet. */
export async function until(
  holds: () => Promise<boolean>,
  what: string,
  seconds = 60,
): Promise<void> {
  let last: unknown = 'no';
  for (const deadline = Date.now() + seconds * 1000; Date.now() < deadline; await wait(50)) {
    try {
      if (await holds()) return;
    } catch (error) {
      last = error;
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw new Error(`Waited ${seconds} s for ${what}`, { cause: last });
}
