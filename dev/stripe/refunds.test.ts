import { describe, expect, it } from 'vitest';
import { anOrder, bench, buyer, refusal } from './fixtures.ts';

describe('refunds', () => {
  it('add up exactly, partly and then wholly, and refuse more', async () => {
    const { stripe, standIn } = bench();
    const { id } = await stripe.checkout.sessions.create(anOrder());
    const { session } = await standIn.control.pay(id, buyer);
    const payment_intent = String(session.payment_intent);
    await stripe.refunds.create({ payment_intent, amount: 250, reason: 'requested_by_customer' });
    expect(await refusal(stripe.refunds.create({ payment_intent, amount: 1001 }))).toMatchObject({
      param: 'amount',
    });
    const rest = await stripe.refunds.create({ payment_intent, metadata: { order: '1' } });
    expect(rest).toMatchObject({ amount: 1000, status: 'succeeded', currency: 'eur' });
    const intent = await stripe.paymentIntents.retrieve(payment_intent, {
      expand: ['latest_charge.refunds'],
    });
    expect(intent.latest_charge).toMatchObject({ amount_refunded: 1250, refunded: true });
    expect(intent.latest_charge).toHaveProperty('refunds.data.length', 2);
    expect(await refusal(stripe.refunds.create({ payment_intent }))).toMatchObject({
      code: 'charge_already_refunded',
    });
    const listed = await stripe.refunds.list({ payment_intent });
    expect(listed.data.map((refund) => refund.amount)).toEqual([1000, 250]);
    const balance = standIn.control.list('balance_transaction').map((entry) => entry.amount);
    expect(balance).toEqual([-1000, -250, 1250]);
  });

  it('that fail give the money back to the charge and say so', async () => {
    const { stripe, standIn } = bench();
    const { id } = await stripe.checkout.sessions.create(anOrder());
    const { session } = await standIn.control.pay(id, buyer);
    const refund = await stripe.refunds.create({ payment_intent: String(session.payment_intent) });
    standIn.control.failRefund(refund.id);
    const failed = await stripe.refunds.retrieve(refund.id, { expand: ['charge'] });
    expect(failed).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' });
    expect(failed.charge).toMatchObject({ amount_refunded: 0, refunded: false });
    const types = standIn.control.events().map((event) => event.type);
    expect(types.slice(-3)).toEqual(['refund.failed', 'refund.updated', 'charge.refund.updated']);
  });

  it('tell of a change of their metadata, and go back to a debited account', async () => {
    const { stripe, standIn } = bench();
    const { id } = await stripe.checkout.sessions.create(anOrder());
    const { session } = await standIn.control.pay(id, { ...buyer, outcome: 'delayed_succeeds' });
    standIn.control.settleDelayed(id);
    const payment_intent = String(session.payment_intent);
    const refund = await stripe.refunds.create({ payment_intent, metadata: { a: '1' } });
    expect(refund.destination_details).toEqual({ type: 'sepa_debit' });
    await stripe.refunds.update(refund.id, { metadata: { b: '2' } });
    expect(standIn.control.events().at(-1)).toMatchObject({
      type: 'refund.updated',
      data: {
        object: { metadata: { a: '1', b: '2' } },
        previous_attributes: { metadata: { b: null } },
      },
    });
  });
});

describe('disputes', () => {
  async function disputed(input?: { reason?: string; amount?: number }) {
    const made = bench();
    const { id } = await made.stripe.checkout.sessions.create(anOrder());
    const { session } = await made.standIn.control.pay(id, buyer);
    const known = made.standIn.control.events().length;
    const dispute = made.standIn.control.dispute(id, input);
    const types = () =>
      made.standIn.control
        .events()
        .slice(known)
        .map(({ type }) => type);
    return { ...made, session, dispute, types, payment_intent: String(session.payment_intent) };
  }
  const net = (entries: { amount: number }[]) =>
    entries.reduce((sum, { amount }) => sum + amount, 0);

  it('take the money at once and forbid a refund', async () => {
    const { stripe, standIn, dispute, types, payment_intent } = await disputed();
    expect(types()).toEqual(['charge.dispute.created', 'charge.dispute.funds_withdrawn']);
    expect(await stripe.disputes.retrieve(dispute.id, { expand: ['charge'] })).toMatchObject({
      amount: 1250,
      reason: 'fraudulent',
      status: 'needs_response',
      payment_intent,
      charge: { disputed: true },
      balance_transactions: [{ amount: -1250, fee: 2000 }],
    });
    const refused = await refusal(stripe.refunds.create({ payment_intent }));
    expect(refused).toMatchObject({ statusCode: 400, code: 'charge_disputed' });
    expect((await stripe.disputes.list({ payment_intent })).data).toHaveLength(1);
    expect(net(standIn.control.list('balance_transaction'))).toBe(0);
  });

  it('that are won bring the money back, once', async () => {
    const { stripe, standIn, dispute, types, payment_intent } = await disputed({
      reason: 'product_not_received',
      amount: 500,
    });
    standIn.control.decideDispute(dispute.id, 'won');
    expect(types().slice(2)).toEqual(['charge.dispute.closed', 'charge.dispute.funds_reinstated']);
    expect(await stripe.disputes.retrieve(dispute.id)).toMatchObject({
      status: 'won',
      reason: 'product_not_received',
      amount: 500,
    });
    expect(net(standIn.control.list('balance_transaction'))).toBe(1250);
    expect(() => standIn.control.decideDispute(dispute.id, 'lost')).toThrow('already closed');
    expect((await stripe.refunds.create({ payment_intent })).status).toBe('succeeded');
  });

  it('that are given up are lost', async () => {
    const { stripe, dispute, types } = await disputed();
    expect((await stripe.disputes.close(dispute.id)).status).toBe('lost');
    expect(types().slice(2)).toEqual(['charge.dispute.closed']);
    expect((await refusal(stripe.disputes.close(dispute.id))).statusCode).toBe(400);
  });
});
