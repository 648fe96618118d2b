import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { articles } from './articles.ts';
import { createdAt, id, instant } from './columns.ts';
import { contributors } from './contributors.ts';
import { mediaAssets } from './media.ts';
import { users } from './users.ts';

export const issues = pgTable(
  'issues',
  {
    id: id(),
    slug: text().notNull(),
    volume: integer(),
    number: integer().notNull(),
    title: text().notNull(),
    /** What stands on the cover for the date: "Autumn 2026". */
    periodLabel: text().notNull(),
    onSaleAt: instant().notNull(),
    description: text().notNull().default(''),
    coverId: uuid().references(() => mediaAssets.id),
    coverArtistId: uuid().references(() => contributors.id),
    pageCount: integer(),
    /** The article that opens the issue, shown on the issue's page. */
    editorialId: uuid().references(() => articles.id, { onDelete: 'set null' }),
    publishedAt: instant(),
    scheduledFor: instant(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('issues_slug_key').on(t.slug),
    uniqueIndex('issues_number_key').on(t.number),
    index('issues_published_idx').on(t.publishedAt),
    check('issues_slug_form', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
    check('issues_number', sql`${t.number} > 0 and (${t.volume} is null or ${t.volume} > 0)`),
  ],
);

/** An article's place in an issue. */
export const placements = pgTable(
  'placements',
  {
    // Primary key: an article stands in one issue at the most.
    articleId: uuid()
      .primaryKey()
      .references(() => articles.id, { onDelete: 'cascade' }),
    issueId: uuid()
      .notNull()
      .references(() => issues.id, { onDelete: 'cascade' }),
    department: text().notNull(),
    position: integer().notNull(),
    page: integer(),
    /** How many pages are set aside for it in print. */
    pageCount: integer(),
    /** How many words it is to have. */
    wordBudget: integer(),
  },
  (t) => [
    unique('placements_position_key').on(t.issueId, t.position),
    check('placements_page', sql`${t.page} is null or ${t.page} > 0`),
    check(
      'placements_plan',
      sql`(${t.pageCount} is null or ${t.pageCount} > 0) and (${t.wordBudget} is null or ${t.wordBudget} > 0)`,
    ),
    check('placements_department', sql`${t.department} <> ''`),
  ],
);

/** A department that an issue has room for, also while no article stands in it yet. */
export const issueDepartments = pgTable(
  'issue_departments',
  {
    issueId: uuid()
      .notNull()
      .references(() => issues.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.issueId, t.name] }),
    check('issue_departments_name', sql`${t.name} <> ''`),
  ],
);

export const issueFormerSlugs = pgTable('issue_former_slugs', {
  slug: text().primaryKey(),
  issueId: uuid()
    .notNull()
    .references(() => issues.id, { onDelete: 'cascade' }),
});
