import type Stripe from 'stripe';
import { planInvoice } from '../billing/plan.ts';
import { invalid } from '../errors.ts';
import { drawer, findCustomer, idOf, type World } from '../world.ts';
import { moveBalance } from './customer-balance.ts';
import { needCustomer } from './customers.ts';
import { emit } from './events.ts';
import { reckon } from './invoice-amounts.ts';
import { collect, markPaid, methodFor } from './invoice-payments.ts';
import { cancelPayment, startPayment } from './payments-of-invoices.ts';
import { DAY, HOUR } from './periods.ts';

type Invoice = Stripe.Invoice;

/** Tells of a draft; one of the engine becomes final by itself about an hour later. */
export function announceDraft(world: World, invoice: Invoice): void {
  if (invoice.auto_advance) {
    invoice.automatically_finalizes_at ??= world.now() + HOUR;
    planInvoice(world, invoice);
  }
  emit(world, 'invoice.created', invoice);
}

/**
 * Makes a draft final: amounts for good, a number, the customer's balance met, and an intent to pay by. What comes to
 * nothing is paid at once. `paidBy` names an intent that has paid already, or is about to. False where the tax can't
 * be reckoned; the draft stays one then.
 */
export function finalize(world: World, invoice: Invoice, paidBy: string | null = null): boolean {
  reckon(world, invoice);
  if (invoice.automatic_tax.enabled && invoice.automatic_tax.status !== 'complete') {
    failFinalization(world, invoice);
    return false;
  }
  number(world, invoice);
  const url = `${world.publicOrigin}/i/${invoice.id}`;
  invoice.hosted_invoice_url = url;
  invoice.invoice_pdf = `${url}/pdf`;
  invoice.status = 'open';
  invoice.automatically_finalizes_at = null;
  invoice.status_transitions.finalized_at = world.now();
  invoice.effective_at = world.now();
  const days = drawer(world, 'invoice', invoice.id)?.days;
  if (invoice.collection_method === 'send_invoice' && invoice.due_date === null) {
    invoice.due_date = world.now() + (days ?? 30) * DAY;
  }
  meetBalance(world, invoice);
  if (invoice.amount_due > 0) startPayment(world, invoice, paidBy);
  emit(world, 'invoice.finalized', invoice);
  if (invoice.amount_due === 0) markPaid(world, invoice);
  else planInvoice(world, invoice);
  return true;
}

/** What the engine does with a draft whose hour is over, and with a first invoice at once. */
export function finalizeAndCollect(world: World, invoice: Invoice): void {
  if (!finalize(world, invoice) || invoice.status !== 'open') return;
  if (invoice.collection_method === 'send_invoice') emit(world, 'invoice.sent', invoice);
  else collect(world, invoice, methodFor(world, invoice));
}

/** Bills a draft without its hour. */
export function collectAtOnce(world: World, invoice: Invoice): void {
  invoice.automatically_finalizes_at = world.now();
  announceDraft(world, invoice);
  finalizeAndCollect(world, invoice);
}

/** Voids an open or uncollectible invoice; what it took of the customer's balance goes back. */
export function voidInvoice(world: World, invoice: Invoice): Invoice {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalid(`You can only void open or uncollectible invoices, not ${invoice.status} ones.`);
  }
  cancelPayment(world, invoice);
  invoice.status = 'void';
  close(invoice);
  invoice.status_transitions.voided_at = world.now();
  const met = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  const customer = findCustomer(world, invoice.customer);
  if (met !== 0 && customer) {
    const { currency, id } = invoice;
    moveBalance(world, customer.id, -met, {
      type: 'unapplied_from_invoice',
      currency,
      invoice: id,
    });
  }
  emit(world, 'invoice.voided', invoice);
  return invoice;
}

/** Gives an open invoice up; it can still be paid. */
export function markUncollectible(
  world: World,
  invoice: Invoice,
  reason: 'subscription_paused' | 'user_forgiven' = 'user_forgiven',
): Invoice {
  if (invoice.status !== 'open') {
    throw invalid(`You can only mark open invoices as uncollectible, not ${invoice.status} ones.`);
  }
  invoice.status = 'uncollectible';
  invoice.status_details = { uncollectible: { reason } };
  close(invoice);
  invoice.status_transitions.marked_uncollectible_at = world.now();
  emit(world, 'invoice.marked_uncollectible', invoice);
  return invoice;
}

function close(invoice: Invoice): void {
  invoice.auto_advance = false;
  invoice.next_payment_attempt = null;
}

/** Each customer's invoices are counted by themselves, after a prefix of their own. */
function number(world: World, invoice: Invoice): void {
  if (invoice.number !== null) return;
  const customer = needCustomer(world, String(idOf(invoice.customer)));
  const next = customer.next_invoice_sequence ?? 1;
  invoice.number = `${customer.invoice_prefix}-${String(next).padStart(4, '0')}`;
  customer.next_invoice_sequence = next + 1;
}

/** A credit pays first; a negative total, and what is too small to be charged, wait in the balance. */
function meetBalance(world: World, invoice: Invoice): void {
  const { starting_balance, total, currency } = invoice;
  const after = starting_balance + total;
  invoice.ending_balance = invoice.amount_due > 0 ? 0 : after;
  const moved = invoice.ending_balance - starting_balance;
  if (moved === 0) return;
  const type = after > 0 && invoice.amount_due === 0 ? 'invoice_too_small' : 'applied_to_invoice';
  moveBalance(world, String(idOf(invoice.customer)), moved, {
    type,
    currency,
    invoice: invoice.id,
  });
}

function failFinalization(world: World, invoice: Invoice): void {
  invoice.automatic_tax.disabled_reason = null;
  invoice.automatically_finalizes_at = null;
  invoice.last_finalization_error = {
    code: 'customer_tax_location_invalid',
    message:
      "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    type: 'invalid_request_error',
  };
  emit(world, 'invoice.finalization_failed', invoice);
}
