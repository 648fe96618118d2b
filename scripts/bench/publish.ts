import { setTimeout as wait } from 'node:timers/promises';
import { closeDatabase, connect } from '#db/client.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { publishArticle } from '#lib/publishing/articles.ts';
import { findDraft } from '#lib/publishing/draft.ts';
import type { Person } from '#lib/users/rules.ts';
import { say } from '../install.mjs';
import { ask } from './ask.ts';
import { query, urlOf } from './databases.ts';
import { interleave, median, type Target } from './load.ts';
import type { Options } from './options.ts';
import { addresses } from './readers.ts';
import { failed, keep, loadHeader, loadRows, table, target } from './report.ts';
import { type Server, startBroadside } from './servers.ts';

/** How often something is published, and how long a reader may be kept from it, in milliseconds. */
const times = 50;
const patience = 5_000;
/** The bound on the longest wait, in milliseconds. */
const bound = 1_000;

/**
 * From a publish's acknowledgement until two servers on one database show the new text; and what the article's page
 * bears while another article comes out every second. The publish runs in this process, as it would on a third server:
 * neither of the two is told by anything but the database.
 */
export async function publishing(options: Options): Promise<void> {
  const { free, articles } = await addresses('demo');
  const other = articles.find((path) => path !== free) ?? '';
  const databaseUrl = urlOf('demo');
  const servers = [
    await startBroadside({ name: 'broadside', databaseUrl }),
    await startBroadside({ name: 'broadside-b', databaseUrl }),
  ];
  connect(databaseUrl);
  try {
    await delays(servers, free);
    await underLoad(servers[0] as Server, free, other, options);
  } finally {
    await closeDatabase();
    for (const server of servers) await server.stop();
  }
}

/** Gives an article a title that ends in `mark` and publishes it, as an editor does; resolves when that is acknowledged. */
export async function publish(path: string, mark: string): Promise<void> {
  const editor = await theEditor();
  const [found] = await query<{ id: string }>('demo', 'select id from articles where slug = $1', [
    path.replace('/articles/', ''),
  ]);
  const draft = found && (await findDraft(editor, found.id));
  if (!draft) throw new Error(`There is no article at ${path}`);
  const saved = await saveArticle(editor, draft.id, draft.version, {
    ...draft,
    title: `${draft.title.replace(/ \[.*\]$/, '')} [${mark}]`,
    pictureId: draft.picture?.id ?? null,
    bylines: draft.bylines.map(({ contributorId, role }) => ({ contributorId, role })),
  });
  if (!saved.ok) throw new Error(saved.message);
  const published = await publishArticle(editor, draft.id);
  if (!published.ok) throw new Error(published.message);
}

async function theEditor(): Promise<Person> {
  const [row] = await query<{ id: string }>(
    'demo',
    "select id from users where email = 'editor@example.org'",
  );
  if (!row) throw new Error('The demo has no editor');
  return {
    kind: 'person',
    userId: row.id,
    email: 'editor@example.org',
    name: null,
    staffRole: 'editor',
    factor: { kind: 'free' },
  };
}

async function delays(servers: Server[], path: string): Promise<void> {
  const waits = servers.map((): number[] => []);
  let older = 0;
  for (let time = 1; time <= times; time += 1) {
    const mark = `edition ${time}`;
    await publish(path, mark);
    const acknowledged = performance.now();
    const seen = await Promise.all(servers.map((server) => firstSight(server, path, mark)));
    if (seen.includes(null)) {
      const who = servers.filter((_, at) => seen[at] === null).map(({ name }) => name);
      failed(`${who.join(' and ')} showed no publish within ${patience / 1_000} s`);
      return keep('publishing', { waits });
    }
    for (const [at, moment] of seen.entries()) waits[at]?.push((moment ?? 0) - acknowledged);
    // What was seen once stays: a render that began before must not come back.
    for (const server of servers) {
      if (!(await ask(server.origin + path)).text.includes(`[${mark}]`)) older += 1;
    }
  }
  table(
    ['publish → visible', 'median ms', 'most ms'],
    servers.map(({ name }, at) => [
      name,
      median(waits[at] ?? []).toFixed(0),
      Math.max(...(waits[at] ?? [])).toFixed(0),
    ]),
    1,
  );
  const most = Math.max(...waits.flat());
  target(`publish → visible < ${bound / 1_000} s`, `${most.toFixed(0)} ms at most`, most < bound);
  if (older > 0) failed(`an older text came back ${older} times`);
  keep('publishing', { waits, older });
}

async function firstSight(server: Server, path: string, mark: string): Promise<number | null> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const { text } = await ask(server.origin + path);
    if (text.includes(`[${mark}]`)) return performance.now();
    await wait(5);
  }
  return null;
}

async function underLoad(server: Server, path: string, other: string, options: Options) {
  const target: Target = {
    who: 'nothing comes out',
    url: server.origin + path,
    headers: { 'accept-encoding': 'br' },
    status: 200,
  };
  const bad = (who: string, why: string) => failed(`article while ${who}: ${why}`);
  const calm = await interleave([target], options, bad);
  let published = 0;
  let broken: unknown = null;
  const timer = setInterval(() => {
    published += 1;
    publish(other, `load ${published}`).catch((error: unknown) => {
      broken = error;
    });
  }, 1_000);
  const busy = await interleave([{ ...target, who: 'one a second' }], options, bad);
  clearInterval(timer);
  if (broken) throw broken;
  const measured = [...calm, ...busy];
  table([...loadHeader, 'to calm'], loadRows('article', measured, ['nothing comes out']));
  say(`  ${published} publishes in that time.`);
  keep('publishing under load', measured);
}
