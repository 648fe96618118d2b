const key = Symbol.for('broadside.pages-expired');
const shared = globalThis as typeof globalThis & { [key]?: () => Promise<void> };

/**
 * Waits until every live instance has dropped the pages that were expired by the transactions committed so far, so that
 * who changed something finds it changed wherever the next request ends. Resolves at once where nobody keeps pages.
 */
export async function pagesExpired(): Promise<void> {
  await shared[key]?.();
}

/** Says how to wait for that. One way a process: the server and Next's bundles are separate module instances. */
export function onPagesExpired(everyInstance: () => Promise<void>): void {
  shared[key] = everyInstance;
}
