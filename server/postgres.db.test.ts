import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { BootError } from './boot-error.ts';
import { type Postgres, startPostgres } from './postgres.ts';

const isRoot = process.getuid?.() === 0;
/** Where the binaries lie that another user than root can reach. */
const shared = '/var/lib/broadside';
const sharedBefore = existsSync(shared);

let dataDir: string;
const servers: Postgres[] = [];
const children: ChildProcess[] = [];

async function makeFolder(): Promise<void> {
  dataDir = await mkdtemp(join(tmpdir(), 'broadside-pg-'));
  await chmod(dataDir, 0o755);
}

async function clearAway(): Promise<void> {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) await server.stop();
  const place = await placeOf(dataDir);
  await stopLeftBehind(join(place, 'data', 'postmaster.pid'));
  await rm(place, { recursive: true, force: true });
  if (!sharedBefore) await rm(shared, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}

/** Whatever became of a test, no server of a child goes on running. */
async function stopLeftBehind(file: string): Promise<void> {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  if (!(pid > 1)) return;
  process.kill(pid, 'SIGINT');
  await vi.waitUntil(() => !existsSync(file), { timeout: 10_000 });
}

async function started(log?: (line: string) => void): Promise<Postgres> {
  const server = await startPostgres(dataDir, { durable: false, ...(log ? { log } : {}) });
  servers.push(server);
  return server;
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    const result: unknown = await client.query({ text: statement, rowMode: 'array' });
    return (result as { rows?: unknown[][] }).rows?.flat() ?? [];
  } finally {
    await client.end().catch(() => {});
  }
}

/** Where the database of a folder lies: in it, or where root put it so that PostgreSQL's user can reach it. */
async function placeOf(folder: string): Promise<string> {
  const note = await readFile(join(folder, 'postgres-place'), 'utf8').catch(() => '');
  return note.trim() || join(folder, 'postgres');
}

/** Another process that starts the database and says its address once it answers. */
function startElsewhere(): ChildProcess & { stdout: NodeJS.ReadableStream } {
  const child = spawn(process.execPath, ['--input-type=module', '-e', starting, dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  return child as ReturnType<typeof startElsewhere>;
}

const starting = `
  const { startPostgres } = await import('#server/postgres.ts');
  const { url } = await startPostgres(process.argv[1]);
  process.stdout.write(url);
`;

const fill = 'create table kept (word text); insert into kept values ($$one$$), ($$two$$)';
const filled = 'select word from kept order by word';

describe('a database of our own', () => {
  let url: string;
  beforeAll(async () => {
    await makeFolder();
    url = (await started()).url;
  });
  afterAll(clearAway);

  test('is there after the first start, in UTF-8, reachable from this machine alone', async () => {
    expect(new URL(url).hostname).toBe('127.0.0.1');
    expect(await query(url, 'select current_database()')).toEqual(['broadside']);
    expect(await query(url, 'show server_encoding')).toEqual(['UTF8']);
    expect(await query(url, 'show listen_addresses')).toEqual(['127.0.0.1']);
    expect(await query(url, 'show unix_socket_directories')).toEqual(['']);
  });

  test('opens only with its password, which nobody else on the machine can read', async () => {
    for (const password of ['', 'wrong']) {
      const forged = Object.assign(new URL(url), { password });
      await expect(query(forged.href, 'select 1')).rejects.toThrow(/password/);
    }
    const place = await placeOf(dataDir);
    const file = join(place, 'password');
    expect((await readFile(file, 'utf8')).trim()).toBe(new URL(url).password);
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect((await stat(place)).mode & 0o077).toBe(0);
  });

  test.runIf(isRoot)('runs as somebody else than root', async () => {
    const [folder] = await query(url, "select current_setting('data_directory')");
    expect((await stat(String(folder))).uid).not.toBe(0);
  });
});

describe('a database', () => {
  beforeEach(makeFolder);
  afterEach(clearAway);

  test('keeps its data and its password over a restart', async () => {
    const first = await started();
    await query(first.url, fill);
    await first.stop();
    await expect(query(first.url, 'select 1')).rejects.toThrow();
    const second = await started();
    expect(await query(second.url, filled)).toEqual(['one', 'two']);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
  });

  test('may be stopped twice, and does not count as broken then', async () => {
    const server = await started();
    let broken: string | null = null;
    void server.ended.then((why) => {
      broken = why;
    });
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
    expect(broken).toBeNull();
  });

  test('says so when it ends by itself', async () => {
    const server = await started();
    const file = join(await placeOf(dataDir), 'data', 'postmaster.pid');
    const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    expect(pid).toBeGreaterThan(1);
    process.kill(pid, 'SIGINT');
    expect(await server.ended).toMatch(/shut ?down/);
  });

  test('that can’t be made is told in one line that names the folder', async () => {
    await writeFile(join(dataDir, 'postgres'), 'in the way');
    const error = await started().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BootError);
    expect(String(error)).toContain(join(dataDir, 'postgres'));
    expect(String(error)).not.toContain('\n');
  });

  test.runIf(isRoot)(
    'works as root in a folder that only root may enter, and finds its data again',
    async () => {
      await chmod(dataDir, 0o700);
      const first = await started();
      const place = await placeOf(dataDir);
      expect(place.startsWith(`${shared}/`)).toBe(true);
      expect((await stat(place)).mode & 0o077).toBe(0);
      await query(first.url, fill);
      await first.stop();
      const second = await started();
      expect(await placeOf(dataDir)).toBe(place);
      expect(await query(second.url, filled)).toEqual(['one', 'two']);
    },
  );
});

describe('after a process was killed', () => {
  beforeEach(makeFolder);
  afterEach(clearAway);

  test('in its first start, the next one starts clean, even while initdb still runs', async () => {
    const place = join(dataDir, 'postgres');
    const halfMade = async () =>
      (await readdir(place).catch(() => [])).some((name) => name.startsWith('data.making'));
    const child = startElsewhere();
    await vi.waitUntil(halfMade, { timeout: 10_000, interval: 5 });
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await readdir(place)).not.toContain('data');
    const { url } = await started();
    await query(url, fill);
    expect(await query(url, filled)).toEqual(['one', 'two']);
  });

  test('what it left half made is not taken for a database', async () => {
    const making = join(dataDir, 'postgres', 'data.making');
    await mkdir(join(`${making}-5f`, 'base'), { recursive: true });
    await mkdir(making);
    await writeFile(join(making, 'PG_VERSION'), '18\n');
    await writeFile(join(dataDir, 'postgres', 'password'), 'of-the-first-try\n');
    const { url } = await started();
    expect(await query(url, 'select current_database()')).toEqual(['broadside']);
    expect((await readdir(join(dataDir, 'postgres'))).sort()).toEqual(['data', 'password']);
    expect(new URL(url).password).not.toBe('of-the-first-try');
  });

  test('the server that it left behind is stopped, and the data is whole', async () => {
    const child = startElsewhere();
    const [said] = await once(child.stdout, 'data');
    const left = String(said);
    await query(left, fill);
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(await query(left, filled)).toEqual(['one', 'two']);
    const lines: string[] = [];
    const { url } = await started((line) => lines.push(line));
    expect(await query(url, filled)).toEqual(['one', 'two']);
    await expect(query(left, 'select 1')).rejects.toThrow();
    expect(lines.join('\n')).toMatch(/left behind/);
    // It was asked to stop and did so in order: nothing had to be recovered.
    expect(lines.join('\n')).not.toMatch(/not properly shut down/);
  });
});
