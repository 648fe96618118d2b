import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { S3Settings } from '#lib/env.ts';

export type S3Server = {
  settings: S3Settings;
  /** Ends it; what it kept is gone. */
  stop: () => Promise<void>;
};

/** An S3 server with one empty bucket, in a process and a folder of its own. */
export async function startS3(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-s3-'));
  const port = await freePort();
  const bucket = 'broadside';
  const server = spawn(
    process.execPath,
    [
      createRequire(import.meta.url).resolve('s3rver/bin/s3rver.js'),
      ...['--directory', folder, '--address', '127.0.0.1', '--port', String(port)],
      ...['--configure-bucket', bucket, '--silent'],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswers(endpoint, server);
  return {
    // The one pair of keys that this server knows.
    settings: {
      endpoint,
      region: 'us-east-1',
      bucket,
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        const gone = new Promise((done) => server.once('exit', done));
        server.kill('SIGKILL');
        await gone;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A port of this machine that nobody listens on: `wanted`, or any. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(wanted, '127.0.0.1', () => {
      const found = probe.address();
      probe.close(() =>
        found && typeof found === 'object' ? done(found.port) : failed(new Error('no port')),
      );
    });
  });
}

async function untilAnswers(address: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`The S3 server ended with ${server.exitCode}`);
    if (await fetch(address).catch(() => null)) return;
    await wait(50);
  }
  throw new Error('The S3 server did not start');
}
