import { randomUUID } from 'node:crypto';
import { query } from './databases.ts';

export type Gated = {
  slug: string;
  /** Words from the end of the text, which only its readers get. */
  ending: string;
};

/** The longest gated article of an issue that is out, with words that stand only in its whole text. */
export async function gatedArticle(database: string): Promise<Gated> {
  const [row] = await query<{ slug: string; text: string }>(
    database,
    `select a.slug, r.plain_text as text
       from articles a
       join article_revisions r on r.id = a.published_revision_id
       join placements p on p.article_id = a.id
       join issues i on i.id = p.issue_id
      where r.access = 'gated' and i.published_at is not null
      order by r.word_count desc limit 1`,
  );
  const endings = row?.text.slice(row.text.length / 2).match(/[A-Za-z]+(?: [A-Za-z]+){5,}/g);
  const ending = endings?.at(-1);
  if (!row || !ending) throw new Error('The magazine has no gated article');
  return { slug: row.slug, ending };
}

/** Readers who may read every issue, signed in: their cookies. Sessions as the sign-in makes them. */
export async function subscribers(database: string, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => randomUUID());
  await query(
    database,
    `with people as (
       insert into users (email, email_verified)
       select 'bench-' || token || '@example.org', now() from unnest($1::text[]) token
       returning id, email
     ), granted as (
       insert into entitlements (user_id, issue_id, source, starts_at)
       select people.id, issues.id, 'complimentary', now() - interval '1 day' from people, issues
     )
     insert into sessions (session_token, user_id, expires)
     select substring(email from 7 for 36), id, now() + interval '60 days' from people`,
    [tokens],
  );
  return tokens.map((token) => `authjs.session-token=${token}`);
}

/** Addresses of the magazine's public pages. */
export async function addresses(database: string): Promise<{
  articles: string[];
  issues: string[];
  free: string;
}> {
  const articles = await query<{ slug: string; access: string }>(
    database,
    `select a.slug, r.access from articles a
       join article_revisions r on r.id = a.published_revision_id
      where a.kind = 'article' order by r.word_count desc`,
  );
  const issues = await query<{ slug: string }>(
    database,
    'select slug from issues where published_at is not null order by on_sale_at desc',
  );
  const free = articles.find(({ access }) => access === 'free');
  if (!free) throw new Error('The magazine has no free article');
  return {
    articles: articles.map(({ slug }) => `/articles/${slug}`),
    issues: issues.map(({ slug }) => `/issues/${slug}`),
    free: `/articles/${free.slug}`,
  };
}
