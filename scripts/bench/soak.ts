import { randomInt, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { closeDatabase, connect } from '#db/client.ts';
import { say } from '../install.mjs';
import { ask } from './ask.ts';
import { query, urlOf } from './databases.ts';
import { type Inspector, inspect } from './inspector.ts';
import { median } from './load.ts';
import type { Options } from './options.ts';
import { nextPort } from './place.ts';
import { publish } from './publish.ts';
import { addresses, gatedArticle, subscribers } from './readers.ts';
import { failed, keep, percent, target } from './report.ts';
import { diskOf, memoryOf, type Server, startBroadside } from './servers.ts';

/** What may grow in an hour, in MB: memory, and the folders that Broadside and Next write to. */
const bounds = { resident: 32, disk: 32 };

type Sample = {
  minute: number;
  resident: number;
  heap: number;
  data: number;
  build: number;
  asked: number;
  wrong: number;
};

/** Hours of a magazine's day in little: all kinds of requests at a fixed rate, and what grows meanwhile. */
export async function soak({ soakMinutes, rate }: Options): Promise<void> {
  const port = nextPort();
  const databaseUrl = urlOf('demo');
  const server = await startBroadside({
    name: 'broadside',
    databaseUrl,
    node: [`--inspect=127.0.0.1:${port}`, '--inspect-publish-uid=http'],
  });
  const inspector = await inspect(port);
  const { articles, free } = await addresses('demo');
  const mix = await requests(server);
  connect(databaseUrl);
  const counts = { asked: 0, wrong: 0, skipped: 0, underWay: 0 };
  const wrong = new Map<string, number>();
  const samples: Sample[] = [];
  const began = performance.now();
  const cpu = process.cpuUsage();
  let published = 0;
  const note = (what: string) => {
    counts.wrong += 1;
    if (!wrong.has(what)) say(`  for the first time: ${what}`);
    wrong.set(what, (wrong.get(what) ?? 0) + 1);
  };
  const once = async () => {
    // A server that can't keep up is not asked more and more at a time; that shows as requests left out.
    if (counts.underWay >= 64) {
      counts.skipped += 1;
      return;
    }
    const { name, send, right } = mix();
    counts.underWay += 1;
    counts.asked += 1;
    try {
      const status = await send();
      if (!right.includes(status)) note(`${name}: ${status}`);
    } catch (error) {
      note(`${name}: ${error instanceof Error ? error.message : error}`);
    }
    counts.underWay -= 1;
  };
  const timers = [
    setInterval(() => {
      for (let left = rate / 50; left > 0; left -= 1) if (Math.random() < left) void once();
    }, 20),
    setInterval(() => {
      published += 1;
      const path = articles[published % articles.length] ?? free;
      publish(path, `soak ${published}`).catch((error: Error) => note(`publish: ${error.message}`));
    }, 20_000),
  ];
  try {
    for (let minute = 0; minute <= soakMinutes; minute += 1) {
      await wait(Math.max(0, began + minute * 60_000 - performance.now()));
      samples.push(await sample(server, inspector, minute, counts));
    }
  } finally {
    for (const timer of timers) clearInterval(timer);
    while (counts.underWay > 0) await wait(50);
    await closeDatabase();
    inspector.close();
  }
  const { user, system } = process.cpuUsage(cpu);
  const share = (user + system) / 1_000 / (performance.now() - began);
  say(`  ${counts.asked} requests and ${published} publishes; ${counts.skipped} left out.`);
  say(`  This process took ${percent(share)} of its core.`);
  for (const [what, times] of wrong) failed(`soak: ${what}, ${times} times`);
  keep('soak', { samples, slopes: slopes(samples), counts, published });
  await server.stop();
}

type Request = { name: string; send: () => Promise<number>; right: number[] };

/** Draws the next request: mostly strangers' pages, and some of all that makes a server work or remember. */
async function requests(server: Server): Promise<() => Request> {
  const { articles, issues } = await addresses('demo');
  const sections = await query<{ slug: string }>('demo', 'select slug from sections');
  const pages = [
    ...articles,
    ...issues,
    ...sections.map(({ slug }) => `/sections/${slug}`),
    ...['/', '/feed.xml', '/issues', '/subscribe'],
  ];
  const { slug } = await gatedArticle('demo');
  const cookies = await subscribers('demo', 100);
  const words = ['weather', 'herring', 'night', 'rooms', 'a sheet', '"the ferry"', 'lamp -oil'];
  const any = <T>(all: T[]): T => all[randomInt(all.length)] as T;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const from = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
    const accepted = { 'accept-encoding': 'gzip, br', 'x-forwarded-for': from };
    return (await ask(server.origin + path, { headers: { ...accepted, ...headers } })).status;
  };
  return () => {
    const draw = Math.random() * 100;
    if (draw < 75) return { name: 'page', send: () => get(any(pages)), right: [200] };
    if (draw < 80) {
      // As campaigns and crawlers add them: no page of its own for each.
      const path = () => `${any(pages)}?utm_source=${randomUUID()}`;
      return { name: 'page with a query', send: () => get(path()), right: [200] };
    }
    if (draw < 88) {
      const path = () => `/${any(['articles', 'issues', 'contributors'])}/${randomUUID()}`;
      return { name: 'unknown address', send: () => get(path()), right: [404] };
    }
    if (draw < 97) {
      const send = () => get(`/articles/${slug}`, { cookie: any(cookies) });
      return { name: 'subscriber', send, right: [200] };
    }
    if (draw < 99.8) {
      const path = () => `/search?q=${encodeURIComponent(any(words))}`;
      return { name: 'search', send: () => get(path()), right: [200, 429] };
    }
    return { name: 'sign-in', send: () => askForLink(server), right: [303] };
  };
}

