import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import inject from 'light-my-request';

const internal = Symbol.for('broadside.internal');
const shared = globalThis as typeof globalThis & { [internal]?: string };

export type ExpireTags = (tags: string[]) => Promise<void>;

/**
 * A way to drop cached pages from outside a request: asks Next's own handler in this process. The secret that the route
 * wants is made here, anew in each process.
 */
export function expirer(handler: RequestListener): ExpireTags {
  shared[internal] = randomUUID();
  return async (tags) => {
    if (tags.length === 0) return;
    const answer = await inject(handler, {
      method: 'POST',
      url: '/api/internal/expire',
      headers: {
        'x-broadside-internal': shared[internal] ?? '',
        'content-type': 'application/json',
      },
      payload: JSON.stringify({ tags }),
    });
    if (answer.statusCode !== 200)
      throw new Error(`Pages could not be expired: ${answer.statusCode}`);
  };
}
