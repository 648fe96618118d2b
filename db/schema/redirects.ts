import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { createdAt } from './columns.ts';
import { users } from './users.ts';

/**
 * Addresses that lead elsewhere: what an editor entered, and former addresses of sections, contributors, topics and
 * series. Former addresses of articles and issues stand in tables of their own, since they point at what they name.
 */
export const redirects = pgTable(
  'redirects',
  {
    /** A path of this site without query. */
    fromPath: text().primaryKey(),
    /** A path of this site or an http(s) address; never a path that is itself redirected. */
    target: text().notNull(),
    /** Made because an address changed, not entered by a person. */
    automatic: boolean().notNull().default(false),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    index('redirects_target_idx').on(t.target),
    check('redirects_from', sql`${t.fromPath} ~ '^/[^/]'`),
    check('redirects_other', sql`${t.fromPath} <> ${t.target}`),
  ],
);
