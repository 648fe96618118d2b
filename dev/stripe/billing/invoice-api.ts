import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { cardRefused, invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { discountsFrom } from '../objects/coupon-use.ts';
import { needCustomer } from '../objects/customers.ts';
import { emit } from '../objects/events.ts';
import { reckon } from '../objects/invoice-amounts.ts';
import { removeItems, takePending } from '../objects/invoice-lines.ts';
import { collect, markPaid, methodFor } from '../objects/invoice-payments.ts';
import { announceDraft, finalize } from '../objects/invoice-states.ts';
import { draftInvoice } from '../objects/invoices.ts';
import { lastIntentOf } from '../objects/payments-of-invoices.ts';
import { HOUR } from '../objects/periods.ts';
import { ownMethod, ownMethodId } from '../objects/stored-methods.ts';
import { ratesOf } from '../objects/subscription-items.ts';
import { drawer, fill, find, idOf, need, remove, type World } from '../world.ts';
import { planInvoice } from './plan.ts';

type Invoice = Stripe.Invoice;

/** A draft by hand; it goes nowhere by itself unless `auto_advance` says so. */
export function createInvoice(world: World, params: Stripe.InvoiceCreateParams): Invoice {
  const customer = needCustomer(world, params.customer ?? '', 'customer');
  const send = params.collection_method === 'send_invoice';
  if (!send && (params.days_until_due !== undefined || params.due_date !== undefined)) {
    throw invalid('A due date goes with collection_method send_invoice.', 'days_until_due');
  }
  const subscription =
    params.subscription === undefined
      ? null
      : need(world, 'subscription', params.subscription, 'subscription');
  const currency = (
    params.currency ??
    subscription?.currency ??
    customer.currency ??
    'eur'
  ).toLowerCase();
  const taken =
    params.pending_invoice_items_behavior === 'include' || subscription
      ? takePending(world, customer.id, subscription?.id ?? null, currency)
      : [];
  const invoice = draftInvoice(world, {
    customer: customer.id,
    currency,
    reason: 'manual',
    lines: taken,
    ...(subscription ? { subscription } : {}),
    discounts: discountsFrom(world, params.discounts || [], {
      currency,
      customer: customer.id,
    }).map((discount) => discount.id),
    taxRates: ratesOf(world, params.default_tax_rates, 'default'),
    automaticTax: params.automatic_tax?.enabled ?? false,
    collection: params.collection_method ?? 'charge_automatically',
    metadata: mergeMetadata(null, params.metadata),
    description: params.description ?? null,
    method: ownMethodId(world, customer.id, params.default_payment_method),
  });
  invoice.auto_advance = params.auto_advance ?? false;
  if (params.footer !== undefined) invoice.footer = params.footer || null;
  if (params.due_date !== undefined) invoice.due_date = params.due_date;
  if (send)
    fill(world, 'invoice', invoice.id, { days: params.days_until_due ?? 30, overdueTold: false });
  announceDraft(world, invoice);
  return invoice;
}

/** Amounts only change while it is a draft; metadata and whether it advances always. */
export function updateInvoice(
  world: World,
  id: string,
  params: Stripe.InvoiceUpdateParams,
): Invoice {
  const invoice = need(world, 'invoice', id);
  const later = [
    'metadata',
    'auto_advance',
    'description',
    'footer',
    'expand',
    'default_payment_method',
  ];
  const early = Object.keys(params).find((name) => !later.includes(name));
  if (invoice.status !== 'draft' && early !== undefined) {
    throw invalid(`Finalized invoices can't be updated in this way: ${early}.`, early);
  }
  update(world, invoice, 'invoice.updated', params, () => {
    if (params.auto_advance !== undefined) advanceOf(world, invoice, params.auto_advance);
    if (params.description !== undefined) invoice.description = params.description || null;
    if (params.footer !== undefined) invoice.footer = params.footer || null;
    if (params.due_date !== undefined) invoice.due_date = params.due_date;
    if (params.collection_method !== undefined)
      invoice.collection_method = params.collection_method;
    if (params.days_until_due !== undefined) {
      const days = params.days_until_due;
      fill(world, 'invoice', id, { overdueTold: false, ...drawer(world, 'invoice', id), days });
    }
    if (params.default_payment_method !== undefined) {
      const customer = String(idOf(invoice.customer));
      const method = params.default_payment_method;
      invoice.default_payment_method = ownMethodId(world, customer, method);
    }
    if (params.automatic_tax) invoice.automatic_tax.enabled = params.automatic_tax.enabled;
    if (params.default_tax_rates !== undefined) {
      invoice.default_tax_rates = ratesOf(world, params.default_tax_rates, 'default');
    }
    if (params.discounts !== undefined) {
      const order = { currency: invoice.currency, customer: idOf(invoice.customer) };
      invoice.discounts = discountsFrom(world, params.discounts || [], order).map(({ id }) => id);
    }
    if (invoice.status === 'draft') reckon(world, invoice);
  });
  planInvoice(world, invoice);
  return invoice;
}

/** Only a draft made by hand can be thrown away; its items go with it. */
export function deleteInvoice(world: World, id: string): Stripe.DeletedInvoice {
  const invoice = need(world, 'invoice', id);
  if (invoice.status !== 'draft' || invoice.billing_reason !== 'manual') {
    throw invalid('You can only delete draft one-off invoices.');
  }
  removeItems(world, invoice);
  remove(world, 'invoice', id);
  emit(world, 'invoice.deleted', invoice);
  return { id, object: 'invoice', deleted: true };
}

export function finalizeInvoice(
  world: World,
  id: string,
  params: Stripe.InvoiceFinalizeInvoiceParams,
): Invoice {
  const invoice = need(world, 'invoice', id);
  if (invoice.status !== 'draft') {
    throw invalid('This invoice is already finalized, you can only finalize drafts.');
  }
  if (params.auto_advance !== undefined) invoice.auto_advance = params.auto_advance;
  if (!finalize(world, invoice)) {
    throw invalid(
      invoice.last_finalization_error?.message ?? '',
      undefined,
      'customer_tax_location_invalid',
    );
  }
  // An hour's grace for the one who made it, as with a draft.
  if (
    invoice.auto_advance &&
    invoice.status === 'open' &&
    invoice.collection_method !== 'send_invoice'
  ) {
    invoice.next_payment_attempt = world.now() + HOUR;
    planInvoice(world, invoice);
  }
  return invoice;
}

/** Collects an open invoice now, or notes that it was paid elsewhere. A card that is declined is a 402. */
export function payInvoice(world: World, id: string, params: Stripe.InvoicePayParams): Invoice {
  const invoice = need(world, 'invoice', id);
  if (invoice.status === 'draft') finalize(world, invoice);
  if (invoice.status === 'paid')
    throw invalid('Invoice is already paid', undefined, 'invoice_already_paid');
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
    throw invalid(`This invoice can not be paid: it is ${invoice.status}.`);
  }
  if (params.paid_out_of_band) {
    markPaid(world, invoice, true);
    return invoice;
  }
  const customer = String(idOf(invoice.customer));
  const method = params.payment_method
    ? ownMethod(world, customer, params.payment_method, 'payment_method')
    : methodFor(world, invoice);
  if (!method) {
    throw invalid(
      'Cannot charge a customer that has no active card.',
      undefined,
      'invoice_no_payment_method_types',
    );
  }
  const result = collect(world, invoice, method, 'asked');
  if (result === 'failed' || result === 'action') throw refusalOf(world, invoice, result);
  return invoice;
}

