import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '#lib/gateways/storage/s3.fixture.ts';
import { until } from './until.ts';

export const hasNginx = spawnSync('nginx', ['-v']).status === 0;

/** `deploy/nginx.conf` itself, with this machine's addresses in the place of the containers'. */
export async function startNginx(instances: number[], wanted?: number) {
  const port = wanted ?? (await freePort());
  const given = await readFile(
    fileURLToPath(new URL('../../deploy/nginx.conf', import.meta.url)),
    'utf8',
  );
  const place = await mkdtemp(join(tmpdir(), 'broadside-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${place}/${kind};`,
  );
  const conf = given
    .replace('worker_processes auto;', `worker_processes 1; pid ${place}/pid; daemon off;`)
    .replace(/resolver .*;/, temporary.join(' '))
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace(
      /server app-(\d):3000 (.*) resolve;/g,
      (_, number, rest) => `server 127.0.0.1:${instances[number - 1]} ${rest};`,
    );
  await writeFile(join(place, 'nginx.conf'), conf);
  const child = spawn(
    'nginx',
    ['-e', join(place, 'error.log'), '-p', place, '-c', join(place, 'nginx.conf')],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const origin = `http://127.0.0.1:${port}`;
  await until(async () => Boolean(await fetch(`${origin}/api/health`)), 'nginx to start');
  const stop = async () => {
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
    await rm(place, { recursive: true, force: true });
  };
  return { origin, stop };
}
