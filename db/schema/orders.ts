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
import { articles } from './articles.ts';
import { edition, products } from './catalog.ts';
import { createdAt, id, instant } from './columns.ts';
import { users } from './users.ts';

/**
 * open: at the Stripe page · processing: paid by a method that settles later · paid · held: the money differs from what
 * was asked, a person decides · failed: the later payment failed · expired: never paid.
 */
export const orderStatus = pgEnum('order_status', [
  'open',
  'processing',
  'paid',
  'held',
  'failed',
  'expired',
]);

export type PostalAddress = {
  name: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postcode: string;
  country: string;
};

/** One purchase. What was charged is stored here, whatever the catalogue says later. */
export const orders = pgTable(
  'orders',
  {
    id: id(),
    /** What people quote: counts up from 1001. */
    number: integer().notNull().generatedAlwaysAsIdentity({ startWith: 1001 }),
    status: orderStatus().notNull().default('open'),
    /** As given at the Stripe page, in lower case; `null` until then. Proves nothing by itself. */
    email: text(),
    /** The account that proved the address. */
    userId: uuid().references(() => users.id, { onDelete: 'set null' }),
    currency: text().notNull(),
    /** Minor units, as we reckoned them when the order was opened. */
    expectedAmount: integer().notNull(),
    /** Minor units, as Stripe charged them. */
    discountAmount: integer(),
    postageAmount: integer(),
    taxAmount: integer(),
    totalAmount: integer(),
    refundedAmount: integer().notNull().default(0),
    country: text(),
    postalAddress: jsonb().$type<PostalAddress>(),
    stripeSessionId: text(),
    stripeSessionUrl: text(),
    stripePaymentIntentId: text(),
    livemode: boolean(),
    /** Hash of a cookie of the buyer's browser: finds the open order of a double click or a second tab. */
    browserHash: text(),
    /** The article whose page the reader bought from. */
    sourceArticleId: uuid().references(() => articles.id, { onDelete: 'set null' }),
    expiresAt: instant().notNull(),
    paidAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('orders_number_key').on(t.number),
    uniqueIndex('orders_stripe_session_key').on(t.stripeSessionId),
    index('orders_payment_intent_idx').on(t.stripePaymentIntentId),
    index('orders_email_idx').on(t.email),
    index('orders_user_idx').on(t.userId),
    index('orders_status_idx').on(t.status, t.createdAt),
    check('orders_email_lower', sql`${t.email} = lower(${t.email})`),
    check(
      'orders_paid_whole',
      sql`${t.status} <> 'paid' or (${t.paidAt} is not null and ${t.totalAmount} is not null)`,
    ),
    // No more can go back than came in.
    check('orders_refunded', sql`${t.refundedAmount} between 0 and coalesce(${t.totalAmount}, 0)`),
  ],
);

export const orderLines = pgTable(
  'order_lines',
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    edition: edition().notNull(),
    /** The name on the day of the sale. */
    title: text().notNull(),
    quantity: integer().notNull(),
    /** Minor units of the order's currency. */
    unitAmount: integer().notNull(),
  },
  (t) => [
    index('order_lines_order_idx').on(t.orderId),
    index('order_lines_product_idx').on(t.productId),
    check('order_lines_quantity', sql`${t.quantity} between 1 and 20`),
    check('order_lines_amount', sql`${t.unitAmount} >= 0`),
  ],
);

export const reservationState = pgEnum('reservation_state', ['held', 'taken', 'released']);

/** Printed copies put aside for an order. `products.stock` went down when this row was made. */
export const stockReservations = pgTable(
  'stock_reservations',
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    quantity: integer().notNull(),
    state: reservationState().notNull().default('held'),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('stock_reservations_order_key').on(t.orderId, t.productId),
    index('stock_reservations_due_idx').on(t.state, t.expiresAt),
    check('stock_reservations_quantity', sql`${t.quantity} > 0`),
  ],
);

export const refundStatus = pgEnum('refund_status', ['pending', 'succeeded', 'failed', 'canceled']);

export const refunds = pgTable(
  'refunds',
  {
    id: id(),
    orderId: uuid()
      .notNull()
      .references(() => orders.id),
    stripeRefundId: text(),
    /** Minor units of the order's currency. */
    amount: integer().notNull(),
    status: refundStatus().notNull().default('pending'),
    reason: text().notNull().default(''),
    failureReason: text(),
    requestedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('refunds_stripe_key').on(t.stripeRefundId),
    index('refunds_order_idx').on(t.orderId),
    check('refunds_amount', sql`${t.amount} > 0`),
  ],
);

/** Every event that Stripe sent and we took, by its own id: the second delivery of one finds its row. */
export const stripeEvents = pgTable(
  'stripe_events',
  {
    id: text().primaryKey(),
    type: text().notNull(),
    apiVersion: text(),
    livemode: boolean().notNull(),
    /** The object that the event speaks of; it is fetched anew before anything is done. */
    objectId: text().notNull(),
    createdAt: instant().notNull(),
    receivedAt: instant().notNull(),
    processedAt: instant(),
    outcome: text(),
  },
  (t) => [index('stripe_events_unprocessed_idx').on(t.processedAt, t.receivedAt)],
);
