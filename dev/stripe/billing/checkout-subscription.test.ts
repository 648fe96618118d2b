import { describe, expect, it } from 'vitest';
import { buyer, refusal } from '../fixtures.ts';
import { aSubscription, DAY, invoicesOf, shop, subscriber, time } from './billing.fixture.ts';

describe('a subscription by Checkout', () => {
  it('exists only after payment, with its invoice, and all is told of in order', async () => {
    const made = await shop();
    const { stripe, standIn, yearly, postage, news } = made;
    const open = await stripe.checkout.sessions.create(
      aSubscription([yearly, postage], {
        client_reference_id: 'order-1',
        subscription_data: { metadata: { plan: 'print' }, description: 'Print' },
      }),
    );
    expect(open).toMatchObject({ mode: 'subscription', amount_total: 7200, subscription: null });
    expect(standIn.control.list('subscription')).toEqual([]);
    const { session, redirect } = await standIn.control.pay(open.id, buyer);
    expect(redirect).toContain(open.id);
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      payment_intent: null,
    });
    expect(news()).toEqual([
      'payment_intent.created',
      'customer.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'payment_method.attached',
      'customer.subscription.created',
      'invoice.created',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
      'checkout.session.completed',
    ]);
    const subscription = await stripe.subscriptions.retrieve(String(session.subscription), {
      expand: ['latest_invoice.payments', 'default_payment_method', 'customer'],
    });
    expect(subscription).toMatchObject({
      status: 'active',
      billing_mode: { type: 'flexible' },
      metadata: { plan: 'print' },
      customer: { email: 'reader@example.org' },
      default_payment_method: { card: { last4: '4242' } },
      latest_invoice: {
        billing_reason: 'subscription_create',
        status: 'paid',
        amount_paid: 7200,
        parent: { subscription_details: { metadata: { plan: 'print' } } },
      },
    });
    expect(subscription).not.toHaveProperty('current_period_end');
    expect(subscription.items.data.map((item) => item.current_period_end)).toEqual([
      time('2028-01-31T12:00:00Z'),
      time('2028-01-31T12:00:00Z'),
    ]);
    const payments = await stripe.invoicePayments.list({ invoice: String(session.invoice) });
    const intent = await stripe.paymentIntents.retrieve(
      String(payments.data[0]?.payment.payment_intent),
    );
    expect(intent).toMatchObject({ amount: 7200, status: 'succeeded', customer: session.customer });
    const found = await stripe.checkout.sessions.list({ subscription: subscription.id });
    expect(found.data.map(({ id }) => id)).toEqual([session.id]);
  });

  it('puts what is sold once on the first invoice alone', async () => {
    const made = await shop();
    const single = await made.stripe.prices.create({
      product: String(made.yearly.product),
      unit_amount: 900,
      currency: 'eur',
    });
    const { subscription } = await subscriber(made, [single, made.monthly]);
    expect(subscription.items.data).toHaveLength(1);
    await made.standIn.control.advance(40 * DAY);
    const invoices = await invoicesOf(made, subscription.id);
    expect(invoices.map((invoice) => invoice.amount_paid)).toEqual([1500, 600]);
    expect(invoices[0]?.lines.data.map((line) => line.amount)).toEqual([600, 900]);
  });

  it('is not there while the card is declined, and one customer has it in the end', async () => {
    const made = await shop();
    const { stripe, standIn, yearly } = made;
    const { id } = await stripe.checkout.sessions.create(aSubscription([yearly]));
    const declined = await standIn.control.pay(id, { ...buyer, outcome: 'insufficient_funds' });
    expect(declined.session).toMatchObject({ status: 'open', payment_intent: null });
    expect(standIn.control.list('subscription')).toEqual([]);
    expect(standIn.control.list('invoice')).toEqual([]);
    await standIn.control.pay(id, { ...buyer, outcome: 'three_d_secure' });
    expect(standIn.control.list('customer')).toHaveLength(1);
    expect(standIn.control.list('payment_intent')).toHaveLength(1);
    expect(standIn.control.list('subscription')[0]).toMatchObject({ status: 'active' });
  });

  it('runs while a debit is under way, and is past due when the bank sends it back', async () => {
    const made = await shop();
    const { session, subscription } = await subscriber(
      made,
      [made.yearly],
      {},
      { outcome: 'delayed_fails' },
    );
    expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    expect(subscription.status).toBe('active');
    made.news();
    await made.standIn.control.advance(600);
    expect(made.news()).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'invoice.payment_failed',
      'customer.subscription.updated',
      'checkout.session.async_payment_failed',
    ]);
    expect((await made.stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due');
    const well = await subscriber(made, [made.yearly], {}, { outcome: 'delayed_succeeds' });
    made.standIn.control.settleDelayed(well.session.id);
    expect(made.news().slice(-5)).toEqual([
      'payment_intent.succeeded',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
      'checkout.session.async_payment_succeeded',
    ]);
  });

  it('takes once-only coupons off the first invoice, and lasting ones off each', async () => {
    const made = await shop();
    const { stripe, standIn } = made;
    const once = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const months = await stripe.coupons.create({
      amount_off: 100,
      currency: 'eur',
      duration: 'repeating',
      duration_in_months: 2,
    });
    const first = await subscriber(made, [made.monthly], { discounts: [{ coupon: once.id }] });
    const second = await subscriber(made, [made.monthly], { discounts: [{ coupon: months.id }] });
    expect(first.session.amount_total).toBe(300);
    expect(made.news()).toContain('customer.discount.deleted');
    await standIn.control.advance(100 * DAY);
    const paid = async (id: string) => (await invoicesOf(made, id)).map((one) => one.amount_paid);
    expect(await paid(first.subscription.id)).toEqual([300, 600, 600, 600]);
    expect(await paid(second.subscription.id)).toEqual([500, 500, 600, 600]);
    expect((await stripe.coupons.retrieve(once.id)).times_redeemed).toBe(1);
    const over = await stripe.subscriptions.retrieve(first.subscription.id);
    expect(over.discounts).toEqual([]);
  });

  it('knows a pay-what-you-can price in payment mode, within its bounds', async () => {
    const made = await shop();
    const price = await made.stripe.prices.create({
      product: String(made.yearly.product),
      currency: 'eur',
      custom_unit_amount: { enabled: true, minimum: 500, maximum: 5000, preset: 1500 },
    });
    const line_items = [{ price: price.id, quantity: 1 }];
    const donation = { ...aSubscription([]), mode: 'payment' as const, line_items };
    const { id, amount_total } = await made.stripe.checkout.sessions.create(donation);
    expect(amount_total).toBe(1500);
    const little = made.standIn.control.pay(id, { ...buyer, amount: 499 });
    await expect(little).rejects.toThrow('from €5.00 to €50.00');
    const { session } = await made.standIn.control.pay(id, { ...buyer, amount: 2345 });
    expect(session.amount_total).toBe(2345);
    const recurring = made.stripe.prices.create({
      product: String(made.yearly.product),
      currency: 'eur',
      recurring: { interval: 'month' },
      custom_unit_amount: { enabled: true },
    });
    expect((await refusal(recurring)).param).toBe('custom_unit_amount');
  });

  it('charges the tax of the country that was typed, at first and at each renewal', async () => {
    const made = await shop();
    const { session, subscription } = await subscriber(made, [made.monthly], {
      automatic_tax: { enabled: true },
      shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    });
    expect(session.total_details?.amount_tax).toBe(39);
    await made.standIn.control.advance(32 * DAY);
    const invoices = await invoicesOf(made, subscription.id);
    expect(invoices.map(({ total, total_taxes }) => [total, total_taxes?.[0]?.amount])).toEqual([
      [600, 39],
      [600, 39],
    ]);
    expect(invoices[1]).toMatchObject({
      total_excluding_tax: 561,
      automatic_tax: { status: 'complete' },
    });
    const customer = await made.stripe.customers.retrieve(String(session.customer));
    expect(customer).toMatchObject({ shipping: { address: { country: 'DE', city: 'Hamburg' } } });
  });

  it.each([
    [
      'a one-time price alone',
      {
        line_items: [
          {
            quantity: 1,
            price_data: { currency: 'eur', unit_amount: 900, product_data: { name: 'x' } },
          },
        ],
      },
      'line_items',
    ],
    ['shipping options', { shipping_options: [{ shipping_rate: 'shr_1' }] }, 'shipping_options'],
    [
      'a payment intent’s data',
      { payment_intent_data: { description: 'x' } },
      'payment_intent_data',
    ],
    ['a past trial end', { subscription_data: { trial_end: 1 } }, 'subscription_data[trial_end]'],
    [
      'what is not served',
      { subscription_data: { default_tax_rates: ['txr'] } },
      'subscription_data[default_tax_rates]',
    ],
  ])('refuses %s', async (_name, more, param) => {
    const { stripe, yearly } = await shop();
    const call = stripe.checkout.sessions.create(aSubscription([yearly], more as never));
    expect((await refusal(call)).param).toBe(param);
  });

  it('refuses another interval beside, and a recurring price in payment mode', async () => {
    const { stripe, yearly, monthly } = await shop();
    const mixed = await refusal(stripe.checkout.sessions.create(aSubscription([yearly, monthly])));
    expect(mixed.message).toContain('interval');
    const payment = aSubscription([yearly], { mode: 'payment' });
    expect((await refusal(stripe.checkout.sessions.create(payment))).message).toContain(
      'recurring',
    );
  });
});