/** Mails an invoice to be paid by hand; a draft becomes final first. */
export function sendInvoice(world: World, id: string): Invoice {
  const invoice = need(world, 'invoice', id);
  if (invoice.collection_method !== 'send_invoice') {
    throw invalid(
      'You can only manually send an invoice if its collection method is send_invoice.',
    );
  }
  if (invoice.status === 'draft') finalize(world, invoice);
  emit(world, 'invoice.sent', invoice);
  return invoice;
}

/** The bank said no: the try stays on record. */
function refusalOf(world: World, invoice: Invoice, result: 'failed' | 'action'): Error {
  if (result === 'action') {
    const message =
      'This payment requires additional user action before it can be completed successfully.';
    return cardRefused({ code: 'invoice_payment_intent_requires_action', message }, true);
  }
  const intent = find(world, 'payment_intent', String(lastIntentOf(world, invoice.id)));
  const { code, decline_code, message } = intent?.last_payment_error ?? {};
  return cardRefused(
    {
      code: code ?? 'card_declined',
      message: message ?? 'Your card was declined.',
      ...(decline_code ? { reason: decline_code } : {}),
    },
    true,
  );
}

function advanceOf(world: World, invoice: Invoice, advance: boolean): void {
  invoice.auto_advance = advance;
  if (invoice.status !== 'draft') return;
  invoice.automatically_finalizes_at = advance ? world.now() + HOUR : null;
}
