import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { useDatabase } from '#db/testing.ts';
import { makeLog } from '#lib/log.ts';
import { tally } from '#lib/tally.ts';
import { BootError } from '../boot-error.ts';
import { countCache, countJob, countRequest } from './counters.ts';
import { startMetrics } from './metrics.ts';

useDatabase();

const readings = {
  cacheBytes: 4096,
  cacheEntries: 3,
  rendersRunning: 2,
  rendersWaiting: 1,
  expiryLagSeconds: 0.25,
};
const log = makeLog('silent');

let port: number;
let close: () => Promise<void>;

beforeEach(async () => {
  port = await freePort();
  ({ close } = await startMetrics({ port, host: '127.0.0.1', log, read: () => readings }));
});

afterEach(() => close());

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });

/** Every sample by its name and labels, as it is written. */
async function scrape(): Promise<Map<string, number>> {
  const text = await (await ask('/metrics')).text();
  const samples = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(
    samples.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('metrics', () => {
  test('say what was counted, in whole seconds’ fractions and cumulative buckets', async () => {
    const before = await scrape();
    countRequest('page', 200, 0.0001);
    countRequest('page', 304, 0.002);
    countRequest('page', 200, 60);
    countRequest('twin', 503, 0.0025);
    countCache('hit');
    countJob('mail.send', 'given_up');
    tally()['mail.failed'] += 1;
    const after = await scrape();
    const grown = [...after]
      .map(([name, value]) => [name, value - (before.get(name) ?? 0)] as const)
      .filter(([name, by]) => name.startsWith('broadside_') && by !== 0);
    const of = (le: string) => `broadside_request_seconds_bucket{le="${le}",kind="page"}`;
    expect(Object.fromEntries(grown)).toMatchObject({
      'broadside_requests_total{kind="page",status="2xx"}': 2,
      'broadside_requests_total{kind="page",status="3xx"}': 1,
      'broadside_requests_total{kind="twin",status="5xx"}': 1,
      [of('0.0005')]: 1,
      [of('0.001')]: 1,
      [of('0.0025')]: 2,
      [of('10')]: 2,
      [of('+Inf')]: 3,
      'broadside_request_seconds_bucket{le="0.0025",kind="twin"}': 1,
      'broadside_request_seconds_count{kind="page"}': 3,
      'broadside_request_seconds_sum{kind="page"}': expect.closeTo(60.0021),
      'broadside_cache_total{result="hit"}': 1,
      'broadside_jobs_total{task="mail.send",result="given_up"}': 1,
      'broadside_mails_total{result="failed"}': 1,
    });
    expect(after.get('broadside_request_seconds_bucket{le="0.001",kind="twin"}')).toBe(0);
  });

  test('say what the delivery layer reads, and how the process does', async () => {
    const found = await scrape();
    expect(Object.fromEntries(found)).toMatchObject({
      broadside_cache_bytes: 4096,
      broadside_cache_entries: 3,
      broadside_renders_running: 2,
      broadside_renders_waiting: 1,
      broadside_expiry_lag_seconds: 0.25,
      'broadside_database_connections{state="waiting"}': 0,
    });
    for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
      expect(found.get(name)).toBeGreaterThan(0);
  });

  test('come in the format that Prometheus reads', async () => {
    const answer = await ask('/metrics');
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await answer.text();
    expect(text).toMatch(/^# TYPE broadside_request_seconds histogram$/m);
    for (const line of text.split('\n').filter(Boolean))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? \S+)$/);
  });

  test.each([
    ['GET', '/'],
    ['GET', '/metrics/x'],
    ['POST', '/metrics'],
    ['HEAD', '/metrics'],
  ])('are all that is there: %s %s is not found', async (method, path) => {
    expect((await ask(path, method)).status).toBe(404);
  });

  test('whose port is in use are refused in one line that names the setting', async () => {
    const refused = startMetrics({ port, host: '127.0.0.1', log, read: () => readings });
    await expect(refused).rejects.toThrow(BootError);
    await expect(refused).rejects.toThrow(/^Port \d+ for metrics is in use\..*METRICS_PORT/);
  });
});

describe('the queue', () => {
  beforeEach(() => {
    vi.resetModules();
  });

  /** A new instance of the module, so that no earlier answer is kept. */
  const queueState = async () => (await import('./queue.ts')).queueState();
  const add = (tag: string, options = {}) =>
    addJob(db(), 'publishing.expire', { tags: [tag] }, { key: tag, ...options });

  test('is told by what its jobs wait for', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000);
    await add('due');
    await add('due for long', { runAt: new Date(Date.now() - 90_000) });
    await add('planned', { runAt: inAnHour });
    await add('running');
    await add('given up', { maxAttempts: 1 });
    await db().execute(sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'x'
      where key = 'running'`);
    await db().execute(
      sql`update graphile_worker._private_jobs set attempts = 1 where key = 'given up'`,
    );
    expect(await queueState()).toEqual({
      due: 2,
      scheduled: 1,
      running: 1,
      given_up: 1,
      oldestDueSeconds: expect.closeTo(90, -1),
    });
  });

  test('costs the database one question in 10 s, however often it is wanted', async () => {
    const { queueState } = await import('./queue.ts');
    const [first] = await Promise.all([queueState(), queueState()]);
    await add('later');
    expect(await queueState()).toBe(first);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 11_000);
    expect((await queueState())?.due).toBe(1);
    vi.restoreAllMocks();
  });

  test('is left out where the database does not answer, and the rest is told', async () => {
    await db().execute(sql`alter view graphile_worker.jobs rename to away`);
    try {
      const { startMetrics } = await import('./metrics.ts');
      await close();
      ({ close } = await startMetrics({ port, host: '127.0.0.1', log, read: () => readings }));
      const found = await scrape();
      expect(found.get('broadside_database_up')).toBe(0);
      expect(found.get('broadside_cache_bytes')).toBe(4096);
      expect([...found.keys()].filter((name) => name.startsWith('broadside_queue'))).toEqual([]);
    } finally {
      await db().execute(sql`alter view graphile_worker.away rename to jobs`);
    }
  });
});
