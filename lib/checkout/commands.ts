import { and, desc, eq, inArray, or, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { articles } from '#db/schema/articles.ts';
import { orderLines, orders, stockReservations, stripeEvents } from '#db/schema/orders.ts';
import { clock } from '#lib/clock.ts';
import type { StripeEvent } from '#lib/gateways/stripe/events.ts';
import { releaseReservations, takeStock } from '#lib/stock/commands.ts';
import { type Choice, type OpenOrder, reservedUntil } from './rules.ts';

export type Reservation =
  | { kind: 'new' | 'same'; order: OpenOrder }
  /** This browser has an open order of the product with other choices: it is given up first. */
  | { kind: 'other'; order: OpenOrder }
  | { kind: 'processing'; number: number }
  | { kind: 'sold-out' };

/** Amounts in minor units; `from` is the slug of the article the reader comes from. */
export type ReserveRequest = {
  product: { id: string; title: string; unitAmount: number };
  choice: Choice;
  postage: number;
  browserHash: string;
  userId: string | null;
  from: string | null;
};

/**
 * Puts copies aside and writes the order, its line and the job that gives the copies back, all in one transaction; or
 * finds the order that the same browser has open for the same product. Two requests of one browser wait for each other.
 */
export async function reserveOrder(request: ReserveRequest): Promise<Reservation> {
  const { product, choice } = request;
  return db().transaction(async (tx) => {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`${request.browserHash}:${product.id}`}, 0))`,
    );
    const earlier = await findEarlier(tx, request);
    if (earlier.processing && !choice.again)
      return { kind: 'processing', number: earlier.processing };
    if (earlier.open) {
      return isSame(earlier.open, request)
        ? { kind: 'same', order: earlier.open }
        : { kind: 'other', order: earlier.open };
    }
    const posted = choice.edition === 'print';
    if (posted && !(await takeStock(tx, product.id, choice.quantity))) return { kind: 'sold-out' };
    return { kind: 'new', order: await insertOrder(tx, request) };
  });
}

/** Notes the page at Stripe. `false`: the order was given up meanwhile, and nobody must be sent there. */
export async function saveSession(
  orderId: string,
  session: { id: string; url: string },
): Promise<boolean> {
  const rows = await db()
    .update(orders)
    .set({ stripeSessionId: session.id, stripeSessionUrl: session.url })
    .where(and(eq(orders.id, orderId), eq(orders.status, 'open')))
    .returning({ id: orders.id });
  return rows.length === 1;
}

/**
 * Ends an open order whose page at Stripe is known not to exist (`sessionId` says what is known of it: `null` for one
 * that never got a page), and gives its copies back. Any other order stays as it is.
 */
export async function lapseOrder(orderId: string, sessionId: string | null): Promise<void> {
  await db().transaction(async (tx) => {
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update');
    if (order?.status !== 'open' || order.stripeSessionId !== sessionId) return;
    await tx.update(orders).set({ status: 'expired' }).where(eq(orders.id, orderId));
    await releaseReservations(tx, orderId);
  });
}

/** Keeps an event and the job that acts on it, together. `false`: it is here already, and nothing more happens. */
export async function storeEvent(event: StripeEvent): Promise<boolean> {
  return db().transaction(async (tx) => {
    const stored = await tx
      .insert(stripeEvents)
      .values({ ...event, receivedAt: clock.now() })
      .onConflictDoNothing({ target: stripeEvents.id })
      .returning({ id: stripeEvents.id });
    if (stored.length === 0) return false;
    await addJob(tx, 'stripe.event', { eventId: event.id }, { key: `stripe.event:${event.id}` });
    return true;
  });
}

/** Notes what came of an event. */
export async function finishEvent(eventId: string, outcome: string): Promise<void> {
  await db()
    .update(stripeEvents)
    .set({ processedAt: clock.now(), outcome })
    .where(eq(stripeEvents.id, eventId));
}

async function findEarlier(tx: Transaction, { product, browserHash, userId }: ReserveRequest) {
  const mine = userId
    ? or(eq(orders.browserHash, browserHash), eq(orders.userId, userId))
    : eq(orders.browserHash, browserHash);
  const rows = await tx
    .select({ order: orders, line: orderLines })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(
      and(
        mine,
        eq(orderLines.productId, product.id),
        inArray(orders.status, ['open', 'processing']),
      ),
    )
    .orderBy(desc(orders.createdAt));
  const open = rows.find(
    ({ order }) => order.status === 'open' && order.browserHash === browserHash,
  );
  return {
    open: open ? openOrderOf(open.order, open.line) : null,
    processing: rows.find(({ order }) => order.status === 'processing')?.order.number ?? null,
  };
}

function isSame(open: OpenOrder, { choice, userId }: ReserveRequest): boolean {
  return (
    open.quantity === choice.quantity &&
    open.currency === choice.currency &&
    open.country === choice.country &&
    open.userId === userId
  );
}

async function insertOrder(tx: Transaction, request: ReserveRequest): Promise<OpenOrder> {
  const { product, choice, postage, browserHash, userId, from } = request;
  const expiresAt = reservedUntil(clock.now());
  const [source] = from
    ? await tx.select({ id: articles.id }).from(articles).where(eq(articles.slug, from))
    : [];
  const [order] = await tx
    .insert(orders)
    .values({
      currency: choice.currency,
      expectedAmount: product.unitAmount * choice.quantity + postage,
      country: choice.country,
      userId,
      browserHash,
      sourceArticleId: source?.id ?? null,
      expiresAt,
      createdAt: clock.now(),
    })
    .returning();
  if (!order) throw new Error('The order was not written');
  const [line] = await tx
    .insert(orderLines)
    .values({
      orderId: order.id,
      productId: product.id,
      edition: choice.edition,
      title: product.title,
      quantity: choice.quantity,
      unitAmount: product.unitAmount,
    })
    .returning();
  if (!line) throw new Error('The order line was not written');
  if (choice.edition === 'print') {
    await tx
      .insert(stockReservations)
      .values({ orderId: order.id, productId: product.id, quantity: choice.quantity, expiresAt });
  }
  await addJob(
    tx,
    'checkout.expire',
    { orderId: order.id },
    { key: `checkout.expire:${order.id}`, runAt: expiresAt },
  );
  return openOrderOf(order, line);
}

function openOrderOf(
  order: typeof orders.$inferSelect,
  line: typeof orderLines.$inferSelect,
): OpenOrder {
  return {
    id: order.id,
    number: order.number,
    currency: order.currency,
    country: order.country,
    quantity: line.quantity,
    unitAmount: line.unitAmount,
    postage: order.expectedAmount - line.unitAmount * line.quantity,
    title: line.title,
    edition: line.edition,
    userId: order.userId,
    expiresAt: order.expiresAt,
    sessionId: order.stripeSessionId,
    sessionUrl: order.stripeSessionUrl,
  };
}
