import { count, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { products } from '#db/schema/catalog.ts';
import { orders } from '#db/schema/orders.ts';
import { expiredTags } from '#db/testing.ts';
import { withdrawProduct } from '#lib/catalog/commands.ts';
import { system } from '#lib/users/rules.ts';
import { newBrowserKey } from './browser.ts';
import { endCheckout } from './end.ts';
import { parseBuyForm } from './input.ts';
import { buyer, sessionOf, useShop } from './shop.fixture.ts';
import { buyView } from './view.ts';

const shop = useShop({ stock: 5 });

async function all() {
  return db().select().from(orders).orderBy(orders.number);
}

async function stock(productId = shop.print): Promise<number | null> {
  const [row] = await db().select().from(products).where(eq(products.id, productId));
  return row?.stock ?? null;
}

const sessions = () => shop.standIn.control.list('checkout.session');

describe('starting a purchase', () => {
  test('the page at Stripe is made from our own prices, postage and country', async () => {
    expect(await shop.start({ quantity: 3 })).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([`offers:${shop.issue.id}`]);
    const [session] = sessions();
    expect(session).toMatchObject({
      amount_subtotal: 4200,
      currency: 'eur',
      ui_mode: 'hosted_page',
      adaptive_pricing: { enabled: false },
      allow_promotion_codes: true,
      shipping_address_collection: { allowed_countries: ['DE'] },
      shipping_options: [{ shipping_amount: 500 }],
    });
    expect(session?.metadata).toMatchObject({ app: 'broadside' });
    expect(session?.client_reference_id).toBe((await all())[0]?.id);
    expect(await stock()).toBe(2);
  });

  test('begun too often is refused before any copy is put aside, and says so in the form', async () => {
    const { userId } = await aPerson();
    const viewer = { userId, email: 'ann@example.org' };
    const begin = (address: string, mine: boolean) =>
      shop.start({
        edition: 'digital',
        address,
        browserKey: newBrowserKey(),
        ...(mine ? { viewer } : {}),
      });
    for (let n = 0; n < 20; n += 1) expect((await begin(`10.0.0.${n}`, true)).ok).toBe(true);
    expect(await begin('10.0.0.99', true)).toMatchObject({ ok: false, reason: 'too-many' });
    for (let n = 0; n < 30; n += 1) expect((await begin('10.0.1.1', false)).ok).toBe(true);
    const before = await all();
    const refused = { ok: false, reason: 'too-many' };
    expect(await begin('10.0.1.1', false)).toMatchObject(refused);
    expect(await shop.start({ address: '10.0.1.1', quantity: 2 })).toMatchObject(refused);
    expect([(await all()).length, await stock()]).toEqual([before.length, 5]);
    const typed = { error: 'too-many', quantity: '2', country: 'DE', edition: 'print' };
    const view = await buyView(shop.issue.slug, typed, { browserKey: null, userId: null });
    expect(view?.message).toContain('ten minutes');
    expect(view?.typed).toMatchObject({ quantity: '2', country: 'DE', edition: 'print' });
  });

  test('fault 11: a reader whose debit is on its way is warned before buying again', async () => {
    await shop.buy({}, { outcome: 'delayed_succeeds' });
    await shop.deliver();
    expect(await shop.start()).toMatchObject({ ok: false, reason: 'processing' });
    const view = await buyView(shop.issue.slug, {}, { browserKey: shop.browserKey, userId: null });
    expect(view?.processing).toBe(1001);
    expect(await shop.start({ again: true })).toMatchObject({ ok: true });
    expect((await all()).map(({ status }) => status)).toEqual(['processing', 'open']);
    expect(await shop.start({ browserKey: newBrowserKey() })).toMatchObject({ ok: true });
  });

  test('fault 12: a double click and a second tab come to one open session', async () => {
    const started = await Promise.all([shop.start(), shop.start(), shop.start()]);
    const urls = new Set(started.map((one) => (one.ok ? one.value.url : one.reason)));
    expect(urls.size).toBe(1);
    const later = await shop.start();
    expect(urls.has(later.ok ? later.value.url : '')).toBe(true);
    expect(sessions()).toHaveLength(1);
    expect(await all()).toHaveLength(1);
    expect(await stock()).toBe(4);
  });

  test('fault 12: other choices close the first session, so that only one is open', async () => {
    const first = await shop.open();
    const second = await shop.open({ quantity: 4 });
    expect(second).not.toBe(first);
    expect(shop.standIn.control.get('checkout.session', first)?.status).toBe('expired');
    expect(await stock()).toBe(1);
    expect((await all()).map(({ status }) => status)).toEqual(['expired', 'open']);
  });

  test('pressing again after paying in another tab leads to the thank-you page', async () => {
    const sessionId = await shop.buy();
    const again = await shop.start();
    expect(again).toMatchObject({
      ok: true,
      value: { url: expect.stringContaining(`/checkout/thanks?session_id=${sessionId}`) },
    });
    expect(await all()).toHaveLength(1);
  });

  test('fault 14: twenty buyers at once for three copies: seventeen are stopped before paying', async () => {
    await db().update(products).set({ stock: 3 }).where(eq(products.id, shop.print));
    const started = await Promise.all(
      Array.from({ length: 20 }, () => shop.start({ browserKey: newBrowserKey() })),
    );
    expect(started.filter(({ ok }) => ok)).toHaveLength(3);
    const refused = started.flatMap((one) => (one.ok ? [] : [one.reason]));
    expect(refused).toEqual(Array.from({ length: 17 }, () => 'sold-out'));
    expect(await stock()).toBe(0);
    expect(sessions()).toHaveLength(3);
  });

  test('fault 16: the answer lost after Stripe acted leads to the same session, by its key', async () => {
    shop.standIn.control.api.fail({ match: 'POST /v1/checkout/sessions', kind: 'answer_lost' });
    const started = await shop.start();
    expect(started.ok).toBe(true);
    expect(sessions()).toHaveLength(1);
    expect((await all())[0]?.stripeSessionId).toBe(sessions()[0]?.id);
  });

  test('fault 16: lost every time, pressing again finds the session that was made', async () => {
    const match = 'POST /v1/checkout/sessions';
    shop.standIn.control.api.fail({ match, kind: 'answer_lost', times: 3 });
    expect(await shop.start()).toMatchObject({ ok: false, reason: 'unavailable' });
    const started = await shop.start();
    expect(sessions()).toHaveLength(1);
    expect(started.ok && sessionOf(started.value.url)).toBe(sessions()[0]?.id);
    expect(await all()).toHaveLength(1);
    expect(await stock()).toBe(4);
  });

  test.each(['500', '429', 'network'] as const)(
    'fault 35: Stripe answers %s: a kind refusal, the reservation kept, no duplicate',
    async (kind) => {
      shop.standIn.control.api.fail({ match: '*', kind, times: 3 });
      const refused = await shop.start({ quantity: 2 });
      expect(refused).toMatchObject({ ok: false, reason: 'unavailable' });
      expect(await stock()).toBe(3);
      expect(sessions()).toHaveLength(0);
      shop.standIn.control.api.clear();
      const started = await shop.start({ quantity: 2 });
      expect(started.ok).toBe(true);
      expect(await all()).toHaveLength(1);
      expect(sessions()).toHaveLength(1);
      expect(await stock()).toBe(3);
      const keys = shop.standIn.control
        .requests()
        .filter(({ method, path }) => method === 'POST' && path === '/v1/checkout/sessions')
        .map(({ idempotencyKey }) => idempotencyKey);
      expect(new Set(keys)).toEqual(new Set([(await all())[0]?.id]));
    },
  );

  test('an order that Stripe never answered for is given up in time', async () => {
    shop.standIn.control.api.fail({ match: '*', kind: '500', times: 3 });
    await shop.start({ quantity: 2 });
    shop.advance(66 * 60);
    const [order] = await all();
    await endCheckout(order?.id ?? '');
    expect((await all())[0]?.status).toBe('expired');
    expect(await stock()).toBe(5);
  });

  test('fault 22: a tampered form is refused, and its price is never looked at', async () => {
    const form = { edition: 'print', currency: 'EUR', quantity: '1', country: 'DE' };
    const fieldsOf = (fields: Record<string, string>) => {
      const parsed = parseBuyForm({ ...form, ...fields });
      return parsed.ok ? null : Object.keys(parsed.fields ?? {});
    };
    expect(fieldsOf({})).toBeNull();
    expect(fieldsOf({ quantity: '0' })).toEqual(['quantity']);
    expect(fieldsOf({ quantity: '-3' })).toEqual(['quantity']);
    expect(fieldsOf({ quantity: '21' })).toEqual(['quantity']);
    expect(fieldsOf({ quantity: '1.5' })).toEqual(['quantity']);
    expect(fieldsOf({ quantity: '1e1000' })).toEqual(['quantity']);
    expect(fieldsOf({ quantity: 'many' })).toEqual(['quantity']);
    expect(fieldsOf({ country: '' })).toEqual(['country']);
    expect(fieldsOf({ country: "'; --" })).toEqual(['country']);
    expect(fieldsOf({ currency: 'XAU' })).toEqual(['currency']);
    expect(fieldsOf({ edition: 'gold' })).toEqual(['edition']);
    expect(fieldsOf({ edition: 'digital', quantity: '500', country: '' })).toBeNull();
    const parsed = parseBuyForm({ ...form, price: '1', unit_amount: '1', amount: '1' });
    expect(parsed.ok && parsed.value.choice).not.toHaveProperty('price');
    expect(await shop.start({ quantity: 21 })).toMatchObject({ ok: false, reason: 'quantity' });
    expect(await shop.start({ edition: 'digital', quantity: 2 })).toMatchObject({
      ok: false,
      reason: 'quantity',
    });
    expect(await shop.start({ currency: 'USD' })).toMatchObject({
      ok: false,
      reason: 'not-for-sale',
    });
    expect(await all()).toEqual([]);
    expect(await stock()).toBe(5);
  });

  test('what is not published, withdrawn, unknown, unserved or sold out can’t be bought', async () => {
    const planned = await anIssue({ publishedAt: null });
    await aProduct({ issueId: planned.id });
    expect(await shop.start({ issueSlug: planned.slug })).toMatchObject({ reason: 'not-for-sale' });
    expect(await shop.start({ issueSlug: 'no-such-issue' })).toMatchObject({
      reason: 'not-for-sale',
    });
    expect(await shop.start({ country: 'NZ' })).toMatchObject({ reason: 'country' });
    expect(await shop.start({ quantity: 6 })).toMatchObject({
      reason: 'sold-out',
      fields: { quantity: expect.any(String) },
    });
    await withdrawProduct(system, { productId: shop.print });
    expect(await shop.start()).toMatchObject({ reason: 'not-for-sale' });
    const [row] = await db().select({ total: count() }).from(orders);
    expect(row?.total).toBe(0);
  });

  test('a signed-in reader’s address is set at Stripe, and the order is the account’s', async () => {
    const reader = await aPerson();
    await shop.open({ viewer: { userId: reader.userId, email: reader.email } });
    expect(sessions()[0]?.customer_email).toBe(reader.email);
    expect((await all())[0]?.userId).toBe(reader.userId);
  });

  test('signing in between two presses makes a new page, so that nothing is mixed', async () => {
    const reader = await aPerson();
    const first = await shop.open();
    const second = await shop.open({ viewer: { userId: reader.userId, email: reader.email } });
    expect(second).not.toBe(first);
    await expect(shop.standIn.control.pay(first, buyer)).rejects.toThrow('expired');
  });
});
