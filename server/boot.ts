import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import next from 'next';
import { closeDatabase, connect, pool } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { prepareFirstRun } from '#db/seed/first-run.ts';
import { countPreview, countSearch } from '#lib/auth/limits.ts';
import { env, type Settings } from '#lib/env.ts';
import { onPagesExpired } from '#lib/expiry.ts';
import { setMailTransport } from '#lib/gateways/mail/send.ts';
import { captureConsole, log } from '#lib/log.ts';
import { addReads } from '#lib/reads/commands.ts';
import { findLeads } from '#lib/redirects/queries.ts';
import { BootError } from './boot-error.ts';
import { batched } from './delivery/batched.ts';
import { delivery } from './delivery/deliver.ts';
import { type Expiry, followExpiry } from './delivery/expiry.ts';
import { readCounter } from './delivery/reads.ts';
import { viewers } from './delivery/viewers.ts';
import { readBuild } from './delivery/ways.ts';
import { checkHealth } from './health.ts';
import { closeServer, listen, makeServer } from './listen.ts';
import { lockFolder } from './lock.ts';
import { startPostgres } from './postgres.ts';
import { type StandIns, startStandIns } from './stand-ins.ts';
import { startTracing } from './watch/tracing.ts';
import { startWorker } from './worker.ts';

export type Running = {
  /** Ends requests and jobs under way, then closes everything in the opposite order of its start. */
  stop: () => Promise<void>;
  /** Resolves with why, when a part dies that the rest can't do without. */
  broken: Promise<string>;
};

const root = fileURLToPath(new URL('..', import.meta.url));
const oldestPostgres = 150_000;

/**
 * Starts the whole of Broadside in this process, and answers requests when this resolves; until then they get 503.
 *
 * @throws SettingsError, BootError with one line for the operator. What was started by then is stopped again.
 */
