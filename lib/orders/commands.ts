import { eq } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { products } from '#db/schema/catalog.ts';
import { orderLines, orders, type PostalAddress, refunds } from '#db/schema/orders.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import type { Edition } from '#lib/catalog/rules.ts';
import { clock } from '#lib/clock.ts';
import { grantForOrderLine } from '#lib/entitlements/commands.ts';
import { oweShipment } from '#lib/fulfilment/commands.ts';
import { isId } from '#lib/ids.ts';
import { formatMoney, isCurrency } from '#lib/money.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, isFresh, may, unproved } from '#lib/users/rules.ts';
import { type OrderStatus, type RefundEntry, refundAmount, refundedSum } from './rules.ts';

export type LockedOrder = typeof orders.$inferSelect;
export type OrderLine = {
  id: string;
  issueId: string;
  edition: Edition;
  title: string;
  quantity: number;
  unitAmount: number;
};

/**
 * Asks for money to go back: some of it (minor units) or all that is left. Never more than was paid, refunds under way
 * counted. Stripe is asked by a job that is written with it; access ends when everything went back. `seenRefunds` is how
 * many refunds there were when somebody decided, failed ones counted: if there are more by now, nothing happens, so that
 * a form sent twice pays once, even where the first refund failed in between.
 */
export async function refundOrder(
  actor: Actor,
  orderId: string,
  input: { amount: number | 'full'; reason: string; seenRefunds?: number },
): Promise<
  Result<
    { refundId: string },
    'forbidden' | 'unproved' | 'unknown' | 'not-paid' | 'invalid' | 'changed'
  >
> {
  if (!may(actor, 'orders.refund')) {
    return fail('forbidden', 'Only a publisher may give money back.');
  }
  if (!isFresh(actor, clock.now())) return unproved();
  if (!isId(orderId)) return fail('unknown', 'There is no such order.');
  return db().transaction(async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (!order) return fail('unknown', 'There is no such order.');
    if ((order.status !== 'paid' && order.status !== 'held') || !order.stripePaymentIntentId) {
      return fail('not-paid', 'Nothing was paid for this order, so nothing can go back.');
    }
    const known = await tx.$count(refunds, eq(refunds.orderId, orderId));
    if (input.seenRefunds !== undefined && input.seenRefunds !== known) {
      return fail('changed', 'A refund was asked for in the meantime: look at this order again.');
    }
    const total = order.totalAmount ?? 0;
    const amount = refundAmount(input.amount, total, order.refundedAmount);
    if (amount === null) {
      const text = `Give an amount up to ${money(total - order.refundedAmount, order.currency)}, which is what is left.`;
      return fail('invalid', text, { amount: text });
    }
    const [refund] = await tx
      .insert(refunds)
      .values({
        orderId,
        amount,
        reason: input.reason.trim(),
        requestedBy: actor.kind === 'person' ? actor.userId : null,
      })
      .returning({ id: refunds.id });
    if (!refund) throw new Error('The refund was not written');
    await writeRefundedSum(tx, order);
    await recordAudit(
      tx,
      actor,
      'order.refund',
      { kind: 'order', id: orderId },
      {
        amount,
        currency: order.currency,
        reason: input.reason.trim(),
      },
    );
    await addJob(
      tx,
      'orders.refund',
      { refundId: refund.id },
      { key: `orders.refund:${refund.id}` },
    );
    return ok({ refundId: refund.id });
  });
}

/** Lets an order through that was held because its money was not what we had asked for. */
export async function acceptHeldOrder(
  actor: Actor,
  orderId: string,
): Promise<Result<void, 'forbidden' | 'unknown' | 'not-held' | 'no-address' | 'refunded'>> {
  if (!may(actor, 'orders.refund')) {
    return fail('forbidden', 'Only a publisher may let a held order through.');
  }
  if (!isId(orderId)) return fail('unknown', 'There is no such order.');
  return db().transaction(async (tx) => {
    const order = await lockOrder(tx, orderId);
    if (!order) return fail('unknown', 'There is no such order.');
    if (order.status !== 'held') return fail('not-held', 'This order is not held.');
    if (order.refundedAmount > 0 && order.refundedAmount === order.totalAmount) {
      return fail(
        'refunded',
        'All of this order’s money went back, so there is nothing to let through.',
      );
    }
    if (order.country && !order.postalAddress) {
      return fail('no-address', 'This order has no address to post to: give the money back.');
    }
    const paid = await writeOrder(tx, orderId, { status: 'paid', paidAt: clock.now() });
    await recordAudit(tx, actor, 'order.accept', { kind: 'order', id: orderId });
    await fulfilOrder(tx, paid);
    return ok();
  });
}

/** The order's row, locked until the transaction ends: whoever changes an order holds this lock. */
export async function lockOrder(tx: Transaction, orderId: string): Promise<LockedOrder | null> {
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update');
  return order ?? null;
}

export async function linesOfOrder(tx: Transaction, orderId: string): Promise<OrderLine[]> {
  return tx
    .select({
      id: orderLines.id,
      issueId: products.issueId,
      edition: orderLines.edition,
      title: orderLines.title,
      quantity: orderLines.quantity,
      unitAmount: orderLines.unitAmount,
    })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(orderLines.id);
}

/** What Stripe told of a session, as the order keeps it. Amounts in minor units. */
export type Charge = {
  status: OrderStatus;
  email: string | null;
  discountAmount: number;
  postageAmount: number;
  taxAmount: number;
  totalAmount: number;
  postalAddress: PostalAddress | null;
  stripeSessionId: string;
  stripePaymentIntentId: string | null;
  livemode: boolean;
  paidAt: Date | null;
};

export async function writeOrder(
  tx: Transaction,
  orderId: string,
  change: Partial<Charge>,
): Promise<LockedOrder> {
  const [order] = await tx.update(orders).set(change).where(eq(orders.id, orderId)).returning();
  if (!order) throw new Error(`Order ${orderId} is gone`);
  return order;
}

/** Gives what a paid order is owed: the right to read, the parcel, the receipt. */
export async function fulfilOrder(tx: Transaction, order: LockedOrder): Promise<void> {
  const { id, userId, email, postalAddress } = order;
  for (const line of await linesOfOrder(tx, id)) {
    if (userId ?? email) {
      await grantForOrderLine(tx, {
        orderLineId: line.id,
        issueId: line.issueId,
        userId,
        email: userId ? null : email,
      });
    }
    if (line.edition === 'print' && postalAddress) {
      await oweShipment(tx, { orderLineId: line.id, quantity: line.quantity, postalAddress });
    }
  }
  if (email) {
    await addJob(tx, 'mail.send', { kind: 'receipt', orderId: id }, { key: `mail.receipt:${id}` });
  }
}

/** Reckons an order's refunded amount anew from its refunds. Answers the refunds. */
export async function writeRefundedSum(
  tx: Transaction,
  order: { id: string; totalAmount: number | null },
): Promise<RefundEntry[]> {
  const rows = await tx.select().from(refunds).where(eq(refunds.orderId, order.id));
  const entries = rows.map(({ amount, status, stripeRefundId }) => ({
    amount,
    status,
    atStripe: stripeRefundId !== null,
  }));
  const refundedAmount = Math.min(refundedSum(entries), order.totalAmount ?? 0);
  await tx.update(orders).set({ refundedAmount }).where(eq(orders.id, order.id));
  return entries;
}

function money(amount: number, currency: string): string {
  return isCurrency(currency) ? formatMoney({ amount, currency }) : `${amount} ${currency}`;
}
