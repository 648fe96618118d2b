import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { closeDatabase, connect, db, pool } from '#db/client.ts';
import { sessions, verificationTokens } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { sweepSignIn } from './commands.ts';
import { consume, consumeBoth, countSearch } from './limits.ts';

useDatabase();

const start = new Date('2031-03-01T10:00:00Z');
const later = (seconds: number) => vi.setSystemTime(start.getTime() + seconds * 1_000);
// Only the time of day: timers have to go on for the connection to the database.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: start }));
afterEach(() => vi.useRealTimers());

const limit = 'sign-in to one address';
const seconds = 15 * 60;

/** How many of so many uses in a row are let through. */
async function letThrough(uses: number, key: string): Promise<number> {
  let count = 0;
  for (let use = 0; use < uses; use += 1) if ((await consume(limit, key)).ok) count += 1;
  return count;
}

describe('a limit', () => {
  test('lets so many through, then none, and says when to come back', async () => {
    expect(await letThrough(5, 'ann@example.org')).toBe(5);
    expect(await consume(limit, 'ann@example.org')).toEqual({
      ok: false,
      reason: 'too_many',
      message: 'That was tried too often. Please try again in 15 minutes.',
      seconds,
    });
    later(seconds - 61);
    expect(await consume(limit, 'ann@example.org')).toMatchObject({
      message: 'That was tried too often. Please try again in 2 minutes.',
    });
    later(seconds - 30);
    expect(await consume(limit, 'ann@example.org')).toMatchObject({
      message: 'That was tried too often. Please try again in a minute.',
    });
  });

  test('counts each key and each limit for itself', async () => {
    await letThrough(6, 'ann@example.org');
    expect((await consume(limit, 'bo@example.org')).ok).toBe(true);
    expect((await consume(limit, 'ann@example.org')).ok).toBe(false);
    for (let use = 0; use < 6; use += 1) {
      expect((await consume('search from one network address', 'cy')).ok).toBe(true);
    }
    expect((await consume(limit, 'cy')).ok).toBe(true);
  });

  test('begins anew when its time is over, not before, however often it was tried', async () => {
    await letThrough(3, 'ann@example.org');
    later(seconds / 2);
    expect(await letThrough(10, 'ann@example.org')).toBe(2);
    later(seconds - 1);
    expect(await letThrough(1, 'ann@example.org')).toBe(0);
    later(seconds + 1);
    expect(await letThrough(6, 'ann@example.org')).toBe(5);
  });

  test('lets no more through when all come at once', async () => {
    const tries = Array.from({ length: 20 }, () => consume(limit, 'ann@example.org'));
    expect((await Promise.all(tries)).filter(({ ok }) => ok)).toHaveLength(5);
  });

  test('is counted in the database, by every process together', async () => {
    expect(await letThrough(4, 'ann@example.org')).toBe(4);
    const url = pool().options.connectionString ?? '';
    await closeDatabase();
    connect(url);
    expect(await letThrough(4, 'ann@example.org')).toBe(1);
  });

  test('takes keys of any length', async () => {
    const long = 'x'.repeat(10_000);
    expect(await letThrough(6, long)).toBe(5);
    expect((await consume('sign-in from one network address', long)).ok).toBe(true);
  });

  test('lets nothing through uncounted', async () => {
    await db().execute(sql`alter table rate_limits rename to away`);
    await expect(consume(limit, 'ann@example.org')).rejects.toThrow();
    await db().execute(sql`alter table away rename to rate_limits`);
  });
});

describe('a limit for a network address and for a person', () => {
  const begins = async (uses: number, address: string, userId: string | null) => {
    let count = 0;
    for (let use = 0; use < uses; use += 1)
      if ((await consumeBoth('checkout', { address, userId })).ok) count += 1;
    return count;
  };

  test('holds the person, from however many addresses they come', async () => {
    let count = 0;
    for (let n = 0; n < 25; n += 1) count += await begins(1, `192.0.2.${n}`, 'ann');
    expect(count).toBe(20);
    expect(await begins(1, '192.0.2.1', 'bo')).toBe(1);
  });

  test('holds the address, however many people it claims to be', async () => {
    let count = 0;
    for (let n = 0; n < 35; n += 1) count += await begins(1, '192.0.2.1', n % 2 ? `p${n}` : null);
    expect(count).toBe(30);
    expect(await begins(1, '192.0.2.2', null)).toBe(1);
  });

  test('doesn’t count against a person what an address tried in vain', async () => {
    expect(await begins(30, '192.0.2.1', null)).toBe(30);
    expect(await begins(50, '192.0.2.1', 'ann')).toBe(0);
    expect(await begins(20, '192.0.2.2', 'ann')).toBe(20);
  });
});

describe('searching', () => {
  const searches = async (uses: number, session: string | null) => {
    let count = 0;
    for (let n = 0; n < uses; n += 1)
      if ((await countSearch(`10.0.0.${n}`, session)).ok) count += 1;
    return count;
  };

  test('is counted by person, over all their sessions and addresses', async () => {
    const { userId } = await aPerson();
    const expires = new Date(start.getTime() + 1000);
    const own = ['one', 'two'].map((sessionToken) => ({ sessionToken, userId, expires }));
    await db().insert(sessions).values(own);
    expect(await searches(40, 'one')).toBe(40);
    expect(await searches(40, 'two')).toBe(20);
    expect(await countSearch('10.0.1.1', 'two')).toMatchObject({ ok: false, seconds: 60 });
  });

  test('with a session that is over or made up counts for the network address alone', async () => {
    const { userId } = await aPerson();
    await db().insert(sessions).values({ sessionToken: 'over', userId, expires: start });
    for (const session of ['over', 'made-up', null]) expect(await searches(61, session)).toBe(61);
    for (let n = 0; n < 57; n += 1) await countSearch('10.0.0.1', 'made-up');
    expect((await countSearch('10.0.0.1', 'made-up-too')).ok).toBe(false);
  });
});

test('the sweep takes away what is over, and nothing that still counts', async () => {
  const { userId } = await aPerson();
  const [over, valid] = [new Date(start.getTime() - 1), new Date(start.getTime() + 1)];
  await db()
    .insert(sessions)
    .values([
      { sessionToken: 'over', userId, expires: over },
      { sessionToken: 'valid', userId, expires: valid },
    ]);
  await db()
    .insert(verificationTokens)
    .values([
      { identifier: 'ann@example.org', token: 'over', expires: over },
      { identifier: 'ann@example.org', token: 'valid', expires: valid },
    ]);
  await letThrough(5, 'ann@example.org');
  await sweepSignIn();
  expect(await db().select().from(sessions)).toMatchObject([{ sessionToken: 'valid' }]);
  expect(await db().select().from(verificationTokens)).toMatchObject([{ token: 'valid' }]);
  expect(await letThrough(1, 'ann@example.org')).toBe(0);
  later(seconds + 1);
  await sweepSignIn();
  const { rows } = await db().execute(sql`select * from rate_limits`);
  expect(rows).toEqual([]);
  expect(await db().select().from(sessions)).toEqual([]);
});
