import { and, desc, eq, inArray, lt, or } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { products } from '#db/schema/catalog.ts';
import { issues } from '#db/schema/issues.ts';
import { orderLines, orders, stripeEvents } from '#db/schema/orders.ts';
import type { EventType } from '#lib/gateways/stripe/events.ts';
import { isCurrency } from '#lib/money.ts';
import type { OrderStatus } from '#lib/orders/rules.ts';
import type { Thanks } from './rules.ts';

/** A stored event that nobody has acted on; `null` for one that is done or unknown. */
export async function waitingEvent(
  eventId: string,
): Promise<{ type: EventType; objectId: string } | null> {
  const [row] = await db().select().from(stripeEvents).where(eq(stripeEvents.id, eventId));
  if (!row || row.processedAt) return null;
  return { type: row.type as EventType, objectId: row.objectId };
}

/** An order's state and its page at Stripe. */
export async function checkoutState(
  orderId: string,
): Promise<{ status: OrderStatus; sessionId: string | null } | null> {
  const [row] = await db()
    .select({ status: orders.status, sessionId: orders.stripeSessionId })
    .from(orders)
    .where(eq(orders.id, orderId));
  return row ?? null;
}

/** Orders that should have come to an end by now: open after their time, or waiting for money. The oldest first. */
export async function overdueOrders(
  now: Date,
): Promise<{ id: string; status: OrderStatus; sessionId: string | null }[]> {
  return db()
    .select({ id: orders.id, status: orders.status, sessionId: orders.stripeSessionId })
    .from(orders)
    .where(and(inArray(orders.status, ['open', 'processing']), lt(orders.expiresAt, now)))
    .orderBy(orders.createdAt);
}

/** Whether an order of this product waits for its money, begun in this browser or by this account. */
export async function settlingOrder(
  productId: string,
  buyer: { browserHash: string | null; userId: string | null },
): Promise<{ number: number } | null> {
  const mine = buyerIs(buyer);
  if (!mine) return null;
  const [row] = await db()
    .select({ number: orders.number })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .where(and(mine, eq(orderLines.productId, productId), eq(orders.status, 'processing')))
    .limit(1);
  return row ?? null;
}

/**
 * The order of a session, for the browser it was begun in or the account that began it. Anybody else, and any session
 * that isn't ours, gets `null`: the address of a thank-you page proves nothing.
 */
export async function orderForThanks(
  sessionId: string,
  buyer: { browserHash: string | null; userId: string | null },
): Promise<Thanks | null> {
  const mine = buyerIs(buyer);
  if (!mine) return null;
  const rows = await db()
    .select({
      order: orders,
      line: orderLines,
      issueSlug: issues.slug,
      from: articles.slug,
    })
    .from(orders)
    .innerJoin(orderLines, eq(orderLines.orderId, orders.id))
    .innerJoin(products, eq(products.id, orderLines.productId))
    .innerJoin(issues, eq(issues.id, products.issueId))
    .leftJoin(articles, eq(articles.id, orders.sourceArticleId))
    .where(and(eq(orders.stripeSessionId, sessionId), mine))
    .orderBy(desc(orderLines.id));
  const [first] = rows;
  if (!first) return null;
  const { order } = first;
  return {
    number: order.number,
    status: order.status,
    email: order.email,
    owned: order.userId !== null && order.userId === buyer.userId,
    lines: rows.map(({ line, issueSlug }) => ({
      title: line.title,
      edition: line.edition,
      quantity: line.quantity,
      issueSlug,
    })),
    total:
      order.totalAmount !== null && isCurrency(order.currency)
        ? { amount: order.totalAmount, currency: order.currency }
        : null,
    from: first.from ? { slug: first.from } : null,
  };
}

function buyerIs({ browserHash, userId }: { browserHash: string | null; userId: string | null }) {
  const ways = [
    ...(browserHash ? [eq(orders.browserHash, browserHash)] : []),
    ...(userId ? [eq(orders.userId, userId)] : []),
  ];
  return ways.length > 0 ? or(...ways) : null;
}
