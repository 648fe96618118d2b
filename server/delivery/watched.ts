import type { IncomingMessage, ServerResponse } from 'node:http';
import { arrivingRequestId, withRequestId } from '#lib/request-id.ts';
import { inTraceOf, traced } from '../watch/tracing.ts';

export type Watched = <T>(
  request: IncomingMessage,
  response: ServerResponse,
  work: () => Promise<T>,
) => Promise<T>;

/**
 * Runs what answers a request under an id of its own, which stands in the answer, in the log and in the jobs that follow,
 * and as a part of the trace that the operator's proxy began.
 */
export function watching(trustedProxyHops: number): Watched {
  return (request, response, work) => {
    const { headers } = request;
    const id = arrivingRequestId(headers['x-request-id'], trustedProxyHops);
    response.setHeader('x-request-id', id);
    return withRequestId(id, () =>
      inTraceOf(headers.traceparent, trustedProxyHops, () => traced('request', {}, work)),
    );
  };
}
