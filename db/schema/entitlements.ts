import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { plans } from './catalog.ts';
import { createdAt, id, instant } from './columns.ts';
import { issues } from './issues.ts';
import { orderLines, type PostalAddress } from './orders.ts';
import { users } from './users.ts';

export const subscriptionStatus = pgEnum('subscription_status', [
  'trialing',
  'active',
  'past_due',
  'paused',
  'canceled',
]);

/** A reader's running agreement, as Stripe last told it. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    planId: uuid()
      .notNull()
      .references(() => plans.id),
    status: subscriptionStatus().notNull(),
    stripeSubscriptionId: text(),
    renews: boolean().notNull().default(true),
    startedAt: instant().notNull(),
    canceledAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('subscriptions_stripe_key').on(t.stripeSubscriptionId),
    index('subscriptions_user_idx').on(t.userId),
  ],
);

/** A stretch that was paid for: from a day to a day, or a number of issues. */
export const terms = pgTable(
  'terms',
  {
    id: id(),
    subscriptionId: uuid()
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    startsAt: instant().notNull(),
    endsAt: instant(),
    issuesOwed: integer(),
    createdAt: createdAt(),
  },
  (t) => [
    index('terms_subscription_idx').on(t.subscriptionId),
    check('terms_order', sql`${t.startsAt} < ${t.endsAt}`),
    check('terms_measure', sql`${t.endsAt} is not null or ${t.issuesOwed} is not null`),
    check('terms_issues_owed', sql`${t.issuesOwed} >= 0`),
  ],
);

export const entitlementSource = pgEnum('entitlement_source', [
  'order',
  'subscription',
  'gift',
  'institution',
  'complimentary',
]);

/**
 * A right to read an issue: who, what, from which source, from when, until when, revoked when and why. It belongs to an
 * account, or, until somebody proves it, to an e-mail address.
 */
export const entitlements = pgTable(
  'entitlements',
  {
    id: id(),
    userId: uuid().references(() => users.id, { onDelete: 'cascade' }),
    email: text(),
    issueId: uuid()
      .notNull()
      .references(() => issues.id),
    source: entitlementSource().notNull(),
    orderLineId: uuid().references(() => orderLines.id),
    termId: uuid().references(() => terms.id),
    startsAt: instant().notNull(),
    endsAt: instant(),
    revokedAt: instant(),
    revokedReason: text(),
    createdAt: createdAt(),
  },
  (t) => [
    // One grant for what was bought once, however often Stripe reports it.
    unique('entitlements_order_line_key').on(t.orderLineId),
    unique('entitlements_term_issue_key').on(t.termId, t.issueId),
    index('entitlements_reader_idx').on(t.userId, t.issueId),
    index('entitlements_email_idx').on(t.email),
    check('entitlements_holder', sql`${t.userId} is not null or ${t.email} is not null`),
    check('entitlements_email_lower', sql`${t.email} = lower(${t.email})`),
    check('entitlements_window', sql`${t.startsAt} < ${t.endsAt}`),
    check('entitlements_revoked', sql`(${t.revokedAt} is null) = (${t.revokedReason} is null)`),
    check('entitlements_source_named', sql`${t.source} <> 'order' or ${t.orderLineId} is not null`),
  ],
);

/** Freezes, at an issue's cut-off, who is owed a printed copy. */
export const fulfilmentRuns = pgTable(
  'fulfilment_runs',
  {
    id: id(),
    issueId: uuid()
      .notNull()
      .references(() => issues.id),
    cutOffAt: instant().notNull(),
    frozenAt: instant(),
    postedAt: instant(),
    createdBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    unique('fulfilment_runs_cut_off_key').on(t.issueId, t.cutOffAt),
    check('fulfilment_runs_order', sql`${t.postedAt} is null or ${t.frozenAt} is not null`),
  ],
);

/** A parcel that an order is owed. Its address is the one it was sold with. */
export const shipments = pgTable(
  'shipments',
  {
    id: id(),
    orderLineId: uuid()
      .notNull()
      .references(() => orderLines.id),
    runId: uuid().references(() => fulfilmentRuns.id),
    quantity: integer().notNull(),
    postalAddress: jsonb().$type<PostalAddress>().notNull(),
    /** Not to be posted while money is in doubt (a dispute, a hold). */
    heldReason: text(),
    postedAt: instant(),
    canceledAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('shipments_order_line_key').on(t.orderLineId),
    check('shipments_quantity', sql`${t.quantity} > 0`),
    check('shipments_end', sql`${t.postedAt} is null or ${t.canceledAt} is null`),
  ],
);
