import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { anOrder, bench, buyer } from './fixtures.ts';

const line = (unit_amount: number, quantity = 1, name = 'No. 4') => ({
  price_data: { currency: 'eur', unit_amount, product_data: { name } },
  quantity,
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
