import { and, eq, gt } from 'drizzle-orm';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { db, pool } from '#db/client.ts';
import { sessions } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';

/** How often something may happen within how many seconds. Kept in PostgreSQL, so every instance counts together. */
const limits = {
  'sign-in to one address': { points: 5, duration: 15 * 60 },
  'sign-in from one network address': { points: 30, duration: 60 * 60 },
  'link tried from one network address': { points: 30, duration: 15 * 60 },
  'checkout from one network address': { points: 30, duration: 10 * 60 },
  'checkout by one person': { points: 20, duration: 10 * 60 },
  // An issue's preview has a page for each of its articles.
  'preview from one network address': { points: 120, duration: 15 * 60 },
  'search from one network address': { points: 60, duration: 60 },
  'search by one person': { points: 60, duration: 60 },
  // Three codes of a million are right at a time: who guesses day and night at this pace needs three years.
  'second factor from one network address': { points: 40, duration: 15 * 60 },
  'second factor by one person': { points: 12, duration: 60 * 60 },
  'invitation to one person': { points: 3, duration: 60 * 60 },
  // A whole office may stand behind one address.
  'upload from one network address': { points: 600, duration: 60 * 60 },
  'upload by one person': { points: 200, duration: 60 * 60 },
} as const;

export type LimitName = keyof typeof limits;

/** `seconds` until it may be tried again; the message says it in minutes. */
export type Counted =
  | Extract<Result<undefined>, { ok: true }>
  | (Failure<'too_many'> & { seconds: number });

/**
 * Counts one use by `key` (an e-mail address, a network address, a user's id) and refuses it over the limit, saying when
 * to come back. A database that is away throws: nothing is let through uncounted.
 */
export async function consume(limit: LimitName, key: string): Promise<Counted> {
  try {
    await limiter(limit).consume(key.slice(0, 200));
    return ok();
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
    const minutes = Math.ceil(seconds / 60);
    const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
    const message = `That was tried too often. Please try again in ${wait}.`;
    return { ...fail('too_many', message), seconds };
  }
}

/**
 * Counts one use of `what` for the network address it comes from, and then for the person who is known to do it. What one
 * address tries in vain doesn't count against the person.
 */
export async function consumeBoth(
  what: 'checkout' | 'search' | 'upload' | 'second factor',
  { address, userId }: { address: string; userId: string | null },
): Promise<Counted> {
  const counted = await consume(`${what} from one network address`, address);
  if (!counted.ok || userId === null) return counted;
  return consume(`${what} by one person`, userId);
}

/** Counts a search by whoever has this session, if any. */
export async function countSearch(address: string, session: string | null): Promise<Counted> {
  const [row] = session
    ? await db()
        .select({ userId: sessions.userId })
        .from(sessions)
        .where(and(eq(sessions.sessionToken, session), gt(sessions.expires, clock.now())))
    : [];
  return consumeBoth('search', { address, userId: row?.userId ?? null });
}

/** Counts a look at a preview link, whatever it opens. */
export function countPreview(address: string): Promise<Counted> {
  return consume('preview from one network address', address);
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