export async function start(): Promise<Running> {
  const began = Date.now();
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of stops.splice(0).reverse()) await close();
  };
  try {
    const settings = env();
    requireBuild(settings);
    // Next prints what fails with the values of the statement that did.
    if (settings.mode !== 'development') captureConsole();
    if (settings.tracing) stops.push((await startTracing(settings.tracing, log())).stop);
    let handler: RequestListener | null = null;
    let workerRuns = false;
    let standIns: StandIns | null = null;
    let answer: RequestListener = (_, response) => {
      response.writeHead(503, { 'retry-after': '2' }).end('The site is starting.\n');
    };
    const server = makeServer(
      (request, response) => answer(request, response),
      settings.mode === 'development',
    );
    stops.push(() => closeServer(server));
    // One of several instances is not asked for anything before it can answer: a form that met it now would be lost.
    const alone = settings.databaseUrl === null;
    if (alone) await listen(server, settings);
    const database = await openDatabase(settings, stops);
    if (settings.mode !== 'production') {
      standIns = await startStandIns(settings);
      stops.push(standIns.close);
      setMailTransport(standIns.mailbox.transport);
    }
    let expiry: Expiry | null = null;
    const reads = readCounter({ add: addReads, log: log() });
    stops.push(reads.close);
    const layer = delivery({
      settings: env(),
      next: () => handler,
      build: settings.mode === 'development' ? null : readBuild(root),
      variantFor: viewers(),
      reads,
      leadOf: batched(findLeads),
      countSearch,
      countPreview,
      sure: () => expiry?.sure() ?? null,
      away: () => expiry?.away() ?? false,
      health: () => checkHealth(() => workerRuns),
      mailbox: standIns?.mailbox.answer ?? null,
      formTargets: standIns?.formTargets ?? [],
      log: log(),
    });
    answer = layer.answer;
    expiry = await followExpiry({ url: database.url, expire: layer.expire, log: log() });
    onPagesExpired(expiry.everyInstance);
    stops.push(expiry.close);
    if (settings.metrics) {
      const { startMetrics } = await import('./watch/metrics.ts');
      const { lag } = expiry;
      const read = () => {
        const { entries, bytes, pages } = layer.state();
        return {
          cacheEntries: entries,
          cacheBytes: bytes,
          rendersRunning: pages.running,
          rendersWaiting: pages.waiting,
          expiryLagSeconds: lag(),
        };
      };
      const metrics = await startMetrics({ ...settings.metrics, log: log(), read });
      stops.push(metrics.close);
    }
    await fill(settings, database.url);
    const app = next({
      dev: settings.mode === 'development',
      dir: root,
      httpServer: server,
      // Where Next finds this process when it asks itself for the page that an action leads to.
      port: settings.port,
    });
    await app.prepare();
    stops.push(() => app.close());
    const nextHandler: RequestListener = app.getRequestHandler();
    const worker = await startWorker({ log: log() });
    stops.push(async () => {
      workerRuns = false;
      await worker.stop();
    });
    // Requests end before the worker and Next do: the server is closed first.
    stops.push(() => closeServer(server));
    handler = nextHandler;
    workerRuns = true;
    if (!alone) await listen(server, settings);
    log().info(
      { seconds: (Date.now() - began) / 1000 },
      `Broadside is ready at ${settings.siteUrl}`,
    );
    const workerEnded = worker.promise.then(
      () => new Promise<never>(() => {}),
      (error: Error) => `The worker stopped: ${error.message}`,
    );
    return { stop, broken: Promise.race([database.ended, workerEnded]) };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

function requireBuild({ mode }: Settings): void {
  if (mode === 'development' || existsSync(join(root, '.next', 'BUILD_ID'))) return;
  throw new BootError('There is no build to serve. Run: npm run build');
}

/** Connects to `DATABASE_URL`, or starts a database of our own; brings its schema up to date. */
async function openDatabase(
  settings: Settings,
  stops: (() => Promise<unknown>)[],
): Promise<{ url: string; ended: Promise<string> }> {
  let url = settings.databaseUrl;
  let ended: Promise<string> = new Promise(() => {});
  if (!url) {
    const lock = await lockFolder(settings.dataDir);
    stops.push(lock.release);
    const postgres = await startPostgres(settings.dataDir, { log: (line) => log().debug(line) });
    stops.push(postgres.stop);
    ended = postgres.ended.then((why) => `the database server ended: ${why}`);
    url = postgres.url;
  }
  await mkdir(settings.dataDir, { recursive: true });
  connect(url);
  stops.push(closeDatabase);
  const { hostname, port } = new URL(url);
  try {
    const { rows } = await pool().query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    );
    if (Number(rows[0]?.version) < oldestPostgres)
      throw new BootError('Broadside needs PostgreSQL 15 or newer.');
    await migrate(url);
  } catch (error) {
    if (error instanceof BootError) throw error;
    throw new BootError(
      `The database at ${hostname}:${port || 5432} can't be used: ${reason(error)}`,
      { cause: error },
    );
  }
  return { url, ended };
}

/** What an empty database needs: the demo's magazine, or a place for the first administrator. */
async function fill({ mode, adminEmail, dataDir }: Settings, databaseUrl: string): Promise<void> {
  if (mode !== 'demo' && mode !== 'development') return prepareFirstRun(adminEmail);
  const { rowCount } = await pool().query('select from publication');
  if (rowCount) return;
  log().info('Drawing and setting the demo magazine, once; this takes a moment');
  const child = fork(join(root, 'db/seed/run.ts'));
  let why = '';
  child.on('message', (said) => {
    why = String(said).split('\n').join(' ');
  });
  child.send({ databaseUrl, dataDir });
  const [code, signal] = await once(child, 'exit');
  if (code === 0) return;
  throw new BootError(`The demo magazine could not be made: ${why || signal || `exit ${code}`}`);
}

/** An error's own words; several tries at several addresses come as one error without any. */
function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error)
    return error.errors[0].message;
  return error instanceof Error ? error.message : String(error);
}
