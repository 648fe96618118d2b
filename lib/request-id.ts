import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

const key = Symbol.for('broadside.request-id');
const shared = globalThis as typeof globalThis & { [key]?: AsyncLocalStorage<string> };

// One a process: the server and Next's bundles are separate module instances.
shared[key] ??= new AsyncLocalStorage();
const current = shared[key];

/** Runs `work`, and all that it awaits or starts, under a request's id: it stands in every line of the log from there. */
export function withRequestId<T>(id: string, work: () => T): T {
  return current.run(id, work);
}

/** The id of the request or job that this code runs for; `null` outside of both. */
export function requestId(): string | null {
  return current.getStore() ?? null;
}

export const newRequestId = (): string => randomUUID();

/**
 * The id of a request that arrives: the `x-request-id` of the operator's own proxy where one stands before us, else a
 * new one. What a stranger or a faulty proxy writes into the header never reaches the log.
 */
export function arrivingRequestId(
  given: string | string[] | undefined,
  trustedProxyHops: number,
): string {
  const trusted = trustedProxyHops > 0 && typeof given === 'string';
  return trusted && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : newRequestId();
}
