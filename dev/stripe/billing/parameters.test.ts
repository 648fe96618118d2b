import { describe, expect, it } from 'vitest';
import { refusal } from '../fixtures.ts';
import {
  aSubscription,
  customerWith,
  DAY,
  invoicesOf,
  shop,
  subscriber,
} from './billing.fixture.ts';

describe('what the parameters say', () => {
  it('of a trial with something sold once is charged today, and the rest later', async () => {
    const made = await shop();
    const single = await made.stripe.prices.create({
      product: String(made.yearly.product),
      unit_amount: 900,
      currency: 'eur',
    });
    const { session, subscription } = await subscriber(made, [made.monthly, single], {
      subscription_data: { trial_period_days: 20 },
    });
    expect(session).toMatchObject({ amount_total: 900, payment_status: 'paid' });
    expect(subscription.status).toBe('trialing');
    await made.standIn.control.advance(21 * DAY);
    const paid = (await invoicesOf(made, subscription.id)).map((one) => one.amount_paid);
    expect(paid).toEqual([900, 600]);
  });

  it('of the card that pays by hand is kept for the next charges only where it is wanted', async () => {
    const made = await shop();
    const { customer } = await customerWith(made, 'pm_card_chargeCustomerFail');
    for (const save of ['on_subscription', 'off'] as const) {
      const { id, latest_invoice } = await made.stripe.subscriptions.create({
        customer,
        items: [{ price: made.monthly.id }],
        payment_settings: { save_default_payment_method: save },
      });
      made.standIn.control.payInvoice(String(latest_invoice));
      const { default_payment_method } = await made.stripe.subscriptions.retrieve(id);
      expect(default_payment_method !== null).toBe(save === 'on_subscription');
    }
  });

  it('of a code for first orders keeps out who has paid before', async () => {
    const made = await shop();
    const { stripe } = made;
    const { customer } = await subscriber(made, [made.monthly]);
    const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
    const code = await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      restrictions: { first_time_transaction: true },
    });
    const discounts = [{ promotion_code: code.id }];
    const again = stripe.checkout.sessions.create(
      aSubscription([made.yearly], { customer, discounts }),
    );
    expect((await refusal(again)).message).toContain('first order');
    const other = await stripe.checkout.sessions.create(
      aSubscription([made.yearly], { discounts }),
    );
    expect(other.amount_total).toBe(4800);
  });

  it.each([
    ['billing_mode[type]', { billing_mode: { type: 'classic' } }],
    ['payment_behavior', { payment_behavior: 'pending_if_incomplete' }],
    ['transfer_data', { transfer_data: { destination: 'acct_1' } }],
    ['days_until_due', { collection_method: 'send_invoice' }],
    ['trial_end', { trial_end: 1 }],
    ['items[0][price]', { items: [{ price: 'price_none' }] }],
    ['colour', { colour: 'red' }],
  ])('is refused where it is not served or makes no sense: %s', async (param, more) => {
    const made = await shop();
    const { customer } = await customerWith(made, 'pm_card_visa');
    const items = [{ price: made.monthly.id }];
    const call = made.stripe.subscriptions.create({ customer, items, ...(more as object) });
    expect(await refusal(call)).toMatchObject({ statusCode: 400, param });
    expect(made.standIn.control.list('subscription')).toEqual([]);
  });
});
