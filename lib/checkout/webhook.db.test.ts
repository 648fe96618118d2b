import { count, eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { alerts } from '#db/schema/audit.ts';
import { entitlements } from '#db/schema/entitlements.ts';
import { orders, stripeEvents } from '#db/schema/orders.ts';
import { createStandIn, type StandIn } from '#dev/stripe/stand-in.ts';
import { clock } from '#lib/clock.ts';
import { eventTypes } from '#lib/gateways/stripe/events.ts';
import { newBrowserKey } from './browser.ts';
import { receiveWebhook, reconcile } from './events.ts';
import { theOrder, useShop, webhookSecret } from './shop.fixture.ts';

const shop = useShop();

async function grants(): Promise<number> {
  const [row] = await db().select({ total: count() }).from(entitlements);
  return row?.total ?? 0;
}

/** A webhook as Stripe signed it, caught on its way. */
async function caught(secrets = [webhookSecret]): Promise<{ body: string; signature: string }> {
  const seen: { body: string; signature: string }[] = [];
  const standIn = createStandIn({
    clock,
    webhook: { url: 'http://localhost:3000/', secrets },
    publicOrigin: 'http://localhost:4242',
    deliver: async (request) => {
      const signature = request.headers.get('stripe-signature') ?? '';
      seen.push({ body: await request.text(), signature });
      return new Response();
    },
  });
  await foreignPurchase(standIn);
  await standIn.control.deliverDue();
  const first = seen.find(({ body }) => body.includes('checkout.session.completed'));
  if (!first) throw new Error('Nothing was sent');
  return first;
}

/** Another application sells something through the same account. Answers the session's id. */
async function foreignPurchase(standIn: StandIn): Promise<string> {
  const response = await standIn.fetch('https://api.stripe.com/v1/checkout/sessions', {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_other' },
    body: new URLSearchParams({
      mode: 'payment',
      success_url: 'https://shop.example.org/',
      'metadata[app]': 'pottery',
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': 'eur',
      'line_items[0][price_data][unit_amount]': '2500',
      'line_items[0][price_data][product_data][name]': 'A bowl',
    }),
  });
  const { id } = (await response.json()) as { id: string };
  await standIn.control.pay(id, { email: 'potter@example.org', name: 'P', outcome: 'succeeds' });
  return id;
}

describe('webhooks', () => {
  test('fault 1: the same event three times at once is one fulfilment and one mail', async () => {
    await shop.buy();
    shop.standIn.control.webhooks.set({ duplicate: 3 });
    await shop.deliver();
    expect((await theOrder()).status).toBe('paid');
    expect(await grants()).toBe(1);
    expect(shop.mails.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Your order 1001 /),
    ]);
    expect(shop.answers.every((status) => status === 200)).toBe(true);
  });

  test('fault 2: a second event for the same session changes nothing more', async () => {
    const sessionId = await shop.buy();
    await shop.deliver();
    const before = await theOrder();
    const second = shop.standIn.control.secondEventFor(sessionId);
    await shop.deliver();
    const [stored] = await db().select().from(stripeEvents).where(eq(stripeEvents.id, second.id));
    expect(stored?.outcome).toBe('paid');
    expect(await theOrder()).toEqual(before);
    expect(await grants()).toBe(1);
    expect(shop.mails).toHaveLength(1);
  });

  test('fault 3: the later event of a debit before the first one converges to the same end', async () => {
    const sessionId = await shop.buy({}, { outcome: 'delayed_succeeds' });
    shop.standIn.control.webhooks.set({ drop: ['checkout.session.completed'] });
    shop.standIn.control.settleDelayed(sessionId);
    await shop.deliver();
    expect((await theOrder()).status).toBe('paid');
    shop.standIn.control.webhooks.clear();
    const completed = shop.standIn.control
      .events()
      .find(({ type }) => type === 'checkout.session.completed');
    shop.standIn.control.redeliver(completed?.id ?? '');
    await shop.deliver();
    expect((await theOrder()).status).toBe('paid');
    expect(await grants()).toBe(1);
    expect(shop.mails).toHaveLength(1);
  });

  test('fault 6: the reader never comes back, and the webhook fulfils', async () => {
    await shop.buy({ edition: 'digital' });
    expect((await theOrder()).status).toBe('open');
    await shop.deliver();
    expect((await theOrder()).status).toBe('paid');
    expect(await grants()).toBe(1);
  });

  test('fault 17: a crash after the event was stored loses nothing, the worker resumes', async () => {
    await shop.buy();
    await shop.standIn.control.deliverDue();
    const waiting = await db().select().from(stripeEvents);
    expect(waiting.some(({ processedAt }) => processedAt === null)).toBe(true);
    expect((await theOrder()).status).toBe('open');
    await shop.work();
    expect((await theOrder()).status).toBe('paid');
  });

  test('fault 18: a handler that throws is tried again, and given up with an alert', async () => {
    await shop.buy();
    await shop.standIn.control.deliverDue();
    shop.standIn.control.api.fail({ match: '*', kind: '500', times: 1000 });
    await db().execute(
      sql`update graphile_worker._private_jobs set max_attempts = 2 where key like 'stripe.event:%'`,
    );
    await shop.work();
    expect(await db().select().from(alerts)).toEqual([]);
    await db().execute(
      sql`update graphile_worker._private_jobs set run_at = now() where attempts = 1`,
    );
    await shop.work();
    const raised = await db().select().from(alerts);
    expect(raised.length).toBeGreaterThan(0);
    expect(raised.every(({ kind, level }) => kind === 'job.failed' && level === 'urgent')).toBe(
      true,
    );
    expect((await theOrder()).status).toBe('open');
    shop.standIn.control.api.clear();
    await db().execute(
      sql`update graphile_worker._private_jobs set max_attempts = 3, run_at = now() where attempts = 2`,
    );
    await shop.work();
    expect((await theOrder()).status).toBe('paid');
  });

  test('fault 20: unsigned, wrongly signed, changed and stale webhooks are refused', async () => {
    const { body, signature } = await caught();
    const take = (text: string, header: string | null) =>
      receiveWebhook(text, header, [webhookSecret]);
    expect((await take(body, null)).status).toBe(400);
    expect((await take(body, 't=1,v1=00')).status).toBe(400);
    expect((await take(body.replace('pottery', 'broadside'), signature)).status).toBe(400);
    expect((await take('not json', signature)).status).toBe(400);
    await shop.buy();
    shop.standIn.control.webhooks.set({ corruptSignature: true });
    await shop.deliver();
    shop.advance(60);
    shop.standIn.control.webhooks.clear();
    shop.standIn.control.webhooks.set({ staleTimestamp: true });
    await shop.deliver();
    expect(new Set(shop.answers)).toEqual(new Set([400]));
    expect(await db().select().from(stripeEvents)).toEqual([]);
    expect((await theOrder()).status).toBe('open');
    expect((await take(body, signature)).status).toBe(200);
  });

  test('fault 20: without a secret nothing is believed: 503, so that Stripe tries again', async () => {
    const { body, signature } = await caught();
    expect((await receiveWebhook(body, signature, [])).status).toBe(503);
    expect(await db().select().from(stripeEvents)).toEqual([]);
    shop.secrets = [];
    await shop.buy();
    await shop.standIn.control.deliverDue();
    expect(new Set(shop.answers)).toEqual(new Set([503]));
    shop.secrets = [webhookSecret];
    shop.advance(60);
    await shop.deliver();
    expect((await theOrder()).status).toBe('paid');
  });

  test('fault 34: while the secret is rotated the old and the new one are both taken', async () => {
    const { body, signature } = await caught();
    const status = async (secrets: string[]) =>
      (await receiveWebhook(body, signature, secrets)).status;
    expect(await status(['whsec_new', webhookSecret])).toBe(200);
    expect(await status([webhookSecret, 'whsec_new'])).toBe(200);
    expect(await status(['whsec_new'])).toBe(400);
    const double = await caught(['whsec_old', 'whsec_new']);
    expect((await receiveWebhook(double.body, double.signature, ['whsec_new'])).status).toBe(200);
  });

  test('events that no webhook brought are found by looking, and abandoned orders ended', async () => {
    shop.standIn.control.webhooks.set({ down: true });
    await shop.buy();
    await shop.open({ browserKey: newBrowserKey(), quantity: 3 });
    shop.advance(4 * 86_400);
    await shop.standIn.control.deliverDue();
    expect(await db().select().from(stripeEvents)).toEqual([]);
    await reconcile();
    await shop.work();
    const states = await db().select({ status: orders.status }).from(orders).orderBy(orders.number);
    expect(states).toEqual([{ status: 'paid' }, { status: 'expired' }]);
    expect(shop.mails).toHaveLength(1);
  });

  test('fault 21: the other mode’s and another application’s events are answered and ignored', async () => {
    const { control } = shop.standIn;
    await shop.buy();
    await shop.deliver();
    const before = await theOrder();
    shop.answers.length = 0;
    const session = control.get('checkout.session', before.stripeSessionId ?? '');
    if (!session) throw new Error('The session is gone');
    const type = 'checkout.session.completed';
    const live = control.foreignEvent(type, { ...session }, { livemode: true });
    const lost = control.foreignEvent(type, { ...session, id: 'cs_test_elsewhere' });
    const foreign = await foreignPurchase(shop.standIn);
    await shop.deliver();
    expect(new Set(shop.answers)).toEqual(new Set([200]));
    const stored = await db().select().from(stripeEvents);
    expect(stored.some(({ id }) => id === live.id)).toBe(false);
    expect(stored.find(({ id }) => id === lost.id)?.outcome).toBe('ignored: no-session');
    expect(stored.find(({ objectId }) => objectId === foreign)?.outcome).toBe(
      'ignored: other-application',
    );
    const known = new Set<string>(eventTypes);
    expect(control.events().some((event) => !known.has(event.type))).toBe(true);
    expect(stored.every((event) => known.has(event.type))).toBe(true);
    expect(await theOrder()).toEqual(before);
  });

  test('fault 33: a payload of an older API version is only a hint, and still right', async () => {
    shop.standIn.control.webhooks.set({ apiVersion: '2020-08-27' });
    await shop.buy();
    await shop.deliver();
    const [event] = await db().select().from(stripeEvents);
    expect(event?.apiVersion).toBe('2020-08-27');
    const order = await theOrder();
    expect(order).toMatchObject({ status: 'paid', totalAmount: 1700, email: 'buyer@example.org' });
    expect(order.postalAddress).toMatchObject({ line1: '1 Quire Lane', country: 'DE' });
  });
});
