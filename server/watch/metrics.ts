import { createServer, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import { pool } from '#db/client.ts';
import { tally } from '#lib/tally.ts';
import { BootError } from '../boot-error.ts';
import { buckets, counted, kinds } from './counters.ts';
import { queueState } from './queue.ts';

/** What only the delivery layer knows; asked for at each scrape. */
export type Readings = {
  cacheBytes: number;
  cacheEntries: number;
  rendersRunning: number;
  rendersWaiting: number;
  /** Between a change that was published and its pages being dropped here, for the last one. */
  expiryLagSeconds: number;
};

/**
 * Answers `GET /metrics` in Prometheus's text format, and nothing else. Imported only where METRICS_PORT is set. Needs
 * the database to be connected until it is closed.
 *
 * @throws BootError where the port can't be had.
 */
export async function startMetrics(options: {
  port: number;
  host: string;
  log: Logger;
  read: () => Readings;
}): Promise<{ close: () => Promise<void> }> {
  const { port, host, log } = options;
  const registry = metrics(options.read);
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/metrics') {
      return end(response, 404, 'text/plain; charset=utf-8', 'Only GET /metrics is here.\n');
    }
    registry.metrics().then(
      (text) => end(response, 200, registry.contentType, text),
      (error: unknown) => {
        log.warn({ err: error }, 'The metrics could not be read');
        end(response, 500, 'text/plain; charset=utf-8', 'The metrics could not be read.\n');
      },
    );
  });
  await new Promise<void>((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} for metrics is in use. Stop what uses it, or set METRICS_PORT to another one.`
          : `Port ${port} for metrics can't be opened: ${error.message}`;
      failed(new BootError(why, { cause: error }));
    });
    server.listen(port, host, done);
  });
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function end(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type }).end(text);
}

function metrics(read: () => Readings): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  requests(registry);
  counters(registry);
  gauges(registry, read);
  queue(registry);
  return registry;
}

function requests(registry: Registry): void {
  counter(registry, 'broadside_requests_total', 'Requests answered', ['kind', 'status'], () =>
    kinds.flatMap((kind) =>
      counted.requests[kind].flatMap((value, group) =>
        group > 1 ? [{ labels: { kind, status: `${group}xx` }, value }] : [],
      ),
    ),
  );
  const name = 'broadside_request_seconds';
  const histogram = {
    name,
    help: 'How long requests took, from the first line to the last byte',
    type: 'histogram',
    aggregator: 'sum',
  };
  // prom-client has no way to hand it a histogram that was counted elsewhere.
  const get = async () => ({ ...histogram, values: kinds.flatMap((kind) => samples(name, kind)) });
  registry.registerMetric({ ...histogram, get } as unknown as Metric<string>);
}

function samples(name: string, kind: (typeof kinds)[number]) {
  let total = 0;
  const upTo = counted.requestBuckets[kind].map((count, index) => {
    total += count;
    const le = buckets[index] ?? '+Inf';
    return { metricName: `${name}_bucket`, labels: { le, kind }, value: total };
  });
  const labels = { kind };
  return [
    ...upTo,
    { metricName: `${name}_sum`, labels, value: counted.requestSeconds[kind] },
    { metricName: `${name}_count`, labels, value: total },
  ];
}

function counters(registry: Registry): void {
  const byResult = (results: Record<string, number>) =>
    Object.entries(results).map(([result, value]) => ({ labels: { result }, value }));
  counter(registry, 'broadside_cache_total', 'How the page cache met requests', ['result'], () =>
    byResult(counted.cache),
  );
  counter(registry, 'broadside_renders_refused_total', 'Renders answered with 503', [], () => [
    { labels: {}, value: counted.rendersRefused },
  ]);
  counter(registry, 'broadside_expirations_total', 'Changes whose pages were dropped', [], () => [
    { labels: {}, value: counted.expirations },
  ]);
  counter(registry, 'broadside_jobs_total', 'Jobs that ended', ['task', 'result'], () =>
    [...counted.jobs].flatMap(([task, results]) =>
      byResult(results).map(({ labels, value }) => ({ labels: { task, ...labels }, value })),
    ),
  );
  counter(registry, 'broadside_mails_total', 'Mails handed to the mail server', ['result'], () =>
    byResult({ sent: tally()['mail.sent'], failed: tally()['mail.failed'] }),
  );
  counter(registry, 'broadside_webhooks_total', 'Webhooks from Stripe', ['result'], () =>
    byResult({ taken: tally()['webhook.taken'], refused: tally()['webhook.refused'] }),
  );
}

function gauges(registry: Registry, read: () => Readings): void {
  gauge(registry, 'broadside_cache_bytes', 'Memory of stored pages', () => read().cacheBytes);
  gauge(registry, 'broadside_cache_entries', 'Stored pages', () => read().cacheEntries);
  gauge(registry, 'broadside_renders_running', 'Renders under way', () => read().rendersRunning);
  gauge(registry, 'broadside_renders_waiting', 'Renders in line', () => read().rendersWaiting);
  gauge(
    registry,
    'broadside_expiry_lag_seconds',
    'From the last change that was published to its pages being dropped here',
    () => read().expiryLagSeconds,
  );
  new Gauge({
    name: 'broadside_database_connections',
    help: 'Connections of the pool, and those who wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { totalCount, idleCount, waitingCount } = pool();
      this.set({ state: 'busy' }, totalCount - idleCount);
      this.set({ state: 'idle' }, idleCount);
      this.set({ state: 'waiting' }, waitingCount);
    },
  });
}

/** Where the database doesn't answer, what the queue holds is not known, and left out. */
function queue(registry: Registry): void {
  gauge(registry, 'broadside_database_up', 'Whether the database answers', async () =>
    (await queueState()) ? 1 : 0,
  );
  new Gauge({
    name: 'broadside_queue_jobs',
    help: 'Jobs in the queue',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset();
      const { oldestDueSeconds: _, ...states } = (await queueState()) ?? { oldestDueSeconds: 0 };
      for (const [state, count] of Object.entries(states)) this.set({ state }, count);
    },
  });
  new Gauge({
    name: 'broadside_queue_oldest_due_seconds',
    help: 'For how long the job that is due longest has been so',
    // With a label set that is empty, prom-client would say 0 for what is not known.
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      this.reset();
      const state = await queueState();
      if (state) this.set({ queue: 'jobs' }, state.oldestDueSeconds);
    },
  });
}

type Sample = { labels: Record<string, string>; value: number };

function counter(
  registry: Registry,
  name: string,
  help: string,
  labelNames: string[],
  read: () => Sample[],
): void {
  new Counter({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      this.reset();
      for (const { labels, value } of read()) this.inc(labels, value);
    },
  });
}

function gauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => number | Promise<number>,
): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.set(await read());
    },
  });
}
