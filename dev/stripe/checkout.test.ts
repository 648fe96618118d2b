import { describe, expect, it } from 'vitest';
import { anOrder, bench, buyer, refusal } from './fixtures.ts';

describe('a Checkout session', () => {
  it('has the shapes of the current API version', async () => {
    const { stripe, standIn } = bench();
    const created = await stripe.checkout.sessions.create(
      anOrder({
        ui_mode: 'hosted_page',
        client_reference_id: 'order-1',
        customer_email: 'reader@example.org',
        metadata: { order: '1' },
        payment_intent_data: { metadata: { order: '1' }, description: 'No. 4' },
        adaptive_pricing: { enabled: false },
        shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
        shipping_options: [
          {
            shipping_rate_data: {
              display_name: 'Post',
              type: 'fixed_amount',
              fixed_amount: { amount: 350, currency: 'eur' },
            },
          },
        ],
        expand: ['line_items'],
      }),
    );
    expect(created).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      ui_mode: 'hosted_page',
      amount_subtotal: 1250,
      amount_total: 1600,
      url: `http://stripe.test/c/pay/${created.id}`,
      collected_information: null,
      adaptive_pricing: { enabled: false },
    });
    expect(created.line_items?.data[0]).toMatchObject({
      description: 'No. 4 „Über Inseln“',
      amount_total: 1250,
    });
    const { session, redirect } = await standIn.control.pay(created.id, buyer);
    expect(redirect).toBe(`https://magazine.test/thanks?session=${created.id}`);
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer: null,
      customer_details: { email: 'reader@example.org', name: 'Ada Reader' },
      collected_information: {
        shipping_details: { name: 'Ada Reader', address: { country: 'DE', line2: null } },
      },
      shipping_cost: { amount_total: 350 },
    });
    expect(session).not.toHaveProperty('shipping_details');
    const intent = await stripe.paymentIntents.retrieve(String(session.payment_intent), {
      expand: ['latest_charge.balance_transaction', 'payment_method'],
    });
    expect(intent).toMatchObject({
      status: 'succeeded',
      amount_received: 1600,
      metadata: { order: '1' },
      description: 'No. 4',
    });
    expect(intent.payment_method).toMatchObject({ card: { last4: '4242' } });
    expect(intent.latest_charge).toMatchObject({
      paid: true,
      balance_transaction: { amount: 1600 },
    });
    const listed = await stripe.checkout.sessions.list({ payment_intent: intent.id });
    expect(listed.data.map(({ id }) => id)).toEqual([created.id]);
  });

  it('checks the address against the allowed countries', async () => {
    const { stripe, standIn } = bench();
    const { id } = await stripe.checkout.sessions.create(
      anOrder({ shipping_address_collection: { allowed_countries: ['AT'] } }),
    );
    await expect(standIn.control.pay(id, buyer)).rejects.toThrow('cannot be sent to that country');
    await expect(
      standIn.control.pay(id, { email: 'x@example.org', outcome: 'succeeds' }),
    ).rejects.toThrow('address.line1');
  });

  it('stays open after a declined card, and takes another with the same payment intent', async () => {
    const { stripe, standIn } = bench();
    const { id } = await stripe.checkout.sessions.create(anOrder());
    const declined = await standIn.control.pay(id, { ...buyer, outcome: 'declined' });
    expect(declined).toMatchObject({
      redirect: null,
      session: { status: 'open', payment_status: 'unpaid' },
    });
    const { session } = await standIn.control.pay(id, { ...buyer, outcome: 'three_d_secure' });
    expect(session.payment_status).toBe('paid');
    expect(standIn.control.list('payment_intent')).toHaveLength(1);
    const charges = await stripe.charges.list({ payment_intent: String(session.payment_intent) });
    expect(charges.data.map((charge) => [charge.status, charge.failure_code])).toEqual([
      ['succeeded', null],
      ['failed', 'card_declined'],
    ]);
    expect(charges.data[0]?.payment_method_details?.card?.three_d_secure?.result).toBe(
      'authenticated',
    );
  });

  it.each([
    ['delayed_succeeds', 'paid', 'checkout.session.async_payment_succeeded', 'succeeded'],
    ['delayed_fails', 'unpaid', 'checkout.session.async_payment_failed', 'requires_payment_method'],
  ] as const)(
    '%s: completes unpaid, and the bank answers later',
    async (outcome, status, type, intentStatus) => {
      const { stripe, standIn } = bench();
      const { id } = await stripe.checkout.sessions.create(anOrder());
      const { session } = await standIn.control.pay(id, { ...buyer, outcome });
      expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
      const pending = await refusal(
        stripe.refunds.create({ payment_intent: String(session.payment_intent) }),
      );
      expect(pending.code).toBe('charge_not_refundable');
      await standIn.control.advance(600);
      const settled = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
      expect(settled.payment_status).toBe(status);
      expect(settled.payment_intent).toMatchObject({ status: intentStatus });
      expect(standIn.control.events().at(-1)?.type).toBe(type);
      expect(() => standIn.control.settleDelayed(id)).toThrow('no delayed debit');
    },
  );

  it('expires on its time, by call and only once', async () => {
    const { stripe, standIn } = bench();
    const soon = Math.floor(standIn.control.now().getTime() / 1000) + 1860;
    const first = await stripe.checkout.sessions.create(anOrder({ expires_at: soon }));
    const second = await stripe.checkout.sessions.create(anOrder());
    await standIn.control.advance(1900);
    expect(await stripe.checkout.sessions.retrieve(first.id)).toMatchObject({
      status: 'expired',
      url: null,
    });
    expect(await stripe.checkout.sessions.expire(second.id)).toMatchObject({ status: 'expired' });
    expect((await refusal(stripe.checkout.sessions.expire(second.id))).statusCode).toBe(400);
    await expect(standIn.control.pay(first.id, buyer)).rejects.toThrow('expired');
    const expired = standIn.control
      .events()
      .filter((event) => event.type === 'checkout.session.expired');
    expect(expired).toHaveLength(2);
  });

  it('makes a customer only when asked', async () => {
    const { stripe, standIn } = bench();
    const { id } = await stripe.checkout.sessions.create(anOrder({ customer_creation: 'always' }));
    const { session } = await standIn.control.pay(id, buyer);
    const customer = await stripe.customers.retrieve(String(session.customer));
    expect(customer).toMatchObject({ email: 'reader@example.org', name: 'Ada Reader' });
  });
});
