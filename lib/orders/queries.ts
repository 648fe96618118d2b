import { and, count, desc, eq, inArray, notInArray, or, type SQL } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { holds } from '#db/holds.ts';
import { products } from '#db/schema/catalog.ts';
import { shipments } from '#db/schema/entitlements.ts';
import { issues } from '#db/schema/issues.ts';
import { orderLines, orders, type PostalAddress, refunds } from '#db/schema/orders.ts';
import type { Edition } from '#lib/catalog/rules.ts';
import { isId } from '#lib/ids.ts';
import type { Currency } from '#lib/money.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import type { OrderStatus, RefundStatus } from './rules.ts';

/** An order as lists show it. Amounts in minor units; `total` is `null` before anything was charged. */
export type OrderCard = {
  id: string;
  number: number;
  status: OrderStatus;
  createdAt: Date;
  paidAt: Date | null;
  currency: Currency;
  total: number | null;
  refunded: number;
  lines: { title: string; edition: Edition; quantity: number; issueSlug: string }[];
};

/** What the office sees beside it. */
export type OfficeOrderCard = OrderCard & { email: string | null };

/** One order with all that happened to its money and its parcel. */
export type OrderDetail = Omit<OfficeOrderCard, 'lines'> & {
  lines: (OrderCard['lines'][number] & { unitAmount: number })[];
  userId: string | null;
  subtotal: number;
  discount: number;
  postage: number;
  tax: number;
  postalAddress: PostalAddress | null;
  refunds: {
    id: string;
    amount: number;
    status: RefundStatus;
    reason: string;
    failureReason: string | null;
    createdAt: Date;
  }[];
  shipments: {
    id: string;
    quantity: number;
    heldReason: string | null;
    postedAt: Date | null;
    canceledAt: Date | null;
  }[];
};

/** A reader's own orders, the newest first. What was never paid is not among them. */
export async function ordersOf(userId: string): Promise<OrderCard[]> {
  const rows = await db()
    .select()
    .from(orders)
    .where(and(eq(orders.userId, userId), notInArray(orders.status, ['open', 'expired'])))
    .orderBy(desc(orders.number));
  return withLines(rows);
}

/** One of a reader's own orders by its number; `null` for another's, as for one that doesn't exist. */
export async function orderOf(userId: string, number: number): Promise<OrderDetail | null> {
  if (!Number.isInteger(number) || number < 1 || number > 2_147_483_647) return null;
  return detail(and(eq(orders.userId, userId), eq(orders.number, number)));
}

export type OrderFilters = {
  status?: OrderStatus;
  /** A number, or a part of an e-mail address. */
  search?: string;
  /** From 1. */
  page: number;
  perPage: number;
};

/** The office's list of orders, the newest first. Open ones that nobody paid are shown only where they are asked for. */
export async function listOrders(
  actor: Actor,
  { status, search = '', page, perPage }: OrderFilters,
): Promise<Result<{ orders: OfficeOrderCard[]; total: number; pages: number }, 'forbidden'>> {
  if (!may(actor, 'orders.read')) return fail('forbidden', 'Only a publisher may see orders.');
  const where = and(
    status ? eq(orders.status, status) : notInArray(orders.status, ['open', 'expired']),
    matching(search.trim()),
  );
  const size = Math.min(Math.max(1, Math.trunc(perPage)), 200);
  const [counted] = await db().select({ total: count() }).from(orders).where(where);
  const rows = await db()
    .select()
    .from(orders)
    .where(where)
    .orderBy(desc(orders.number))
    .limit(size)
    .offset((Math.max(1, Math.trunc(page)) - 1) * size);
  const total = counted?.total ?? 0;
  const cards = await withLines(rows);
  const emails = new Map(rows.map(({ id, email }) => [id, email]));
  return ok({
    orders: cards.map((card) => ({ ...card, email: emails.get(card.id) ?? null })),
    total,
    pages: Math.max(1, Math.ceil(total / size)),
  });
}

