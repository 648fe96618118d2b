import type Stripe from 'stripe';
import { afterFailed, afterPaid, afterPending, nextTry } from '../billing/standing.ts';
import { find, findCustomer, idOf, need, type World } from '../world.ts';
import { createCharge } from './charges.ts';
import { openDispute } from './disputes.ts';
import { emit } from './events.ts';
import { declineIntent, processIntent, requireAuthentication, succeedIntent } from './intents.ts';
import { subscriptionOf } from './invoices.ts';
import type { Buyer } from './payment-methods.ts';
import { awaitDebit, cancelPayment, paymentOf } from './payments-of-invoices.ts';
import { numberOf, takeForced } from './stored-methods.ts';
import { type Decline, isDecline, type Outcome } from './test-methods.ts';

type Invoice = Stripe.Invoice;
type Intent = Stripe.PaymentIntent;
type Method = Stripe.PaymentMethod;

/** What became of a try to collect an invoice. */
export type Collected = 'paid' | 'pending' | 'failed' | 'action';

/**
 * Where the customer is: away, when the engine tries or (`asked`) a call wants a try; `present`, to answer the bank;
 * `confirmed` once they have.
 */
type CustomerIs = 'away' | 'asked' | 'present' | 'confirmed';

/** The card or account that an invoice is charged to when nobody is there. */
export function methodFor(world: World, invoice: Invoice): Method | null {
  const customer = findCustomer(world, invoice.customer);
  const id =
    idOf(invoice.default_payment_method) ??
    idOf(subscriptionOf(world, invoice)?.default_payment_method) ??
    idOf(customer?.invoice_settings.default_payment_method);
  return id === null ? null : find(world, 'payment_method', id);
}

/**
 * One try to collect an open invoice. Emits what Stripe emits, in its order, and changes the subscription accordingly.
 * Any try counts as the first one, and then only those of the engine do.
 */
export function collect(
  world: World,
  invoice: Invoice,
  method: Method | null,
  customerIs: CustomerIs = 'away',
): Collected {
  const intent = intentOfInvoice(world, invoice);
  const counts = customerIs === 'away' || invoice.attempt_count === 0;
  const asks =
    customerIs === 'present' && method !== null && numberOf(world, method).authenticates === true;
  if (!asks) invoice.attempted = true;
  if (counts && !asks) invoice.attempt_count += 1;
  intent.amount = invoice.amount_remaining;
  if (!method) return failWithout(world, invoice, counts);
  const outcome = outcomeOf(world, invoice, method, customerIs);
  if (outcome === 'asks') return askBank(world, invoice, intent, method, asks, counts);
  if (isDecline(outcome)) return decline(world, invoice, intent, method, outcome, counts);
  if (outcome === 'delayed_succeeds' || outcome === 'delayed_fails') {
    return startDebit(world, invoice, intent, method, outcome);
  }
  const authenticated = outcome === 'three_d_secure';
  const charge = createCharge(world, intent, method, buyerOf(method), {
    kind: 'paid',
    authenticated,
  });
  succeedIntent(world, intent, charge);
  markPaid(world, invoice);
  if (outcome === 'disputed') openDispute(world, charge.id, {});
  return 'paid';
}

/** The invoice is paid: by its payment under way, or without any (`outside`: money that Stripe never saw). */
export function markPaid(world: World, invoice: Invoice, outside = false): void {
  const payment = paymentOf(world, invoice);
  invoice.status = 'paid';
  invoice.attempted = true;
  invoice.amount_paid += invoice.amount_remaining;
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.auto_advance = false;
  invoice.status_transitions.paid_at = world.now();
  if (payment && !outside) {
    payment.status = 'paid';
    payment.amount_paid = payment.amount_requested;
    payment.status_transitions.paid_at = world.now();
  } else cancelPayment(world, invoice);
  emit(world, 'invoice.paid', invoice);
  emit(world, 'invoice.payment_succeeded', invoice);
  if (payment && !outside) emit(world, 'invoice_payment.paid', payment);
  afterPaid(world, invoice);
}

/** A payment failed, whose intent has been told of: the invoice stays open. */
export function markFailed(world: World, invoice: Invoice, counts = true): void {
  if (counts) invoice.next_payment_attempt = nextTry(world, invoice);
  emit(world, 'invoice.payment_failed', invoice);
  afterFailed(world, invoice);
}

function intentOfInvoice(world: World, invoice: Invoice): Intent {
  const payment = paymentOf(world, invoice);
  if (!payment) throw new Error(`Invoice ${invoice.id} has no payment under way.`);
  return need(world, 'payment_intent', String(idOf(payment.payment.payment_intent)));
}

function outcomeOf(
  world: World,
  invoice: Invoice,
  method: Method,
  customerIs: CustomerIs,
): Outcome | 'asks' {
  const number = numberOf(world, method);
  if (customerIs === 'confirmed') return number.outcome;
  if (customerIs === 'present') return number.authenticates ? 'asks' : number.outcome;
  const forced = takeForced(world, String(idOf(invoice.customer)));
  if (forced) return forced;
  const later = number.later ?? number.outcome;
  return later === 'authentication_required' ? 'asks' : later;
}

function failWithout(world: World, invoice: Invoice, counts: boolean): Collected {
  markFailed(world, invoice, counts);
  return 'failed';
}

function askBank(
  world: World,
  invoice: Invoice,
  intent: Intent,
  method: Method,
  present: boolean,
  counts: boolean,
): Collected {
  requireAuthentication(world, intent, method, `${invoice.hosted_invoice_url}/authenticate`);
  if (present) return 'action';
  if (counts) invoice.next_payment_attempt = nextTry(world, invoice);
  emit(world, 'invoice.payment_failed', invoice);
  emit(world, 'invoice.payment_action_required', invoice);
  afterFailed(world, invoice);
  return 'action';
}

function decline(
  world: World,
  invoice: Invoice,
  intent: Intent,
  method: Method,
  kind: Decline,
  counts: boolean,
): Collected {
  declineIntent(world, intent, method, buyerOf(method), kind);
  markFailed(world, invoice, counts);
  return 'failed';
}

function startDebit(
  world: World,
  invoice: Invoice,
  intent: Intent,
  method: Method,
  outcome: 'delayed_succeeds' | 'delayed_fails',
): Collected {
  const pending = createCharge(world, intent, method, buyerOf(method), { kind: 'pending' });
  invoice.next_payment_attempt = null;
  awaitDebit(world, intent.id, outcome, null, idOf(invoice.test_clock));
  processIntent(world, intent, pending);
  afterPending(world, invoice);
  return 'pending';
}

function buyerOf(method: Method): Buyer {
  const { email, name, address } = method.billing_details;
  return { email: email ?? '', name, address };
}
