import type Stripe from 'stripe';
import { hasEnded } from '../billing/standing.ts';
import { update } from '../changes.ts';
import { drawer, fill, findBy, idOf, need, type World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { type Collected, collect } from './invoice-payments.ts';
import { subscriptionOf } from './invoices.ts';
import { createMethod } from './payment-methods.ts';
import { keepFor, numberOf, recordSetup } from './stored-methods.ts';
import { type Decline, declines, findTestNumber, isDecline, testNumbers } from './test-methods.ts';

/** A customer's new card or account, by a test number; not stored yet. Null for every other number. */
export function cardOf(
  world: World,
  customerId: string,
  number: string,
): Stripe.PaymentMethod | null {
  const known = findTestNumber(testNumbers, number);
  if (!known) return null;
  const customer = needCustomer(world, customerId);
  return createMethod(world, known.outcome, {
    email: customer.email ?? '',
    name: customer.name ?? null,
    address: customer.address ?? null,
    card: known.number,
  });
}

/** Why the bank won't have a card stored, or null. */
export function storingProblem(world: World, method: Stripe.PaymentMethod): string | null {
  const { outcome, stores } = numberOf(world, method);
  return isDecline(outcome) && !stores ? declines[outcome].message : null;
}

/** Stores a card and charges it from now on for everything that the customer has running. */
export function makeDefault(world: World, method: Stripe.PaymentMethod, customerId: string): void {
  keepFor(world, method, customerId);
  recordSetup(world, method, customerId);
  const customer = needCustomer(world, customerId);
  update(world, customer, 'customer.updated', {}, () => {
    customer.invoice_settings.default_payment_method = method.id;
  });
  for (const own of findBy(world, 'subscription', 'customer', customerId)) {
    if (hasEnded(own) || own.default_payment_method === null) continue;
    const subscription = need(world, 'subscription', own.id);
    update(world, subscription, 'customer.subscription.updated', {}, () => {
      subscription.default_payment_method = method.id;
    });
  }
}

/**
 * A try of the customer, who is there, to pay an open invoice. A card that pays is stored, and charged for the next
 * ones where the subscription says so.
 */
export function payPresent(
  world: World,
  invoice: Stripe.Invoice,
  method: Stripe.PaymentMethod,
  confirmed: boolean,
): Collected {
  const result = collect(world, invoice, method, confirmed ? 'confirmed' : 'present');
  const customer = idOf(invoice.customer);
  if (result !== 'paid' && result !== 'pending') return result;
  if (customer !== null && method.customer === null) keepFor(world, method, customer);
  const subscription = subscriptionOf(world, invoice);
  if (subscription?.payment_settings?.save_default_payment_method === 'on_subscription') {
    update(world, subscription, 'customer.subscription.updated', {}, () => {
      subscription.default_payment_method = method.id;
    });
  }
  return result;
}

/** How the customer's next charges without them end; an empty list takes back what was said. */
export function forceOutcomes(world: World, customer: string, next: Decline[]): void {
  needCustomer(world, customer);
  fill(world, 'declines', customer, next.length ? { next } : null);
}

/** The delayed debit of an invoice that waits for its bank, by its intent; null without one. */
export function debitOf(world: World, invoiceId: string): string | null {
  const intents = findBy(world, 'invoice_payment', 'invoice', invoiceId).map((payment) =>
    idOf(payment.payment.payment_intent),
  );
  return (
    intents.find((intent) => intent !== null && drawer(world, 'debit', intent) !== null) ?? null
  );
}