/** Asks for a sign-in link as a browser without scripts does. */
async function askForLink({ origin }: Server): Promise<number> {
  const from = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  const { text } = await ask(`${origin}/sign-in`);
  const form = new FormData();
  for (const [, name = '', value = ''] of text.matchAll(
    /<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g,
  ))
    form.set(name, value);
  form.set('email', `soak-${randomUUID()}@example.org`);
  const answer = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { origin, 'x-forwarded-for': from },
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function sample(
  server: Server,
  inspector: Inspector,
  minute: number,
  { asked, wrong }: { asked: number; wrong: number },
): Promise<Sample> {
  const { usedSize } = await inspector.send<{ usedSize: number }>('Runtime.getHeapUsage');
  const found: Sample = {
    minute,
    resident: memoryOf(server).rss,
    heap: usedSize / 1024 ** 2,
    data: diskOf(join(server.house, '.data')),
    build: diskOf(join(server.house, '.next')),
    asked,
    wrong,
  };
  const mb = (number: number) => `${number.toFixed(0)} MB`;
  say(
    `  minute ${String(minute).padStart(3)}: ${mb(found.resident)} resident, heap ${mb(found.heap)}, .data ${mb(found.data)}, .next ${mb(found.build)}, ${asked} asked, ${wrong} wrong`,
  );
  return found;
}

/**
 * Growth in MB an hour: between the medians of the second and the last quarter, since the first one fills caches. Fewer
 * than 20 samples tell no slope.
 */
function slopes(samples: Sample[]): Record<string, number> | null {
  if (samples.length < 20) {
    say('  Too short for a slope: 20 minutes are the least.');
    return null;
  }
  const quarter = Math.floor(samples.length / 4);
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  const of = (name: keyof Sample) =>
    median(late.map((one) => one[name])) - median(early.map((one) => one[name]));
  const hours = of('minute') / 60;
  const found = {
    resident: of('resident') / hours,
    heap: of('heap') / hours,
    disk: (of('data') + of('build')) / hours,
  };
  say(
    `  An hour adds ${found.resident.toFixed(1)} MB resident, ${found.heap.toFixed(1)} MB of heap, ${found.disk.toFixed(1)} MB on the disk.`,
  );
  for (const [name, grown, bound] of [
    ['memory', found.resident, bounds.resident],
    ['disk', found.disk, bounds.disk],
  ] as const)
    target(`${name} < ${bound} MB more an hour`, `${grown.toFixed(1)} MB`, grown < bound);
  return found;
}
