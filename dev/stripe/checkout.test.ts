import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { anOrder, bench, buyer, refusal } from './fixtures.ts';

const line = (unit_amount: number, quantity = 1, name = 'No. 4') => ({
  price_data: { currency: 'eur', unit_amount, product_data: { name } },
  quantity,
});

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

describe('amounts', () => {
  it('a promotion code is spread over the lines to the last cent, and counted', async () => {
    const { stripe, standIn } = bench();
    const coupon = await stripe.coupons.create({ amount_off: 1000, currency: 'eur', name: 'Ten' });
    const code = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'TEN',
      max_redemptions: 1,
    });
    const order = anOrder({
      line_items: [line(333), line(333), line(334, 3)],
      allow_promotion_codes: true,
    });
    const { id } = await stripe.checkout.sessions.create(order);
    const { session } = await standIn.control.pay(id, { ...buyer, promotionCode: 'ten' });
    expect(session).toMatchObject({
      amount_subtotal: 1668,
      amount_total: 668,
      total_details: { amount_discount: 1000 },
    });
    const items = await stripe.checkout.sessions.listLineItems(id);
    expect(items.data.reduce((sum, item) => sum + item.amount_discount, 0)).toBe(1000);
    expect(items.data.reduce((sum, item) => sum + item.amount_total, 0)).toBe(668);
    const expanded = await stripe.checkout.sessions.retrieve(id, {
      expand: ['discounts.promotion_code', 'discounts.coupon', 'total_details.breakdown'],
    });
    expect(expanded.discounts?.[0]).toMatchObject({
      promotion_code: { code: 'TEN' },
      coupon: { times_redeemed: 1 },
    });
    expect(expanded.total_details?.breakdown?.discounts[0]).toMatchObject({ amount: 1000 });
    expect(await stripe.promotionCodes.retrieve(code.id)).toMatchObject({
      active: false,
      times_redeemed: 1,
    });
    const next = await stripe.checkout.sessions.create(order);
    await expect(standIn.control.pay(next.id, { ...buyer, promotionCode: 'TEN' })).rejects.toThrow(
      'not valid',
    );
  });

  it('a session that a coupon makes free needs no payment', async () => {
    const { stripe, standIn } = bench();
    const coupon = await stripe.coupons.create({ percent_off: 100 });
    const { id } = await stripe.checkout.sessions.create(
      anOrder({ discounts: [{ coupon: coupon.id }] }),
    );
    const { session } = await standIn.control.pay(id, buyer);
    expect(session).toMatchObject({
      amount_total: 0,
      payment_status: 'no_payment_required',
      payment_intent: null,
      status: 'complete',
    });
    expect(standIn.control.events().at(-1)?.type).toBe('checkout.session.completed');
  });

  it.each([
    ['inclusive', 1250, 82],
    ['exclusive', 1338, 88],
  ] as const)('%s tax follows from the country', async (tax_behavior, total, tax) => {
    const { stripe, standIn } = bench();
    const item = {
      price_data: { currency: 'eur', unit_amount: 1250, tax_behavior, product_data: { name: 'x' } },
      quantity: 1,
    };
    const { id } = await stripe.checkout.sessions.create(
      anOrder({ line_items: [item], automatic_tax: { enabled: true } }),
    );
    const before = await stripe.checkout.sessions.retrieve(id);
    expect(before.automatic_tax.status).toBe('requires_location_inputs');
    const { session } = await standIn.control.pay(id, buyer);
    expect(session).toMatchObject({
      amount_total: total,
      total_details: { amount_tax: tax },
      automatic_tax: { status: 'complete' },
    });
    const items = await stripe.checkout.sessions.listLineItems(id, { expand: ['data.taxes'] });
    expect(items.data[0]?.taxes?.[0]).toMatchObject({
      amount: tax,
      rate: { country: 'DE', percentage: 7 },
    });
  });

  it('the quantity changes only where it is allowed, within its limits', async () => {
    const { stripe, standIn } = bench();
    const adjustable = {
      ...line(1000),
      adjustable_quantity: { enabled: true, minimum: 1, maximum: 3 },
    };
    const open = await stripe.checkout.sessions.create(anOrder({ line_items: [adjustable] }));
    await expect(standIn.control.pay(open.id, { ...buyer, quantity: 4 })).rejects.toThrow(
      'from 1 to 3',
    );
    const { session } = await standIn.control.pay(open.id, { ...buyer, quantity: 3 });
    expect(session.amount_total).toBe(3000);
    const fixed = await stripe.checkout.sessions.create(anOrder());
    await expect(standIn.control.pay(fixed.id, { ...buyer, quantity: 2 })).rejects.toThrow(
      'cannot be changed',
    );
  });

  it.each([
    ['an expired code', { expires_at: 1 }, 'expired'],
    [
      'too small an order',
      { restrictions: { minimum_amount: 5000, minimum_amount_currency: 'eur' } },
      'too small',
    ],
  ] as [string, Partial<Stripe.PromotionCodeCreateParams>, string][])(
    '%s is refused in words',
    async (_name, more, words) => {
      const { stripe, standIn } = bench();
      const coupon = await stripe.coupons.create({ percent_off: 10 });
      await stripe.promotionCodes.create({
        promotion: { type: 'coupon', coupon: coupon.id },
        code: 'X',
        ...more,
      });
      const { id } = await stripe.checkout.sessions.create(
        anOrder({ allow_promotion_codes: true }),
      );
      await expect(standIn.control.pay(id, { ...buyer, promotionCode: 'X' })).rejects.toThrow(
        words,
      );
    },
  );
});
