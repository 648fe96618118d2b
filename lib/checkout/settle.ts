import { db, type Transaction } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { raiseAlert, recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { appMark, type Checkout, fetchCheckout } from '#lib/gateways/stripe/checkout.ts';
import { stripeLivemode, stripeTax } from '#lib/gateways/stripe/client.ts';
import { isId } from '#lib/ids.ts';
import {
  fulfilOrder,
  type LockedOrder,
  linesOfOrder,
  lockOrder,
  writeOrder,
} from '#lib/orders/commands.ts';
import {
  chargeDifference,
  keepsStock,
  nextStatus,
  type OrderStatus,
  sumOf,
} from '#lib/orders/rules.ts';
import { releaseReservations, reserveAgain, takeReservations } from '#lib/stock/commands.ts';
import { system } from '#lib/users/rules.ts';
import { paymentFact, type Settlement } from './rules.ts';

/**
 * Reads a Checkout session from Stripe and brings its order in line with it. Safe to call at any time, any number of
 * times and by several at once: whoever comes first does the work, the others find it done. Throws where Stripe doesn't
 * answer.
 */
export async function settleCheckout(sessionId: string): Promise<Settlement> {
  const session = await fetchCheckout(sessionId);
  if (!session) return { kind: 'ignored', why: 'no-session' };
  if (session.app !== appMark) return { kind: 'ignored', why: 'other-application' };
  if (session.livemode !== stripeLivemode()) return { kind: 'ignored', why: 'other-mode' };
  return db().transaction((tx) => applySession(tx, session));
}

async function applySession(tx: Transaction, session: Checkout): Promise<Settlement> {
  const order =
    session.orderId && isId(session.orderId) ? await lockOrder(tx, session.orderId) : null;
  if (!order) return { kind: 'ignored', why: 'no-order' };
  if (order.stripeSessionId && order.stripeSessionId !== session.id) {
    return secondSession(tx, order, session);
  }
  const wanted = nextStatus(order.status, paymentFact(session));
  if (wanted === order.status) return settled(order.id, wanted);
  const difference = wanted === 'paid' ? await differenceOf(tx, order, session) : null;
  const status = difference ? 'held' : wanted;
  await writeOrder(tx, order.id, chargeOf(session, status));
  if (difference) await alertHeld(tx, order, difference);
  await moveStock(tx, order, status);
  await recordAudit(
    tx,
    system,
    `order.${status}`,
    { kind: 'order', id: order.id },
    { from: order.status, session: session.id, ...(difference ? { difference } : {}) },
  );
  if (status === 'paid') await fulfilOrder(tx, { ...order, ...chargeOf(session, status) });
  if (status === 'failed' && session.email) {
    const payload = { kind: 'payment-failed' as const, orderId: order.id };
    await addJob(tx, 'mail.send', payload, { key: `mail.payment-failed:${order.id}` });
  }
  return settled(order.id, status);
}

function settled(orderId: string, status: OrderStatus): Settlement {
  return { kind: 'order', orderId, status };
}

async function differenceOf(tx: Transaction, order: LockedOrder, session: Checkout) {
  const lines = await linesOfOrder(tx, order.id);
  const expected = {
    currency: order.currency,
    lines,
    postage: order.expectedAmount - sumOf(lines),
    country: order.country,
  };
  const charged = { ...session, country: session.address?.country ?? null };
  return chargeDifference(expected, charged, { taxOnTop: stripeTax() === 'added' });
}

function chargeOf(session: Checkout, status: OrderStatus) {
  return {
    status,
    email: session.email,
    discountAmount: session.discount,
    postageAmount: session.postage,
    taxAmount: session.tax,
    totalAmount: session.total,
    postalAddress: session.address,
    stripeSessionId: session.id,
    stripePaymentIntentId: session.paymentIntentId,
    livemode: session.livemode,
    paidAt: status === 'paid' || status === 'held' ? clock.now() : null,
  };
}

/** Lets copies go, takes them for good, or looks for new ones where they were let go before the money came. */
async function moveStock(tx: Transaction, order: LockedOrder, status: OrderStatus): Promise<void> {
  if (keepsStock(order.status) && !keepsStock(status)) return releaseReservations(tx, order.id);
  const late = !keepsStock(order.status);
  const found = late ? await reserveAgain(tx, order.id) : true;
  if (status === 'paid') await takeReservations(tx, order.id);
  if (!late) return;
  await raiseAlert(tx, {
    kind: 'order.late',
    level: found ? 'notice' : 'urgent',
    message: found
      ? `Order ${order.number} was paid after its copies had been let go; there were copies left for it.`
      : `Order ${order.number} was paid after its copies had been let go, and there is none left: find a copy or give the money back.`,
    key: `order.late:${order.id}`,
    subject: { kind: 'order', id: order.id },
  });
}

/** A session that was never shown to anybody is no trouble; one that was paid beside the order's own is. */
async function secondSession(
  tx: Transaction,
  order: LockedOrder,
  session: Checkout,
): Promise<Settlement> {
  if (session.status === 'complete' && session.payment === 'paid') {
    await raiseAlert(tx, {
      kind: 'order.paid-twice',
      level: 'urgent',
      message: `Order ${order.number} was paid a second time (${session.id}): give that payment back in Stripe’s dashboard.`,
      key: `order.paid-twice:${session.id}`,
      subject: { kind: 'order', id: order.id },
    });
  }
  return settled(order.id, order.status);
}

async function alertHeld(tx: Transaction, order: LockedOrder, difference: string): Promise<void> {
  await raiseAlert(tx, {
    kind: 'order.held',
    level: 'urgent',
    message: `Order ${order.number} is held: ${difference} (minor units). Let it through or give the money back.`,
    key: `order.held:${order.id}`,
    subject: { kind: 'order', id: order.id },
  });
}
