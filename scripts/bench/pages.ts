import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../install.mjs';
import { type Answer, ask } from './ask.ts';
import { urlOf } from './databases.ts';
import { interleave, type Measured, ratioOf, type Target } from './load.ts';
import type { Options } from './options.ts';
import { folder } from './place.ts';
import { addresses, gatedArticle, subscribers } from './readers.ts';
import { failed, keep, loadHeader, loadRows, ratio, table, target } from './report.ts';
import { memoryOf, type Server, startBroadside, startNextAlone, startNginx } from './servers.ts';

type Case = { name: string; page: string; encoding: string; again?: boolean };

/**
 * Article, home and feed for strangers: Broadside beside nginx with the very same bytes and Next alone. Asked for brotli
 * alone, Next sends its pages as they are, which is the fastest it can; for gzip it compresses each answer anew.
 */
export async function pages(options: Options): Promise<void> {
  const { free } = await addresses('demo');
  const cases: Case[] = [
    { name: 'article br', page: free, encoding: 'br' },
    { name: 'article gzip', page: free, encoding: 'gzip' },
    { name: 'article plain', page: free, encoding: 'identity' },
    { name: 'article 304', page: free, encoding: 'br', again: true },
    { name: 'home br', page: '/', encoding: 'br' },
    { name: 'feed br', page: '/feed.xml', encoding: 'br' },
  ].filter(({ name }) => !options.only || options.only.includes(name.split(' ')[0] ?? ''));
  const broadside = await startBroadside({ name: 'broadside', databaseUrl: urlOf('demo') });
  const atStart = memoryOf(broadside);
  const alone = await startNextAlone({ name: 'next-alone', databaseUrl: urlOf('demo') });
  const mirrors = new Map<string, Answer>();
  for (const { page, encoding } of cases) {
    const headers = { 'accept-encoding': encoding };
    // Twice: the first answer may be the one that fills a cache.
    await ask(broadside.origin + page, { headers });
    mirrors.set(`${page} ${encoding}`, await ask(broadside.origin + page, { headers }));
  }
  const nginx = options.missing.includes('nginx') ? null : await mirror([...mirrors]);
  const servers = [...(nginx ? [nginx] : []), broadside, alone];
  const rows: string[][] = [];
  const results: Record<string, Measured[]> = {};
  for (const one of cases) {
    const targets = await Promise.all(servers.map((server) => targetOf(server, one)));
    const found = targets.filter((target) => target !== null);
    results[one.name] = await interleave(found, options, (who, why) =>
      failed(`${one.name}, ${who}: ${why}`),
    );
    rows.push(...loadRows(one.name, results[one.name] ?? [], ['nginx', 'next-alone']));
    if (one.name === 'article br') articleTargets(results[one.name] ?? []);
  }
  table([...loadHeader, 'to nginx', 'to Next'], rows);
  const afterLoad = memoryOf(broadside);
  say(`  Memory of Broadside’s process: ${megabytes(atStart)} after the start,`);
  say(`  ${megabytes(afterLoad)} after this load.`);
  keep('pages', { cases: results, memory: { atStart, afterLoad } });
  for (const server of servers) await server.stop();
}

/**
 * A reader who may read it opens a gated article: one reader, then 100 of them in turns; beside Next alone, which shows
 * the public its teaser. What Broadside asks the database is part of it, but the database runs on the other core.
 */
export async function subscriber(options: Options): Promise<void> {
  const { slug, ending } = await gatedArticle('demo');
  const cookies = await subscribers('demo', 100);
  const broadside = await startBroadside({ name: 'broadside', databaseUrl: urlOf('demo') });
  const alone = await startNextAlone({ name: 'next-alone', databaseUrl: urlOf('demo') });
  const page = `/articles/${slug}`;
  const headers = { 'accept-encoding': 'br' };
  const url = broadside.origin + page;
  const whole = { url, headers, status: 200 as const, holds: ending };
  const targets: Target[] = [
    { who: 'one reader', ...whole, cookies: cookies.slice(0, 1) },
    { who: '100 readers', ...whole, cookies },
    { who: 'a stranger', url, headers, status: 200, lacks: ending },
    { who: 'next-alone', url: alone.origin + page, headers, status: 200, lacks: ending },
  ];
  const measured = await interleave(targets, options, (who, why) =>
    failed(`gated article, ${who}: ${why}`),
  );
  table(
    [...loadHeader, 'to a stranger', 'to Next'],
    loadRows('gated article', measured, ['a stranger', 'next-alone']),
  );
  keep('subscriber', measured);
  const toNext = ratioOf(measured, '100 readers', 'next-alone');
  if (toNext !== null) target('gated article ≥ 3 × Next alone', ratio(toNext), toNext >= 3);
  await broadside.stop();
  await alone.stop();
}

function articleTargets(measured: Measured[]): void {
  const [toNginx, toNext] = [
    ratioOf(measured, 'broadside', 'nginx'),
    ratioOf(measured, 'broadside', 'next-alone'),
  ];
  if (toNginx !== null) target('article ≥ 0.4 × nginx', ratio(toNginx), toNginx >= 0.4);
  if (toNext !== null) target('article ≥ 25 × Next alone', ratio(toNext), toNext >= 25);
}

async function targetOf(server: Server, { page, encoding, again }: Case): Promise<Target | null> {
  const url = server.origin + (server.name === 'nginx' ? mirrored(page, encoding) : page);
  const headers = { 'accept-encoding': encoding };
  if (!again) return { who: server.name, url, headers, status: 200 };
  const { etag } = (await ask(url, { headers })).headers;
  if (!etag) {
    failed(`${server.name} sends no ETag with ${page}`);
    return null;
  }
  return {
    who: server.name,
    url,
    headers: { ...headers, 'if-none-match': etag },
    status: 304,
  };
}

/** nginx with these answers as files, each with the headers it came with; the ETag is nginx's own, and of the same form. */
function mirror(answers: [key: string, answer: Answer][]): Promise<Server> {
  const files = join(folder, 'mirror');
  mkdirSync(files, { recursive: true });
  const own = ['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding', 'etag'];
  const locations = answers.map(([key, answer], index) => {
    const [page = '', encoding = ''] = key.split(' ');
    const file = join(files, String(index));
    writeFileSync(file, answer.body);
    const headers = Object.entries(answer.headers)
      .filter(([name]) => ![...own, 'content-type'].includes(name))
      .map(([name, value]) => `add_header ${name} ${quoted(String(value))};`);
    const type = quoted(answer.headers['content-type'] ?? '');
    return `location = ${mirrored(page, encoding)} { alias ${file}; types {} default_type ${type}; ${headers.join(' ')} }`;
  });
  return startNginx('nginx', locations.join('\n    '));
}

const mirrored = (page: string, encoding: string) => `/${encoding}${page === '/' ? '/home' : page}`;
const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const megabytes = ({ rss, pss }: { rss: number; pss: number }) =>
  `${rss.toFixed(0)} MB resident (${pss.toFixed(0)} MB its share)`;
