import { count, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { alerts } from '#db/schema/audit.ts';
import { products } from '#db/schema/catalog.ts';
import { entitlements, shipments } from '#db/schema/entitlements.ts';
import { orders } from '#db/schema/orders.ts';
import { users } from '#db/schema/users.ts';
import { expiredTags } from '#db/testing.ts';
import { setPrices } from '#lib/catalog/commands.ts';
import { claimByEmail } from '#lib/entitlements/commands.ts';
import { libraryOf } from '#lib/entitlements/queries.ts';
import { acceptHeldOrder } from '#lib/orders/commands.ts';
import { ordersOf } from '#lib/orders/queries.ts';
import { system } from '#lib/users/rules.ts';
import { newBrowserKey } from './browser.ts';
import { lapseOrder } from './commands.ts';
import { endCheckout } from './end.ts';
import { settleCheckout } from './settle.ts';
import { buyer, useShop } from './shop.fixture.ts';
import { thankYou } from './thanks.ts';

const shop = useShop({ stock: 5 });

async function theOrder() {
  const [order] = await db().select().from(orders);
  if (!order) throw new Error('There is no order');
  return order;
}

async function stock(): Promise<number | null> {
  const [row] = await db().select().from(products).where(eq(products.id, shop.print));
  return row?.stock ?? null;
}

async function total(table: typeof entitlements | typeof shipments): Promise<number> {
  const [row] = await db().select({ total: count() }).from(table);
  return row?.total ?? 0;
}

const me = () => ({ browserKey: shop.browserKey, userId: null });

describe('settling', () => {
  test('a paid order holds what was charged, its parcel, its grant and its receipt', async () => {
    await shop.buy({ quantity: 2 });
    await shop.deliver();
    expect(await theOrder()).toMatchObject({
      status: 'paid',
      email: 'buyer@example.org',
      totalAmount: 2 * 1400 + 300 + 100,
      postageAmount: 400,
      discountAmount: 0,
      livemode: false,
    });
    const [parcel] = await db().select().from(shipments);
    expect(parcel).toMatchObject({ quantity: 2, heldReason: null });
    expect(await stock()).toBe(3);
    const [mail] = shop.mails;
    expect(mail?.to).toBe('buyer@example.org');
    expect(mail?.text).toContain('Total: €32.00');
    expect(mail?.text).toContain('1 Quire Lane');
    expect(mail?.text).toContain('/sign-in?email=buyer%40example.org&next=%2Faccount%2Flibrary');
  });

  test('fault 5: success page and webhook at once make one order, and both answer well', async () => {
    const sessionId = await shop.buy();
    const [first, second] = await Promise.all([
      thankYou(sessionId, me()),
      thankYou(sessionId, me()),
      shop.deliver(),
      settleCheckout(sessionId),
    ]);
    expect(first?.status).toBe('paid');
    expect(second?.status).toBe('paid');
    await shop.work();
    expect(await total(entitlements)).toBe(1);
    expect(await total(shipments)).toBe(1);
    expect(shop.mails).toHaveLength(1);
  });

  test('fault 7: the success page fulfils at once, the webhook ten minutes later finds it done', async () => {
    const sessionId = await shop.buy();
    expect((await thankYou(sessionId, me()))?.status).toBe('paid');
    const before = await theOrder();
    shop.advance(600);
    await shop.deliver();
    expect(await theOrder()).toEqual(before);
    expect(await total(entitlements)).toBe(1);
    expect(shop.mails).toHaveLength(1);
  });

  test('fault 8: another’s or a forged session shows nothing', async () => {
    const sessionId = await shop.buy();
    const stranger = await aPerson();
    expect(await thankYou(sessionId, { browserKey: newBrowserKey(), userId: null })).toBeNull();
    expect(await thankYou(sessionId, { browserKey: null, userId: stranger.userId })).toBeNull();
    expect(await thankYou(sessionId, { browserKey: null, userId: null })).toBeNull();
    expect(await thankYou('cs_test_forged', me())).toBeNull();
    expect(await thankYou("' or 1=1 --", me())).toBeNull();
    expect((await theOrder()).status).toBe('open');
    expect((await thankYou(sessionId, me()))?.email).toBe('buyer@example.org');
  });

  test('fault 9: a debit that settles later grants only when it has', async () => {
    const sessionId = await shop.buy({}, { outcome: 'delayed_succeeds' });
    await shop.deliver();
    expect((await theOrder()).status).toBe('processing');
    expect((await thankYou(sessionId, me()))?.status).toBe('processing');
    expect(await total(entitlements)).toBe(0);
    expect(shop.mails).toEqual([]);
    shop.advance(2 * 3600);
    await endCheckout((await theOrder()).id);
    expect(await stock()).toBe(4);
    shop.standIn.control.settleDelayed(sessionId);
    await shop.deliver();
    expect((await theOrder()).status).toBe('paid');
    expect(await total(entitlements)).toBe(1);
    expect(shop.mails).toHaveLength(1);
  });

  test('fault 10: a debit that fails gives the copies back and tells the reader', async () => {
    const sessionId = await shop.buy({}, { outcome: 'delayed_fails' });
    await shop.deliver();
    expect(await stock()).toBe(4);
    shop.standIn.control.settleDelayed(sessionId);
    await shop.deliver();
    expect((await theOrder()).status).toBe('failed');
    expect(await stock()).toBe(5);
    expect(await total(entitlements)).toBe(0);
    expect(shop.mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('failed')]);
    expect((await thankYou(sessionId, me()))?.status).toBe('failed');
    await settleCheckout(sessionId);
    expect(await stock()).toBe(5);
  });

  test('an abandoned page gives the copies back, and can’t be paid afterwards', async () => {
    const sessionId = await shop.open({ quantity: 3 });
    expect(await stock()).toBe(2);
    await expiredTags();
    shop.advance(66 * 60);
    await endCheckout((await theOrder()).id);
    expect((await theOrder()).status).toBe('expired');
    expect(await stock()).toBe(5);
    expect(await expiredTags()).toEqual([`offers:${shop.issue.id}`]);
    await shop.deliver();
    expect(await stock()).toBe(5);
    expect(await expiredTags()).toEqual([]);
    await expect(shop.standIn.control.pay(sessionId, buyer)).rejects.toThrow('expired');
  });

  test('copies that readers don’t see counted come and go without a page being made anew', async () => {
    await db().update(products).set({ stock: 100 }).where(eq(products.id, shop.print));
    await shop.open({ quantity: 3 });
    expect(await stock()).toBe(97);
    await endCheckout((await theOrder()).id);
    expect(await stock()).toBe(100);
    expect(await expiredTags()).toEqual([]);
  });

  test('fault 15: paid after the reservation lapsed takes other copies, with a notice', async () => {
    await paidTooLate();
    await expiredTags();
    await shop.deliver();
    expect((await theOrder()).status).toBe('paid');
    expect(await stock()).toBe(4);
    expect(await expiredTags()).toEqual([`offers:${shop.issue.id}`]);
    expect(await total(shipments)).toBe(1);
    const [alert] = await db().select().from(alerts);
    expect(alert).toMatchObject({ kind: 'order.late', level: 'notice' });
  });

  test('fault 15: paid after the reservation lapsed and all is sold is honoured, with an urgent alert', async () => {
    await paidTooLate();
    await db().update(products).set({ stock: 0 }).where(eq(products.id, shop.print));
    await shop.deliver();
    expect((await theOrder()).status).toBe('paid');
    expect(await stock()).toBe(0);
    expect(await total(entitlements)).toBe(1);
    const [alert] = await db().select().from(alerts);
    expect(alert).toMatchObject({ kind: 'order.late', level: 'urgent' });
  });

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

/** The buyer's answer from Stripe is lost, the order is given up, and then the page is paid all the same. */
async function paidTooLate(): Promise<void> {
  const sessionId = await shop.open();
  const { id } = await theOrder();
  await db().update(orders).set({ stripeSessionId: null, stripeSessionUrl: null });
  await lapseOrder(id, null);
  expect(await stock()).toBe(5);
  await shop.standIn.control.pay(sessionId, buyer);
}

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
