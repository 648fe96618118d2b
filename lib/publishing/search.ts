import { type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { holding } from '#db/holds.ts';
import { type Actor, may, type Permission } from '#lib/users/rules.ts';

/** What the office's search looks through, in the order in which it is shown. */
export const searchKinds = [
  'article',
  'issue',
  'contributor',
  'media',
  'order',
  'person',
  'section',
  'topic',
  'series',
  'redirect',
] as const;
export type SearchKind = (typeof searchKinds)[number];

/** Something found: where it stands in the dashboard, its name, and a line that tells it from others. */
export type Found = { kind: SearchKind; href: string; name: string; note: string };

/** One letter finds everything, which is as good as nothing. */
const shortest = 2;
const longest = 100;

/**
 * Looks through everything that the actor may see in the office, for a part of a name, a title, an address or a number;
 * published texts also for their words. One statement, at most `each` rows of a kind, the most likely first.
 */
export async function searchOffice(
  actor: Actor,
  typed: string,
  { each }: { each: number },
): Promise<Found[]> {
  const terms = typed.replaceAll('\0', '').trim().replace(/\s+/g, ' ').slice(0, longest);
  if (terms.length < shortest || !may(actor, 'dashboard.enter')) return [];
  const { rows } = await db().execute<Found & { place: number }>(
    searchStatement(actor, terms, each),
  );
  const found = rows.toSorted(
    (a, b) => searchKinds.indexOf(a.kind) - searchKinds.indexOf(b.kind) || a.place - b.place,
  );
  return found.map(({ place: _, ...one }) =>
    one.kind === 'redirect' ? { ...one, href: one.href + encodeURIComponent(one.name) } : one,
  );
}

/** The one question to the database. */
export function searchStatement(actor: Actor, terms: string, each: number): SQL {
  const parts = [
    articlesLike(actor, terms, each),
    ...lists.flatMap(({ permission, query }) =>
      may(actor, permission) ? [query(terms, each)] : [],
    ),
  ];
  return sql.join(
    parts.map((part) => sql`(${part})`),
    sql` union all `,
  );
}

/** Names that begin with what was typed come before those that only hold it. */
function rank(name: SQL, terms: string): SQL {
  return sql`(not starts_with(lower(${name}), ${terms.toLowerCase()}))::int`;
}

/**
 * Titles of working copies that hold what was typed, then published texts with its words. Writers find what is theirs and
 * what was given to them.
 */
function articlesLike(actor: Actor, terms: string, each: number): SQL {
  const own =
    may(actor, 'articles.edit-any') || actor.kind !== 'person'
      ? sql`true`
      : sql`(a.created_by = ${actor.userId} or exists (
          select from assignments where article_id = a.id and user_id = ${actor.userId}))`;
  return sql`
    with titled as (
      select a.id, 0 as rank, ${rank(sql`r.title`, terms)} as begins, r.saved_at as at
      from article_revisions r join articles a on a.draft_revision_id = r.id
      where r.title ilike ${holding(terms)} and ${own}
      order by begins, r.saved_at desc limit ${each}),
    worded as (
      select a.id, 1, 1, s.published_at
      from article_search s join articles a on a.id = s.article_id
      where s.words @@ ${query(terms)} and ${own}
      order by s.published_at desc limit ${each}),
    found as (
      select distinct on (id) * from (select * from titled union all select * from worded) as both_ways
      order by id, rank, begins)
    select 'article' as kind, '/dashboard/articles/' || a.id as href, r.title as name,
      concat_ws(', ',
        case when a.published_at is not null then 'published'
          when a.scheduled_for is not null then 'scheduled'
          when a.stage = 'copy_edited' then 'copy-edited'
          else replace(a.stage::text, '_', ' ') end,
        s.name, to_char(r.saved_at at time zone coalesce((select time_zone from publication limit 1), 'UTC'), 'FMDD Mon YYYY')) as note,
      row_number() over (order by found.rank, found.begins, found.at desc) as place
    from found join articles a on a.id = found.id
    join article_revisions r on r.id = a.draft_revision_id
    left join sections s on s.id = r.section_id
    order by place limit ${each}`;
}

/** Words as readers' search takes them; what would find everything, or a few letters of a word, finds nothing. */
function query(terms: string): SQL {
  const words = terms.length < 4 ? '' : terms;
  return sql`(select case when querytree(q) in ('', 'T') then null else q end
    from websearch_to_tsquery('english', ${words}) as q)`;
}

type List = { permission: Permission; query: (terms: string, each: number) => SQL };

/** What has a name of its own. Every column is the one its trigram index is made of, where it is long enough for one. */
const lists: List[] = [
  {
    permission: 'issues.plan',
    query: (terms, each) => sql`
      select 'issue', '/dashboard/issues/' || id, 'No. ' || number || ', ' || title, period_label,
        row_number() over (order by number desc)
      from issues
      where title ilike ${holding(terms)} or period_label ilike ${holding(terms)} or number = ${numberIn(terms)}
      order by number desc limit ${each}`,
  },
  {
    permission: 'articles.edit-any',
    query: (terms, each) => sql`
      select 'contributor', '/dashboard/contributors/' || id, name, coalesce(city, ''),
        row_number() over (order by ${rank(sql`name`, terms)}, name)
      from contributors where name ilike ${holding(terms)} limit ${each}`,
  },
  {
    permission: 'media.upload',
    query: (terms, each) => sql`
      select 'media', '/dashboard/media/' || id, alt, filename,
        row_number() over (order by created_at desc)
      from media_assets
      where (filename || ' ' || alt || ' ' || caption || ' ' || credit) ilike ${holding(terms)}
      order by created_at desc limit ${each}`,
  },
  {
    permission: 'orders.read',
    query: (terms, each) => sql`
      select 'order', '/dashboard/orders/' || id, 'Order ' || number,
        concat_ws(', ', email, status::text), row_number() over (order by number desc)
      from orders where email ilike ${holding(terms)} or number = ${numberIn(terms)}
      order by number desc limit ${each}`,
  },
  {
    permission: 'people.manage',
    query: (terms, each) => sql`
      select 'person', '/dashboard/people#' || id, coalesce(nullif(name, ''), email),
        concat_ws(', ', email, staff_role::text), row_number() over (order by staff_role desc, email)
      from users where staff_role is not null and (email ilike ${holding(terms)} or name ilike ${holding(terms)})
      limit ${each}`,
  },
  ...(['section', 'topic', 'series'] as const).map(
    (kind): List => ({
      permission: kind === 'section' ? 'site.edit' : 'articles.edit-any',
      query: (terms, each) => {
        const table = sql.raw(kind === 'series' ? kind : `${kind}s`);
        return sql`
          select ${sql.raw(`'${kind}'`)}, ${sql.raw(`'/dashboard/${kind === 'series' ? kind : `${kind}s`}/'`)} || id, name,
            left(description, 80), row_number() over (order by ${rank(sql`name`, terms)}, name)
          from ${table} where name ilike ${holding(terms)} limit ${each}`;
      },
    }),
  ),
  {
    permission: 'site.edit',
    query: (terms, each) => sql`
      select 'redirect', '/dashboard/redirects?q=', from_path, 'leads to ' || target,
        row_number() over (order by from_path)
      from redirects where from_path ilike ${holding(terms)} or target ilike ${holding(terms)}
      order by from_path limit ${each}`,
  },
];

/** The number that was typed, as orders and issues are quoted: "1204", "#1204", "No. 7"; 0, which nothing has, for none. */
function numberIn(terms: string): number {
  return Number(/^(?:#|no\.? ?)?(\d{1,9})$/i.exec(terms)?.[1] ?? 0);
}
