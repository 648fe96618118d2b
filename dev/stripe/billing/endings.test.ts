import { describe, expect, it } from 'vitest';
import { refusal } from '../fixtures.ts';
import { DAY, invoicesOf, shop, subscriber, time } from './billing.fixture.ts';

describe('an ending', () => {
  it('at the period’s end can be taken back, and comes if it is not', async () => {
    const made = await shop();
    const { stripe, standIn, news } = made;
    const { subscription } = await subscriber(made, [made.monthly]);
    news();
    const ending = await stripe.subscriptions.update(subscription.id, {
      cancel_at_period_end: true,
    });
    expect(ending).toMatchObject({ status: 'active', cancel_at: time('2027-02-28T12:00:00Z') });
    const [event] = standIn.control.events().slice(-1);
    expect(event?.data.previous_attributes).toMatchObject({
      cancel_at_period_end: false,
      cancel_at: null,
    });
    const back = await stripe.subscriptions.update(subscription.id, {
      cancel_at_period_end: false,
    });
    expect(back).toMatchObject({ cancel_at: null, canceled_at: null });
    await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    news();
    await standIn.control.advance(29 * DAY);
    expect(news()).toEqual(['customer.subscription.deleted']);
    await standIn.control.advance(31 * DAY);
    expect((await stripe.subscriptions.retrieve(subscription.id)).ended_at).toBe(
      time('2027-02-28T12:00:00Z'),
    );
    expect(await invoicesOf(made, subscription.id)).toHaveLength(1);
    const more = stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
    expect((await refusal(more)).message).toContain('canceled');
  });

  it('at once can give back what is left, into the customer’s balance', async () => {
    const made = await shop({ clock: { now: () => new Date('2027-04-01T00:00:00Z') } });
    const { subscription, customer } = await subscriber(made, [made.monthly]);
    await made.standIn.control.advance(10 * DAY);
    made.news();
    const ended = await made.stripe.subscriptions.cancel(subscription.id, {
      prorate: true,
      invoice_now: true,
      cancellation_details: { feedback: 'too_expensive', comment: 'Sorry' },
    });
    expect(ended).toMatchObject({
      status: 'canceled',
      cancellation_details: {
        feedback: 'too_expensive',
        comment: 'Sorry',
        reason: 'cancellation_requested',
      },
    });
    expect(await made.stripe.customers.retrieve(customer)).toMatchObject({ balance: -400 });
    expect(made.news().at(-1)).toBe('customer.subscription.deleted');
    expect((await refusal(made.stripe.subscriptions.cancel(subscription.id))).code).toBe(
      'resource_missing',
    );
  });

  it('of a customer ends what they have running', async () => {
    const made = await shop();
    const { subscription, customer } = await subscriber(made, [made.monthly]);
    made.news();
    await made.stripe.customers.del(customer);
    expect(made.news()).toEqual(['customer.subscription.deleted', 'customer.deleted']);
    expect((await made.stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
    await made.standIn.control.advance(90 * DAY);
    expect(await invoicesOf(made, subscription.id)).toHaveLength(1);
  });
});

describe('a pause', () => {
  it('of collection voids the invoices meanwhile and ends on its day', async () => {
    const made = await shop();
    const { subscription } = await subscriber(made, [made.monthly]);
    await made.stripe.subscriptions.update(subscription.id, {
      pause_collection: { behavior: 'void', resumes_at: time('2027-04-15T00:00:00Z') },
    });
    await made.standIn.control.advance(95 * DAY);
    const invoices = await invoicesOf(made, subscription.id);
    expect(invoices.map(({ status }) => status)).toEqual(['paid', 'void', 'void', 'paid']);
    const { pause_collection, status } = await made.stripe.subscriptions.retrieve(subscription.id);
    expect([pause_collection, status]).toEqual([null, 'active']);
  });

  it.each([
    ['keep_as_draft', 'draft'],
    ['mark_uncollectible', 'uncollectible'],
  ] as const)('with %s leaves the invoice as %s', async (behavior, status) => {
    const made = await shop();
    const { subscription } = await subscriber(made, [made.monthly]);
    await made.stripe.subscriptions.update(subscription.id, { pause_collection: { behavior } });
    await made.standIn.control.advance(30 * DAY);
    const [, invoice] = await invoicesOf(made, subscription.id);
    expect(invoice).toMatchObject({ status, amount_paid: 0 });
  });
});
