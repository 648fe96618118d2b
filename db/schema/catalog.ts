import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';
import { issues } from './issues.ts';

export const edition = pgEnum('edition', ['print', 'digital']);

/** What a single issue is sold as: one product an edition. */
export const products = pgTable(
  'products',
  {
    id: id(),
    issueId: uuid()
      .notNull()
      .references(() => issues.id, { onDelete: 'cascade' }),
    edition: edition().notNull(),
    /** Withdrawn from sale without being forgotten. */
    active: boolean().notNull().default(true),
    /** Copies that can still be sold: on the shelf less those reserved. `null` for what never runs out. */
    stock: integer(),
    weightGrams: integer(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('products_issue_edition_key').on(t.issueId, t.edition),
    // The last copy can't be sold twice, whatever the code believes.
    check('products_stock', sql`${t.stock} >= 0`),
    check('products_stock_print', sql`(${t.edition} = 'print') = (${t.stock} is not null)`),
  ],
);

/** Amounts in minor units, tax as the setting says. */
export const productPrices = pgTable(
  'product_prices',
  {
    productId: uuid()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    currency: text().notNull(),
    amount: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.currency] }),
    check('product_prices_amount', sql`${t.amount} >= 0`),
    check('product_prices_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);

export const postageZones = pgTable(
  'postage_zones',
  {
    id: id(),
    name: text().notNull(),
    position: integer().notNull().default(0),
    /** Working days, as promised on the Stripe page. */
    minDays: integer().notNull().default(3),
    maxDays: integer().notNull().default(10),
  },
  (t) => [uniqueIndex('postage_zones_name_key').on(t.name)],
);

/** A country lies in one zone (primary key), named by its ISO 3166-1 alpha-2 code. */
export const postageCountries = pgTable(
  'postage_countries',
  {
    country: text().primaryKey(),
    zoneId: uuid()
      .notNull()
      .references(() => postageZones.id, { onDelete: 'cascade' }),
  },
  (t) => [check('postage_countries_code', sql`${t.country} ~ '^[A-Z]{2}$'`)],
);

export const postageRates = pgTable(
  'postage_rates',
  {
    zoneId: uuid()
      .notNull()
      .references(() => postageZones.id, { onDelete: 'cascade' }),
    currency: text().notNull(),
    firstCopy: integer().notNull(),
    furtherCopy: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.zoneId, t.currency] }),
    check('postage_rates_amounts', sql`${t.firstCopy} >= 0 and ${t.furtherCopy} >= 0`),
  ],
);

/** A subscription on offer. A retired plan is sold no more; who has it keeps its terms. */
export const plans = pgTable(
  'plans',
  {
    id: id(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text().notNull().default(''),
    includesPrint: boolean().notNull(),
    includesDigital: boolean().notNull(),
    interval: text({ enum: ['month', 'year'] }),
    issueCount: integer(),
    includesArchive: boolean().notNull().default(false),
    position: integer().notNull().default(0),
    retiredAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('plans_slug_key').on(t.slug),
    // By time or by number of issues, never both and never neither.
    check('plans_term', sql`(${t.interval} is null) <> (${t.issueCount} is null)`),
    check('plans_something', sql`${t.includesPrint} or ${t.includesDigital}`),
    check('plans_interval', sql`${t.interval} in ('month', 'year')`),
    check('plans_issue_count', sql`${t.issueCount} > 0`),
  ],
);

export const planPrices = pgTable(
  'plan_prices',
  {
    planId: uuid()
      .notNull()
      .references(() => plans.id, { onDelete: 'cascade' }),
    currency: text().notNull(),
    amount: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.currency] }),
    check('plan_prices_amount', sql`${t.amount} >= 0`),
    check('plan_prices_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);
