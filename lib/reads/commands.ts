import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import type { Reads } from '#lib/reads/rules.ts';

/**
 * Adds what one instance counted to what is known of these days, the publication's, in one statement: all of it or nothing.
 * An address that leads nowhere any more counts for nothing, a former one for what has moved on from it.
 */
export async function addReads(batch: readonly Reads[]): Promise<void> {
  if (batch.length === 0) return;
  const column = <K extends keyof Reads>(name: K) => sql.param(batch.map((reads) => reads[name]));
  // Rows in one order, so that two instances never wait for each other in a circle.
  await db().execute(sql`
    with counted as (
      select (at at time zone coalesce((select time_zone from publication), 'UTC'))::date as day, kind, slug, reads
      from unnest(${column('at')}::timestamptz[], ${column('kind')}::read_subject[],
        ${column('slug')}::text[], ${column('count')}::int[]) as counted (at, kind, slug, reads)),
    known as (
      select day, kind, reads, case kind
        when 'article' then coalesce(
          (select id from articles where articles.slug = counted.slug),
          (select article_id from article_former_slugs former where former.slug = counted.slug))
        else coalesce(
          (select id from issues where issues.slug = counted.slug),
          (select issue_id from issue_former_slugs former where former.slug = counted.slug))
        end as id
      from counted)
    insert into daily_reads (day, subject_kind, subject_id, reads)
    select day, kind, id, sum(reads) from known where id is not null
    group by day, kind, id order by day, kind, id
    on conflict (day, subject_kind, subject_id)
    do update set reads = daily_reads.reads + excluded.reads`);
}
