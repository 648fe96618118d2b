import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chown, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { BootError } from './boot-error.ts';
import { findPlace } from './postgres-place.ts';

export type Postgres = {
  /** Where to connect. */
  url: string;
  /** Resolves with why, when the server ends without having been asked to. */
  ended: Promise<string>;
  /** Ends connections, writes everything down and stops. Safe to call twice. */
  stop: () => Promise<void>;
};

const database = 'broadside';
const user = 'broadside';

/**
 * Runs a PostgreSQL of our own in `dataDir`, made at the first start. Works as root too, where PostgreSQL refuses to run:
 * then it runs as another user, and where that user can't reach `dataDir`, in a folder that it can (`findPlace`).
 * A first start that was killed leaves nothing half made, and a server that a killed process left behind is stopped.
 * The caller holds the lock of `dataDir`. `durable: false` trades safety for speed, for tests; without
 * `port` it takes a free one.
 *
 * @throws BootError with one line that says what is wrong: no binaries for this machine, a full disk.
 */
export async function startPostgres(
  dataDir: string,
  {
    log = () => {},
    durable = true,
    port: wanted,
  }: { log?: (line: string) => void; durable?: boolean; port?: number } = {},
): Promise<Postgres> {
  const place = await findPlace(resolve(dataDir), log);
  const cluster = join(place.folder, 'data');
  await clearHalfMade(place.folder);
  if (!existsSync(cluster)) await initialise(place, cluster, durable, log);
  await stopOrphan(cluster, log);
  const port = wanted ?? (await freePort());
  const password = (await readFile(join(place.folder, 'password'), 'utf8')).trim();
  const child = spawn(
    join(place.bin, 'postgres'),
    ['-D', cluster, '-p', String(port), ...flags(durable)],
    // Detached: Ctrl-C goes to the whole group, and the server has to outlive the requests that end now.
    { ...place.account, cwd: place.folder, detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.split('\n').filter(Boolean)) {
      log(line);
      lines.push(line);
      if (lines.length > 20) lines.shift();
    }
  });
  let stopping = false;
  const gone = new Promise<void>((done) => child.once('close', () => done()));
  const ended = new Promise<string>((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', () => {
      if (!stopping) done(lines.slice(-3).join(' · ') || 'no message');
    });
  });
  const url = (name: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
  const stop = async () => {
    stopping = true;
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
    await gone;
  };
  try {
    await untilReady(url('postgres'), ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: url(database), ended, stop };
}

function flags(durable: boolean): string[] {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=60',
    'shared_buffers=48MB',
    'jit=off',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  return settings.flatMap((setting) => ['-c', setting]);
}

/** What is left of a first start that was killed. Its initdb may still write for a moment: then it goes the next time. */
async function clearHalfMade(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('data.making')) continue;
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

/** Makes the cluster beside its place, under a name that nobody else writes to, and moves it there when it is whole. */
async function initialise(
  { folder, bin, account }: Awaited<ReturnType<typeof findPlace>>,
  cluster: string,
  durable: boolean,
  log: (line: string) => void,
): Promise<void> {
  const making = `${cluster}.making-${randomBytes(4).toString('hex')}`;
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  const { uid, gid } = account;
  if (uid !== undefined && gid !== undefined) await chown(passwordFile, uid, gid);
  const initdb = spawn(
    join(bin, 'initdb'),
    [
      `--pgdata=${making}`,
      `--username=${user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      ...(durable ? [] : ['--no-sync']),
    ],
    { ...account, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const problem = await outcome(initdb, log);
  if (problem) {
    await rm(making, { recursive: true, force: true });
    throw new BootError(`The database could not be made in ${folder}: ${problem}`);
  }
  await rename(making, cluster);
}

function outcome(child: ChildProcess, log: (line: string) => void): Promise<string | null> {
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => log(text.trimEnd()));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (code) => {
      if (code === 0) return done(null);
      const lines = errors.split('\n').filter(Boolean);
      done(
        lines.find((line) => /error|fatal|panic|could not|no space|terminated/i.test(line)) ??
          lines.at(-1) ??
          `exit ${code}`,
      );
    });
  });
}

/** A killed parent leaves its server running. It is ours beyond doubt only if its command line names this cluster. */
async function stopOrphan(cluster: string, log: (line: string) => void): Promise<void> {
  const file = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(file, 10);
  if (!pid || !commandLine(pid).includes(cluster)) return;
  log(`stopping the database server ${pid}, which an earlier process left behind`);
  process.kill(pid, 'SIGINT');
  for (let tries = 0; tries < 100 && commandLine(pid).includes(cluster); tries += 1)
    await wait(100);
}

function commandLine(pid: number): string {
  try {
    // Small images come without `ps`.
    if (existsSync('/proc/self/cmdline'))
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    // No such process, which is the usual answer.
    return '';
  }
}

async function untilReady(url: string, ended: Promise<string>): Promise<void> {
  let over: string | null = null;
  void ended.then((why) => {
    over = why;
  });
  let last: unknown;
  for (
    const deadline = Date.now() + 60_000;
    Date.now() < deadline && over === null;
    await wait(50)
  ) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    // A refused connection is told by connect(); a later one is of no use to anybody.
    client.on('error', () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query('select from pg_database where datname = $1', [
        database,
      ]);
      if (!rowCount) await client.query(`create database ${database}`);
      return;
    } catch (error) {
      last = error;
    } finally {
      await client.end().catch(() => {});
    }
  }
  const why = over ?? (last instanceof Error ? last.message : String(last));
  throw new BootError(`The database did not start: ${why}`);
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const found = probe.address();
      probe.close(() =>
        found && typeof found === 'object' ? done(found.port) : failed(new Error('no port')),
      );
    });
  });
}
