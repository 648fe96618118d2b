import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { currencies } from '#lib/money.ts';
import { instant } from './columns.ts';
import { mediaAssets } from './media.ts';

export type SocialLink = { label: string; url: string };
/** A line of a menu: a path of this site or an address elsewhere. */
export type MenuItem = { label: string; href: string };

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
    /** The lines of the menus; `null` leaves the choice to the site: sections, archive, subscribe. */
    mainMenu: jsonb().$type<MenuItem[]>(),
    footerMenu: jsonb().$type<MenuItem[]>(),
    logoId: uuid().references(() => mediaAssets.id, { onDelete: 'set null' }),
    /** The one colour beside ink and paper, as #rrggbb, on light and on dark paper; `null`: the site's own. */
    accentLight: text(),
    accentDark: text(),
    /** An IANA name: in which the office's dates and appointments are told. */
    timeZone: text().notNull().default('UTC'),
    /** How many issues come out in a year: by them the postage of a plan by time is reckoned. */
    issuesPerYear: integer().notNull().default(4),
    /** Nobody enters the dashboard without a second factor. */
    secondFactorRequired: boolean().notNull().default(false),
  },
  (t) => [
    check(
      'publication_accents',
      sql`${t.accentLight} ~ '^#[0-9a-f]{6}$' and ${t.accentDark} ~ '^#[0-9a-f]{6}$'`,
    ),
    check('publication_single', sql`${t.single}`),
    // A magazine without issues would post a year of nothing; none has more than one a week.
    check('publication_issues_per_year', sql`${t.issuesPerYear} between 1 and 52`),
    check('publication_banner_window', sql`${t.bannerFrom} < ${t.bannerUntil}`),
  ],
);
