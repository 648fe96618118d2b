import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Pool } from 'pg';
import { freePort, type S3Server, startS3 } from '#lib/gateways/storage/s3.fixture.ts';
import { type Postgres, startPostgres } from '#server/postgres.ts';
import { hasNginx, startNginx } from './nginx.ts';
import { until } from './until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One Broadside of several, as a process that can be stopped and started again at the same place. */
export type Instance = {
  origin: string;
  start: () => Promise<void>;
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
};

export type Cluster = {
  a: Instance;
  b: Instance;
  /** nginx before both; `null` where it isn't installed. */
  front: string | null;
  /** Past the instances, for what only an operator does. */
  sql: Pool;
  stopDatabase: () => Promise<void>;
  startDatabase: () => Promise<void>;
  /** What the instances wrote to their logs. */
  logs: () => Promise<string>;
  close: () => Promise<void>;
};

/**
 * Two Broadsides on one empty PostgreSQL and one S3 bucket, started at the same instant, with a data folder each, and
 * nginx as `deploy/nginx.conf` has it before them. The second uses the first one's stand-in for Stripe.
 */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-instances-'));
  // As root, PostgreSQL runs as another user, who has to reach it.
  await chmod(folder, 0o755);
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const databasePort = await freePort();
    const database = () =>
      startPostgres(join(folder, 'database'), { durable: false, port: databasePort });
    let postgres: Postgres = await database();
    stops.push(() => postgres.stop());
    const s3 = await startS3();
    stops.push(s3.stop);
    const frontPort = await freePort();
    const [portA, portB] = [await twoPorts(), await twoPorts()];
    const common = settings(postgres.url, s3, hasNginx ? frontPort : portA);
    const stripe = {
      STRIPE_SECRET_KEY: 'sk_test_stand_in',
      STRIPE_API_URL: `http://127.0.0.1:${portA + 1}`,
      STRIPE_WEBHOOK_SECRET: 'whsec_local_stand_in',
    };
    const a = instance(join(folder, 'a'), portA, common);
    const b = instance(join(folder, 'b'), portB, { ...common, ...stripe });
    stops.push(() => Promise.all([a.end('SIGKILL'), b.end('SIGKILL')]));
    await Promise.all([a.start(), b.start()]);
    const front = hasNginx ? await startNginx([portA, portB], frontPort) : null;
    if (front) stops.push(front.stop);
    const sql = new Pool({ connectionString: postgres.url, max: 2, application_name: 'operator' });
    sql.on('error', () => {});
    stops.push(() => sql.end());
    return {
      a,
      b,
      front: front?.origin ?? null,
      sql,
      stopDatabase: () => postgres.stop(),
      startDatabase: async () => {
        postgres = await database();
      },
      logs: async () =>
        (
          await Promise.all(['a', 'b'].map((name) => readFile(join(folder, name, 'log'), 'utf8')))
        ).join(''),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function settings(databaseUrl: string, s3: S3Server, publicPort: number): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    BROADSIDE_MODE: 'demo',
    HOST: '127.0.0.1',
    SITE_URL: `http://127.0.0.1:${publicPort}`,
    DATABASE_URL: databaseUrl,
    S3_ENDPOINT: s3.settings.endpoint,
    S3_BUCKET: s3.settings.bucket,
    S3_ACCESS_KEY_ID: s3.settings.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.settings.secretAccessKey,
    TRUSTED_PROXY_HOPS: '1',
    LOG_LEVEL: 'warn',
  };
}

function instance(folder: string, port: number, common: Record<string, string>): Instance {
  const origin = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const start = async () => {
    await mkdir(folder, { recursive: true });
    const output = createWriteStream(join(folder, 'log'), { flags: 'a' });
    child = spawn(process.execPath, ['server/main.ts'], {
      cwd: root,
      env: { ...common, NODE_ENV: 'production', PORT: String(port), DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.pipe(output, { end: false });
    const starting = child;
    const answers = until(async () => (await fetch(`${origin}/api/health`)).ok, `${origin}`, 120);
    const ended = new Promise<never>((_, failed) => {
      starting.once('exit', (code, signal) => failed(new Error(`It ended with ${code ?? signal}`)));
    });
    await Promise.race([answers, ended]).catch(async (cause) => {
      const said = await readFile(join(folder, 'log'), 'utf8');
      throw new Error(`${origin} did not start: ${said.slice(-2000)}`, { cause });
    });
  };
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return null;
    const gone = new Promise<number | null>((done) => ending.once('exit', done));
    ending.kill(signal);
    return gone;
  };
  return { origin, start, end };
}

/** A free port whose next one, where the stand-in for Stripe goes, is free as well. */
async function twoPorts(): Promise<number> {
  for (;;) {
    const port = await freePort();
    const next = await freePort(port + 1).catch(() => null);
    if (next) return port;
  }
}
