import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { alerts } from '#db/schema/audit.ts';
import { products } from '#db/schema/catalog.ts';
import { entitlements, shipments } from '#db/schema/entitlements.ts';
import { orders } from '#db/schema/orders.ts';
import { expiredTags } from '#db/testing.ts';
import { newBrowserKey } from './browser.ts';
import { lapseOrder } from './commands.ts';
import { endCheckout } from './end.ts';
import { settleCheckout } from './settle.ts';
import { buyer, theOrder, total, useShop } from './shop.fixture.ts';
import { thankYou } from './thanks.ts';

const shop = useShop({ stock: 5 });

async function stock(): Promise<number | null> {
  const [row] = await db().select().from(products).where(eq(products.id, shop.print));
  return row?.stock ?? null;
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
