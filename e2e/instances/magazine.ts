import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** An article that is published again and again, each time with a higher number in its title and at the end of its text. */
export type Tracked = { id: string; slug: string; version: number; row: ArticleRow };

type ArticleRow = {
  kind: string;
  access: string;
  section_id: string;
  picture_id: string;
  body: { content: unknown[] };
  bylines: { contributorId: string; role: string }[];
};

/** The cookie of a new session of one of the demo's people. */
export async function signInAs(sql: Pool, email: string): Promise<string> {
  const token = randomUUID();
  const { rowCount } = await sql.query(
    `insert into sessions (session_token, user_id, expires)
     select $1, id, now() + interval '1 day' from users where email = $2`,
    [token, email],
  );
  if (rowCount !== 1) throw new Error(`Nobody is ${email}`);
  return `authjs.session-token=${token}`;
}

/** A new reader, given the issue of an article with our compliments, and a session of theirs. */
export async function readerOf(
  sql: Pool,
  slug: string,
): Promise<{ email: string; cookie: string }> {
  const email = `reader-${randomUUID().slice(0, 8)}@example.org`;
  await sql.query('insert into users (email) values ($1)', [email]);
  const { rowCount } = await sql.query(
    `insert into entitlements (user_id, issue_id, source, starts_at)
     select users.id, placements.issue_id, 'complimentary', now() - interval '1 day'
     from users, articles join placements on placements.article_id = articles.id
     where users.email = $1 and articles.slug = $2`,
    [email, slug],
  );
  if (rowCount !== 1) throw new Error(`${slug} is in no issue`);
  return { email, cookie: await signInAs(sql, email) };
}

export async function track(sql: Pool, slug: string): Promise<Tracked> {
  const { rows } = await sql.query<ArticleRow & { id: string; version: number }>(
    `select articles.id, articles.kind, revisions.version, revisions.access, revisions.section_id,
       revisions.picture_id, revisions.body,
       (select coalesce(json_agg(json_build_object('contributorId', contributor_id, 'role', role)
          order by position), '[]') from bylines where revision_id = revisions.id) as bylines
     from articles join article_revisions as revisions on revisions.id = articles.draft_revision_id where articles.slug = $1`,
    [slug],
  );
  if (!rows[0]) throw new Error(`There is no article ${slug}`);
  const { id, version, ...row } = rows[0];
  return { id, slug, version, row };
}

const marker = (slug: string, number: number) => `zv-${slug}-${number}-`;

/** The numbers of every tracked article's versions that a page shows. */
export function versionsIn(text: string): { slug: string; number: number }[] {
  const found = new Set([...text.matchAll(/zv-([a-z-]+?-\d+)-/g)].map(([, name]) => name ?? ''));
  return [...found].map((name) => ({
    slug: name.replace(/-\d+$/, ''),
    number: Number(/\d+$/.exec(name)?.[0]),
  }));
}

/** The last words of an article's text at this version, which only who may read it whole gets. */
export const lastWords = (slug: string, number: number) => `The end of ${marker(slug, number)}`;

/**
 * Saves and publishes a version through one instance, as the editor's form does; resolves when its answer is there, which
 * is the acknowledgement. Versions of one article are published one after the other.
 */
export async function publish(
  origin: string,
  cookie: string,
  article: Tracked,
  number: number,
): Promise<void> {
  const { row } = article;
  const body = {
    ...row.body,
    content: [...row.body.content, paragraph(lastWords(article.slug, number))],
  };
  const fields: [string, string][] = [
    ['id', article.id],
    ['version', String(article.version)],
    ['intent', 'publish'],
    ['title', `Version ${marker(article.slug, number)}`],
    ['slug', article.slug],
    ['kind', row.kind],
    ['kicker', ''],
    ['standfirst', 'Published again and again.'],
    ['access', row.access],
    ['sectionId', row.section_id],
    ['pictureId', row.picture_id],
    ['body', JSON.stringify(body)],
    ['topics', ''],
    ...row.bylines.flatMap(({ contributorId, role }): [string, string][] => [
      ['bylineContributor', contributorId],
      ['bylineRole', role],
    ]),
  ];
  // React's encoding of a call with one argument, a form: its fields carry the form's number.
  const form = new FormData();
  for (const [name, value] of fields) form.append(`_1_${name}`, value);
  form.append('0', '["$K1"]');
  const answer = await fetch(`${origin}/dashboard/articles/${article.id}`, {
    method: 'POST',
    headers: { cookie, 'next-action': await saveAndAct(), accept: 'text/x-component' },
    body: form,
  });
  const text = await answer.text();
  const saved = /"version":(\d+)/.exec(text)?.[1];
  if (!answer.ok || !saved || !text.includes('Published: it is on the site now.')) {
    throw new Error(
      `Version ${number} of ${article.slug} was not published: ${answer.status} ${text.slice(0, 300)}`,
    );
  }
  article.version = Number(saved);
}

function paragraph(text: string) {
  return { type: 'paragraph', attrs: { dropCap: false }, content: [{ type: 'text', text }] };
}

let action: Promise<string> | undefined;

/** The name by which a browser calls the form's action, which each build makes anew. */
function saveAndAct(): Promise<string> {
  action ??= (async () => {
    const manifest = await readFile(
      join(root, '.next/server/server-reference-manifest.json'),
      'utf8',
    );
    const { node } = JSON.parse(manifest) as { node: Record<string, { exportedName?: string }> };
    const found = Object.entries(node).find(
      ([, { exportedName }]) => exportedName === 'saveAndAct',
    );
    if (!found) throw new Error('This build has no action saveAndAct');
    return found[0];
  })();
  return action;
}
