import { say } from '../install.mjs';
import { ask } from './ask.ts';
import { newMagazine, onBothCores, onDatabaseLog, query } from './databases.ts';
import { fill } from './fill.ts';
import { interleave, median, ratioOf, type Target } from './load.ts';
import type { Options } from './options.ts';
import { addresses } from './readers.ts';
import { failed, keep, loadHeader, loadRows, ratio, table, target } from './report.ts';
import { memoryOf, type Server, startBroadside } from './servers.ts';

const sizes = [100, 10_000, 100_000];
/** A query that takes longer than this is shown with its plan, in milliseconds. */
const slow = 20;
/** How many pages of a kind are asked for cold. */
const samples = 5;

type Magazine = { size: number; server: Server; cold: Cold[]; free: string; issue: string };
type Cold = { kind: string; milliseconds: number; slowest: Plan | null };
type Plan = { milliseconds: number; text: string };

/** The same pages out of 100, 10,000 and 100,000 articles: from cold, and under load. */
export async function growth(options: Options): Promise<void> {
  const magazines: Magazine[] = [];
  for (const size of sizes) magazines.push(await grow(size));
  coldTable(magazines);
  const pages: [name: string, path: (magazine: Magazine) => string][] = [
    ['article', ({ free }) => free],
    ['home', () => '/'],
    ['feed', () => '/feed.xml'],
    ['issue', ({ issue }) => issue],
  ];
  const results: Record<string, unknown> = {};
  const rows: string[][] = [];
  const smallest = sizes[0]?.toLocaleString('en') ?? '';
  for (const [name, path] of pages) {
    const targets = magazines.map(
      (magazine): Target => ({
        who: magazine.size.toLocaleString('en'),
        url: magazine.server.origin + path(magazine),
        headers: { 'accept-encoding': 'br' },
        status: 200,
      }),
    );
    const measured = await interleave(targets, options, (who, why) =>
      failed(`${name} of ${who} articles: ${why}`),
    );
    results[name] = measured;
    rows.push(...loadRows(name, measured, [smallest]));
    const kept = ratioOf(measured, sizes.at(-1)?.toLocaleString('en') ?? '', smallest);
    if (kept !== null) target(`${name} with 100,000 ≥ 0.9 × with 100`, ratio(kept), kept >= 0.9);
  }
  say('');
  table([...loadHeader, `to ${smallest}`], rows);
  const memory = magazines.map(({ size, server }) => ({ size, ...memoryOf(server) }));
  for (const { size, rss, pss } of memory) {
    say(
      `  Memory with ${size.toLocaleString('en')} articles, after this load: ${rss.toFixed(0)} MB resident, ${pss.toFixed(0)} MB its share.`,
    );
  }
  keep('growth', {
    cold: magazines.map(({ size, cold }) => ({ size, cold })),
    throughput: results,
    memory,
  });
  for (const { server } of magazines) await server.stop();
}

async function grow(size: number): Promise<Magazine> {
  const database = `growth_${size}`;
  const began = Date.now();
  const databaseUrl = await newMagazine(database);
  await onBothCores(() => fill(database, size));
  // Every query that takes long comes with its plan into the log, as it really ran.
  await query(
    'postgres',
    `alter database ${database} set session_preload_libraries = 'auto_explain';
     alter database ${database} set auto_explain.log_min_duration = ${slow};
     alter database ${database} set auto_explain.log_analyze = on;
     alter database ${database} set auto_explain.log_timing = off`,
  );
  say(
    `  ${size.toLocaleString('en')} articles: made in ${((Date.now() - began) / 1_000).toFixed(1)} s`,
  );
  const server = await startBroadside({
    name: `growth-${size}`,
    databaseUrl,
    page: '/api/health',
  });
  const { articles, issues, free } = await addresses(database);
  const people = await query<{ slug: string }>(
    database,
    'select slug from contributors order by slug limit $1',
    [samples + 1],
  );
  const sections = await query<{ slug: string }>(database, 'select slug from sections');
  const pick = (all: string[]) =>
    Array.from({ length: samples + 1 }, (_, at) => all[Math.floor((at * all.length) / 6)] ?? '');
  const kinds: [kind: string, paths: string[]][] = [
    ['article', pick(articles.filter((path) => path !== free))],
    ['home', ['/']],
    ['feed', ['/feed.xml']],
    ['issue', pick(issues)],
    ['section', sections.map(({ slug }) => `/sections/${slug}`)],
    ['contributor', people.map(({ slug }) => `/contributors/${slug}`)],
    ['archive', ['/issues']],
    ['sitemap', ['/sitemap.xml']],
    ['search', ['year', 'one', 'two+years', 'work', 'lighthouse'].map((q) => `/search?q=${q}`)],
  ];
  const cold: Cold[] = [];
  for (const [kind, paths] of kinds) cold.push(await coldOf(server, kind, paths));
  return { size, server, cold, free, issue: issues[0] ?? '/issues' };
}

/** The first requests of pages that nobody has asked for yet. Where there are several, the first only loads the route. */
async function coldOf(server: Server, kind: string, paths: string[]): Promise<Cold> {
  const times: number[] = [];
  const log: string[] = [];
  onDatabaseLog((line) => log.push(line));
  for (const path of paths) {
    const began = performance.now();
    const { status } = await ask(server.origin + path);
    times.push(performance.now() - began);
    if (status !== 200) failed(`${server.name}${path} answered ${status}`);
  }
  onDatabaseLog(null);
  const counted = times.length > 1 ? times.slice(1) : times;
  return { kind, milliseconds: median(counted), slowest: slowestOf(log) };
}

function slowestOf(log: string[]): Plan | null {
  const plans = log
    .join('\n')
    .split(/^(?=\S+ \S+ \S+ \[\d+\] LOG: {2}duration)/m)
    .flatMap((text) => {
      const milliseconds = Number(/LOG: {2}duration: ([\d.]+) ms/.exec(text)?.[1]);
      return milliseconds ? [{ milliseconds, text }] : [];
    });
  return plans.toSorted((a, b) => b.milliseconds - a.milliseconds)[0] ?? null;
}

function coldTable(magazines: Magazine[]): void {
  const kinds = magazines[0]?.cold.map(({ kind }) => kind) ?? [];
  say(
    `\n  First request of a page nobody has asked for, in ms (its slowest query over ${slow} ms)`,
  );
  table(
    ['page', ...magazines.map(({ size }) => size.toLocaleString('en'))],
    kinds.map((kind, at) => [
      kind,
      ...magazines.map(({ cold }) => {
        const { milliseconds = Number.NaN, slowest = null } = cold[at] ?? {};
        return `${milliseconds.toFixed(0)}${slowest ? ` (${slowest.milliseconds.toFixed(0)})` : ''}`;
      }),
    ]),
    1,
  );
  for (const { kind, slowest } of magazines.at(-1)?.cold ?? []) {
    if (!slowest) continue;
    const nodes = slowest.text.match(/(?:Seq Scan|Index (?:Only )?Scan|Sort|Bitmap)[^\n]*/g) ?? [];
    say(`  ${kind}: ${slowest.milliseconds.toFixed(0)} ms in`);
    for (const node of nodes.slice(0, 4)) say(`    ${node.slice(0, 140)}`);
  }
}
