import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { lockFolder } from './lock.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
const servers: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadside-main-'));
});

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(folder, { recursive: true, force: true });
});

type Outcome = { code: number | null; out: string; lines: string[]; seconds: number };

/** Runs the process to its end, with nothing in the environment but what is given; it works in an empty folder. */
function run(settings: Record<string, string>, main = join(root, 'server/main.ts')) {
  const began = Date.now();
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    env: settings as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 18_000,
    killSignal: 'SIGKILL',
  });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise<Outcome>((done) => {
    child.once('close', (code) => {
      const lines = errors.trimEnd().split('\n');
      done({ code, out, lines, seconds: (Date.now() - began) / 1000 });
    });
  });
}

/** Settings of a process that gets as far as its database; it needs no build. */
async function development(changes: Record<string, string> = {}): Promise<Record<string, string>> {
  return {
    BROADSIDE_MODE: 'development',
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    DATA_DIR: join(folder, 'data'),
    ...changes,
  };
}

/** A server that takes connections and never says a word. */
async function silentServer(): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('No port');
  return address.port;
}

async function freePort(): Promise<number> {
  const port = await silentServer();
  await new Promise((done) => servers.pop()?.close(done));
  return port;
}

describe('with wrong settings the process ends with 1 and a line for each', () => {
  test('in production without any', async () => {
    const { code, out, lines } = await run({});
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'AUTH_SECRET',
      'MAIL_FROM',
      'SITE_URL',
      'SMTP_URL',
    ]);
  });

  test('for all that are wrong at once', async () => {
    const wrong = {
      PORT: 'eighty',
      DATABASE_URL: 'mysql://user:the-password@db.example/broadside',
      LOG_LEVEL: 'loud',
      TRUSTED_PROXY_HOPS: '-1',
    };
    const { code, out, lines } = await run(await development(wrong));
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(Object.keys(wrong).sort());
    expect(lines.join()).not.toContain('the-password');
  });

  test('for those of .env too', async () => {
    await writeFile(join(folder, '.env'), 'BROADSIDE_MODE=development\nPORT=99999\n');
    const { code, lines } = await run({});
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^PORT is not a port/)]);
  });
});

describe('the process ends with 1 and one line that says what to do', () => {
  test('where its port is in use', async () => {
    const port = String(await silentServer());
    const { code, lines } = await run(await development({ PORT: port }));
    expect(lines).toEqual([expect.stringContaining(`Port ${port} is in use`)]);
    expect(lines[0]).toContain('set PORT');
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  test('where another process uses its folder', async () => {
    const settings = await development();
    const lock = await lockFolder(settings['DATA_DIR'] ?? '');
    const { code, lines } = await run(settings);
    expect(lines).toEqual([expect.stringContaining(`process ${process.pid}`)]);
    expect(lines[0]).toContain(settings['DATA_DIR']);
    expect(code).toBe(1);
    // What the refused process cleans up is not the other's.
    expect(await readdir(settings['DATA_DIR'] ?? '')).toEqual(['instance.lock']);
    await lock.release();
  });

  test('where nothing answers at DATABASE_URL, within seconds and without its password', async () => {
    const port = await freePort();
    const url = `postgres://broadside:the-password@127.0.0.1:${port}/broadside`;
    const { code, out, lines, seconds } = await run(await development({ DATABASE_URL: url }));
    expect(lines).toEqual([expect.stringContaining(`The database at 127.0.0.1:${port} can't be`)]);
    expect(lines[0]).toContain('ECONNREFUSED');
    expect(lines[0] + out).not.toContain('the-password');
    expect(code).toBe(1);
    expect(seconds).toBeLessThan(10);
  });

  test('where something at DATABASE_URL takes connections and stays silent', async () => {
    const url = `postgres://broadside:the-password@127.0.0.1:${await silentServer()}/broadside`;
    const { code, out, lines } = await run(await development({ DATABASE_URL: url }));
    expect(lines).toEqual([expect.stringMatching(/^The database at .* can't be used: .*timeout/)]);
    expect(lines[0] + out).not.toContain('the-password');
    expect(code).toBe(1);
  });

  test('where the database of DATABASE_URL does not exist', async () => {
    const url = new URL('/no_such_database', inject('postgresUrl'));
    const { code, out, lines } = await run(await development({ DATABASE_URL: url.href }));
    expect(lines).toEqual([expect.stringContaining('"no_such_database" does not exist')]);
    if (url.password) expect(lines[0] + out).not.toContain(url.password);
    expect(code).toBe(1);
  });

  test('where there is no build', async () => {
    const clone = join(folder, 'clone');
    await mkdir(clone);
    for (const name of ['package.json', 'db', 'dev', 'lib', 'server'])
      await cp(join(root, name), join(clone, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction');
    const settings = await development({ BROADSIDE_MODE: 'demo' });
    const { code, out, lines } = await run(settings, join(clone, 'server/main.ts'));
    expect(lines).toEqual([expect.stringContaining('npm run build')]);
    expect(out).toBe('');
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual(['clone']);
  });
});
