import { query } from './databases.ts';

/** How many articles stand in an issue, and how many years the archive goes back. */
const perIssue = 30;
const years = 30;

/**
 * Fills a demo magazine up to `size` published articles with an archive from before its first issue: the demo's own texts
 * and pictures under other addresses, four fifths of it in issues, the rest news. What is newest stays the demo's, so
 * that its pages hold the same at every size. What search looks through comes from the words of the demo's texts, which
 * the trigger would work out for each article.
 */
export async function fill(database: string, size: number): Promise<void> {
  const [now] = await query<{ count: number }>(
    database,
    'select count(*)::int from articles where published_at is not null',
  );
  const more = size - (now?.count ?? 0);
  if (more <= 0) throw new Error(`The magazine has more than ${size} articles already`);
  const issues = Math.ceil((more * 0.8) / perIssue);
  await query(
    database,
    `set synchronous_commit = off;
     set session_replication_role = replica;
     drop index article_search_words_idx;
     ${archive(more, issues)}
     create index article_search_words_idx on article_search using gin (words);`,
  );
  await query(database, 'vacuum analyze');
}

function archive(more: number, issues: number): string {
  return `
create temp table texts as
  select row_number() over () - 1 as n, r.*, setweight(to_tsvector('english', r.plain_text), 'D') as words
    from articles a join article_revisions r on r.id = a.published_revision_id
   where a.kind = 'article' and r.word_count > 500;
create temp table plan as
  select n, gen_random_uuid() as id, gen_random_uuid() as revision,
         (case when n % 5 = 0 then 'news' else 'article' end)::article_kind as kind,
         case when n % 5 > 0 then (n - 1 - n / 5) / ${perIssue} end as issue,
         (select min(published_at) from articles) - interval '1 day'
           - interval '${years} years' * case when n % 5 > 0
               then ((n - 1 - n / 5) / ${perIssue})::float / ${issues} else n::float / ${more} end as day,
         n % (select count(*) from texts) as text
    from generate_series(1, ${more}) n;

insert into contributors (slug, name, biography)
  select 'archive-' || n, 'Contributor ' || n, 'Wrote for the magazine in its early years.'
    from generate_series(1, ${Math.ceil(more / 25)}) n;
create temp table people as
  select row_number() over (order by slug) - 1 as n, id from contributors;
create unique index on people (n);

-- In two steps, so that no number is another's for a moment.
update issues set number = number + 1000000;
update issues set number = number - 1000000 + ${issues};
insert into issues (slug, number, title, period_label, on_sale_at, published_at, description, page_count, cover_id)
  select 'archive-' || n, ${issues} - n, 'Archive ' || (${issues} - n), to_char(day, 'FMMonth YYYY'), day, day,
         'An issue of the archive.', 128,
         (select cover_id from issues where published_at is not null order by number limit 1)
    from (select distinct issue as n, day from plan where issue is not null) found;

insert into articles (id, slug, kind, draft_revision_id, published_revision_id, published_at)
  select id, 'archive-' || n, kind, revision, revision, day from plan;
insert into article_revisions (id, article_id, number, title, kicker, standfirst, body, teaser, plain_text,
    word_count, access, section_id, picture_id, saved_at, published_at)
  select p.revision, p.id, 1, t.title || ' (' || p.n || ')', t.kicker, t.standfirst, t.body, t.teaser,
         t.plain_text, t.word_count,
         (case when p.kind = 'article' and p.n % 3 > 0 then 'gated' else 'free' end)::article_access,
         t.section_id, t.picture_id, p.day, p.day
    from plan p join texts t on t.n = p.text;
insert into article_search (article_id, published_at, head, words)
  select p.id, p.day, h.head, h.head || t.words
    from plan p join article_revisions r on r.id = p.revision join texts t on t.n = p.text,
         lateral (select search_head(r.title, r.kicker, r.standfirst) as head) h;
insert into bylines (revision_id, contributor_id, position)
  select revision, people.id, 0 from plan join people on people.n = plan.n % (select count(*) from people);
insert into placements (article_id, issue_id, department, position, page)
  select p.id, i.id, case when p.n % 30 < 10 then 'Essays' when p.n % 30 < 20 then 'Reports' else 'Reviews' end,
         row_number() over (partition by p.issue order by p.n), 3 + (p.n % 30) * 4
    from plan p join issues i on i.slug = 'archive-' || p.issue
   where p.issue is not null;`;
}
