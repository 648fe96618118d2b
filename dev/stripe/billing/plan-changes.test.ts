import { describe, expect, it } from 'vitest';
import { refusal } from '../fixtures.ts';
import { DAY, HOUR, invoicesOf, shop, subscriber, time } from './billing.fixture.ts';

describe('another plan', () => {
  async function halfway() {
    const made = await shop({ clock: { now: () => new Date('2027-04-01T00:00:00Z') } });
    const dear = await made.stripe.prices.create({
      product: String(made.monthly.product),
      unit_amount: 1200,
      currency: 'eur',
      recurring: { interval: 'month' },
    });
    const { subscription, customer } = await subscriber(made, [made.monthly]);
    const item = String(subscription.items.data[0]?.id);
    await made.standIn.control.advance(15 * DAY);
    made.news();
    return { ...made, dear, subscription, customer, items: [{ id: item, price: dear.id }] };
  }

  it('credits the rest of the old and charges the rest of the new one with the next invoice', async () => {
    const { stripe, standIn, dear, subscription, items, news, ...made } = await halfway();
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { items },
    });
    expect(preview.lines.data.map((line) => line.amount)).toEqual([-300, 600, 1200]);
    expect(preview).toMatchObject({ amount_due: 1500, billing_reason: 'upcoming' });
    expect(standIn.control.list('invoiceitem')).toEqual([]);
    expect(standIn.control.list('invoice')).toHaveLength(1);
    const changed = await stripe.subscriptions.update(subscription.id, { items });
    expect(changed.items.data[0]?.price.id).toBe(dear.id);
    expect(changed.items.data[0]?.current_period_end).toBe(time('2027-05-01T00:00:00Z'));
    expect(news()).toEqual([
      'invoiceitem.created',
      'invoiceitem.created',
      'customer.subscription.updated',
    ]);
    await standIn.control.advance(15 * DAY + HOUR);
    const [, invoice] = await invoicesOf({ stripe, standIn, news, ...made }, subscription.id);
    expect(invoice).toMatchObject({ amount_paid: 1500, status: 'paid' });
    expect(
      invoice?.lines.data.map((line) => line.parent?.subscription_item_details?.proration),
    ).toEqual([true, true, false]);
  });

  it('is charged at once with always_invoice, and not at all with none', async () => {
    const first = await halfway();
    await first.stripe.subscriptions.update(first.subscription.id, {
      items: first.items,
      proration_behavior: 'always_invoice',
    });
    const [, invoice] = await invoicesOf(first, first.subscription.id);
    expect(invoice).toMatchObject({
      status: 'paid',
      amount_paid: 300,
      billing_reason: 'subscription_update',
    });
    const second = await halfway();
    await second.stripe.subscriptions.update(second.subscription.id, {
      items: second.items,
      proration_behavior: 'none',
    });
    expect(second.standIn.control.list('invoiceitem')).toEqual([]);
  });

  it('is not made where the charge at once fails and the call wants all or nothing', async () => {
    const { stripe, standIn, subscription, customer, items, monthly } = await halfway();
    standIn.control.replaceCard(customer, '4000000000000341');
    const call = stripe.subscriptions.update(subscription.id, {
      items,
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
    });
    expect(await refusal(call)).toMatchObject({ statusCode: 402, type: 'StripeCardError' });
    const same = await stripe.subscriptions.retrieve(subscription.id);
    expect(same.items.data[0]?.price.id).toBe(monthly.id);
    expect(same.status).toBe('active');
    expect(standIn.control.list('invoice')).toHaveLength(1);
  });

  it('at another interval begins a period at once, less what is left of the old one', async () => {
    const made = await halfway();
    const [item] = made.items;
    await made.stripe.subscriptions.update(made.subscription.id, {
      items: [{ id: String(item?.id), price: made.yearly.id }],
    });
    const [, invoice] = await invoicesOf(made, made.subscription.id);
    expect(invoice).toMatchObject({ amount_paid: 5700, status: 'paid' });
    const { items } = await made.stripe.subscriptions.retrieve(made.subscription.id);
    expect(items.data[0]?.current_period_end).toBe(time('2028-04-16T00:00:00Z'));
  });

  it('twice in a period never credits more than was charged', async () => {
    const made = await halfway();
    const [item] = made.items;
    await made.stripe.subscriptions.update(made.subscription.id, { items: made.items });
    await made.standIn.control.advance(7.5 * DAY);
    await made.stripe.subscriptions.update(made.subscription.id, {
      items: [{ id: String(item?.id), price: made.monthly.id }],
    });
    const amounts = made.standIn.control
      .list('invoiceitem')
      .map(({ amount }) => amount)
      .reverse();
    expect(amounts).toEqual([-300, 600, -300, 150]);
  });

  it('adds and removes items one by one', async () => {
    const made = await shop();
    const { subscription } = await subscriber(made, [made.yearly]);
    const added = await made.stripe.subscriptionItems.create({
      subscription: subscription.id,
      price: made.postage.id,
      proration_behavior: 'none',
    });
    const list = await made.stripe.subscriptionItems.list({ subscription: subscription.id });
    expect(list.data.map(({ price }) => price.id)).toEqual([made.yearly.id, made.postage.id]);
    await made.stripe.subscriptionItems.update(added.id, {
      quantity: 2,
      proration_behavior: 'none',
    });
    expect(await made.stripe.subscriptionItems.del(added.id)).toMatchObject({ deleted: true });
    const { items } = await made.stripe.subscriptions.retrieve(subscription.id);
    expect(items.data).toHaveLength(1);
  });
});
