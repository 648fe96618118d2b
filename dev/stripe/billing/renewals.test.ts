import { describe, expect, it } from 'vitest';
import { customerWith, DAY, HOUR, invoicesOf, shop, subscriber, time } from './billing.fixture.ts';

describe('renewals', () => {
  it('follow the calendar from the first day, each announced, billed and charged in its turn', async () => {
    const made = await shop();
    const { standIn, stripe, news } = made;
    const { subscription } = await subscriber(made, [made.monthly]);
    news();
    await standIn.control.advance(28 * DAY);
    expect(news()).toEqual([
      'invoice.upcoming',
      'customer.subscription.updated',
      'invoice.created',
    ]);
    const [, draft] = await invoicesOf(made, subscription.id);
    expect(draft).toMatchObject({
      status: 'draft',
      billing_reason: 'subscription_cycle',
      number: null,
    });
    await standIn.control.advance(HOUR);
    expect(news()).toEqual([
      'payment_intent.created',
      'invoice.finalized',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
    ]);
    await standIn.control.advance(154 * DAY);
    const invoices = await invoicesOf(made, subscription.id);
    expect(
      invoices.map((invoice) => new Date(invoice.created * 1000).toISOString().slice(0, 10)),
    ).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
      '2027-06-30',
      '2027-07-31',
    ]);
    expect(invoices.slice(0, 6).every((invoice) => invoice.status === 'paid')).toBe(true);
    expect(new Set(invoices.map((invoice) => invoice.number)).size).toBe(7);
    const line = invoices[1]?.lines.data[0];
    expect(line?.period).toEqual({
      start: time('2027-02-28T12:00:00Z'),
      end: time('2027-03-31T12:00:00Z'),
    });
    const events = await stripe.events.list({ type: 'customer.subscription.updated', limit: 1 });
    expect(events.data[0]?.data.previous_attributes).toMatchObject({
      items: { data: [{ current_period_end: time('2027-07-31T12:00:00Z') }] },
      latest_invoice: invoices[5]?.id,
    });
  });

  it('that happened while nobody looked are caught up with, each at its own time', async () => {
    let now = new Date('2027-01-31T12:00:00Z');
    const made = await shop({ clock: { now: () => now } });
    const { subscription } = await subscriber(made, [made.monthly]);
    now = new Date('2027-06-15T00:00:00Z');
    const invoices = await invoicesOf(made, subscription.id);
    expect(invoices.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid', 'paid', 'paid']);
    expect(invoices.at(-1)?.status_transitions.paid_at).toBe(time('2027-05-31T13:00:00Z'));
  });

  it('of a year meet the leap day', async () => {
    const clock = { now: () => new Date('2028-02-29T10:00:00Z') };
    const made = await shop({ clock });
    const { subscription } = await subscriber(made, [made.yearly]);
    await made.standIn.control.advance(4 * 366 * DAY);
    const invoices = await invoicesOf(made, subscription.id);
    const starts = invoices.map((one) => new Date((one.lines.data[0]?.period.start ?? 0) * 1000));
    expect(starts.map((start) => start.toISOString().slice(0, 10))).toEqual([
      '2028-02-29',
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ]);
  });
});

