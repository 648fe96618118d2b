import type Stripe from 'stripe';
import * as invoices from './billing/invoice-api.ts';
import { createPreview } from './billing/preview.ts';
import { matches, type Page, paginate } from './lists.ts';
import * as invoiceItems from './objects/invoice-items.ts';
import { markUncollectible, voidInvoice } from './objects/invoice-states.ts';
import { subscriptionIdOf } from './objects/invoices.ts';
import { action, crud, firstOf, type Route, route } from './route.ts';
import { idOf, need } from './world.ts';

/** Invoices, what is billed with them and what pays them, under /v1. */
export const invoiceRoutes: readonly Route[] = [
  route('POST', '/invoices/create_preview', 'InvoiceCreatePreviewParams', createPreview),
  ...crud('invoices', 'invoice', {
    create: ['InvoiceCreateParams', invoices.createInvoice],
    update: ['InvoiceUpdateParams', invoices.updateInvoice],
    remove: ['InvoiceDeleteParams', invoices.deleteInvoice],
    retrieve: 'InvoiceRetrieveParams',
    list: [
      'InvoiceListParams',
      (p: Stripe.InvoiceListParams) => (o) =>
        matches(idOf(o.customer), p.customer) &&
        matches(subscriptionIdOf(o), p.subscription) &&
        matches(o.collection_method, p.collection_method) &&
        matches(o.status, p.status),
      (p: Stripe.InvoiceListParams) =>
        firstOf({ subscription: p.subscription, customer: p.customer }),
    ],
  }),
  route(
    'GET',
    '/invoices/:id/lines',
    'InvoiceListLineItemsParams',
    (world, params: Page, id, path) =>
      paginate(need(world, 'invoice', id).lines.data, params, path),
  ),
  action('invoices', 'finalize', 'InvoiceFinalizeInvoiceParams', invoices.finalizeInvoice),
  action('invoices', 'pay', 'InvoicePayParams', invoices.payInvoice),
  action('invoices', 'send', 'InvoiceSendInvoiceParams', invoices.sendInvoice),
  action('invoices', 'void', 'InvoiceVoidInvoiceParams', (world, id) =>
    voidInvoice(world, need(world, 'invoice', id)),
  ),
  action('invoices', 'mark_uncollectible', 'InvoiceMarkUncollectibleParams', (world, id) =>
    markUncollectible(world, need(world, 'invoice', id)),
  ),
  ...crud('invoiceitems', 'invoiceitem', {
    create: ['InvoiceItemCreateParams', invoiceItems.createInvoiceItem],
    update: ['InvoiceItemUpdateParams', invoiceItems.updateInvoiceItem],
    remove: ['InvoiceItemDeleteParams', invoiceItems.deleteInvoiceItem],
    retrieve: 'InvoiceItemRetrieveParams',
    list: [
      'InvoiceItemListParams',
      (p: Stripe.InvoiceItemListParams) => (o) =>
        matches(idOf(o.customer), p.customer) &&
        matches(idOf(o.invoice), p.invoice) &&
        (p.pending === undefined || (o.invoice === null) === p.pending),
      (p: Stripe.InvoiceItemListParams) => firstOf({ customer: p.customer }),
    ],
  }),
  ...crud('invoice_payments', 'invoice_payment', {
    retrieve: 'InvoicePaymentRetrieveParams',
    list: [
      'InvoicePaymentListParams',
      (p: Stripe.InvoicePaymentListParams) => (o) =>
        matches(idOf(o.invoice), p.invoice) &&
        matches(o.status, p.status) &&
        matches(idOf(o.payment.payment_intent), p.payment?.payment_intent),
      (p: Stripe.InvoicePaymentListParams) =>
        firstOf({ invoice: p.invoice, intent: p.payment?.payment_intent }),
    ],
  }),
];
