import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { alerts, auditEntries } from '#db/schema/audit.ts';
import { products } from '#db/schema/catalog.ts';
import { entitlements, shipments } from '#db/schema/entitlements.ts';
import { orders, refunds } from '#db/schema/orders.ts';
import { expiredTags } from '#db/testing.ts';
import { useShop } from '#lib/checkout/shop.fixture.ts';
import { clock } from '#lib/clock.ts';
import { refundOrder } from '#lib/orders/commands.ts';
import { listOrders, orderDetail } from '#lib/orders/queries.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { applyDispute } from './commands.ts';

const shop = useShop({ stock: 5 });

async function theOrder() {
  const [order] = await db().select().from(orders);
  if (!order) throw new Error('There is no order');
  return order;
}

async function grant() {
  const [row] = await db().select().from(entitlements);
  return row;
}

async function parcel() {
  const [row] = await db().select().from(shipments);
  return row;
}

async function stock(): Promise<number | null> {
  const [row] = await db().select().from(products).where(eq(products.id, shop.print));
  return row?.stock ?? null;
}

async function paidOrder(): Promise<{ id: string; publisher: Person }> {
  await shop.buy({ quantity: 2 });
  await shop.deliver();
  shop.mails.length = 0;
  return { id: (await theOrder()).id, publisher: await aPerson({ staffRole: 'publisher' }) };
}

describe('refunds', () => {
  test('fault 24: a part, then the rest: the ledger is exact, access ends with the rest', async () => {
    const { id, publisher } = await paidOrder();
    const total = 3200;
    const part = await refundOrder(publisher, id, { amount: 1000, reason: 'Came late' });
    expect(part.ok).toBe(true);
    expect((await theOrder()).refundedAmount).toBe(1000);
    await shop.deliver();
    expect(await theOrder()).toMatchObject({ status: 'paid', refundedAmount: 1000 });
    expect((await grant())?.revokedAt).toBeNull();
    expect(shop.mails.map(({ text }) => text)).toEqual([expect.stringContaining('€10.00')]);
    expect(await refundOrder(publisher, id, { amount: 2201, reason: '' })).toMatchObject({
      reason: 'invalid',
      fields: { amount: expect.stringContaining('€22.00') },
    });
    const rest = await refundOrder(publisher, id, { amount: 'full', reason: 'Wants it no more' });
    expect(rest.ok).toBe(true);
    await expiredTags();
    await shop.deliver();
    expect(await expiredTags()).toEqual([`offers:${shop.issue.id}`]);
    expect((await theOrder()).refundedAmount).toBe(total);
    expect(await grant()).toMatchObject({ revokedReason: 'refunded' });
    expect((await parcel())?.canceledAt).not.toBeNull();
    expect(await stock()).toBe(5);
    const atStripe = shop.standIn.control.list('refund');
    expect(atStripe.map(({ amount }) => amount).sort()).toEqual([1000, 2200]);
    expect(await refundOrder(publisher, id, { amount: 'full', reason: '' })).toMatchObject({
      ok: false,
    });
    expect(shop.mails).toHaveLength(2);
    const detail = await orderDetail(publisher, id);
    expect(detail.ok && detail.value.refunds.map(({ status }) => status)).toEqual([
      'succeeded',
      'succeeded',
    ]);
  });

  test('refunds asked for at once never give back more than was paid', async () => {
    const { id, publisher } = await paidOrder();
    const asked = await Promise.all(
      Array.from({ length: 8 }, () => refundOrder(publisher, id, { amount: 1000, reason: '' })),
    );
    expect(asked.filter(({ ok }) => ok)).toHaveLength(3);
    await shop.deliver();
    expect((await theOrder()).refundedAmount).toBe(3000);
  });

  test('a refund that is sent twice is one refund, by its key', async () => {
    const { id, publisher } = await paidOrder();
    await refundOrder(publisher, id, { amount: 500, reason: '' });
    shop.standIn.control.api.fail({ match: 'POST /v1/refunds', kind: 'answer_lost' });
    await shop.deliver();
    expect(shop.standIn.control.list('refund')).toHaveLength(1);
    expect((await theOrder()).refundedAmount).toBe(500);
  });

  test('what was posted already doesn’t come back into the stock', async () => {
    const { id, publisher } = await paidOrder();
    await db().update(shipments).set({ postedAt: clock.now() });
    await refundOrder(publisher, id, { amount: 'full', reason: '' });
    await shop.deliver();
    expect(await stock()).toBe(3);
    expect((await parcel())?.canceledAt).toBeNull();
    expect((await grant())?.revokedAt).not.toBeNull();
  });

  test('a refund made in Stripe’s dashboard is in our books', async () => {
    await paidOrder();
    const { stripePaymentIntentId } = await theOrder();
    const response = await shop.standIn.fetch('https://api.stripe.com/v1/refunds', {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_office' },
      body: new URLSearchParams({ payment_intent: stripePaymentIntentId ?? '' }),
    });
    expect(response.status).toBe(200);
    await shop.deliver();
    expect((await theOrder()).refundedAmount).toBe(3200);
    expect(await db().select().from(refunds)).toHaveLength(1);
    expect((await grant())?.revokedReason).toBe('refunded');
  });

  test('fault 3: a refund that is told before the purchase settles the purchase first', async () => {
    const sessionId = await shop.buy();
    const session = shop.standIn.control.get('checkout.session', sessionId);
    const drop = ['checkout.session.completed'];
    shop.standIn.control.webhooks.set({ drop });
    await shop.standIn.fetch('https://api.stripe.com/v1/refunds', {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_office' },
      body: new URLSearchParams({ payment_intent: String(session?.payment_intent), amount: '100' }),
    });
    await shop.deliver();
    expect(await theOrder()).toMatchObject({ status: 'paid', refundedAmount: 100 });
  });

  test('fault 25: a refund that fails is shown, the ledger put right, access given back, the office told', async () => {
    const { id, publisher } = await paidOrder();
    await refundOrder(publisher, id, { amount: 'full', reason: '' });
    await shop.deliver();
    expect((await grant())?.revokedAt).not.toBeNull();
    const [sent] = shop.standIn.control.list('refund');
    shop.standIn.control.failRefund(sent?.id ?? '');
    await shop.deliver();
    expect((await theOrder()).refundedAmount).toBe(0);
    expect((await grant())?.revokedAt).toBeNull();
    const [row] = await db().select().from(refunds);
    expect(row).toMatchObject({ status: 'failed', failureReason: expect.any(String) });
    const [alert] = await db().select().from(alerts);
    expect(alert).toMatchObject({ kind: 'refund.failed', level: 'urgent' });
  });

  test('a refund that Stripe refuses is failed, not tried for ever', async () => {
    const { id, publisher } = await paidOrder();
    await db().update(orders).set({ stripePaymentIntentId: 'pi_gone' });
    await refundOrder(publisher, id, { amount: 'full', reason: '' });
    await shop.deliver();
    expect((await db().select().from(refunds))[0]?.status).toBe('failed');
    expect((await theOrder()).refundedAmount).toBe(0);
    expect((await db().select().from(alerts))[0]?.kind).toBe('refund.failed');
  });

  test('only a publisher may give money back, and the log keeps who did', async () => {
    const { id, publisher } = await paidOrder();
    const wanted = { amount: 'full', reason: 'x' } as const;
    for (const actor of [anonymous, await aPerson(), await aPerson({ staffRole: 'editor' })]) {
      expect(await refundOrder(actor, id, wanted)).toMatchObject({ reason: 'forbidden' });
      expect(await listOrders(actor, { page: 1, perPage: 10 })).toMatchObject({
        reason: 'forbidden',
      });
      expect(await orderDetail(actor, id)).toMatchObject({ reason: 'forbidden' });
    }
    expect(await db().select().from(refunds)).toEqual([]);
    expect(await refundOrder(publisher, 'no-id', wanted)).toMatchObject({ reason: 'unknown' });
    expect(await refundOrder(publisher, id, { amount: 0, reason: '' })).toMatchObject({
      ok: false,
    });
    expect(await refundOrder(publisher, id, { amount: 0.5, reason: '' })).toMatchObject({
      ok: false,
    });
    expect(await refundOrder(publisher, id, { amount: -5, reason: '' })).toMatchObject({
      ok: false,
    });
    await refundOrder(publisher, id, wanted);
    const entries = await db()
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, 'order.refund'));
    expect(entries).toMatchObject([{ actorId: publisher.userId, subjectId: id }]);
  });
});

