import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { pool } from '#db/client.ts';
import { fail, ok, type Result } from '#lib/result.ts';

/** How often something may happen within how many seconds. Kept in PostgreSQL, so every instance counts together. */
const limits = {
  'sign-in to one address': { points: 5, duration: 15 * 60 },
  'sign-in from one network address': { points: 30, duration: 60 * 60 },
  'link tried from one network address': { points: 30, duration: 15 * 60 },
  'checkout from one network address': { points: 30, duration: 10 * 60 },
  'search from one network address': { points: 60, duration: 60 },
  'upload by one person': { points: 200, duration: 60 * 60 },
} as const;

export type LimitName = keyof typeof limits;

/**
 * Counts one use by `key` (an e-mail address, a network address, a user's id) and refuses it over the limit, saying in
 * minutes when to come back. A database that is away throws: nothing is let through uncounted.
 */
export async function consume(
  limit: LimitName,
  key: string,
): Promise<Result<undefined, 'too_many'>> {
  try {
    await limiter(limit).consume(key.slice(0, 200));
    return ok();
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const minutes = Math.max(1, Math.ceil(refused.msBeforeNext / 60_000));
    const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
    return fail('too_many', `That was tried too often. Please try again in ${wait}.`);
  }
}

const limiters = new Map<LimitName, { pool: unknown; limiter: RateLimiterPostgres }>();

/** One counter a limit, as long as the pool under it stays the same. */
function limiter(limit: LimitName): RateLimiterPostgres {
  const current = pool();
  const known = limiters.get(limit);
  if (known?.pool === current) return known.limiter;
  const made = new RateLimiterPostgres({
    ...limits[limit],
    storeClient: current,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: limit,
    clearExpiredByTimeout: false,
  });
  limiters.set(limit, { pool: current, limiter: made });
  return made;
}
