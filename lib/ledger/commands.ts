import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { orders, refunds } from '#db/schema/orders.ts';
import { raiseAlert, recordAudit } from '#lib/audit/commands.ts';
import { restoreForOrder, revokeForOrder } from '#lib/entitlements/commands.ts';
import { cancelShipments, holdShipments } from '#lib/fulfilment/commands.ts';
import type { StripeDispute, StripeRefund } from '#lib/gateways/stripe/ledger.ts';
import { type LockedOrder, lockOrder, writeRefundedSum } from '#lib/orders/commands.ts';
import { nextRefundStatus, refundedInFull } from '#lib/orders/rules.ts';
import { releaseReservations } from '#lib/stock/commands.ts';
import { system } from '#lib/users/rules.ts';

/** `ignored`: the payment is in no order of ours. */
export type LedgerOutcome = 'ignored' | 'applied';

type RefundRow = typeof refunds.$inferSelect;

/** A refund that waits to be asked for at Stripe; `null` once it was. */
export async function refundToSend(
  refundId: string,
): Promise<{ orderId: string; paymentIntentId: string; amount: number } | null> {
  const [row] = await db()
    .select({ refund: refunds, paymentIntentId: orders.stripePaymentIntentId })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .where(
      and(eq(refunds.id, refundId), eq(refunds.status, 'pending'), isNull(refunds.stripeRefundId)),
    );
  if (!row?.paymentIntentId) return null;
  const { orderId, amount } = row.refund;
  return { orderId, amount, paymentIntentId: row.paymentIntentId };
}

/**
 * Brings our books in line with a refund as it is at Stripe, one made in Stripe's own dashboard too. Access ends when
 * everything went back, and comes back where such a refund failed. Running it again changes nothing.
 */
export async function applyRefund(refund: StripeRefund): Promise<LedgerOutcome> {
  return db().transaction(async (tx) => {
    const order = await lockOrderOf(tx, refund.paymentIntentId);
    if (!order) return 'ignored';
    const row = await rowFor(tx, order, refund);
    const status = nextRefundStatus(row.status, refund.status);
    const fresh = row.stripeRefundId === null;
    if (!fresh && status === row.status) return 'applied';
    await tx
      .update(refunds)
      .set({ status, stripeRefundId: refund.id, failureReason: refund.failureReason })
      .where(eq(refunds.id, row.id));
    await recordAudit(
      tx,
      system,
      `refund.${status}`,
      { kind: 'order', id: order.id },
      {
        refund: refund.id,
        amount: refund.amount,
      },
    );
    if (status === 'succeeded' && row.status !== 'succeeded' && order.email) {
      await addJob(
        tx,
        'mail.send',
        { kind: 'refund', refundId: row.id },
        { key: `mail.refund:${row.id}` },
      );
    }
    if (status === 'failed') await alertFailed(tx, order, row.id, refund.failureReason);
    await convergeAccess(tx, order);
    return 'applied';
  });
}

/** Notes that Stripe won't give this money back, and tells the office. */
export async function refuseRefund(refundId: string, why: string): Promise<void> {
  await db().transaction(async (tx) => {
    const [row] = await tx.select().from(refunds).where(eq(refunds.id, refundId));
    const order = row && (await lockOrder(tx, row.orderId));
    if (!order) return;
    const failed = await tx
      .update(refunds)
      .set({ status: 'failed', failureReason: why })
      .where(and(eq(refunds.id, refundId), eq(refunds.status, 'pending')))
      .returning({ id: refunds.id });
    if (failed.length === 0) return;
    await recordAudit(tx, system, 'refund.failed', { kind: 'order', id: order.id }, { why });
    await alertFailed(tx, order, refundId, why);
    await convergeAccess(tx, order);
  });
}

/**
 * Acts on a dispute as it is at Stripe now: while it is open the parcel is kept back, a lost one ends access, a won one
 * gives both back. News that is older than what we know of a decided dispute changes nothing.
 */
