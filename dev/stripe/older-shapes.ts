import type Stripe from 'stripe';
import { lastIntentOf } from './objects/payments-of-invoices.ts';
import { idOf, type World, wire } from './world.ts';

type Json = Record<string, unknown>;

/**
 * An event as an endpoint with an older API version gets it. Only what a shop meets is turned back: `ui_mode: 'hosted'`
 * and `shipping_details` on the session, the refunds inside a charge, the period on the subscription, and on the invoice
 * its subscription, its payment, `paid` and `tax`.
 */
export function olderShape(world: World, event: Stripe.Event, apiVersion: string): object {
  const older = wire(event) as unknown as Json & { data: { object: Json } };
  older.api_version = apiVersion;
  const { object } = older.data;
  switch (object.object) {
    case 'checkout.session':
      olderSession(object);
      break;
    case 'charge':
      object.invoice = null;
      object.refunds = {
        object: 'list',
        data: [],
        has_more: false,
        url: `/v1/charges/${object.id}/refunds`,
      };
      break;
    case 'payment_intent':
      object.invoice = null;
      break;
    case 'subscription':
      olderSubscription(object);
      break;
    case 'invoice':
      olderInvoice(world, object);
      break;
  }
  return older;
}

function olderSession(session: Json): void {
  const collected = session.collected_information as { shipping_details: unknown } | null;
  session.shipping_details = collected?.shipping_details ?? null;
  delete session.collected_information;
  delete session.integration_identifier;
  delete session.origin_context;
  if (session.ui_mode === 'hosted_page') session.ui_mode = 'hosted';
}

function olderSubscription(subscription: Json): void {
  const { data } = subscription.items as { data: Json[] };
  subscription.current_period_start = data[0]?.current_period_start ?? null;
  subscription.current_period_end = data[0]?.current_period_end ?? null;
  subscription.discount = null;
  delete subscription.billing_mode;
  for (const item of data) {
    delete item.current_period_start;
    delete item.current_period_end;
  }
}

function olderInvoice(world: World, invoice: Json): void {
  const parent = invoice.parent as Stripe.Invoice.Parent | null;
  const intent = lastIntentOf(world, String(invoice.id));
  const taxes = (invoice.total_taxes ?? []) as { amount: number }[];
  invoice.subscription = idOf(parent?.subscription_details?.subscription);
  invoice.paid = invoice.status === 'paid';
  invoice.payment_intent = intent;
  invoice.charge = intent && idOf(world.state.objects.payment_intent[intent]?.latest_charge);
  invoice.tax = taxes.reduce((sum, { amount }) => sum + amount, 0);
  delete invoice.parent;
  delete invoice.total_taxes;
}