describe('disputes', () => {
  const dispute = (paymentIntentId: string | null, state: 'open' | 'won' | 'lost') => ({
    id: 'dp_1',
    paymentIntentId,
    amount: 3200,
    reason: 'fraudulent',
    state,
  });

  test('opened: the parcel is kept back; won: it may go; older news changes nothing', async () => {
    await paidOrder();
    const { stripePaymentIntentId } = await theOrder();
    await applyDispute(dispute(stripePaymentIntentId, 'open'));
    expect((await parcel())?.heldReason).not.toBeNull();
    expect((await db().select().from(alerts))[0]).toMatchObject({ level: 'urgent' });
    await applyDispute(dispute(stripePaymentIntentId, 'won'));
    await applyDispute(dispute(stripePaymentIntentId, 'open'));
    expect((await parcel())?.heldReason).toBeNull();
    expect((await grant())?.revokedAt).toBeNull();
  });

  test('lost: access ends and the parcel stays here', async () => {
    await paidOrder();
    const { stripePaymentIntentId } = await theOrder();
    await applyDispute(dispute(stripePaymentIntentId, 'open'));
    await expiredTags();
    await applyDispute(dispute(stripePaymentIntentId, 'lost'));
    expect(await expiredTags()).toEqual([`offers:${shop.issue.id}`]);
    expect((await grant())?.revokedReason).toBe('dispute lost');
    expect((await parcel())?.canceledAt).not.toBeNull();
    expect(await stock()).toBe(5);
    expect(await applyDispute(dispute('pi_unknown', 'lost'))).toBe('ignored');
  });
});
