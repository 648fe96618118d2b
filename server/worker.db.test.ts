import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { type Runner, runOnce } from 'graphile-worker';
import pino from 'pino';
import { afterEach, describe, expect, inject, test, vi } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { closeDatabase, connect, db, pool } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { alerts } from '#db/schema/audit.ts';
import { sessions, verificationTokens } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { makeLog } from '#lib/log.ts';
import { requestId, withRequestId } from '#lib/request-id.ts';
import { watchedJobs } from './watch/jobs.ts';
import { startWorker } from './worker.ts';

useDatabase();

type Line = { level: number; msg: string; job?: string; jobId?: string; requestId?: string };
const errorLevel = 50;

let worker: Runner | null = null;

afterEach(async () => {
  await worker?.stop().catch(() => {});
  worker = null;
  setClock(null);
});

/** Starts the worker; what it logs comes back. */
async function working(expireTags: (tags: string[]) => Promise<void> = async () => {}) {
  const lines: Line[] = [];
  const log = makeLog('debug', { write: (line) => void lines.push(JSON.parse(line) as Line) });
  const started = await startWorker({ expireTags, log });
  worker = started;
  return { lines, stop: () => started.stop() };
}

type Waiting = { task: string; attempts: number; error: string | null; ahead: boolean };

async function queue(): Promise<Waiting[]> {
  const { rows } = await db().execute<Waiting>(sql`
    select task_identifier as task, attempts, last_error as error, run_at > now() as ahead
    from graphile_worker.jobs order by id`);
  return rows;
}

async function databaseUrl(): Promise<string> {
  const { rows } = await db().execute<{ name: string }>(sql`select current_database() as name`);
  return new URL(`/${rows[0]?.name}`, inject('postgresUrl')).href;
}

const untilDone = () =>
  vi.waitUntil(async () => (await queue()).length === 0, { timeout: 8_000, interval: 20 });

describe('a job', () => {
  test('is done once with what it carries, soon after it was added, and leaves the queue', async () => {
    const expired: string[][] = [];
    const { lines } = await working(async (tags) => {
      expired.push(tags);
    });
    await addJob(db(), 'publishing.expire', { tags: ['a', 'b'] });
    await untilDone();
    expect(expired).toEqual([['a', 'b']]);
    expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([]);
  });

  test('that was added while no worker ran is done when one starts', async () => {
    const expired: string[][] = [];
    await addJob(db(), 'publishing.expire', { tags: ['early'] });
    await working(async (tags) => {
      expired.push(tags);
    });
    await untilDone();
    expect(expired).toEqual([['early']]);
  });

  test('whose transaction came to nothing is never done', async () => {
    const expired: string[][] = [];
    await working(async (tags) => {
      expired.push(tags);
    });
    await db()
      .transaction(async (tx) => {
        await addJob(tx, 'publishing.expire', { tags: ['undone'] });
        throw new Error('rolled back');
      })
      .catch(() => {});
    await addJob(db(), 'publishing.expire', { tags: ['done'] });
    await untilDone();
    expect(expired).toEqual([['done']]);
  });

  test('that throws is logged with its name and reason, waits, and is tried again', async () => {
    let tries = 0;
    const { lines } = await working(async () => {
      tries += 1;
      if (tries === 1) throw new Error('the site does not answer');
    });
    await addJob(db(), 'publishing.expire', { tags: ['a'] });
    await vi.waitUntil(async () => (await queue())[0]?.error, { timeout: 8_000, interval: 20 });
    expect(await queue()).toEqual([
      { task: 'publishing.expire', attempts: 1, error: 'the site does not answer', ahead: true },
    ]);
    const errors = lines.filter(({ level }) => level >= errorLevel);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.msg).toMatch(/publishing\.expire.*the site does not answer/);
    await untilDone();
    expect(tries).toBe(2);
  });

  test('that throws does not hold up the others', async () => {
    const expired: string[][] = [];
    await working(async (tags) => {
      if (tags.includes('bad')) throw new Error('no');
      expired.push(tags);
    });
    for (const tag of ['bad', 'bad', 'bad', 'bad', 'good'])
      await addJob(db(), 'publishing.expire', { tags: [tag] });
    await vi.waitUntil(() => expired.length > 0, { timeout: 8_000, interval: 20 });
    expect(expired).toEqual([['good']]);
    expect((await queue()).map(({ task }) => task)).toHaveLength(4);
  });

  test('of buying that is given up shows in the office', async () => {
    await working();
    const payload = { refundId: 'no-such-refund' };
    await addJob(db(), 'orders.refund', payload, { maxAttempts: 1 });
    const found = () => db().select().from(alerts);
    await vi.waitUntil(async () => (await found()).length > 0, { timeout: 8_000, interval: 20 });
    const [alert] = await found();
    expect(alert).toMatchObject({ kind: 'job.failed', level: 'urgent' });
    expect(alert?.message).toContain('orders.refund');
    expect(alert?.message).toContain('no-such-refund');
  });
});

