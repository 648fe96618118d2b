import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../install.mjs';
import { urlOf } from './databases.ts';
import { type Inspector, inspect } from './inspector.ts';
import { type Figure, load, look, type Target } from './load.ts';
import type { Options } from './options.ts';
import { nextPort } from './place.ts';
import { gatedArticle, subscribers } from './readers.ts';
import { keep, percent, resultFolder, table, whole } from './report.ts';
import { startBroadside } from './servers.ts';

/** As V8 writes it (https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#type-Profile). Times in µs. */
type Profile = {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number } }[];
  samples: number[];
  timeDeltas: number[];
};

/** What bounds a subscriber's page: where the server's processor spends its time under that load. */
export async function profile({ seconds }: Options): Promise<void> {
  const { slug, ending } = await gatedArticle('demo');
  const port = nextPort();
  const server = await startBroadside({
    name: 'broadside',
    databaseUrl: urlOf('demo'),
    node: [`--inspect=127.0.0.1:${port}`, '--inspect-publish-uid=http'],
  });
  const target: Target = {
    who: '100 readers',
    url: `${server.origin}/articles/${slug}`,
    headers: { 'accept-encoding': 'br' },
    cookies: await subscribers('demo', 100),
    status: 200,
    holds: ending,
  };
  await look(target);
  await load(target, 2);
  const inspector = await inspect(port);
  // A process that is being looked into doesn't end.
  const { figure, found } = await watched(inspector, () => load(target, seconds * 2)).finally(
    inspector.close,
  );
  await server.stop();
  const functions = selfTimes(found, server.house);
  const all = functions.reduce((sum, [, time]) => sum + time, 0);
  const top = functions.slice(0, 15).map(([name, time]) => ({ name, share: time / all }));
  say(
    `  ${whole(figure.perSecond)} requests/s while watched; the server’s core ${percent(figure.serverCore)} busy, the other ${percent(figure.otherCore)}.`,
  );
  table(
    ['function', 'of the time'],
    top.map(({ name, share }) => [name, `${(share * 100).toFixed(1)}%`]),
    1,
  );
  mkdirSync(resultFolder, { recursive: true });
  const file = join(resultFolder, 'subscriber.cpuprofile');
  writeFileSync(file, JSON.stringify(found));
  say(`  The whole of it, for a browser’s developer tools: ${file}`);
  keep('profile', { ...figure, top });
}

async function watched(inspector: Inspector, work: () => Promise<Figure>) {
  await inspector.send('Profiler.enable');
  await inspector.send('Profiler.setSamplingInterval', { interval: 500 });
  await inspector.send('Profiler.start');
  const figure = await work();
  const { profile: found } = await inspector.send<{ profile: Profile }>('Profiler.stop');
  return { figure, found };
}

/** Functions by the time spent in themselves, the longest first. */
function selfTimes({ nodes, samples, timeDeltas }: Profile, house: string): [string, number][] {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const file = url.replace(/^file:\/\//, '').replace(`${house}/`, '');
      const short = file.replace(/^.*\/node_modules\//, '');
      return [id, `${functionName || '(anonymous)'}${short ? ` ${short}:${lineNumber + 1}` : ''}`];
    }),
  );
  const times = new Map<string, number>();
  for (const [at, sample] of samples.entries()) {
    const name = names.get(sample) ?? 'unknown';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[at] ?? 0));
  }
  return [...times].toSorted((a, b) => b[1] - a[1]);
}