/** Any order, by its id: for the office. */
export async function orderDetail(
  actor: Actor,
  orderId: string,
): Promise<Result<OrderDetail, 'forbidden' | 'unknown'>> {
  if (!may(actor, 'orders.read')) return fail('forbidden', 'Only a publisher may see orders.');
  const found = isId(orderId) ? await detail(eq(orders.id, orderId)) : null;
  return found ? ok(found) : fail('unknown', 'There is no such order.');
}

/** An order as its mails tell of it: for the jobs that send them. */
export async function orderForMail(orderId: string): Promise<OrderDetail | null> {
  return detail(eq(orders.id, orderId));
}

/** The order that a refund belongs to. */
export async function refundedOrder(
  refundId: string,
): Promise<{ order: OrderDetail; amount: number } | null> {
  const [refund] = await db().select().from(refunds).where(eq(refunds.id, refundId));
  const order = refund && (await detail(eq(orders.id, refund.orderId)));
  return order ? { order, amount: refund.amount } : null;
}

function matching(search: string): SQL | undefined {
  if (search === '') return undefined;
  const number = /^#?\d{1,9}$/.test(search) ? Number(search.replace('#', '')) : null;
  return or(holds(orders.email, search), number === null ? undefined : eq(orders.number, number));
}

type OrderRow = typeof orders.$inferSelect;

async function withLines(rows: OrderRow[]): Promise<OrderCard[]> {
  if (rows.length === 0) return [];
  const lines = await linesOf(rows.map(({ id }) => id));
  return rows.map((row) => ({
    ...cardOf(row),
    lines: lines
      .filter(({ orderId }) => orderId === row.id)
      .map(({ title, edition, quantity, issueSlug }) => ({ title, edition, quantity, issueSlug })),
  }));
}

function cardOf(row: OrderRow): Omit<OrderCard, 'lines'> {
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    createdAt: row.createdAt,
    paidAt: row.paidAt,
    currency: row.currency as Currency,
    total: row.totalAmount,
    refunded: row.refundedAmount,
  };
}

async function linesOf(orderIds: string[]) {
  return db()
    .select({
      id: orderLines.id,
      orderId: orderLines.orderId,
      title: orderLines.title,
      edition: orderLines.edition,
      quantity: orderLines.quantity,
      unitAmount: orderLines.unitAmount,
      issueSlug: issues.slug,
    })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .innerJoin(issues, eq(issues.id, products.issueId))
    .where(inArray(orderLines.orderId, orderIds));
}

async function detail(where: SQL | undefined): Promise<OrderDetail | null> {
  const [row] = await db().select().from(orders).where(where);
  if (!row) return null;
  const lines = await linesOf([row.id]);
  const given = await db()
    .select({
      id: refunds.id,
      amount: refunds.amount,
      status: refunds.status,
      reason: refunds.reason,
      failureReason: refunds.failureReason,
      createdAt: refunds.createdAt,
    })
    .from(refunds)
    .where(eq(refunds.orderId, row.id))
    .orderBy(refunds.createdAt);
  const parcels = await db()
    .select({
      id: shipments.id,
      quantity: shipments.quantity,
      heldReason: shipments.heldReason,
      postedAt: shipments.postedAt,
      canceledAt: shipments.canceledAt,
    })
    .from(shipments)
    .where(
      inArray(
        shipments.orderLineId,
        lines.map(({ id }) => id),
      ),
    );
  return {
    ...cardOf(row),
    email: row.email,
    userId: row.userId,
    lines: lines.map(({ title, edition, quantity, unitAmount, issueSlug }) => ({
      title,
      edition,
      quantity,
      unitAmount,
      issueSlug,
    })),
    subtotal: lines.reduce((sum, line) => sum + line.unitAmount * line.quantity, 0),
    discount: row.discountAmount ?? 0,
    postage: row.postageAmount ?? 0,
    tax: row.taxAmount ?? 0,
    postalAddress: row.postalAddress,
    refunds: given,
    shipments: parcels,
  };
}
