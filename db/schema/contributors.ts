import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
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
    index('contributors_name_trgm_idx').using('gin', sql`${t.name} gin_trgm_ops`),
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

/** What an article is about, beside its one section. */
export const topics = pgTable(
  'topics',
  {
    id: id(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(''),
  },
  (t) => [
    uniqueIndex('topics_slug_key').on(t.slug),
    check('topics_slug_form', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
  ],
);

/** Articles that follow each other over several issues: a column, a story in parts. */
export const series = pgTable(
  'series',
  {
    id: id(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(''),
  },
  (t) => [
    uniqueIndex('series_slug_key').on(t.slug),
    check('series_slug_form', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
  ],
);
