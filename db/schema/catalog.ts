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
  (t) => [
    uniqueIndex('postage_zones_name_key').on(t.name),
    // Stripe's page refuses a promise that ends before it begins.
    check('postage_zones_days', sql`${t.minDays} > 0 and ${t.minDays} <= ${t.maxDays}`),
  ],
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

/** A subscription that is offered, or was. Who has one of a plan that is offered no more keeps its terms. */
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
    /** Runs on from term to term until it is cancelled; else it ends by itself with its first term. */
    renews: boolean().notNull().default(false),
    /** So many days at the beginning cost nothing. */
    trialDays: integer().notNull().default(0),
    /** A card is asked for before the trial; else only when it ends. */
    trialNeedsCard: boolean().notNull().default(true),
    includesArchive: boolean().notNull().default(false),
    position: integer().notNull().default(0),
    /** Since when it is on offer no more, or not yet: a plan is looked at before readers see it. */
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
    // Stripe charges by the calendar, and issues don't come out by it: see docs/decisions/0018.
    check('plans_renews', sql`not ${t.renews} or ${t.interval} is not null`),
    // A number of issues has no days, so none of them can be free.
    check(
      'plans_trial',
      sql`${t.trialDays} between 0 and 90 and (${t.trialDays} = 0 or ${t.interval} is not null)`,
    ),
  ],
);

/** What a plan costs, by who pays: `chosen` is what readers choose themselves. */
export const priceTier = pgEnum('price_tier', ['reduced', 'standard', 'supporter', 'chosen']);

/** Amounts in minor units of one term, without postage. Of a chosen price, `amount` is what is suggested. */
export const planPrices = pgTable(
  'plan_prices',
  {
    planId: uuid()
      .notNull()
      .references(() => plans.id, { onDelete: 'cascade' }),
    currency: text().notNull(),
    tier: priceTier().notNull().default('standard'),
    amount: integer().notNull(),
    minimum: integer(),
    maximum: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.currency, t.tier] }),
    check('plan_prices_amount', sql`${t.amount} >= 0`),
    check('plan_prices_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    // Who may choose has to know between what; a price that is said has nothing to choose.
    check(
      'plan_prices_bounded',
      sql`(${t.tier} = 'chosen') = (${t.minimum} is not null) and (${t.tier} = 'chosen') = (${t.maximum} is not null)`,
    ),
    // Nobody is suggested what would be refused.
    check(
      'plan_prices_bounds',
      sql`${t.minimum} >= 0 and ${t.minimum} <= ${t.amount} and ${t.amount} <= ${t.maximum}`,
    ),
  ],
);
