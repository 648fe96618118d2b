import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { alerts } from '#db/schema/audit.ts';
import { entitlements, shipments } from '#db/schema/entitlements.ts';
import { orders } from '#db/schema/orders.ts';
import { users } from '#db/schema/users.ts';
import { setPrices } from '#lib/catalog/commands.ts';
import { claimByEmail } from '#lib/entitlements/commands.ts';
import { libraryOf } from '#lib/entitlements/queries.ts';
import { acceptHeldOrder } from '#lib/orders/commands.ts';
import { ordersOf } from '#lib/orders/queries.ts';
import { system } from '#lib/users/rules.ts';
import { settleCheckout } from './settle.ts';
import { buyer, theOrder, total, useShop } from './shop.fixture.ts';
import { thankYou } from './thanks.ts';

const shop = useShop({ stock: 5 });

const me = () => ({ browserKey: shop.browserKey, userId: null });

describe('settling what is not as it was offered', () => {
  test('fault 22: a total, quantity or currency that differs is held for a person', async () => {
    const sessionId = await shop.open();
    await db().update(orders).set({ expectedAmount: 9900, currency: 'EUR' });
    await shop.standIn.control.pay(sessionId, buyer);
    await shop.deliver();
    const order = await theOrder();
    expect(order).toMatchObject({ status: 'held', totalAmount: 1700 });
    expect(await total(entitlements)).toBe(0);
    expect(await total(shipments)).toBe(0);
    expect(shop.mails).toEqual([]);
    const [alert] = await db().select().from(alerts);
    expect(alert).toMatchObject({ kind: 'order.held', level: 'urgent' });
    await settleCheckout(sessionId);
    expect((await theOrder()).status).toBe('held');
    const reader = await aPerson();
    expect(await acceptHeldOrder(reader, order.id)).toMatchObject({
      ok: false,
      reason: 'forbidden',
    });
    expect(await acceptHeldOrder(system, order.id)).toMatchObject({ ok: true });
    await shop.work();
    expect((await theOrder()).status).toBe('paid');
    expect(await total(entitlements)).toBe(1);
    expect(shop.mails).toHaveLength(1);
  });

  test('fault 22: a currency that differs is held', async () => {
    const sessionId = await shop.open();
    await db().update(orders).set({ currency: 'USD' });
    await shop.standIn.control.pay(sessionId, buyer);
    expect(await settleCheckout(sessionId)).toMatchObject({ status: 'held' });
  });

  test('fault 23: a member’s address typed at Stripe changes and shows nothing until it is proved', async () => {
    const member = await aPerson({ email: 'buyer@example.org', name: 'The Member' });
    const [before] = await db().select().from(users).where(eq(users.id, member.userId));
    const sessionId = await shop.buy({ edition: 'digital' });
    await shop.deliver();
    expect(await thankYou(sessionId, me())).toMatchObject({ owned: false });
    expect(await db().select().from(users).where(eq(users.id, member.userId))).toEqual([before]);
    expect(await libraryOf(member.userId)).toEqual([]);
    expect(await ordersOf(member.userId)).toEqual([]);
    const [grant] = await db().select().from(entitlements);
    expect(grant).toMatchObject({ userId: null, email: 'buyer@example.org' });
    await db().transaction((tx) => claimByEmail(tx, member.userId, 'Buyer@example.org'));
    expect(await libraryOf(member.userId)).toMatchObject([{ editions: ['digital'] }]);
    expect(await ordersOf(member.userId)).toHaveLength(1);
    const other = await aPerson();
    await db().transaction((tx) => claimByEmail(tx, other.userId, 'buyer@example.org'));
    expect(await libraryOf(other.userId)).toEqual([]);
  });

  test('what a signed-in reader buys belongs to the account, whatever address is typed', async () => {
    const reader = await aPerson({ email: 'reader@example.org' });
    const viewer = { userId: reader.userId, email: reader.email };
    const sessionId = await shop.buy(
      { edition: 'digital', viewer },
      { email: 'reader@example.org' },
    );
    await shop.deliver();
    expect(await libraryOf(reader.userId)).toMatchObject([{ issue: { slug: shop.issue.slug } }]);
    expect(await thankYou(sessionId, { browserKey: null, userId: reader.userId })).toMatchObject({
      status: 'paid',
      owned: true,
    });
  });

  test('fault 30: a price edited while the page is open changes nothing for that order', async () => {
    const sessionId = await shop.open({ edition: 'digital' });
    const changed = await setPrices(system, {
      productId: shop.digital,
      prices: [{ currency: 'EUR', amount: 9900 }],
    });
    expect(changed.ok).toBe(true);
    await shop.standIn.control.pay(sessionId, { email: buyer.email, outcome: 'succeeds' });
    await shop.deliver();
    expect(await theOrder()).toMatchObject({ status: 'paid', totalAmount: 800 });
  });

  test('fault 31: a promotion that makes it free fulfils without a payment', async () => {
    await promotion('GIFT', 100);
    await shop.buy({ edition: 'digital' }, { promotionCode: 'GIFT' });
    await shop.deliver();
    expect(await theOrder()).toMatchObject({
      status: 'paid',
      totalAmount: 0,
      discountAmount: 800,
      stripePaymentIntentId: null,
    });
    expect(await total(entitlements)).toBe(1);
    expect(shop.mails[0]?.text).toContain('Total: €0.00');
  });

  test('a promotion that takes off a part is no difference', async () => {
    await promotion('TENTH', 10);
    await shop.buy({}, { promotionCode: 'TENTH' });
    await shop.deliver();
    expect(await theOrder()).toMatchObject({
      status: 'paid',
      discountAmount: 140,
      totalAmount: 1560,
    });
    expect(shop.mails[0]?.text).toContain('Discount: -€1.40');
  });
});

async function promotion(code: string, percent: number): Promise<void> {
  const ask = async (path: string, body: Record<string, string>) => {
    const response = await shop.standIn.fetch(`https://api.stripe.com/v1/${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_office' },
      body: new URLSearchParams(body),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as { id: string };
  };
  const coupon = await ask('coupons', { percent_off: String(percent), duration: 'once' });
  await ask('promotion_codes', {
    code,
    'promotion[type]': 'coupon',
    'promotion[coupon]': coupon.id,
  });
}
