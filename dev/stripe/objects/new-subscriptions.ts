import type Stripe from 'stripe';
import { clockOf } from '../agenda.ts';
import { fill, idOf, newId, put, type World } from '../world.ts';
import { itemLine, onceLine, pendingLines, trialLine } from './invoice-lines.ts';
import { draftInvoice } from './invoices.ts';
import { DAY, MONTHLY, periodEndAfter, shifted } from './periods.ts';
import { type ItemInput, itemOf, refuseMixed } from './subscription-items.ts';

type Subscription = Stripe.Subscription;

/** What a new subscription is made of, from the API or from Checkout. Times in seconds. */
export type NewSubscription = {
  customer: string;
  items: ItemInput[];
  /** Sold once, on the first invoice. */
  once: {
    price: Stripe.Price;
    quantity: number;
    metadata?: Stripe.Metadata;
    taxRates?: string[];
  }[];
  trialEnd: number | null;
  trialSettings?: { missing_payment_method?: string } | undefined;
  /** The first full period begins here; now without it. */
  anchor: number | null;
  prorate: boolean;
  collection: Subscription['collection_method'];
  daysUntilDue: number | null;
  method: string | null;
  automaticTax: boolean;
  taxRates: Stripe.TaxRate[];
  metadata: Stripe.Metadata;
  description: string | null;
  saveMethod: string;
  status: string;
  /** When it ends by itself: at a time, or with the first period. */
  ends?: { at: number } | 'with_period' | null;
  /** Checkout's: the country typed there. */
  checkout?: { country: string | null };
};

/** The subscription, stored and told of to nobody yet. `param` is where the items stand in the parameters. */
export function newSubscription(
  world: World,
  input: NewSubscription,
  param = 'items',
): Subscription {
  const id = newId(world, 'sub');
  const now = world.now();
  const place = { subscription: id, start: now, end: now + DAY };
  const items = input.items.map((item, index) => itemOf(world, item, place, `${param}[${index}]`));
  refuseMixed(
    items.map((item) => item.price),
    param,
  );
  const [first] = items;
  const anchor = input.trialEnd ?? input.anchor ?? now;
  const end =
    anchor > now ? anchor : periodEndAfter(anchor, first?.price.recurring ?? MONTHLY, now);
  const lastEnd = typeof input.ends === 'object' ? Math.min(end, input.ends?.at ?? end) : end;
  for (const item of items) {
    item.current_period_end = lastEnd;
    fill(world, 'item', item.id, { subscription: id });
  }
  const ends = input.ends ?? null;
  const trial = input.trialEnd !== null && input.trialEnd > now;
  return put(world, 'subscription', {
    ...unusedFields,
    id,
    object: 'subscription',
    automatic_tax: {
      disabled_reason: null,
      enabled: input.automaticTax,
      liability: input.automaticTax ? { type: 'self' } : null,
    },
    billing_cycle_anchor: anchor,
    cancel_at: ends === 'with_period' ? end : (ends?.at ?? null),
    cancel_at_period_end: ends === 'with_period',
    canceled_at: ends ? now : null,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: ends ? 'cancellation_requested' : null,
    },
    collection_method: input.collection,
    created: now,
    currency: first?.price.currency ?? '',
    customer: input.customer,
    days_until_due: input.daysUntilDue,
    default_payment_method: input.method,
    default_tax_rates: input.taxRates,
    description: input.description,
    items: {
      object: 'list',
      data: items,
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    metadata: input.metadata,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: input.saveMethod,
    },
    start_date: now,
    status: trial ? 'trialing' : input.status,
    test_clock: clockOf(world, input.customer),
    trial_end: trial ? input.trialEnd : null,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method: input.trialSettings?.missing_payment_method ?? 'create_invoice',
      },
    },
    trial_start: trial ? now : null,
  });
}

/** The first invoice, a draft: the trial or the first period, what is sold once, and what was waiting. */
export function firstInvoice(
  world: World,
  subscription: Subscription,
  input: NewSubscription,
): Stripe.Invoice {
  const lines = [
    ...subscription.items.data.flatMap((item) => firstLines(world, subscription, item, input)),
    ...input.once.map((one) => onceLine(world, { ...one, subscription: subscription.id })),
    ...pendingLines(world, subscription),
  ];
  const { checkout } = input;
  return invoiceFor(
    world,
    subscription,
    'subscription_create',
    lines,
    checkout ? { checkout } : {},
  );
}

function firstLines(
  world: World,
  subscription: Subscription,
  item: Stripe.SubscriptionItem,
  input: NewSubscription,
): Stripe.InvoiceLineItem[] {
  if (subscription.status === 'trialing') return [trialLine(world, item)];
  if (item.current_period_start < subscription.billing_cycle_anchor && !input.prorate) return [];
  return [periodLine(world, subscription, item)];
}

/** The line for an item's running period: a share of the price where it begins late or ends early. */
export function periodLine(
  world: World,
  subscription: Subscription,
  item: Stripe.SubscriptionItem,
): Stripe.InvoiceLineItem {
  const [start, end] = [item.current_period_start, item.current_period_end];
  const rhythm = item.price.recurring ?? MONTHLY;
  const anchor = subscription.billing_cycle_anchor;
  const wholeEnd = start < anchor ? anchor : periodEndAfter(anchor, rhythm, start);
  const wholeStart = start < anchor ? shifted(anchor, rhythm, -1) : start;
  const part = Math.min(1, (end - start) / (wholeEnd - Math.min(wholeStart, start)));
  return itemLine(world, item, part);
}

/** A draft for a subscription, with its discounts, its tax and its way of paying. */
export function invoiceFor(
  world: World,
  subscription: Subscription,
  reason: NonNullable<Stripe.Invoice['billing_reason']>,
  lines: Stripe.InvoiceLineItem[],
  more: { period?: { start: number; end: number }; checkout?: { country: string | null } } = {},
): Stripe.Invoice {
  const { period, checkout } = more;
  return draftInvoice(world, {
    customer: String(idOf(subscription.customer)),
    currency: subscription.currency,
    reason,
    lines,
    subscription,
    discounts: subscription.discounts.map((discount) => String(idOf(discount))),
    taxRates: subscription.default_tax_rates ?? [],
    automaticTax: subscription.automatic_tax.enabled,
    collection: subscription.collection_method,
    description: subscription.description,
    ...(period ? { period } : {}),
    backstage: {
      days: subscription.days_until_due ?? 30,
      overdueTold: false,
      ...(checkout ? { checkout } : {}),
    },
  });
}

const unusedFields = {
  application: null,
  application_fee_percent: null,
  billing_cycle_anchor_config: null,
  billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
  billing_schedules: [],
  billing_thresholds: null,
  customer_account: null,
  default_source: null,
  discounts: [],
  ended_at: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  latest_invoice: null,
  livemode: false,
  managed_payments: null,
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  transfer_data: null,
} satisfies Partial<Subscription>;
