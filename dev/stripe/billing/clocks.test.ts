import { describe, expect, it } from 'vitest';
import { refusal } from '../fixtures.ts';
import { customerWith, DAY, HOUR, invoicesOf, shop, time } from './billing.fixture.ts';

describe('test clocks', () => {
  async function bound() {
    const made = await shop();
    const clock = await made.stripe.testHelpers.testClocks.create({
      frozen_time: time('2030-01-01T00:00:00Z'),
      name: 'A year',
    });
    const { customer } = await customerWith(made, 'pm_card_visa', { test_clock: clock.id });
    const subscription = await made.stripe.subscriptions.create({
      customer,
      items: [{ price: made.monthly.id }],
    });
    return { ...made, clock, customer, subscription };
  }

  it('keep a time of their own for their customers, whatever the stand-in’s is', async () => {
    const { standIn, stripe, clock, subscription } = await bound();
    expect(subscription).toMatchObject({
      status: 'active',
      created: clock.frozen_time,
      test_clock: clock.id,
    });
    await standIn.control.advance(400 * DAY);
    const same = await stripe.subscriptions.retrieve(subscription.id);
    expect(same.items.data[0]?.current_period_end).toBe(time('2030-02-01T00:00:00Z'));
  });

  it('bill each period on the way when they are advanced', async () => {
    const made = await bound();
    const { stripe, clock, subscription } = made;
    const answer = await stripe.testHelpers.testClocks.advance(clock.id, {
      frozen_time: time('2030-04-01T01:00:00Z'),
    });
    expect(answer).toMatchObject({
      status: 'advancing',
      status_details: { advancing: { target_frozen_time: time('2030-04-01T01:00:00Z') } },
    });
    expect(await stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({
      status: 'ready',
      frozen_time: time('2030-04-01T01:00:00Z'),
    });
    const invoices = await invoicesOf(made, subscription.id);
    expect(
      invoices.map(({ status, status_transitions }) => [status, status_transitions.paid_at]),
    ).toEqual([
      ['paid', time('2030-01-01T00:00:00Z')],
      ['paid', time('2030-02-01T01:00:00Z')],
      ['paid', time('2030-03-01T01:00:00Z')],
      ['paid', time('2030-04-01T01:00:00Z')],
    ]);
    expect(made.news().at(-1)).toBe('test_helpers.test_clock.ready');
    const back = stripe.testHelpers.testClocks.advance(clock.id, {
      frozen_time: clock.frozen_time,
    });
    expect((await refusal(back)).param).toBe('frozen_time');
  });

  it('send their webhooks now, and take their customers along when they go', async () => {
    const made = await bound();
    const { stripe, standIn, clock, customer, received } = made;
    await stripe.testHelpers.testClocks.advance(clock.id, {
      frozen_time: clock.frozen_time + 40 * DAY,
    });
    await standIn.control.deliverDue();
    expect(received.map(({ type }) => type)).toContain('test_helpers.test_clock.ready');
    expect(standIn.control.nextDue()).toBeNull();
    const own = await stripe.customers.list({ test_clock: clock.id });
    expect(own.data.map(({ id }) => id)).toEqual([customer]);
    await stripe.testHelpers.testClocks.del(clock.id);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
  });
});

describe('faults', () => {
  it('that lose the answer leave the subscription made, and the same key finds it', async () => {
    const made = await shop();
    const { standIn, stripe } = made;
    const { customer } = await customerWith(made, 'pm_card_visa');
    const params = { customer, items: [{ price: made.monthly.id }] };
    standIn.control.api.fail({ match: 'POST /v1/subscriptions', kind: 'answer_lost' });
    await refusal(stripe.subscriptions.create(params, { idempotencyKey: 'k' }));
    const [lost] = standIn.control.list('subscription');
    const again = await stripe.subscriptions.create(params, { idempotencyKey: 'k' });
    expect(again.id).toBe(lost?.id);
    expect(standIn.control.list('charge')).toHaveLength(1);
  });

  it('of webhooks strike those of renewals too: twice, out of order, and lost', async () => {
    const made = await shop();
    const { standIn, received } = made;
    const { customer } = await customerWith(made, 'pm_card_visa');
    await made.stripe.subscriptions.create({ customer, items: [{ price: made.monthly.id }] });
    await standIn.control.deliverDue();
    received.length = 0;
    standIn.control.webhooks.set({ duplicate: true, drop: ['invoice.finalized'] });
    await standIn.control.advance(28 * DAY + 2 * HOUR);
    const types = received.map(({ type }) => type);
    expect(types.filter((type) => type === 'invoice.paid')).toHaveLength(2);
    expect(types).not.toContain('invoice.finalized');
  });

  it('of an older endpoint give subscriptions and invoices their older shapes', async () => {
    const made = await shop();
    const { standIn, received } = made;
    standIn.control.webhooks.set({ apiVersion: '2024-06-20' });
    const { customer } = await customerWith(made, 'pm_card_visa');
    const { id } = await made.stripe.subscriptions.create({
      customer,
      items: [{ price: made.monthly.id }],
    });
    await standIn.control.deliverDue();
    const objectOf = (type: string) => received.find((event) => event.type === type)?.data.object;
    expect(objectOf('customer.subscription.created')).toMatchObject({
      current_period_end: time('2027-02-28T12:00:00Z'),
    });
    const invoice = objectOf('invoice.paid');
    expect(invoice).toMatchObject({
      subscription: id,
      paid: true,
      payment_intent: expect.stringMatching(/^pi_/),
      charge: expect.stringMatching(/^ch_/),
    });
    expect(invoice).not.toHaveProperty('parent');
  });

  it('a refused change leaves nothing of itself behind', async () => {
    const made = await shop();
    const { customer } = await customerWith(made, 'pm_card_visa');
    const { id, items } = await made.stripe.subscriptions.create({
      customer,
      items: [{ price: made.monthly.id }],
    });
    made.news();
    const before = await made.stripe.subscriptions.retrieve(id);
    const change = made.stripe.subscriptions.update(id, {
      metadata: { a: '1' },
      items: [{ id: String(items.data[0]?.id), quantity: 3 }, { price: made.yearly.id }],
    });
    expect((await refusal(change)).message).toContain('interval');
    expect(await made.stripe.subscriptions.retrieve(id)).toEqual(before);
    expect(made.standIn.control.list('invoiceitem')).toEqual([]);
    expect(made.news()).toEqual([]);
  });
});

describe('previews', () => {
  it('of a subscription that isn’t there show its first invoice, and make nothing', async () => {
    const made = await shop();
    const { stripe, standIn } = made;
    const invoice = await stripe.invoices.createPreview({
      customer_details: { address: { country: 'DE' } },
      automatic_tax: { enabled: true },
      subscription_details: { items: [{ price: made.yearly.id }, { price: made.postage.id }] },
    });
    expect(invoice).toMatchObject({ total: 7200, total_taxes: [{ amount: 472 }] });
    expect(standIn.control.list('customer')).toEqual([]);
    expect(standIn.control.list('subscription')).toEqual([]);
    expect(made.news()).toEqual([]);
  });

  it('are what happens: a change previewed costs what the change then costs', async () => {
    const made = await shop();
    const { stripe, standIn } = made;
    const { customer } = await customerWith(made, 'pm_card_visa');
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: made.yearly.id }],
    });
    await standIn.control.advance(100 * DAY);
    const changes = {
      items: [{ id: String(items.data[0]?.id), quantity: 3 }],
      proration_behavior: 'always_invoice' as const,
    };
    const preview = await stripe.invoices.createPreview({
      subscription: id,
      subscription_details: changes,
    });
    const changed = await stripe.subscriptions.update(id, {
      ...changes,
      expand: ['latest_invoice'],
    });
    expect(changed.latest_invoice).toMatchObject({
      amount_paid: preview.amount_due,
      billing_reason: 'subscription_update',
    });
    expect(preview.amount_due).toBeGreaterThan(0);
  });

  it('of an ending credit what is left', async () => {
    const made = await shop({ clock: { now: () => new Date('2027-04-01T00:00:00Z') } });
    const { customer } = await customerWith(made, 'pm_card_visa');
    const { id } = await made.stripe.subscriptions.create({
      customer,
      items: [{ price: made.monthly.id }],
    });
    await made.standIn.control.advance(15 * DAY);
    const preview = await made.stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { cancel_now: true },
    });
    expect(preview).toMatchObject({ total: -300, amount_due: 0 });
    expect((await made.stripe.subscriptions.retrieve(id)).status).toBe('active');
  });
});
