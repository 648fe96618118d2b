import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { anOrder, bench, buyer, testSecret, verified } from './fixtures.ts';

async function paidSession(made = bench()) {
  const { id } = await made.stripe.checkout.sessions.create(anOrder());
  await made.standIn.control.deliverDue();
  made.received.length = 0;
  const { session } = await made.standIn.control.pay(id, buyer);
  return { ...made, session };
}

const types = (events: readonly Stripe.Event[]) => events.map((event) => event.type);
const paidTypes = [
  'payment_intent.created',
  'charge.succeeded',
  'payment_intent.succeeded',
  'checkout.session.completed',
];

describe('webhooks', () => {
  it('arrive signed, in order, as complete envelopes, and only once', async () => {
    const { standIn, stripe, received, session } = await paidSession();
    const reports = await standIn.control.deliverDue();
    expect(types(received)).toEqual(paidTypes);
    expect(reports.every((report) => report.outcome === 'delivered' && report.status === 200)).toBe(
      true,
    );
    const completed = received.at(-1);
    expect(completed).toMatchObject({
      object: 'event',
      api_version: '2026-10-28.endive',
      livemode: false,
      data: { object: { id: session.id, payment_status: 'paid' } },
      request: { id: null, idempotency_key: null },
    });
    expect(completed?.data.object).not.toHaveProperty('line_items');
    expect(await standIn.control.deliverDue()).toEqual([]);
    expect(await stripe.events.retrieve(completed?.id ?? '')).toMatchObject({
      pending_webhooks: 0,
    });
  });

  it('of a refund tell of the refund and of its charge', async () => {
    const { standIn, stripe, received, session } = await paidSession();
    await standIn.control.deliverDue();
    received.length = 0;
    await stripe.refunds.create({ payment_intent: String(session.payment_intent), amount: 100 });
    await standIn.control.deliverDue();
    expect(types(received)).toEqual(['refund.created', 'charge.refunded']);
    expect(received[1]?.data.object).toMatchObject({ amount_refunded: 100, refunded: false });
  });

  it('wait for their time on the virtual clock', async () => {
    const made = bench();
    made.standIn.control.webhooks.set({ delaySeconds: 600 });
    const { standIn, received } = await paidSession(made);
    expect(await standIn.control.deliverDue()).toEqual([]);
    await standIn.control.advance(599);
    expect(received).toEqual([]);
    await standIn.control.advance(1);
    expect(types(received).slice(-4)).toEqual(paidTypes);
  });

  it('are sent several times at once', async () => {
    const made = bench();
    const { standIn, received } = await paidSession(made);
    standIn.control.webhooks.set({ duplicate: 3 });
    await standIn.control.deliverDue();
    const completed = received.filter((event) => event.type === 'checkout.session.completed');
    expect(completed).toHaveLength(3);
    expect(new Set(completed.map((event) => event.id)).size).toBe(1);
  });

  it('come in another order, the same one for the same seed', async () => {
    const orders = await Promise.all(
      ['one', 'one', 'two', 'three'].map(async (seed) => {
        const { standIn, received } = await paidSession(bench({ seed }));
        standIn.control.webhooks.set({ shuffle: true });
        await standIn.control.deliverDue();
        expect(types(received).sort()).toEqual([...paidTypes].sort());
        return types(received).join();
      }),
    );
    expect(orders[0]).toBe(orders[1]);
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('are lost, and can still be listed and sent by hand', async () => {
    const { standIn, stripe, received, session } = await paidSession();
    standIn.control.webhooks.set({ drop: ['checkout.session.completed'] });
    await standIn.control.advance(4 * 24 * 3600);
    expect(types(received)).toEqual(paidTypes.slice(0, 3));
    const listed = await stripe.events.list({ type: 'checkout.session.completed' });
    expect(listed.data[0]?.data.object).toMatchObject({ id: session.id });
    standIn.control.webhooks.clear();
    standIn.control.redeliver(listed.data[0]?.id ?? '');
    await standIn.control.deliverDue();
    expect(types(received).at(-1)).toBe('checkout.session.completed');
  });

  it.each([
    ['corruptSignature', 'No signatures found matching the expected signature'],
    ['staleTimestamp', 'Timestamp outside the tolerance zone'],
  ] as const)(
    'with %s are refused by the SDK, and accepted once it is over',
    async (fault, words) => {
      const { standIn, received, refused } = await paidSession();
      standIn.control.webhooks.set({ [fault]: true });
      const reports = await standIn.control.deliverDue();
      expect(received).toEqual([]);
      expect(refused[0]).toContain(words);
      expect(reports[0]).toMatchObject({ outcome: 'refused', status: 400 });
      standIn.control.webhooks.clear();
      await standIn.control.advance(60);
      expect(types(received)).toEqual(paidTypes);
    },
  );

  it('are tried again with growing waits while the endpoint is down, and given up after three days', async () => {
    const { standIn, received, stripe } = await paidSession();
    standIn.control.webhooks.set({ down: true });
    await standIn.control.advance(4 * 24 * 3600);
    const tries = standIn.control.deliveries().filter((report) => report.outcome === 'unreachable');
    const own = tries
      .filter((report) => report.type === 'checkout.session.completed')
      .map(({ at }) => at);
    const waits = own.slice(1).map((at, index) => at - (own[index] ?? 0));
    expect(waits.slice(0, 4)).toEqual([10, 60, 300, 1800]);
    expect((own.at(-1) ?? 0) - (own[0] ?? 0)).toBeLessThanOrEqual(3 * 24 * 3600);
    standIn.control.webhooks.set({ down: false });
    await standIn.control.advance(24 * 3600);
    expect(received).toEqual([]);
    const missed = await stripe.events.list({
      delivery_success: false,
      type: 'checkout.session.completed',
    });
    expect(missed.data).toHaveLength(1);
  });

  it('are tried again after an answer that is not 2xx, redirects included', async () => {
    const statuses = [500, 302, 200];
    const seen: number[] = [];
    const made = bench({
      deliver: async () => {
        const status = statuses[seen.length] ?? 200;
        seen.push(status);
        return new Response(null, { status, headers: status === 302 ? { location: '/' } : {} });
      },
    });
    await made.stripe.products.create({ name: 'x' });
    await made.standIn.control.advance(3600);
    expect(seen).toEqual([500, 302, 200]);
  });

  it('of a second event for the same session have an id of their own', async () => {
    const { standIn, received, session } = await paidSession();
    const second = standIn.control.secondEventFor(session.id);
    await standIn.control.deliverDue();
    const completed = received.filter((event) => event.type === 'checkout.session.completed');
    expect(completed.map((event) => (event.data.object as { id: string }).id)).toEqual([
      session.id,
      session.id,
    ]);
    expect(completed[1]?.id).toBe(second.id);
    expect(completed[0]?.id).not.toBe(second.id);
  });

  it('follow the version of an older endpoint', async () => {
    const { standIn, received } = await paidSession();
    standIn.control.webhooks.set({ apiVersion: '2024-06-20' });
    await standIn.control.deliverDue();
    const completed = received.at(-1);
    expect(completed?.api_version).toBe('2024-06-20');
    expect(completed?.data.object).toMatchObject({ ui_mode: 'hosted', shipping_details: null });
    expect(completed?.data.object).not.toHaveProperty('collected_information');
  });

  it("carry what isn't ours: the other mode, another account", async () => {
    const { standIn, received, session } = await paidSession();
    standIn.control.foreignEvent('checkout.session.completed', session, { livemode: true });
    await standIn.control.deliverDue();
    expect(received.at(-1)).toMatchObject({ livemode: true, type: 'checkout.session.completed' });
  });

  it('are signed with both secrets during a rotation', async () => {
    const requests: Request[] = [];
    const made = bench({
      webhook: { url: 'http://app.test/hook', secrets: ['whsec_old', 'whsec_new'] },
      deliver: async (request) => {
        requests.push(request);
        return new Response();
      },
    });
    await made.stripe.products.create({ name: 'x' });
    await made.standIn.control.deliverDue();
    const [request] = requests as [Request];
    expect(request.headers.get('stripe-signature')?.match(/v1=/g)).toHaveLength(2);
    expect((await verified(request.clone(), 'whsec_old')).type).toBe('product.created');
    expect((await verified(request.clone(), 'whsec_new')).type).toBe('product.created');
    await expect(verified(request.clone(), testSecret)).rejects.toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    );
  });
});
