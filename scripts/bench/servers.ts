import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../install.mjs';
import { ask } from './ask.ts';
import { folder, nextPort } from './place.ts';

/** A server under test, alone on the first core. */
export type Server = {
  name: string;
  origin: string;
  pid: number;
  /** Its own copy of the build, with what it stored beside it. */
  house: string;
  /** From the start of the process to the first 200 of the page it was started for, in milliseconds. */
  readyAfter: number;
  stop: () => Promise<void>;
};

/** Every server that runs, so that none outlives the bench. */
const running = new Set<Server>();

export async function stopServers(): Promise<void> {
  for (const server of running) await server.stop();
}

type Start = {
  name: string;
  databaseUrl: string;
  /** The page whose first 200 means that it is up. */
  page?: string;
  /** Arguments for Node itself. */
  node?: string[];
};

/** The whole of Broadside as `npm run demo` runs it, on a database that runs already. */
export function startBroadside({ name, databaseUrl, page = '/', node = [] }: Start) {
  const house = houseOf(name);
  return start(name, house, [...node, 'server/main.ts'], databaseUrl, page);
}

/** Next's own server on the same build and database, without anything of ours before it. */
export function startNextAlone({ name, databaseUrl, page = '/' }: Start): Promise<Server> {
  const house = houseOf(name);
  return start(name, house, [join('scripts', 'bench', 'next-alone.ts')], databaseUrl, page);
}

/** nginx with one worker, as far tuned for static files as its manual goes. `locations` goes into its server block. */
export function startNginx(name: string, locations: string): Promise<Server> {
  const prefix = join(folder, name);
  mkdirSync(prefix, { recursive: true });
  const port = nextPort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${prefix}/${kind};`)
    .join(' ');
  writeFileSync(
    join(prefix, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${prefix}/nginx.pid; error_log stderr error;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http {
  ${temporary}
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; server_tokens off;
  keepalive_requests 1000000000; keepalive_timeout 75s;
  open_file_cache max=1000 inactive=1h; open_file_cache_valid 1h;
  server {
    listen 127.0.0.1:${port};
    ${locations}
    location / { return 200; }
  }
}
`,
  );
  const child = spawn(
    'taskset',
    ['-c', '0', 'nginx', '-p', prefix, '-c', join(prefix, 'nginx.conf')],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return follow(name, prefix, child, `http://127.0.0.1:${port}`, '/');
}

function start(
  name: string,
  house: string,
  args: string[],
  databaseUrl: string,
  page: string,
): Promise<Server> {
  // The stand-in for Stripe takes the port after it.
  const port = nextPort(2);
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn('taskset', ['-c', '0', 'node', ...args], {
    cwd: house,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      BROADSIDE_MODE: 'demo',
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      SITE_URL: origin,
      DATABASE_URL: databaseUrl,
      DATA_DIR: join(house, '.data'),
      // A test load comes from many readers, named in X-Forwarded-For.
      TRUSTED_PROXY_HOPS: '1',
      LOG_LEVEL: 'error',
    },
  });
  return follow(name, house, child, origin, page);
}

async function follow(
  name: string,
  house: string,
  child: ChildProcess,
  origin: string,
  page: string,
): Promise<Server> {
  const began = performance.now();
  const gone = once(child, 'exit');
  const server: Server = {
    name,
    origin,
    pid: child.pid ?? 0,
    house,
    readyAfter: 0,
    stop: async () => {
      running.delete(server);
      if (isOver(child)) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 40_000);
      await gone;
      clearTimeout(late);
    },
  };
  running.add(server);
  while (performance.now() - began < 180_000) {
    if (isOver(child)) throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode}`);
    const status = await ask(origin + page).then(
      (answer) => answer.status,
      // Nobody listens yet.
      () => null,
    );
    if (status === 200) {
      server.readyAfter = performance.now() - began;
      return server;
    }
    await wait(20);
  }
  throw new Error(`${name} did not answer ${page} within three minutes`);
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/**
 * A copy of the build and the code that runs, as a machine of its own would have: Next writes what it rendered into its
 * build, and two servers must not find each other's pages there. All share one folder of pictures, as they would a bucket.
 */
function houseOf(name: string): string {
  const house = join(folder, name);
  if (existsSync(house)) return house;
  mkdirSync(join(house, '.data'), { recursive: true });
  const left = [join(root, '.next', 'cache'), join(root, '.next', 'dev')];
  for (const part of ['.next', 'components', 'db', 'dev', 'lib', 'public', 'scripts', 'server']) {
    cpSync(join(root, part), join(house, part), {
      recursive: true,
      filter: (source) => !left.includes(source),
    });
  }
  for (const file of ['package.json', 'next.config.js', 'tsconfig.json'])
    cpSync(join(root, file), join(house, file));
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
  mkdirSync(join(folder, 'media'), { recursive: true });
  symlinkSync(join(folder, 'media'), join(house, '.data', 'media'));
  return house;
}

/** Memory of a process in MB: what it holds resident, and its share of it where pages are shared. */
export function memoryOf({ pid }: Server): { rss: number; pss: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const field = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? Number.NaN) / 1024;
  return { rss: field('Rss'), pss: field('Pss') };
}

/** What a folder takes on the disk, in MB. */
export function diskOf(path: string): number {
  return Number(execFileSync('du', ['-skL', path], { encoding: 'utf8' }).split('\t')[0]) / 1024;
}
