import { query } from './databases.ts';

const pictures = 50_000;
const orders = 5_000;

/**
 * Gives a filled magazine what an office of years has beside its articles: a library of pictures (rows without bytes),
 * drafts in every stage, work given out, remarks, orders, and a year of reads.
 */
export async function fillOffice(database: string): Promise<void> {
  await query(
    database,
    `set synchronous_commit = off;
     set session_replication_role = replica;
     insert into media_assets (storage_key, filename, type, bytes, width, height, hash, alt, caption, credit, created_at)
       select 'bench/' || n, 'picture-' || md5(n::text) || '.jpg', 'image/jpeg', 400000, 1600, 1067, md5(n::text),
              words[1 + n % 8] || ' at the ' || words[1 + n / 8 % 8] || ' of ' || substr(md5(n::text), 1, 6),
              case when n % 3 = 0 then 'Seen from the ' || words[1 + n / 64 % 8] else '' end,
              'Photographer ' || n % 200, now() - interval '1 hour' * n
         from generate_series(1, ${pictures}) n,
              (select array['Lighthouse', 'Harbour', 'Weather', 'Reading room', 'Ferry', 'Tide', 'Street', 'Window'] as words) w;

     create temp table taken as
       select id, draft_revision_id, row_number() over (order by slug) as n
         from articles where slug like 'archive-%' order by slug limit 1000;
     delete from article_search where article_id in (select id from taken);
     update article_revisions set published_at = null, saved_at = now() - interval '1 hour' * n
       from taken where taken.draft_revision_id = article_revisions.id;
     update articles set published_revision_id = null, published_at = null,
       stage = (array['draft', 'in_review', 'copy_edited', 'ready'])[1 + n % 4]::article_stage,
       created_by = (select id from users where email = 'writer@example.org')
       from taken where taken.id = articles.id;
     insert into assignments (article_id, user_id, task, due_on)
       select t.id, u.id, 'edit', current_date - 20 + (t.n % 40)::int
         from taken t join users u on u.staff_role is not null where t.n % 4 = 0;
     with made as (
       insert into comments (article_id, author_id, text)
         select t.id, u.id, 'Is this so?' from taken t, users u where u.email = 'writer@example.org'
         returning id)
     insert into comment_mentions select made.id, u.id from made, users u where u.email = 'editor@example.org';

     insert into orders (status, email, currency, expected_amount, total_amount, expires_at, paid_at, created_at)
       select 'paid', 'buyer-' || n || '@example.org', 'EUR', 800, 800, at, at, at
         from (select n, now() - interval '1 hour' * n as at from generate_series(1, ${orders}) n) sold;
     insert into daily_reads
       select d::date, 'article', a.id, 1 + (random() * 50)::int
         from generate_series(now() - interval '1 year', now(), interval '1 day') d,
              (select id from articles where published_at is not null order by published_at desc limit 400) a
         on conflict do nothing;`,
  );
  await query(database, 'vacuum analyze');
}
