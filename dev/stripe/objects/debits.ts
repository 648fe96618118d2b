import type Stripe from 'stripe';
import { drawer, fill, find, findBy, idOf, need, type World } from '../world.ts';
import { settleCharge } from './charges.ts';
import { emit } from './events.ts';
import { failIntent, succeedIntent } from './intents.ts';
import { markFailed, markPaid } from './invoice-payments.ts';

/** The bank's answer to the delayed debit of a payment intent, as chosen when it was started. */
export function settleDebit(world: World, intentId: string): void {
  const debit = drawer(world, 'debit', intentId);
  if (!debit) throw new Error(`Payment ${intentId} has no delayed debit waiting.`);
  const intent = need(world, 'payment_intent', intentId);
  const pending = need(world, 'charge', String(idOf(intent.latest_charge)));
  const session = debit.session === null ? null : need(world, 'checkout.session', debit.session);
  const invoice = openInvoiceOf(world, intentId);
  fill(world, 'debit', intentId, null);
  if (debit.outcome === 'succeeds') {
    settleCharge(world, pending);
    if (session) session.payment_status = 'paid';
    succeedIntent(world, intent, pending);
    if (invoice) markPaid(world, invoice);
    if (session) emit(world, 'checkout.session.async_payment_succeeded', session);
  } else {
    fail(world, intent, pending);
    if (invoice) markFailed(world, invoice);
    if (session) emit(world, 'checkout.session.async_payment_failed', session);
  }
}

function fail(world: World, intent: Stripe.PaymentIntent, pending: Stripe.Charge): void {
  const message = "The customer's account has insufficient funds to cover this payment.";
  pending.status = 'failed';
  pending.failure_code = 'insufficient_funds';
  pending.failure_message = message;
  emit(world, 'charge.failed', pending);
  failIntent(world, intent, { code: 'insufficient_funds', charge: pending.id, message });
}

function openInvoiceOf(world: World, intentId: string): Stripe.Invoice | null {
  const payment = findBy(world, 'invoice_payment', 'intent', intentId).find(
    ({ status }) => status === 'open',
  );
  const invoice = payment && find(world, 'invoice', String(idOf(payment.invoice)));
  return invoice?.status === 'open' ? invoice : null;
}
