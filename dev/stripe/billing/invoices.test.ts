import { describe, expect, it } from 'vitest';
import { refusal } from '../fixtures.ts';
import { aDraft, customerWith, DAY, HOUR, shop, subscriber } from './billing.fixture.ts';

describe('invoices by the API', () => {
  it('gather items, become final with a number, and are paid by the stored card', async () => {
    const made = await shop();
    const { stripe, news } = made;
    const { customer } = await customerWith(made, 'pm_card_visa');
    await stripe.invoiceItems.create({
      customer,
      amount: 2000,
      currency: 'eur',
      description: 'Back issues',
    });
    await stripe.invoiceItems.create({
      customer,
      amount: -500,
      currency: 'eur',
      description: 'Credit',
    });
    const draft = await stripe.invoices.create({
      customer,
      pending_invoice_items_behavior: 'include',
    });
    expect(draft).toMatchObject({
      status: 'draft',
      total: 1500,
      auto_advance: false,
      number: null,
    });
    const more = await stripe.invoiceItems.create({
      customer,
      invoice: draft.id,
      amount: 300,
      currency: 'eur',
    });
    await stripe.invoiceItems.update(more.id, { amount: 400 });
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(1900);
    await stripe.invoiceItems.del(more.id);
    const final = await stripe.invoices.finalizeInvoice(draft.id);
    expect(final).toMatchObject({
      status: 'open',
      amount_due: 1500,
      number: expect.stringMatching(/-0001$/),
    });
    const paid = await stripe.invoices.pay(draft.id, { expand: ['payments'] });
    expect(paid).toMatchObject({ status: 'paid', amount_remaining: 0 });
    expect(paid.payments?.data[0]).toMatchObject({ status: 'paid', amount_paid: 1500 });
    expect((await refusal(stripe.invoices.pay(draft.id))).code).toBe('invoice_already_paid');
    expect(news().slice(-5)).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
    ]);
  });

  it('keep a try that failed on record, although the call is refused', async () => {
    const made = await shop();
    const { stripe } = made;
    const { customer } = await customerWith(made, 'pm_card_chargeCustomerFail');
    const { id } = await aDraft(made, customer, 2000);
    await stripe.invoices.finalizeInvoice(id);
    expect(await refusal(stripe.invoices.pay(id))).toMatchObject({
      statusCode: 402,
      code: 'card_declined',
      type: 'StripeCardError',
    });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ attempt_count: 1, status: 'open' });
    expect(made.news()).toContain('invoice.payment_failed');
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer });
    const paid = await stripe.invoices.pay(id, { payment_method: good.id });
    expect(paid).toMatchObject({ status: 'paid', attempt_count: 1 });
  });

  it('can be voided, given up and thrown away, each in its time', async () => {
    const made = await shop();
    const { stripe } = made;
    const { customer } = await customerWith(made, 'pm_card_visa');
    const open = async () => (await aDraft(made, customer, 900)).id;
    const thrown = await open();
    expect(await stripe.invoices.del(thrown)).toMatchObject({ deleted: true });
    const voided = await open();
    await stripe.invoices.finalizeInvoice(voided);
    expect((await stripe.invoices.voidInvoice(voided)).status).toBe('void');
    expect((await refusal(stripe.invoices.pay(voided))).statusCode).toBe(400);
    const lost = await open();
    await stripe.invoices.finalizeInvoice(lost);
    expect((await stripe.invoices.markUncollectible(lost)).status).toBe('uncollectible');
    expect((await stripe.invoices.pay(lost)).status).toBe('paid');
    expect((await refusal(stripe.invoices.del(lost))).message).toContain('draft');
  });

  it('leave what is too small to be charged in the balance, and meet a credit first', async () => {
    const made = await shop();
    const { stripe } = made;
    const { customer } = await customerWith(made, 'pm_card_visa');
    const bill = async (amount: number) => {
      const { id } = await aDraft(made, customer, amount);
      return stripe.invoices.finalizeInvoice(id);
    };
    expect(await bill(30)).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: 30 });
    expect(await bill(500)).toMatchObject({
      status: 'open',
      amount_due: 530,
      starting_balance: 30,
    });
    await stripe.customers.createBalanceTransaction(customer, { amount: -1000, currency: 'eur' });
    expect(await bill(400)).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: -600 });
    const moves = await stripe.customers.listBalanceTransactions(customer);
    expect(moves.data.map(({ type, amount }) => [type, amount]).reverse()).toEqual([
      ['invoice_too_small', 30],
      ['applied_to_invoice', -30],
      ['adjustment', -1000],
      ['applied_to_invoice', 400],
    ]);
  });

  it('of a plan a credit was given for charge that much less', async () => {
    const made = await shop();
    const { subscription, customer } = await subscriber(made, [made.monthly]);
    await made.stripe.customers.createBalanceTransaction(customer, {
      amount: -250,
      currency: 'eur',
    });
    await made.standIn.control.advance(29 * DAY);
    const { data } = await made.stripe.invoices.list({ subscription: subscription.id, limit: 1 });
    expect(data[0]).toMatchObject({ total: 600, amount_paid: 350, starting_balance: -250 });
  });

  it('whose tax can not be reckoned do not become final, and say so', async () => {
    const made = await shop();
    const customer = await made.stripe.customers.create({ email: 'ada@example.org' });
    const refused = made.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: made.monthly.id }],
      automatic_tax: { enabled: true },
    });
    expect((await refusal(refused)).code).toBe('customer_tax_location_invalid');
    await made.stripe.customers.update(customer.id, { address: { country: 'DE' } });
    const { id, latest_invoice } = await made.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: made.monthly.id }],
      automatic_tax: { enabled: true },
      collection_method: 'send_invoice',
      days_until_due: 7,
    });
    await made.stripe.customers.update(customer.id, { address: '' });
    made.news();
    await made.standIn.control.advance(HOUR);
    expect(made.news()).toEqual(['invoice.finalization_failed']);
    expect(await made.stripe.invoices.retrieve(String(latest_invoice))).toMatchObject({
      status: 'draft',
      last_finalization_error: { code: 'customer_tax_location_invalid' },
    });
    expect((await made.stripe.subscriptions.retrieve(id)).status).toBe('active');
  });

  it('add a tax rate made by hand, inside or on top', async () => {
    const made = await shop();
    const { customer } = await customerWith(made, 'pm_card_visa');
    for (const [inclusive, total, tax] of [
      [true, 600, 39],
      [false, 642, 42],
    ] as const) {
      const rate = await made.stripe.taxRates.create({
        display_name: 'VAT',
        percentage: 7,
        inclusive,
      });
      const { latest_invoice } = await made.stripe.subscriptions.create({
        customer,
        items: [{ price: made.monthly.id }],
        default_tax_rates: [rate.id],
        expand: ['latest_invoice'],
      });
      expect(latest_invoice).toMatchObject({ amount_paid: total, total_taxes: [{ amount: tax }] });
    }
  });
});
