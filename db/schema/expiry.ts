import { sql } from 'drizzle-orm';
import { bigint, customType, index, pgTable, text } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';

/** The number of a transaction, as text: it doesn't fit into a JavaScript number. */
const transactionId = customType<{ data: string }>({ dataType: () => 'xid8' });

/**
 * Which cached pages a change made stale, written in the transaction of the change, so that every instance on this
 * database learns it exactly when the change is there.
 */
export const pageExpirations = pgTable(
  'page_expirations',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    /**
     * The transaction that wrote the row. Ids are given out before the commit, so a row may appear after one with a
     * higher id was read. A reader that remembers `pg_snapshot_xmin(pg_current_snapshot())` of its last look, and reads
     * from that transaction on, misses no row of a transaction that committed late.
     */
    xid: transactionId().notNull().default(sql`pg_current_xact_id()`),
    tags: text().array().notNull(),
    expiredAt: createdAt(),
  },
  (t) => [index('page_expirations_xid_idx').on(t.xid)],
);
