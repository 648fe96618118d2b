import { StripeFailure } from './errors.ts';
import type { KeptAnswer } from './state.ts';
import type { World } from './world.ts';

const DAY = 24 * 3600;

export type Answered = NonNullable<KeptAnswer['answer']>;

/**
 * The answer kept for a key, or null where the key is new or older than a day: it is then taken for this call, which
 * ends in `keep` or `release`. Refuses other parameters (400) and a key whose first call still runs (409).
 */
export function replayOrTake(world: World, key: string, fingerprint: string): Answered | null {
  const kept = Object.hasOwn(world.state.idempotency, key) ? world.state.idempotency[key] : null;
  if (kept && world.wall() - kept.at < DAY) {
    if (kept.fingerprint !== fingerprint) throw conflict(key);
    if (!kept.answer) throw inUse(key);
    return kept.answer;
  }
  world.state.idempotency[key] = { fingerprint, at: world.wall(), answer: null };
  return null;
}

export function keep(world: World, key: string, answer: Answered): void {
  const taken = world.state.idempotency[key];
  if (taken) taken.answer = answer;
}

export function release(world: World, key: string): void {
  delete world.state.idempotency[key];
}

function conflict(key: string): StripeFailure {
  return new StripeFailure(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });
}

function inUse(key: string): StripeFailure {
  return new StripeFailure(409, {
    type: 'idempotency_error',
    code: 'idempotency_key_in_use',
    message: `There is currently another in-progress request using this Stripe-Key ${key}.`,
  });
}
