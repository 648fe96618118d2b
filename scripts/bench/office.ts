import { randomUUID } from 'node:crypto';
import { closeDatabase, connect } from '#db/client.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { findDraft } from '#lib/publishing/draft.ts';
import type { Person } from '#lib/users/rules.ts';
import { say } from '../install.mjs';
import { ask } from './ask.ts';
import { newMagazine, onBothCores, query } from './databases.ts';
import { fill } from './fill.ts';
import { fillOffice } from './office-fill.ts';
import { failed, keep, table, target } from './report.ts';
import { type Server, startBroadside } from './servers.ts';

const database = 'office';
const size = 10_000;
/** How often each page is asked for, after some that only warm it up. */
const times = 60;
const warm = 5;
/** The bound on the 95th percentile, in milliseconds. */
const bound = 200;

type Measured = { name: string; p50: number; p95: number; most: number; bytes: number };

/** The office's lists, search and editor over 10,000 articles and 50,000 pictures, as signed-in people of the staff. */
export async function office(): Promise<void> {
  const began = Date.now();
  const databaseUrl = await newMagazine(database);
  await onBothCores(async () => {
    await fill(database, size);
    await fillOffice(database);
  });
  say(`  Filled in ${((Date.now() - began) / 1_000).toFixed(0)} s`);
  const server = await startBroadside({ name: 'office', databaseUrl, page: '/api/health' });
  const [editor, publisher] = await signedIn(['editor@example.org', 'publisher@example.org']);
  const long = await longArticle();
  const [section] = await query<{ id: string }>(database, 'select id from sections limit 1');
  const results: Measured[] = [];
  const typing = ['li', 'lig', 'light', 'lighthouse', 'weather', 'contributor 12', 'harbour', 'zq'];
  const cases: [name: string, paths: string[], cookie?: string | undefined][] = [
    ['articles, first page', ['/dashboard/articles']],
    ['articles, filtered', [`/dashboard/articles?state=draft&section=${section?.id}`]],
    ['articles, searched', ['weather', 'the', 'stair'].map((q) => `/dashboard/articles?q=${q}`)],
    ['articles, deep page', [`/dashboard/articles?page=${size / 50 - 1}`]],
    ['pictures, first page', ['/dashboard/media']],
    ['pictures, searched', ['harbour', 'tide at', 'a1b2'].map((q) => `/dashboard/media?q=${q}`)],
    ['contributors', ['/dashboard/contributors']],
    ['today, editor', ['/dashboard', '/dashboard?span=months']],
    ['today, publisher', ['/dashboard', '/dashboard?span=months'], publisher],
    ['search while typing', typing.map((q) => `/dashboard/search/results?q=${q}`)],
    ['search, all results', typing.map((q) => `/dashboard/search?q=${q}`)],
    ['the editor, a long text', [`/dashboard/articles/${long}`]],
  ];
  for (const [name, paths, cookie = editor] of cases) {
    const measured = await measure(server, name, paths, cookie ?? '');
    if (measured) results.push(measured);
  }
  results.push(await saving(databaseUrl, long));
  table(
    ['as the office asks', 'p50 ms', 'p95 ms', 'most ms', 'bytes'],
    results.map(({ name, p50, p95, most, bytes }) => [
      name,
      ...[p50, p95, most].map((time) => time.toFixed(1)),
      bytes.toLocaleString('en'),
    ]),
    1,
  );
  for (const { name, p95 } of results)
    target(`${name}: p95 < ${bound} ms`, `${p95.toFixed(0)} ms`, p95 < bound);
  keep('office', { size, results });
  await server.stop();
}

async function measure(
  server: Server,
  name: string,
  paths: string[],
  cookie: string,
): Promise<Measured | null> {
  const spent: number[] = [];
  let bytes = 0;
  for (let time = -warm; time < times; time += 1) {
    const path = paths[(time + warm) % paths.length] ?? '';
    const began = performance.now();
    const { status, body } = await ask(server.origin + encodeURI(path), { headers: { cookie } });
    if (time >= 0) spent.push(performance.now() - began);
    if (status !== 200) {
      failed(`${name}: ${path} answered ${status}`);
      return null;
    }
    bytes = Math.max(bytes, body.length);
  }
  return { name, ...quantiles(spent), bytes };
}

/** Saving, from the check of the actor to the commit, in this process: a form's way to the server is the editor's. */
async function saving(databaseUrl: string, id: string): Promise<Measured> {
  connect(databaseUrl);
  try {
    const editor = await personOf('editor@example.org');
    const spent: number[] = [];
    for (let time = -warm; time < times; time += 1) {
      const draft = await findDraft(editor, id);
      if (!draft) throw new Error(`There is no article ${id}`);
      const input = {
        ...draft,
        pictureId: draft.picture?.id ?? null,
        bylines: draft.bylines.map(({ contributorId, role }) => ({ contributorId, role })),
      };
      const began = performance.now();
      const saved = await saveArticle(editor, id, draft.version, input);
      if (time >= 0) spent.push(performance.now() - began);
      if (!saved.ok) throw new Error(saved.message);
    }
    return { name: 'saving a long text', ...quantiles(spent), bytes: 0 };
  } finally {
    await closeDatabase();
  }
}

function quantiles(spent: number[]): Pick<Measured, 'p50' | 'p95' | 'most'> {
  const sorted = spent.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), most: at(1) };
}

/** Cookies of sessions as the sign-in makes them. */
async function signedIn(emails: string[]): Promise<string[]> {
  const tokens = emails.map(() => randomUUID());
  await query(
    database,
    `insert into sessions (session_token, user_id, expires)
     select token, users.id, now() + interval '1 day'
       from unnest($1::text[], $2::text[]) as given (token, email) join users using (email)`,
    [tokens, emails],
  );
  return tokens.map((token) => `authjs.session-token=${token}`);
}

async function personOf(email: string): Promise<Person> {
  const [row] = await query<{ id: string }>(database, 'select id from users where email = $1', [
    email,
  ]);
  if (!row) throw new Error(`The demo has no ${email}`);
  const factor = { kind: 'free' } as const;
  return { kind: 'person', userId: row.id, email, name: null, staffRole: 'editor', factor };
}

async function longArticle(): Promise<string> {
  const [row] = await query<{ id: string }>(
    database,
    `select a.id from articles a join article_revisions r on r.id = a.draft_revision_id
      order by r.word_count desc, a.slug limit 1`,
  );
  if (!row) throw new Error('The magazine has no article');
  return row.id;
}
