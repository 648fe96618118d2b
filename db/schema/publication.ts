import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { currencies } from '#lib/money.ts';
import { instant } from './columns.ts';

export type SocialLink = { label: string; url: string };

/** The magazine itself: exactly one row. */
export const publication = pgTable(
  'publication',
  {
    // The only value the check below admits, so there can be no second row.
    single: boolean().primaryKey().default(true),
    name: text().notNull(),
    tagline: text().notNull(),
    description: text().notNull(),
    language: text().notNull().default('en'),
    email: text().notNull(),
    postalAddress: text().notNull(),
    currency: text({ enum: currencies }).notNull().default('EUR'),
    socialLinks: jsonb().$type<SocialLink[]>().notNull().default([]),
    bannerText: text(),
    bannerHref: text(),
    bannerFrom: instant(),
    bannerUntil: instant(),
    /** Numbers the banner's texts, so that dismissing one does not hide the next. */
    bannerVersion: integer().notNull().default(1),
    foundedYear: integer(),
  },
  (t) => [
    check('publication_single', sql`${t.single}`),
    check('publication_banner_window', sql`${t.bannerFrom} < ${t.bannerUntil}`),
  ],
);
