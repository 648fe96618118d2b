import type Stripe from 'stripe';
import { appoint } from '../agenda.ts';
import { fill, findBy, idOf, need, newId, put, type World } from '../world.ts';
import { emit } from './events.ts';
import { createIntent, failIntent } from './intents.ts';

type Invoice = Stripe.Invoice;

/** Seconds until the bank answers a delayed debit by itself. */
const DEBIT_SECONDS = 300;

/** Makes an open invoice payable: its intent (or the one that has been paid already) and its payment. */
export function startPayment(world: World, invoice: Invoice, paidBy: string | null): void {
  const intent =
    paidBy ??
    createIntent(world, {
      amount: invoice.amount_remaining,
      currency: invoice.currency,
      customer: idOf(invoice.customer),
      description: descriptionOf(invoice),
      payment_method_types: invoice.currency === 'eur' ? ['card', 'sepa_debit'] : ['card'],
    }).id;
  put(world, 'invoice_payment', {
    id: newId(world, 'inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: world.now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent, type: 'payment_intent' },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

/** Ends the payment of an invoice that is voided or was paid elsewhere. */
export function cancelPayment(world: World, invoice: Invoice): void {
  const payment = paymentOf(world, invoice);
  if (!payment) return;
  payment.status = 'canceled';
  payment.status_transitions.canceled_at = world.now();
  const intent = need(world, 'payment_intent', String(idOf(payment.payment.payment_intent)));
  intent.status = 'canceled';
  intent.canceled_at = world.now();
  intent.cancellation_reason = 'void_invoice';
  emit(world, 'payment_intent.canceled', intent);
}

/** The payment under way of an open invoice, or null. */
export function paymentOf(world: World, invoice: Invoice): Stripe.InvoicePayment | null {
  const open = findBy(world, 'invoice_payment', 'invoice', invoice.id).find(
    (payment) => payment.status === 'open',
  );
  return open ? need(world, 'invoice_payment', open.id) : null;
}

/** The intent that an invoice was last paid by, or is to be paid by; null without any. */
export function lastIntentOf(world: World, invoiceId: string): string | null {
  const last = findBy(world, 'invoice_payment', 'invoice', invoiceId).at(-1);
  return idOf(last?.payment.payment_intent);
}

/** The customer told the bank no: no charge is made, and the invoice can be paid otherwise. */
export function failAuthentication(world: World, intent: Stripe.PaymentIntent): void {
  failIntent(world, intent, {
    code: 'payment_intent_authentication_failure',
    message: 'The provided PaymentMethod has failed authentication.',
  });
}

/** Notes a delayed debit and when its bank answers. */
export function awaitDebit(
  world: World,
  intent: string,
  outcome: 'delayed_succeeds' | 'delayed_fails',
  session: string | null,
  clock: string | null,
): void {
  const at = world.now() + DEBIT_SECONDS;
  const kind = outcome === 'delayed_succeeds' ? 'succeeds' : 'fails';
  fill(world, 'debit', intent, { outcome: kind, at, session });
  appoint(world, { at, task: 'debit', id: intent, clock });
}

function descriptionOf(invoice: Invoice): string {
  switch (invoice.billing_reason) {
    case 'subscription_create':
      return 'Subscription creation';
    case 'subscription_update':
    case 'subscription_cycle':
      return 'Subscription update';
    default:
      return `Payment for Invoice ${invoice.number ?? ''}`.trim();
  }
}
