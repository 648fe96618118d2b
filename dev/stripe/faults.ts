import { StripeFailure } from './errors.ts';

/**
 * A fault of the API. `429`, `500` and `409` answer so without doing anything; `slow` waits, then does it; the last
 * two break the connection: `answer_lost` after the change was made, `network` before.
 */
export type ApiFault = {
  /** Method and path, as `POST /v1/refunds` or `GET /v1/checkout/sessions/:id`; `*` for every call. */
  match: string;
  /** How many calls it strikes; one without it. */
  times?: number;
  kind: '429' | '500' | '409' | 'slow' | 'answer_lost' | 'network';
  /** For `slow`: milliseconds of real time, 500 without it. */
  milliseconds?: number;
};

/** The next fault that strikes this call, counted down; null when none does. */
export function takeFault(faults: ApiFault[], method: string, path: string): ApiFault | null {
  const index = faults.findIndex((fault) => strikes(fault.match, method, path));
  const fault = faults[index];
  if (!fault) return null;
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times <= 0) faults.splice(index, 1);
  return fault;
}

/** The failure that stands for a refusing fault. */
export function faultFailure(kind: '429' | '500' | '409'): StripeFailure {
  switch (kind) {
    case '429':
      return new StripeFailure(429, {
        type: 'invalid_request_error',
        code: 'rate_limit',
        message: 'Request rate limit exceeded. (Stand-in fault.)',
      });
    case '500':
      return new StripeFailure(500, {
        type: 'api_error',
        message: 'An unknown error occurred. (Stand-in fault.)',
      });
    case '409':
      return new StripeFailure(409, {
        type: 'invalid_request_error',
        code: 'lock_timeout',
        message: 'This object cannot be accessed right now. (Stand-in fault.)',
      });
  }
}

/** What a caller sees when the connection breaks; the host turns it into a closed socket. */
export class ConnectionLost extends TypeError {
  constructor() {
    super('fetch failed (stand-in fault: the connection broke)');
    this.name = 'ConnectionLost';
  }
}

function strikes(match: string, method: string, path: string): boolean {
  if (match === '*') return true;
  const pattern = match
    .split(/(:[a-z]+|\*)/)
    .map((part) =>
      /^(:[a-z]+|\*)$/.test(part) ? '[^/]+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${pattern}$`).test(`${method} ${path}`);
}
