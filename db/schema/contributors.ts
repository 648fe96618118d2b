import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id } from './columns.ts';
import { mediaAssets } from './media.ts';
import { users } from './users.ts';

/** Somebody whose name stands in the magazine; needs no account. */
export const contributors = pgTable(
  'contributors',
  {
    id: id(),
    slug: text().notNull(),
    name: text().notNull(),
    biography: text().notNull().default(''),
    website: text(),
    city: text(),
    portraitId: uuid().references(() => mediaAssets.id, { onDelete: 'set null' }),
    userId: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('contributors_slug_key').on(t.slug),
    check('contributors_slug_form', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
  ],
);

export const sections = pgTable(
  'sections',
  {
    id: id(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(''),
    position: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex('sections_slug_key').on(t.slug),
    check('sections_slug_form', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
  ],
);

export const topics = pgTable(
  'topics',
  { id: id(), slug: text().notNull(), name: text().notNull() },
  (t) => [uniqueIndex('topics_slug_key').on(t.slug)],
);
