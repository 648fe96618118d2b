import { describe, expect, it } from 'vitest';
import { buyer, refusal } from '../fixtures.ts';
import {
  aSubscription,
  customerWith,
  DAY,
  HOUR,
  invoicesOf,
  shop,
  subscriber,
  time,
} from './billing.fixture.ts';

describe('free time', () => {
  it('given to a running subscription puts its next charge off, and the rhythm with it', async () => {
    const made = await shop();
    const { subscription } = await subscriber(made, [made.monthly]);
    const extended = await made.stripe.subscriptions.update(subscription.id, {
      trial_end: time('2027-03-15T12:00:00Z'),
      proration_behavior: 'none',
    });
    expect(extended).toMatchObject({ status: 'trialing', trial_end: time('2027-03-15T12:00:00Z') });
    await made.standIn.control.advance(74 * DAY);
    const invoices = await invoicesOf(made, subscription.id);
    expect(invoices.map(({ created, amount_paid }) => [created, amount_paid])).toEqual([
      [time('2027-01-31T12:00:00Z'), 600],
      [time('2027-03-15T12:00:00Z'), 600],
      [time('2027-04-15T12:00:00Z'), 0],
    ]);
  });

  it('ends at once where it is told to, with a charge for the first period', async () => {
    const made = await shop();
    const { subscription } = await subscriber(made, [made.monthly], {
      subscription_data: { trial_period_days: 20 },
    });
    await made.standIn.control.advance(5 * DAY);
    const now = await made.stripe.subscriptions.update(subscription.id, { trial_end: 'now' });
    expect(now).toMatchObject({ status: 'active', trial_end: time('2027-02-05T12:00:00Z') });
    expect(now.items.data[0]?.current_period_end).toBe(time('2027-03-05T12:00:00Z'));
    expect((await invoicesOf(made, subscription.id)).map((one) => one.amount_paid)).toEqual([
      0, 600,
    ]);
  });
});

describe('the next charge', () => {
  it('is previewed as it will be: discounts, credit and pending items included', async () => {
    const made = await shop();
    const { stripe, standIn } = made;
    const { subscription, customer } = await subscriber(made, [made.monthly]);
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
    await stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: coupon.id }] });
    await stripe.customers.createBalanceTransaction(customer, { amount: -100, currency: 'eur' });
    await stripe.invoiceItems.create({ customer, amount: 250, currency: 'eur' });
    const preview = await stripe.invoices.createPreview({ subscription: subscription.id });
    expect(preview).toMatchObject({
      subtotal: 850,
      total: 765,
      amount_due: 665,
      period_end: time('2027-02-28T12:00:00Z'),
    });
    await stripe.coupons.del(coupon.id);
    await standIn.control.advance(28 * DAY + HOUR);
    const [, invoice] = await invoicesOf(made, subscription.id);
    expect(invoice).toMatchObject({ status: 'paid', amount_paid: 665 });
  });

  it('is less by a promotion code typed on the page, for as long as it lasts', async () => {
    const made = await shop();
    const { stripe, standIn } = made;
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'forever' });
    await stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'HALF',
    });
    const { id } = await stripe.checkout.sessions.create(
      aSubscription([made.monthly], { allow_promotion_codes: true }),
    );
    const { session } = await standIn.control.pay(id, { ...buyer, promotionCode: 'half' });
    expect(session.amount_total).toBe(300);
    await standIn.control.advance(29 * DAY);
    const invoices = await invoicesOf(made, String(session.subscription));
    expect(invoices.map((one) => one.amount_paid)).toEqual([300, 300]);
    const { discounts } = await stripe.subscriptions.retrieve(String(session.subscription), {
      expand: ['discounts.promotion_code'],
    });
    expect(discounts[0]).toMatchObject({ promotion_code: { code: 'HALF', times_redeemed: 1 } });
  });
});

describe('stored payment methods', () => {
  it('are attached, changed, listed and taken away again, with what they were the default of', async () => {
    const made = await shop();
    const { stripe } = made;
    const { customer, method } = await customerWith(made, 'pm_card_visa');
    const changed = await stripe.paymentMethods.update(method, {
      card: { exp_month: 2, exp_year: 2027 },
    });
    expect(changed.card).toMatchObject({ exp_month: 2, exp_year: 2027 });
    expect((await stripe.customers.listPaymentMethods(customer)).data).toHaveLength(1);
    await stripe.paymentMethods.detach(method);
    expect((await stripe.paymentMethods.list({ customer })).data).toEqual([]);
    expect(made.standIn.control.get('customer', customer)).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
    expect(made.news()).toEqual(
      expect.arrayContaining([
        'payment_method.updated',
        'payment_method.detached',
        'customer.updated',
      ]),
    );
    const declined = stripe.paymentMethods.attach('pm_card_visa_chargeDeclined', { customer });
    expect(await refusal(declined)).toMatchObject({ statusCode: 402, code: 'card_declined' });
    const other = await stripe.customers.create({ email: 'other@example.org' });
    const foreign = await stripe.paymentMethods.attach('pm_card_visa', { customer: other.id });
    const stolen = stripe.subscriptions.create({
      customer,
      items: [{ price: made.monthly.id }],
      default_payment_method: foreign.id,
    });
    expect((await refusal(stolen)).param).toBe('default_payment_method');
  });

  it('let a page of our own confirm an open invoice: its secret is there on request', async () => {
    const made = await shop();
    const { customer } = await customerWith(made, 'pm_card_visa');
    const { status, latest_invoice } = await made.stripe.subscriptions.create({
      customer,
      items: [{ price: made.monthly.id }],
      payment_behavior: 'default_incomplete',
      expand: ['latest_invoice.confirmation_secret', 'items.data.price.product'],
    });
    expect(status).toBe('incomplete');
    expect(latest_invoice).toMatchObject({
      status: 'open',
      confirmation_secret: { client_secret: expect.stringMatching(/^pi_\w+_secret_/) },
    });
  });
});
