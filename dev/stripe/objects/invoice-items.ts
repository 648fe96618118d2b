import Stripe from 'stripe';
import { clockOf } from '../agenda.ts';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { idOf, need, newId, put, reindex, remove, type World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { emit } from './events.ts';
import { reckon } from './invoice-amounts.ts';
import { lineOfItem, productName } from './invoice-lines.ts';
import { currencyCode, type InlinePrice, inlinePrice } from './prices.ts';
import { ratesOf } from './subscription-items.ts';

type Create = Stripe.InvoiceItemCreateParams;

/** Something to be billed with the customer's next invoice, or with the draft that is named. Negative: a credit. */
export function createInvoiceItem(world: World, params: Create): Stripe.InvoiceItem {
  const customer = needCustomer(world, params.customer ?? '', 'customer');
  const price = priceOf(world, params);
  const quantity = params.quantity ?? 1;
  if ((params.amount === undefined) === (price === null)) {
    throw invalid('Give one of amount, pricing and price_data.', 'amount', 'parameter_missing');
  }
  const currency = price?.currency ?? currencyCode(params.currency ?? '');
  const invoice =
    params.invoice === undefined ? null : need(world, 'invoice', params.invoice, 'invoice');
  if (invoice && invoice.status !== 'draft') {
    throw invalid('Only drafts take more items.', 'invoice', 'invoice_not_editable');
  }
  const subscription =
    params.subscription === undefined
      ? null
      : need(world, 'subscription', params.subscription, 'subscription').id;
  const amount = params.amount ?? (price?.unit_amount ?? 0) * quantity;
  const now = world.now();
  const item = put(world, 'invoiceitem', {
    id: newId(world, 'ii'),
    object: 'invoiceitem',
    amount,
    currency,
    customer: customer.id,
    customer_account: null,
    date: now,
    description: params.description ?? (price ? productName(world, price) : null),
    discountable: params.discountable ?? amount >= 0,
    discounts: [],
    invoice: invoice?.id ?? null,
    livemode: false,
    metadata: mergeMetadata(null, params.metadata),
    net_amount: amount,
    parent: subscription
      ? { subscription_details: { subscription }, type: 'subscription_details' }
      : null,
    period: params.period ?? { start: now, end: now },
    pricing: price
      ? {
          price_details: { price: price.id, product: String(idOf(price.product)) },
          type: 'price_details',
          unit_amount_decimal: price.unit_amount_decimal,
        }
      : null,
    proration: false,
    quantity,
    quantity_decimal: Stripe.Decimal.from(quantity),
    tax_rates: ratesOf(world, params.tax_rates, 'item'),
    test_clock: clockOf(world, customer),
  });
  emit(world, 'invoiceitem.created', item);
  if (invoice) addLine(world, invoice, item);
  return item;
}

export function updateInvoiceItem(
  world: World,
  id: string,
  params: Stripe.InvoiceItemUpdateParams,
): Stripe.InvoiceItem {
  const item = need(world, 'invoiceitem', id);
  refuseBilled(world, item);
  update(world, item, null, params, () => {
    if (params.amount !== undefined) item.amount = params.amount;
    if (params.amount !== undefined) item.net_amount = params.amount;
    if (params.description !== undefined) item.description = params.description || null;
    if (params.discountable !== undefined) item.discountable = params.discountable;
    if (params.period !== undefined) item.period = params.period;
  });
  relist(world, item, true);
  return item;
}

export function deleteInvoiceItem(world: World, id: string): Stripe.DeletedInvoiceItem {
  const item = need(world, 'invoiceitem', id);
  refuseBilled(world, item);
  relist(world, item, false);
  remove(world, 'invoiceitem', id);
  emit(world, 'invoiceitem.deleted', item);
  return { id, object: 'invoiceitem', deleted: true };
}

function priceOf(world: World, params: Create): Stripe.Price | null {
  if (params.price_data) return inlinePrice(world, params.price_data as InlinePrice, 'price_data');
  const id = params.pricing?.price;
  const price = id === undefined ? null : need(world, 'price', id, 'pricing[price]');
  if (price?.recurring) throw invalid('Only one-time prices are taken here.', 'pricing[price]');
  return price;
}

function refuseBilled(world: World, item: Stripe.InvoiceItem): void {
  const invoice = idOf(item.invoice);
  if (invoice === null || need(world, 'invoice', invoice).status === 'draft') return;
  throw invalid('This invoice item is part of a finalized invoice.', 'id');
}

function addLine(world: World, invoice: Stripe.Invoice, item: Stripe.InvoiceItem): void {
  reindex(world, 'invoiceitem', item);
  invoice.lines.data.push({ ...lineOfItem(world, item), invoice: invoice.id });
  reckon(world, invoice);
}

/** Brings the draft's line of an item up to date, or takes it away. */
function relist(world: World, item: Stripe.InvoiceItem, stays: boolean): void {
  const id = idOf(item.invoice);
  if (id === null) return;
  const invoice = need(world, 'invoice', id);
  const index = invoice.lines.data.findIndex(
    ({ parent }) => parent?.invoice_item_details?.invoice_item === item.id,
  );
  if (index < 0) return;
  invoice.lines.data.splice(index, 1);
  if (stays) invoice.lines.data.splice(index, 0, { ...lineOfItem(world, item), invoice: id });
  reckon(world, invoice);
}
