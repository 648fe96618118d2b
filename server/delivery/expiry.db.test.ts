import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { db, pool } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { useDatabase } from '#db/testing.ts';
import { type Expiry, followExpiry } from './expiry.ts';

useDatabase();

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const url = () => pool().options.connectionString ?? '';
const publish = (...tags: string[]) => db().transaction((tx) => expirePages(tx, tags));

/** An instance that notes what it drops and what it logs. */
async function anInstance() {
  const dropped: string[] = [];
  const logged: { msg: string }[] = [];
  const expire = vi.fn((tags: string[]) => void dropped.push(...tags));
  const log = pino({ level: 'warn' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const expiry = await followExpiry({ url: url(), expire, log });
  closing.push(expiry.close);
  return Object.assign(expiry, { dropped, logged, expire });
}

/** Ends the listeners, as the database does when it restarts, and answers how many there were. */
async function breakLines(): Promise<number> {
  const { rowCount } = await pool().query(breaking);
  return rowCount ?? 0;
}
const lines = `from pg_stat_activity
  where application_name = 'broadside listening' and datname = current_database()`;
const breaking = `select pg_terminate_backend(pid, 5000) ${lines}`;

/** Until its line stands, an instance asks before it serves. */
const stands = (expiry: Expiry) =>
  vi.waitFor(() => expect(expiry.sure()).toBeNull(), { timeout: 5_000, interval: 20 });

describe('what one transaction expires', () => {
  test('is dropped by every instance, once, within a second', async () => {
    const [a, b] = [await anInstance(), await anInstance()];
    const began = Date.now();
    await publish('article:x', 'home');
    await vi.waitFor(() => {
      for (const { dropped } of [a, b]) expect(dropped).toEqual(['article:x', 'home']);
    });
    expect(Date.now() - began).toBeLessThan(1_000);
    await publish('article:y');
    await vi.waitFor(() => {
      for (const { dropped } of [a, b]) expect(dropped.slice(2)).toEqual(['article:y']);
    });
  });

  test('before an instance began is none of its concern', async () => {
    await publish('old');
    const a = await anInstance();
    await publish('new');
    await vi.waitFor(() => expect(a.dropped).toContain('new'));
  });

  test('is dropped only once it is there: nothing before the commit, and nothing of what is undone', async () => {
    const a = await anInstance();
    await expect(
      db().transaction(async (tx) => {
        await expirePages(tx, ['undone']);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await db().transaction(async (tx) => {
      await expirePages(tx, ['late']);
      await publish('meanwhile');
      await vi.waitFor(() => expect(a.dropped).toContain('meanwhile'));
      expect(a.dropped).not.toContain('late');
    });
    await vi.waitFor(() => expect(a.dropped).toContain('late'));
    expect(a.dropped).not.toContain('undone');
    expect(a.dropped.filter((tag) => tag === 'meanwhile')).toHaveLength(1);
  });

  test('has been dropped everywhere when everyInstance() resolves', async () => {
    const [a, b] = [await anInstance(), await anInstance()];
    for (let round = 0; round < 20; round += 1) {
      await publish(`round ${round}`);
      await (round % 2 ? a : b).everyInstance();
      for (const { dropped } of [a, b]) expect(dropped.at(-1)).toBe(`round ${round}`);
    }
    expect([...a.logged, ...b.logged]).toEqual([]);
  });
});

describe('while the line is down', () => {
  test('nothing is lost, and nothing is served before it is known what expired', async () => {
    const a = await anInstance();
    expect(a.sure()).toBeNull();
    for (let round = 0; round < 5; round += 1) {
      const during = breakLines();
      await publish(`during ${round}`);
      expect(await during).toBe(1);
      await publish(`after ${round}`);
      await vi.waitFor(() => expect(a.logged.length).toBe(round + 1), { interval: 1 });
      // From here on the instance knows that its line is gone, or has it back and has caught up.
      await a.sure();
      expect(a.dropped).toEqual(expect.arrayContaining([`during ${round}`, `after ${round}`]));
      await stands(a);
    }
    expect(new Set(a.dropped).size).toBe(a.dropped.length);
    await publish('again');
    await vi.waitFor(() => expect(a.dropped).toContain('again'));
  });

  test('everyInstance() waits until an instance that could not ask does so again', async () => {
    const [a, b] = [await anInstance(), await anInstance()];
    await wait(1_000);
    expect(await breakLines()).toBe(2);
    await publish('x');
    const began = Date.now();
    await a.everyInstance();
    expect(Date.now() - began).toBeGreaterThan(800);
    await b.sure();
    expect(b.dropped).toContain('x');
    // So it does where both lines have only just come back.
    await wait(1_000);
    expect(await breakLines()).toBe(2);
    await Promise.all([stands(a), stands(b)]);
    const back = Date.now();
    await a.everyInstance();
    expect(Date.now() - back).toBeGreaterThan(400);
  });
});

test('an instance that does not answer delays by a few seconds at most, and the operator is told', async () => {
  const a = await anInstance();
  await wait(1_000);
  const deaf = new Client({ connectionString: url(), application_name: 'broadside listening' });
  await deaf.connect();
  closing.push(() => deaf.end());
  await publish('x');
  const began = Date.now();
  await a.everyInstance();
  expect(Date.now() - began).toBeGreaterThan(2_000);
  expect(Date.now() - began).toBeLessThan(4_000);
  expect(a.logged).toMatchObject([{ instances: 1, msg: 'Not every instance dropped its pages' }]);
  expect(a.dropped).toEqual(['x']);
});

describe('a database that can’t be asked', () => {
  test('closes nothing: what is kept may be served, and it shows that it is away', async () => {
    const a = await anInstance();
    expect(a.away()).toBe(false);
    const helper = new Client({ connectionString: url() });
    await helper.connect();
    const away = () => Promise.reject(new Error('away'));
    const asked = vi.spyOn(pool(), 'query').mockImplementation(away);
    const refused = vi.spyOn(Client.prototype, 'connect').mockImplementation(away);
    await helper.query(breaking);
    await helper.end();
    await vi.waitFor(() => expect(a.away()).toBe(true), { timeout: 5_000 });
    // It refuses at once, so nobody waits, and it is asked again the next time: it may be back by then.
    const began = Date.now();
    for (let times = 0; times < 3; times += 1) await a.sure();
    expect(Date.now() - began).toBeLessThan(500);
    await a.everyInstance();
    expect(a.logged.at(-1)).toMatchObject({ msg: 'Nobody could be told of expired pages' });
    asked.mockRestore();
    refused.mockRestore();
    await publish('x');
    await vi.waitFor(() => expect(a.dropped).toContain('x'), { timeout: 10_000 });
    expect(a.away()).toBe(false);
  });
});

test('close() ends the line for good, and nothing is dropped or logged after it', async () => {
  const a = await anInstance();
  await a.close();
  await publish('x');
  await wait(300);
  const { rows } = await pool().query(`select pid ${lines}`);
  expect([rows, a.dropped, a.logged, a.sure()]).toEqual([[], [], [], null]);
});
