import { lt, sql } from 'drizzle-orm';
import { db, type Transaction, unhurried } from './client.ts';
import { pageExpirations } from './schema/expiry.ts';

/** The channel that says, at the commit, that pages have expired. It carries nothing: who hears it looks them up. */
export const expiryChannel = 'broadside_pages';

/** How long it is known that a page expired, in milliseconds. Who has not looked for longer has to drop every page. */
export const expirationsKeptFor = 24 * 60 * 60 * 1_000;

/** `age`: seconds since its transaction began. */
export type Expiration = { id: string; tags: string[]; age: number };

/**
 * Writes down within `tx` that every cached page with one of these tags is out of date, and tells all instances on the
 * database when `tx` commits. Every command whose change a public page shows calls it in its transaction; nothing
 * happens without a tag.
 */
export async function expirePages(tx: Transaction, tags: readonly string[]): Promise<void> {
  if (tags.length === 0) return;
  await tx.insert(pageExpirations).values({ tags: [...new Set(tags)] });
  await tx.execute(sql`select pg_notify(${expiryChannel}, '')`);
}

/**
 * What expired since an earlier look, the oldest first, and the horizon to name at the next look. `horizon` is a
 * transaction's number as text; `null` asks for a first one and reads nothing. Nothing is missed, however late its
 * transaction commits, but a row may come again while older transactions are open: `id` tells it apart.
 */
export async function expirationsSince(
  horizon: string | null,
): Promise<{ horizon: string; expirations: Expiration[] }> {
  // One statement, so that rows and horizon come from one snapshot.
  const { rows } = await db().execute<{ horizon: string; expirations: Expiration[] }>(sql`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon, coalesce(
      (select json_agg(json_build_object('id', id::text, 'tags', tags, 'age',
                extract(epoch from clock_timestamp() - expired_at)) order by id)
       from ${pageExpirations} where ${pageExpirations.xid} >= ${horizon}::xid8),
      '[]') as expirations`);
  if (!rows[0]) throw new Error('The database answered no horizon');
  return rows[0];
}

/** Deletes what expired longer ago than it is kept. */
export async function sweepExpirations(): Promise<void> {
  const kept = sql`now() - ${`${expirationsKeptFor} milliseconds`}::interval`;
  await unhurried((tx) => tx.delete(pageExpirations).where(lt(pageExpirations.expiredAt, kept)));
}
