import type Stripe from 'stripe';
import { clockOf } from '../agenda.ts';
import { startSubscription } from '../billing/start.ts';
import { mergeMetadata } from '../metadata.ts';
import { backstageOf, type World } from '../world.ts';
import { markPaid } from './invoice-payments.ts';
import type { NewSubscription } from './new-subscriptions.ts';
import type { Buyer } from './payment-methods.ts';
import { awaitDebit } from './payments-of-invoices.ts';
import { trialEndOf } from './session-amounts.ts';
import { customerFor } from './session-customers.ts';
import { keepFor, recordSetup } from './stored-methods.ts';

type Session = Stripe.Checkout.Session;

/** How the buyer of a session pays: the card or account, the intent that has charged it, and a debit under way. */
export type Means = {
  method: Stripe.PaymentMethod | null;
  intent: string | null;
  debit: 'delayed_succeeds' | 'delayed_fails' | null;
};

/** Makes the subscription that a session was for, now that its first payment is made, under way or not needed. */
export function subscribe(world: World, session: Session, buyer: Buyer, means: Means): void {
  const customer = customerFor(world, session, buyer);
  const { method, intent, debit } = means;
  if (method && method.customer === null) keepFor(world, method, customer);
  if (method && intent === null) recordSetup(world, method, customer);
  const backstage = backstageOf(world, session.id);
  const { subscription, invoice } = startSubscription(
    world,
    wanted(world, session, customer, method, buyer),
    backstage.discounts,
    { kind: 'done', intent },
    'line_items',
  );
  session.subscription = subscription.id;
  session.invoice = invoice.id;
  if (intent === null) return;
  if (invoice.amount_remaining !== session.amount_total) {
    throw new Error(
      `Session ${session.id} took ${session.amount_total}, and its invoice is over ${invoice.amount_remaining}.`,
    );
  }
  invoice.attempted = true;
  if (debit === null) markPaid(world, invoice);
  else {
    invoice.attempt_count = 1;
    awaitDebit(world, intent, debit, session.id, clockOf(world, customer));
  }
}

/** Keeps the card of a session in `mode: 'setup'`. */
export function storeMethod(
  world: World,
  session: Session,
  buyer: Buyer,
  method: Stripe.PaymentMethod,
): void {
  const customer = customerFor(world, session, buyer);
  keepFor(world, method, customer);
  session.setup_intent = recordSetup(world, method, customer).id;
}

function wanted(
  world: World,
  session: Session,
  customer: string,
  method: Stripe.PaymentMethod | null,
  buyer: Buyer,
): NewSubscription {
  const { lineItems, subscription: data = {} } = backstageOf(world, session.id);
  const recurring = lineItems.filter(({ price }) => price?.type === 'recurring');
  const once = lineItems.filter(({ price }) => price?.type !== 'recurring');
  return {
    customer,
    items: recurring.flatMap(({ price, quantity }) =>
      price ? [{ found: price, quantity: quantity ?? 1 }] : [],
    ),
    once: once.flatMap(({ price, quantity }) =>
      price ? [{ price, quantity: quantity ?? 1 }] : [],
    ),
    trialEnd: trialEndOf(world, data),
    trialSettings: data.trial_settings?.end_behavior,
    anchor: null,
    prorate: false,
    collection: 'charge_automatically',
    daysUntilDue: null,
    method: method?.id ?? null,
    automaticTax: session.automatic_tax.enabled,
    taxRates: [],
    metadata: mergeMetadata(null, data.metadata),
    description: data.description ?? null,
    saveMethod: 'off',
    status: 'active',
    checkout: { country: buyer.address?.country ?? null },
  };
}
