import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { imagined } from '../journal.ts';
import { createCustomer } from '../objects/customers.ts';
import { createInvoiceItem } from '../objects/invoice-items.ts';
import { takePending } from '../objects/invoice-lines.ts';
import { draftInvoice } from '../objects/invoices.ts';
import { idOf, need, type World, wire } from '../world.ts';
import { createSubscription } from './create.ts';
import { asPreview, upcoming } from './cycle.ts';
import { creditUnused } from './prorations.ts';
import { endSubscription } from './standing.ts';
import { updateSubscription } from './update.ts';

type Params = Stripe.InvoiceCreatePreviewParams;

/**
 * What an invoice would be: the next one of a subscription, the one that a change of it would make, or the first one
 * of a new subscription. It is done and undone, so that a preview and the real thing can't differ.
 */
export function createPreview(world: World, params: Params): Stripe.Invoice {
  const invoice = imagined(world, () => {
    const customer = customerOf(world, params);
    for (const item of params.invoice_items ?? []) {
      createInvoiceItem(world, {
        customer,
        ...(item as Stripe.InvoiceItemCreateParams),
        ...(params.subscription === undefined ? {} : { subscription: params.subscription }),
      });
    }
    if (params.subscription !== undefined) return changed(world, params.subscription, params);
    if (params.subscription_details) return started(world, customer, params);
    return pending(world, customer, params);
  });
  return asPreview(world, invoice);
}

function customerOf(world: World, params: Params): string {
  if (params.customer !== undefined) return need(world, 'customer', params.customer, 'customer').id;
  if (params.subscription !== undefined) {
    return String(idOf(need(world, 'subscription', params.subscription, 'subscription').customer));
  }
  if (!params.customer_details) {
    throw invalid(
      'Give customer, customer_details or subscription.',
      'customer',
      'parameter_missing',
    );
  }
  const { address } = params.customer_details;
  return createCustomer(world, { ...(address ? { address } : {}) }).id;
}

function changed(world: World, id: string, params: Params): Stripe.Invoice {
  const subscription = need(world, 'subscription', id, 'subscription');
  const { cancel_now, ...details } = params.subscription_details ?? {};
  if (cancel_now) {
    if (details.proration_behavior !== 'none') {
      for (const item of subscription.items.data)
        creditUnused(world, subscription, item, world.now());
    }
    const customer = String(idOf(subscription.customer));
    const invoice = pending(world, customer, { currency: subscription.currency, subscription: id });
    endSubscription(world, subscription);
    return invoice;
  }
  let now: Stripe.Invoice | null = null;
  const discounts = params.discounts === undefined ? {} : { discounts: params.discounts };
  const tax = params.automatic_tax ? { automatic_tax: params.automatic_tax } : {};
  updateSubscription(
    world,
    id,
    { ...(details as Stripe.SubscriptionUpdateParams), ...discounts, ...tax },
    (_world, invoice) => {
      now = wire(invoice);
    },
  );
  return now ?? upcoming(world, subscription);
}

function started(world: World, customer: string, params: Params): Stripe.Invoice {
  const { subscription_details, discounts, automatic_tax } = params;
  const { billing_cycle_anchor: anchor, ...details } = subscription_details ?? {};
  const subscription = createSubscription(world, {
    ...(details as Stripe.SubscriptionCreateParams),
    ...(anchor?.timestamp === undefined ? {} : { billing_cycle_anchor: anchor.timestamp }),
    ...(automatic_tax ? { automatic_tax } : {}),
    ...(discounts ? { discounts } : {}),
    customer,
    payment_behavior: 'default_incomplete',
  });
  return wire(need(world, 'invoice', String(idOf(subscription.latest_invoice))));
}

function pending(
  world: World,
  customer: string,
  params: Pick<Params, 'currency' | 'subscription'>,
): Stripe.Invoice {
  const currency = (params.currency ?? 'eur').toLowerCase();
  const lines = takePending(world, customer, params.subscription ?? null, currency);
  if (!lines.length) {
    throw invalid('Nothing to invoice for customer', 'customer', 'invoice_no_customer_line_items');
  }
  return wire(draftInvoice(world, { customer, currency, reason: 'upcoming', lines }));
}
