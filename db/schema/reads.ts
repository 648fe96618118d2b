import { sql } from 'drizzle-orm';
import { check, date, integer, pgEnum, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';

export const readSubject = pgEnum('read_subject', ['article', 'issue']);

/** How often a page was read on a day of the publication's, by people as far as browsers tell. Nobody is told from others. */
export const dailyReads = pgTable(
  'daily_reads',
  {
    day: date().notNull(),
    subjectKind: readSubject().notNull(),
    subjectId: uuid().notNull(),
    reads: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.subjectKind, t.subjectId] }),
    check('daily_reads_count', sql`${t.reads} > 0`),
  ],
);
