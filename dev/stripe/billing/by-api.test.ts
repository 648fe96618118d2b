import { describe, expect, it } from 'vitest';
import { refusal } from '../fixtures.ts';
import { customerWith, DAY, HOUR, invoicesOf, shop, time } from './billing.fixture.ts';

describe('subscriptions by the API', () => {
  it('are incomplete until the first payment, which expires after 23 hours', async () => {
    const made = await shop();
    const { customer } = await customerWith(made, 'pm_card_chargeCustomerFail');
    const { id, status, latest_invoice } = await made.stripe.subscriptions.create({
      customer,
      items: [{ price: made.monthly.id }],
    });
    expect(status).toBe('incomplete');
    await made.standIn.control.advance(24 * HOUR);
    expect((await made.stripe.subscriptions.retrieve(id)).status).toBe('incomplete_expired');
    expect((await made.stripe.invoices.retrieve(String(latest_invoice))).status).toBe('void');
    const all = made.stripe.subscriptions.create({
      customer,
      items: [{ price: made.monthly.id }],
      payment_behavior: 'error_if_incomplete',
    });
    expect((await refusal(all)).statusCode).toBe(402);
    expect(made.standIn.control.list('subscription')).toHaveLength(1);
  });

  it('that are sent become invoices with a due date, overdue after it, and active when paid', async () => {
    const made = await shop();
    const { stripe, standIn, news } = made;
    const customer = await stripe.customers.create({
      email: 'library@example.org',
      name: 'Library',
    });
    news();
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: made.yearly.id, quantity: 5 }],
      collection_method: 'send_invoice',
      days_until_due: 14,
      metadata: { purchase_order: 'PO-7' },
    });
    expect(subscription.status).toBe('active');
    await standIn.control.advance(HOUR);
    expect(news()).toEqual([
      'customer.subscription.created',
      'invoice.created',
      'payment_intent.created',
      'invoice.finalized',
      'invoice.sent',
    ]);
    const invoice = String(subscription.latest_invoice);
    expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
      status: 'open',
      amount_due: 30_000,
      due_date: time('2027-02-14T13:00:00Z'),
    });
    await standIn.control.advance(15 * DAY);
    expect(news()).toEqual(['invoice.overdue', 'customer.subscription.updated']);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due');
    const paid = await stripe.invoices.pay(invoice, { paid_out_of_band: true });
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 30_000 });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  it('can begin on a day to come, in part or for nothing until then, and end by themselves', async () => {
    const made = await shop({ clock: { now: () => new Date('2027-04-16T00:00:00Z') } });
    const { customer } = await customerWith(made, 'pm_card_visa');
    const anchor = { billing_cycle_anchor: time('2027-05-01T00:00:00Z') };
    const items = [{ price: made.monthly.id }];
    const part = await made.stripe.subscriptions.create({ customer, items, ...anchor });
    expect((await made.stripe.invoices.retrieve(String(part.latest_invoice))).amount_paid).toBe(
      300,
    );
    const none = await made.stripe.subscriptions.create({
      customer,
      items,
      ...anchor,
      proration_behavior: 'none',
      cancel_at: time('2027-06-01T00:00:00Z'),
    });
    await made.standIn.control.advance(100 * DAY);
    const paid = (await invoicesOf(made, none.id)).map((one) => one.amount_paid);
    expect(paid).toEqual([0, 600]);
    expect((await made.stripe.subscriptions.retrieve(none.id)).status).toBe('canceled');
  });

  it('that end within a period pay for their part of it', async () => {
    const made = await shop({ clock: { now: () => new Date('2027-04-01T00:00:00Z') } });
    const { customer } = await customerWith(made, 'pm_card_visa');
    const items = [{ price: made.monthly.id }];
    const short = await made.stripe.subscriptions.create({
      customer,
      items,
      cancel_at: time('2027-04-16T00:00:00Z'),
    });
    const { id } = await made.stripe.subscriptions.create({ customer, items });
    const within = made.stripe.subscriptions.update(id, {
      cancel_at: time('2027-04-16T00:00:00Z'),
    });
    expect((await refusal(within)).param).toBe('proration_behavior');
    await made.stripe.subscriptions.update(id, { cancel_at: time('2027-05-16T12:00:00Z') });
    await made.standIn.control.advance(70 * DAY);
    const paid = async (one: string) =>
      (await invoicesOf(made, one)).map((invoice) => invoice.amount_paid);
    expect(await paid(short.id)).toEqual([300]);
    expect(await paid(id)).toEqual([600, 300]);
    expect((await made.stripe.subscriptions.retrieve(id)).ended_at).toBe(
      time('2027-05-16T12:00:00Z'),
    );
  });
});
