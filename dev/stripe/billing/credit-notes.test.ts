import { describe, expect, it } from 'vitest';
import { refusal } from '../fixtures.ts';
import { aDraft, customerWith, shop, subscriber } from './billing.fixture.ts';

describe('credit notes', () => {
  it('give back of a paid invoice by a refund and to the balance, never more than was paid', async () => {
    const made = await shop();
    const { stripe } = made;
    const { session, customer } = await subscriber(made, [made.yearly]);
    const invoice = String(session.invoice);
    const note = await stripe.creditNotes.create({
      invoice,
      amount: 2000,
      refund_amount: 1500,
      credit_amount: 500,
      reason: 'order_change',
    });
    expect(note).toMatchObject({ total: 2000, type: 'post_payment', status: 'issued' });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -500 });
    const refunds = await stripe.refunds.list({ limit: 1 });
    expect(refunds.data[0]).toMatchObject({ amount: 1500, status: 'succeeded' });
    expect(made.news()).toContain('credit_note.created');
    const much = stripe.creditNotes.create({ invoice, amount: 4001, credit_amount: 4001 });
    expect((await refusal(much)).param).toBe('amount');
    const uneven = stripe.creditNotes.create({ invoice, amount: 1000, credit_amount: 900 });
    expect((await refusal(uneven)).message).toContain('must equal');
  });

  it('lessen what is owed of an open invoice, and can be taken back until it is paid', async () => {
    const made = await shop();
    const { stripe } = made;
    const { customer } = await customerWith(made, 'pm_card_visa');
    const { id } = await aDraft(made, customer, 3000);
    const { lines } = await stripe.invoices.finalizeInvoice(id);
    const line = String(lines.data[0]?.id);
    const note = await stripe.creditNotes.create({
      invoice: id,
      lines: [{ type: 'invoice_line_item', invoice_line_item: line, amount: 1000 }],
    });
    expect(note).toMatchObject({ type: 'pre_payment', pre_payment_amount: 1000 });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({
      amount_remaining: 2000,
      status: 'open',
    });
    await stripe.creditNotes.voidCreditNote(note.id);
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ amount_remaining: 3000 });
    await stripe.creditNotes.create({ invoice: id, amount: 3000 });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({
      status: 'paid',
      amount_remaining: 0,
    });
  });
});

describe('payments of invoices', () => {
  it('can be refunded, disputed and warned of like any other', async () => {
    const made = await shop();
    const { standIn, stripe } = made;
    const { session } = await subscriber(made, [made.monthly]);
    const { data } = await stripe.invoicePayments.list({ invoice: String(session.invoice) });
    const payment_intent = String(data[0]?.payment.payment_intent);
    const again = await stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent },
    });
    expect(again.data[0]?.invoice).toBe(session.invoice);
    await stripe.refunds.create({ payment_intent, amount: 100 });
    const warning = standIn.control.fraudWarning(session.id);
    expect(warning).toMatchObject({ actionable: true, payment_intent });
    const listed = await stripe.radar.earlyFraudWarnings.list({ payment_intent });
    expect(listed.data.map(({ id }) => id)).toEqual([warning.id]);
    const dispute = standIn.control.dispute(String(session.invoice));
    expect(dispute).toMatchObject({ payment_intent, status: 'needs_response' });
    expect(made.news()).toEqual(
      expect.arrayContaining(['radar.early_fraud_warning.created', 'charge.dispute.created']),
    );
  });
});
