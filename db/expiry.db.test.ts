import { setTimeout as wait } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { onPagesExpired, pagesExpired } from '#lib/expiry.ts';
import { db, pool } from './client.ts';
import { expirationsSince, expirePages, expiryChannel } from './expiry.ts';
import { useDatabase } from './testing.ts';

useDatabase();

const clients: PoolClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.release(true);
});

/** A connection of its own, beside the pool's others. */
async function connection(): Promise<PoolClient> {
  const client = await pool().connect();
  clients.push(client);
  return client;
}

/** What is expired on a connection by hand: as `expirePages` does it, in a transaction that the test holds open. */
const write = 'insert into page_expirations (tags) values (array[$1]) returning id::text as id';

const expire = (...tags: string[]) => db().transaction((tx) => expirePages(tx, tags));
/** A horizon from which nothing is read: transactions of other databases on this server may hold it back for a moment. */
const firstLook = () =>
  vi.waitFor(async () => {
    const { horizon, expirations } = await expirationsSince(null);
    expect(expirations).toEqual([]);
    expect(await tagsSince(horizon)).toEqual([]);
    return horizon;
  });
const tagsSince = async (horizon: string | null) =>
  (await expirationsSince(horizon)).expirations.map(({ tags }) => tags);

describe('what expired', () => {
  test('is read from the first look on, each tag once, in the order in which it was written, and no longer', async () => {
    await expire('before');
    const horizon = await firstLook();
    await expire('b', 'a', 'b');
    await expire('c');
    const next = await expirationsSince(horizon);
    expect(next.expirations).toEqual([
      { id: expect.stringMatching(/^\d+$/), tags: ['b', 'a'], age: expect.any(Number) },
      { id: expect.stringMatching(/^\d+$/), tags: ['c'], age: expect.any(Number) },
    ]);
    await vi.waitFor(async () => {
      const { horizon: now } = await expirationsSince(next.horizon);
      expect(await tagsSince(now)).toEqual([]);
    });
  });

  test('is nothing where there is no tag', async () => {
    const { horizon } = await expirationsSince(null);
    await expire();
    expect(await tagsSince(horizon)).toEqual([]);
  });

  test('is nothing where the change was rolled back', async () => {
    const { horizon } = await expirationsSince(null);
    const change = db().transaction(async (tx) => {
      await expirePages(tx, ['undone']);
      throw new Error('no');
    });
    await expect(change).rejects.toThrow('no');
    expect(await tagsSince(horizon)).toEqual([]);
  });

  test('is not missed where its transaction began before the last look and committed after it', async () => {
    const { horizon } = await expirationsSince(null);
    const late = await connection();
    await late.query('begin');
    const { rows } = await late.query<{ id: string }>(write, ['late']);
    await expire('early');
    const look = await expirationsSince(horizon);
    expect(look.expirations.map(({ tags }) => tags)).toEqual([['early']]);
    expect(Number(rows[0]?.id)).toBeLessThan(Number(look.expirations[0]?.id));
    await late.query('commit');
    const { expirations } = await expirationsSince(look.horizon);
    expect(expirations).toContainEqual(
      expect.objectContaining({ id: rows[0]?.id, tags: ['late'] }),
    );
  });

  test('is not missed where its transaction has no number yet at the last look', async () => {
    const late = await connection();
    await late.query('begin');
    await late.query('select 1');
    const { horizon } = await expirationsSince(null);
    await late.query(write, ['late']);
    await late.query('commit');
    expect(await tagsSince(horizon)).toEqual([['late']]);
  });
});

test('who listens is told at the commit, once, and not before or of what was rolled back', async () => {
  const listener = await connection();
  const heard: string[] = [];
  listener.on('notification', ({ channel }) => heard.push(channel));
  await listener.query(`listen ${expiryChannel}`);
  await db()
    .transaction(async (tx) => {
      await expirePages(tx, ['undone']);
      throw new Error('no');
    })
    .catch(() => {});
  await db().transaction(async (tx) => {
    await expirePages(tx, ['a']);
    await expirePages(tx, ['b']);
    // A listener hears at its next word with the server, at the latest.
    await listener.query('select 1');
    await wait(100);
    expect(heard).toEqual([]);
  });
  await vi.waitUntil(() => heard.length > 0, { timeout: 5_000, interval: 5 });
  await listener.query('select 1');
  expect(heard).toEqual([expiryChannel]);
});

test('who waits for the instances waits as they say, and for nothing where nobody keeps pages', async () => {
  await pagesExpired();
  let dropped = false;
  onPagesExpired(async () => {
    await wait(20);
    dropped = true;
  });
  await pagesExpired();
  expect(dropped).toBe(true);
});
