import type Stripe from 'stripe';
import { expect, it } from 'vitest';
import { customerWith, DAY, type Shop, shop } from './billing.fixture.ts';

/** Repeatable numbers from 0 to 1. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

async function step(made: Shop, customer: string, roll: () => number): Promise<void> {
  const { stripe, standIn } = made;
  const [running] = (await stripe.subscriptions.list({ customer, limit: 1 })).data;
  const item = String(running?.items.data[0]?.id);
  const price = roll() < 0.5 ? made.monthly.id : made.yearly.id;
  const acts: (() => Promise<unknown>)[] = [
    () => standIn.control.advance(Math.floor(roll() * 50) * DAY),
    async () => standIn.control.declineNext(customer, { times: Math.ceil(roll() * 4) }),
    async () => standIn.control.replaceCard(customer, '4242424242424242'),
    () => stripe.subscriptions.create({ customer, items: [{ price }] }),
  ];
  if (running) {
    acts.push(
      () => stripe.subscriptions.update(running.id, { cancel_at_period_end: roll() < 0.5 }),
      () =>
        stripe.subscriptions.update(running.id, {
          items: [{ id: item, price }],
          proration_behavior: 'always_invoice',
        }),
      () =>
        stripe.subscriptions.update(running.id, {
          items: [{ id: item, quantity: Math.ceil(roll() * 3) }],
        }),
      () => stripe.subscriptions.cancel(running.id, { prorate: roll() < 0.5, invoice_now: true }),
    );
  }
  const act = acts[Math.floor(roll() * acts.length)];
  // What Stripe refuses (an ended subscription, a declined card) is part of the game.
  await act?.().catch((error: unknown) => {
    if (!(error instanceof Error) || !error.constructor.name.startsWith('Stripe')) throw error;
  });
}

/** What must hold of all books, whatever happened. */
function audit({ standIn }: Shop, customer: string): void {
  const { control } = standIn;
  const invoices = control.list('invoice');
  for (const invoice of invoices) {
    expect(invoice.amount_remaining).toBe(invoice.amount_due - invoice.amount_paid);
    const payments = control.list('invoice_payment').filter((one) => one.invoice === invoice.id);
    const paid = payments.reduce((sum, one) => sum + (one.amount_paid ?? 0), 0);
    expect(paid).toBe(invoice.amount_paid);
    expect(invoice.status === 'paid').toBe(
      invoice.status !== 'draft' && invoice.amount_remaining === 0 && invoice.status !== 'void',
    );
  }
  const charged = control.list('charge').filter((charge) => charge.paid);
  const collected = invoices.reduce((sum, invoice) => sum + invoice.amount_paid, 0);
  expect(charged.reduce((sum, charge) => sum + charge.amount, 0)).toBe(collected);
  const moves = control
    .list('customer_balance_transaction')
    .reduce((sum, move) => sum + move.amount, 0);
  expect((control.get('customer', customer) as Stripe.Customer).balance).toBe(moves);
  for (const subscription of control.list('subscription')) {
    const own = invoices.filter(
      (one) => one.parent?.subscription_details?.subscription === subscription.id,
    );
    const cycles = own
      .filter((one) => one.billing_reason === 'subscription_cycle')
      .map((one) => one.created);
    expect(new Set(cycles).size).toBe(cycles.length);
  }
}

it('the books hold after random histories of thirty steps, each billed in order', async () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const made = await shop();
    const roll = dice(seed);
    const { customer } = await customerWith(made, 'pm_card_visa');
    for (let count = 0; count < 30; count += 1) await step(made, customer, roll);
    audit(made, customer);
  }
}, 60_000);