export async function applyDispute(dispute: StripeDispute): Promise<LedgerOutcome> {
  return db().transaction(async (tx) => {
    const order = await lockOrderOf(tx, dispute.paymentIntentId);
    if (!order) return 'ignored';
    const known = await lastDisputeState(tx, order.id, dispute.id);
    if (known === dispute.state || (known && dispute.state === 'open')) return 'applied';
    const subject = { kind: 'order', id: order.id };
    await recordAudit(tx, system, 'order.dispute', subject, {
      dispute: dispute.id,
      state: dispute.state,
      reason: dispute.reason,
      amount: dispute.amount,
    });
    const key = `order.dispute:${dispute.id}`;
    const alert = { kind: 'order.dispute', subject, key };
    switch (dispute.state) {
      case 'open':
        await holdShipments(tx, order.id, 'The payment is disputed');
        await raiseAlert(tx, {
          ...alert,
          level: 'urgent',
          message: `The payment of order ${order.number} is disputed (${dispute.reason}). Its parcel is kept back; answer in Stripe’s dashboard.`,
        });
        return 'applied';
      case 'won':
        await holdShipments(tx, order.id, null);
        await restoreForOrder(tx, order.id, 'dispute lost');
        await raiseAlert(tx, {
          ...alert,
          level: 'notice',
          message: `The dispute about order ${order.number} was decided for you. Its parcel may go.`,
        });
        return 'applied';
      case 'lost':
        await revokeForOrder(tx, order.id, 'dispute lost');
        await raiseAlert(tx, {
          ...alert,
          level: 'warning',
          message: `The dispute about order ${order.number} was lost. Access has ended, its parcel is struck off.`,
        });
        await keepParcel(tx, order.id);
        return 'applied';
    }
  });
}

/** Access and parcel follow from the refunds, whichever way these went. */
async function convergeAccess(tx: Transaction, order: LockedOrder): Promise<void> {
  const entries = await writeRefundedSum(tx, order);
  if (!refundedInFull(order.totalAmount ?? 0, entries)) {
    await restoreForOrder(tx, order.id, 'refunded');
    return;
  }
  await revokeForOrder(tx, order.id, 'refunded');
  await keepParcel(tx, order.id);
}

/** Strikes a parcel off; copies that were not posted yet are for sale again. */
async function keepParcel(tx: Transaction, orderId: string): Promise<void> {
  const kept = await cancelShipments(tx, orderId);
  if (kept.length > 0) await releaseReservations(tx, orderId);
}

/** Our row of a refund: known by Stripe's id, by our own id in its metadata, or new. */
async function rowFor(
  tx: Transaction,
  order: LockedOrder,
  refund: StripeRefund,
): Promise<RefundRow> {
  const own = await tx.select().from(refunds).where(eq(refunds.orderId, order.id));
  const known =
    own.find(({ stripeRefundId }) => stripeRefundId === refund.id) ??
    own.find(({ id, stripeRefundId }) => id === refund.refundId && stripeRefundId === null);
  if (known) return known;
  const [row] = await tx
    .insert(refunds)
    .values({
      orderId: order.id,
      amount: refund.amount,
      reason: 'Given back in Stripe’s dashboard',
    })
    .returning();
  if (!row) throw new Error('The refund was not written');
  return row;
}

async function lockOrderOf(
  tx: Transaction,
  paymentIntentId: string | null,
): Promise<LockedOrder | null> {
  if (!paymentIntentId) return null;
  const [order] = await tx
    .select()
    .from(orders)
    .where(eq(orders.stripePaymentIntentId, paymentIntentId))
    .for('update');
  return order ?? null;
}

async function alertFailed(
  tx: Transaction,
  order: LockedOrder,
  refundId: string,
  why: string | null,
): Promise<void> {
  await raiseAlert(tx, {
    kind: 'refund.failed',
    level: 'urgent',
    message: `A refund of order ${order.number} failed${why ? ` (${why})` : ''}. The money is still with you: give it back another way.`,
    key: `refund.failed:${refundId}`,
    subject: { kind: 'order', id: order.id },
  });
}

/** The audit log is where a dispute's course is kept; it can't be changed afterwards. */
async function lastDisputeState(
  tx: Transaction,
  orderId: string,
  disputeId: string,
): Promise<string | null> {
  const [entry] = await tx
    .select({ state: sql<string>`${auditEntries.detail} ->> 'state'` })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subjectKind, 'order'),
        eq(auditEntries.subjectId, orderId),
        eq(auditEntries.action, 'order.dispute'),
        sql`${auditEntries.detail} ->> 'dispute' = ${disputeId}`,
      ),
    )
    .orderBy(desc(auditEntries.at))
    .limit(1);
  return entry?.state ?? null;
}