describe('a renewal that fails', () => {
  it('is tried again on the set days, past due meanwhile, and ends the subscription', async () => {
    const made = await shop();
    const { standIn, stripe, news } = made;
    const { subscription, customer } = await subscriber(made, [made.monthly]);
    standIn.control.declineNext(customer, { times: 4, kind: 'insufficient_funds' });
    news();
    await standIn.control.advance(28 * DAY + HOUR);
    expect(news().slice(-4)).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'invoice.payment_failed',
      'customer.subscription.updated',
    ]);
    const [, invoice] = await invoicesOf(made, subscription.id);
    expect(invoice).toMatchObject({
      status: 'open',
      attempt_count: 1,
      next_payment_attempt: time('2027-03-03T13:00:00Z'),
    });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due');
    await standIn.control.advance(8 * DAY);
    expect((await stripe.invoices.retrieve(String(invoice?.id))).attempt_count).toBe(3);
    await standIn.control.advance(7 * DAY);
    expect(news().at(-1)).toBe('customer.subscription.deleted');
    const ended = await stripe.subscriptions.retrieve(subscription.id);
    expect(ended).toMatchObject({
      status: 'canceled',
      cancellation_details: { reason: 'payment_failed' },
      ended_at: time('2027-03-15T13:00:00Z'),
    });
    await standIn.control.advance(90 * DAY);
    expect(news()).toEqual([]);
    expect(await stripe.invoices.retrieve(String(invoice?.id))).toMatchObject({
      status: 'open',
      auto_advance: false,
      next_payment_attempt: null,
    });
  });

  it('recovers with another card, and is active again', async () => {
    const made = await shop();
    const { standIn, stripe } = made;
    const { subscription, customer } = await subscriber(made, [made.monthly]);
    standIn.control.replaceCard(customer, '4000000000000341');
    await standIn.control.advance(29 * DAY);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due');
    standIn.control.replaceCard(customer, '5555555555554444');
    made.news();
    await standIn.control.advance(3 * DAY);
    expect(made.news()).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
      'customer.subscription.updated',
    ]);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  it('stays unpaid where the account says so, with drafts that nobody collects', async () => {
    const made = await shop();
    const { standIn, stripe } = made;
    standIn.control.billingSettings({ retryDays: [1], lastly: 'unpaid' });
    const { subscription, customer } = await subscriber(made, [made.monthly]);
    standIn.control.declineNext(customer, { times: 9 });
    await standIn.control.advance(60 * DAY);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('unpaid');
    const invoices = await invoicesOf(made, subscription.id);
    expect(invoices.map(({ status, auto_advance }) => [status, auto_advance])).toEqual([
      ['paid', false],
      ['open', true],
      ['draft', false],
    ]);
    standIn.control.declineNext(customer, { times: 0 });
    await stripe.invoices.pay(String(invoices[1]?.id));
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  it('whose bank wants to ask tells of it, and the customer answers on the invoice’s page', async () => {
    const made = await shop();
    const { standIn, stripe, news } = made;
    const { customer } = await customerWith(made, 'pm_card_authenticationRequired');
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: made.monthly.id }],
    });
    expect(subscription.status).toBe('incomplete');
    expect(news()).toContain('invoice.payment_action_required');
    const invoice = String(subscription.latest_invoice);
    standIn.control.payInvoice(invoice, '4000002760003184');
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
    expect((await stripe.invoices.retrieve(invoice)).status).toBe('paid');
  });
});

describe('trials', () => {
  it('cost nothing, warn three days before, and charge the stored card at the end', async () => {
    const made = await shop();
    const { standIn, news } = made;
    const { session, subscription } = await subscriber(made, [made.monthly], {
      subscription_data: { trial_period_days: 10 },
    });
    expect(session).toMatchObject({ amount_total: 0, payment_status: 'no_payment_required' });
    expect(subscription).toMatchObject({
      status: 'trialing',
      trial_end: time('2027-02-10T12:00:00Z'),
      default_payment_method: expect.stringMatching(/^pm_/),
    });
    news();
    await standIn.control.advance(7 * DAY);
    expect(news()).toEqual(['invoice.upcoming', 'customer.subscription.trial_will_end']);
    await standIn.control.advance(3 * DAY + HOUR);
    const invoices = await invoicesOf(made, subscription.id);
    expect(invoices.map(({ amount_paid, status }) => [amount_paid, status])).toEqual([
      [0, 'paid'],
      [600, 'paid'],
    ]);
    const [item] = (await made.stripe.subscriptions.retrieve(subscription.id)).items.data;
    expect(item?.current_period_end).toBe(time('2027-03-10T12:00:00Z'));
  });

  it.each([
    ['cancel', 'canceled', 'customer.subscription.deleted'],
    ['pause', 'paused', 'customer.subscription.paused'],
    ['create_invoice', 'past_due', 'customer.subscription.updated'],
  ] as const)('without a card end as the plan says: %s', async (behaviour, status, event) => {
    const made = await shop();
    const { subscription, session } = await subscriber(made, [made.monthly], {
      payment_method_collection: 'if_required',
      subscription_data: {
        trial_period_days: 10,
        trial_settings: { end_behavior: { missing_payment_method: behaviour } },
      },
    });
    expect(subscription.default_payment_method).toBeNull();
    await made.standIn.control.advance(10 * DAY + HOUR);
    expect(made.news().at(-1)).toBe(event);
    expect((await made.stripe.subscriptions.retrieve(subscription.id)).status).toBe(status);
    if (status !== 'paused') return;
    const method = await made.stripe.paymentMethods.attach('pm_card_visa', {
      customer: String(session.customer),
    });
    await made.stripe.subscriptions.update(subscription.id, { default_payment_method: method.id });
    const resumed = await made.stripe.subscriptions.resume(subscription.id);
    expect(resumed.status).toBe('active');
    expect(made.news()).toContain('customer.subscription.resumed');
  });

  it('of less than three days warn at once', async () => {
    const made = await shop();
    await subscriber(made, [made.monthly], { subscription_data: { trial_period_days: 2 } });
    await made.standIn.control.deliverDue();
    expect(made.news()).toContain('customer.subscription.trial_will_end');
  });
});