describe('the id of a request', () => {
  test('arrives in the log of the job that it caused, and of the job that this one adds', async () => {
    const seen: (string | null)[] = [];
    const { lines } = await working(async ([tag]) => {
      seen.push(requestId());
      if (tag === 'first') await addJob(db(), 'publishing.expire', { tags: ['second'] });
      if (tag === 'second') throw new Error('the site does not answer ann@magazine.example');
    });
    await withRequestId('from-the-edge-1', () =>
      addJob(db(), 'publishing.expire', { tags: ['first'] }, { maxAttempts: 1 }),
    );
    await vi.waitUntil(async () => (await queue())[0]?.error, { timeout: 8_000, interval: 20 });
    expect(seen).toEqual(['from-the-edge-1', 'from-the-edge-1']);
    const own = lines.filter(({ job }) => job === 'publishing.expire');
    expect(own.map(({ msg }) => msg)).toEqual([
      'publishing.expire begins',
      'publishing.expire is done',
      'publishing.expire begins',
      'publishing.expire failed and is tried again: the site does not answer [redacted]',
    ]);
    for (const line of own) {
      expect(line).toMatchObject({ requestId: 'from-the-edge-1', attempt: 1 });
      expect(line.jobId).toMatch(/^\d+$/);
    }
    expect(own[3]).toMatchObject({ level: errorLevel, ms: expect.any(Number) });
    expect(JSON.stringify(lines)).not.toContain('ann@magazine.example');
  });

  test('is not among what the job carries', async () => {
    const payloads: unknown[] = [];
    const tasks = watchedJobs(
      { 'publishing.expire': async (payload) => void payloads.push(payload) },
      pino({ level: 'silent' }),
    );
    await withRequestId('from-the-edge-2', () =>
      addJob(db(), 'publishing.expire', { tags: ['a'] }),
    );
    await runOnce({ pgPool: pool(), taskList: tasks, noHandleSignals: true });
    expect(payloads).toEqual([{ tags: ['a'] }]);
  });

  test('of a job that no request caused is the job’s own', async () => {
    const { lines } = await working();
    await addJob(db(), 'publishing.expire', { tags: ['a'] });
    await untilDone();
    const [line] = lines.filter(({ job }) => job === 'publishing.expire');
    expect(line?.requestId).toBe(`job-${line?.jobId}`);
  });
});

describe('stopping', () => {
  test('waits for the job under way, and takes no other', async () => {
    const finish: (() => void)[] = [];
    const begun: string[][] = [];
    const { stop } = await working(async (tags) => {
      begun.push(tags);
      await new Promise<void>((done) => finish.push(done));
    });
    await addJob(db(), 'publishing.expire', { tags: ['under way'] });
    await vi.waitUntil(() => finish.length > 0, { timeout: 8_000, interval: 20 });
    const url = await databaseUrl();
    let stopped = false;
    const stopping = stop().then(async () => {
      stopped = true;
      // As the process does it: what the worker still writes down is written before the database is closed.
      await closeDatabase();
    });
    // A question for jobs that is on its way is answered first, and then there is time for one that must not be.
    await wait(300);
    await addJob(db(), 'publishing.expire', { tags: ['later'] });
    await wait(300);
    expect(stopped).toBe(false);
    for (const done of finish) done();
    await stopping;
    worker = null;
    connect(url);
    expect(begun).toEqual([['under way']]);
    // The one is done and gone, the other waits untouched for the next start.
    expect(await queue()).toMatchObject([{ attempts: 0 }]);
  });
});

describe('auth.sweep', () => {
  test('deletes ended sessions, used-up links and counters, and nothing else', async () => {
    const now = new Date('2026-03-01T12:00:00Z');
    setClock(() => now);
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
    const { userId } = await aPerson();
    await db()
      .insert(sessions)
      .values([
        { sessionToken: 'ended', userId, expires: at(-1) },
        { sessionToken: 'going on', userId, expires: at(1) },
      ]);
    await db()
      .insert(verificationTokens)
      .values([
        { identifier: 'a@example.org', token: 'old', expires: at(-1) },
        { identifier: 'a@example.org', token: 'fresh', expires: at(1) },
      ]);
    await db().execute(sql`insert into rate_limits (key, points, expire) values
      ('over', 5, ${at(-1).getTime()}), ('counting', 5, ${at(1).getTime()}), ('for ever', 5, null)`);
    const { lines } = await working();
    await addJob(db(), 'auth.sweep', {});
    await untilDone();
    expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([]);
    expect((await db().select().from(sessions)).map((row) => row.sessionToken)).toEqual([
      'going on',
    ]);
    expect((await db().select().from(verificationTokens)).map(({ token }) => token)).toEqual([
      'fresh',
    ]);
    const left = await db().execute(sql`select key from rate_limits order by key`);
    expect(left.rows).toEqual([{ key: 'counting' }, { key: 'for ever' }]);
    const people = await db().execute(sql`select id from users`);
    expect(people.rows).toEqual([{ id: userId }]);
  });
});
