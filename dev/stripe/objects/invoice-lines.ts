import Stripe from 'stripe';
import { amountText } from '../hosted/money.ts';
import { find, findBy, idOf, need, newId, remove, type World } from '../world.ts';
import { taxMark } from './invoice-amounts.ts';
import { rhythmText } from './periods.ts';

type Line = Stripe.InvoiceLineItem;
type Item = Stripe.SubscriptionItem;

/** The line for the running period of a subscription's item; `part` of its price where that period is shorter. */
export function itemLine(world: World, item: Item, part = 1): Line {
  const amount = Math.round((item.price.unit_amount ?? 0) * (item.quantity ?? 1) * part);
  return lineOf(world, {
    amount,
    description: itemText(world, item),
    period: { start: item.current_period_start, end: item.current_period_end },
    price: item.price,
    quantity: item.quantity ?? 1,
    metadata: item.metadata,
    taxes: (item.tax_rates ?? []).map((rate) => taxMark(rate.id)),
    subscription: item.subscription,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: null,
        subscription: item.subscription,
        subscription_item: item.id,
      },
      type: 'subscription_item_details',
    },
  });
}

/** The line of a trial, which costs nothing. */
export function trialLine(world: World, item: Item): Line {
  const product = productName(world, item.price);
  return { ...itemLine(world, item, 0), description: `Trial period for ${product}` };
}

export type OnceInput = {
  price: Stripe.Price;
  quantity: number;
  metadata?: Stripe.Metadata;
  taxRates?: string[];
  subscription: string | null;
};

/** The line of something sold once along with a subscription. */
export function onceLine(world: World, input: OnceInput): Line {
  const { price, quantity, subscription } = input;
  const now = world.now();
  return lineOf(world, {
    amount: (price.unit_amount ?? 0) * quantity,
    description: productName(world, price),
    period: { start: now, end: now },
    price,
    quantity,
    metadata: input.metadata ?? {},
    taxes: (input.taxRates ?? []).map(taxMark),
    subscription,
    parent: {
      invoice_item_details: {
        invoice_item: newId(world, 'ii'),
        proration: false,
        proration_details: null,
        subscription,
      },
      subscription_item_details: null,
      type: 'invoice_item_details',
    },
  });
}

/** The lines of everything that waits for the next invoice of a subscription. */
export function pendingLines(world: World, subscription: Stripe.Subscription): Line[] {
  const { id, currency, customer } = subscription;
  return takePending(world, String(idOf(customer)), id, currency);
}

/** Turns the customer's invoice items that wait for this invoice into its lines. */
export function takePending(
  world: World,
  customer: string,
  subscription: string | null,
  currency: string,
): Line[] {
  const waiting = findBy(world, 'invoiceitem', 'customer', customer).filter((item) => {
    const own = item.parent?.subscription_details?.subscription ?? null;
    return (
      item.invoice === null && item.currency === currency && (own === null || own === subscription)
    );
  });
  return waiting.map((item) => lineOfItem(world, need(world, 'invoiceitem', item.id)));
}

/** The line that an invoice item becomes. */
export function lineOfItem(world: World, item: Stripe.InvoiceItem): Line {
  const details = item.parent?.subscription_details ?? null;
  const priceId = idOf(item.pricing?.price_details?.price);
  const price = priceId === null ? null : find(world, 'price', priceId);
  const subscriptionItem = details?.subscription_item;
  const prorationDetails = item.proration_details
    ? { credited_items: creditedLines(item.proration_details) }
    : null;
  return lineOf(world, {
    amount: item.amount,
    description: item.description ?? '',
    period: item.period,
    price,
    quantity: item.quantity,
    metadata: item.metadata ?? {},
    taxes: (item.tax_rates ?? []).map((rate) => taxMark(rate.id)),
    subscription: details?.subscription ?? null,
    currency: item.currency,
    discountable: item.discountable,
    parent:
      subscriptionItem === undefined
        ? {
            invoice_item_details: {
              invoice_item: item.id,
              proration: item.proration,
              proration_details: prorationDetails,
              subscription: details?.subscription ?? null,
            },
            subscription_item_details: null,
            type: 'invoice_item_details',
          }
        : {
            invoice_item_details: null,
            subscription_item_details: {
              invoice_item: item.id,
              proration: item.proration,
              proration_details: prorationDetails,
              subscription: details?.subscription ?? null,
              subscription_item: subscriptionItem,
            },
            type: 'subscription_item_details',
          },
  });
}

/** Ties the invoice items behind an invoice's lines to it, so that no other takes them. */
export function bindItems(world: World, invoice: Stripe.Invoice): void {
  for (const id of itemIdsOf(invoice)) {
    const item = find(world, 'invoiceitem', id);
    if (item) item.invoice = invoice.id;
  }
}

/** What a draft that is thrown away had taken goes with it. */
export function removeItems(world: World, invoice: Stripe.Invoice): void {
  for (const id of itemIdsOf(invoice)) {
    if (find(world, 'invoiceitem', id)) remove(world, 'invoiceitem', id);
  }
}

function itemIdsOf(invoice: Stripe.Invoice): string[] {
  return invoice.lines.data.flatMap(({ parent }) => {
    const id =
      parent?.invoice_item_details?.invoice_item ?? parent?.subscription_item_details?.invoice_item;
    return id ? [id] : [];
  });
}

function creditedLines({ credited_items }: Stripe.InvoiceItem.ProrationDetails) {
  return credited_items?.invoice_line_item_details ?? null;
}

export function productName(world: World, price: Stripe.Price): string {
  return find(world, 'product', String(idOf(price.product)))?.name ?? '';
}

function itemText(world: World, item: Item): string {
  const { price } = item;
  const each = amountText(price.unit_amount ?? 0, price.currency);
  const rhythm = price.recurring ? ` / ${rhythmText(price.recurring)}` : '';
  return `${item.quantity ?? 1} × ${productName(world, price)} (at ${each}${rhythm})`;
}

type LineInput = Pick<
  Line,
  'amount' | 'period' | 'metadata' | 'taxes' | 'subscription' | 'parent'
> & {
  description: string;
  price: Stripe.Price | null;
  quantity: number;
  currency?: string;
  discountable?: boolean;
};

function lineOf(world: World, input: LineInput): Line {
  const { price, quantity } = input;
  return {
    id: newId(world, 'il'),
    object: 'line_item',
    amount: input.amount,
    currency: price?.currency ?? input.currency ?? '',
    description: input.description,
    discount_amounts: [],
    discountable: input.discountable ?? true,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: input.metadata,
    parent: input.parent,
    period: input.period,
    pretax_credit_amounts: [],
    pricing: price
      ? {
          price_details: { price: price.id, product: String(idOf(price.product)) },
          type: 'price_details',
          unit_amount_decimal:
            price.unit_amount === null ? null : Stripe.Decimal.from(price.unit_amount),
        }
      : null,
    quantity,
    quantity_decimal: Stripe.Decimal.from(quantity),
    subscription: input.subscription,
    subtotal: input.amount,
    taxes: input.taxes,
  };
}
