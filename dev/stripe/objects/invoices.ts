import type Stripe from 'stripe';
import { clockOf } from '../agenda.ts';
import type { InvoiceBackstage } from '../state.ts';
import { fill, need, newId, put, type World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { reckon } from './invoice-amounts.ts';
import { bindItems } from './invoice-lines.ts';

export type DraftInput = {
  customer: string;
  currency: string;
  reason: NonNullable<Stripe.Invoice['billing_reason']>;
  lines: Stripe.InvoiceLineItem[];
  subscription?: Stripe.Subscription;
  discounts?: string[];
  taxRates?: Stripe.TaxRate[];
  automaticTax?: boolean;
  collection?: Stripe.Invoice['collection_method'];
  daysUntilDue?: number | null;
  metadata?: Stripe.Metadata;
  description?: string | null;
  /** Without one: the present. Seconds. */
  period?: { start: number; end: number };
  method?: string | null;
  backstage?: InvoiceBackstage | null;
};

/** A draft with its amounts, to which what it takes up is tied: stored, and told of to nobody yet. */
export function draftInvoice(world: World, input: DraftInput): Stripe.Invoice {
  const customer = needCustomer(world, input.customer, 'customer');
  const { subscription } = input;
  const id = newId(world, 'in');
  for (const line of input.lines) line.invoice = id;
  const invoice = put(world, 'invoice', {
    ...unusedFields,
    id,
    object: 'invoice',
    automatic_tax: {
      disabled_reason: null,
      enabled: input.automaticTax ?? false,
      liability: input.automaticTax ? { type: 'self' } : null,
      provider: input.automaticTax ? 'stripe' : null,
      status: null,
    },
    billing_reason: input.reason,
    collection_method: input.collection ?? 'charge_automatically',
    created: world.now(),
    currency: input.currency,
    customer: customer.id,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping as Stripe.Invoice.CustomerShipping | null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    default_payment_method: input.method ?? null,
    default_tax_rates: input.taxRates ?? [],
    description: input.description ?? null,
    discounts: input.discounts ?? [],
    due_date: null,
    footer: customer.invoice_settings.footer,
    lines: listOf(input.lines, `/v1/invoices/${id}/lines`),
    metadata: input.metadata ?? {},
    parent: subscription ? parentOf(subscription) : null,
    period_end: input.period?.end ?? world.now(),
    period_start: input.period?.start ?? world.now(),
    status: 'draft',
    test_clock: clockOf(world, customer),
  });
  if (input.backstage) fill(world, 'invoice', id, input.backstage);
  bindItems(world, invoice);
  reckon(world, invoice);
  return invoice;
}

export function subscriptionOf(world: World, invoice: Stripe.Invoice): Stripe.Subscription | null {
  const id = subscriptionIdOf(invoice);
  return id === null ? null : need(world, 'subscription', id);
}

export function subscriptionIdOf(invoice: Stripe.Invoice): string | null {
  const subscription = invoice.parent?.subscription_details?.subscription ?? null;
  return typeof subscription === 'object' ? (subscription?.id ?? null) : subscription;
}

export function listOf<T>(data: T[], url: string): Stripe.ApiList<T> {
  return { object: 'list', data, has_more: false, url };
}

function parentOf(subscription: Stripe.Subscription): Stripe.Invoice.Parent {
  return {
    quote_details: null,
    subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
    type: 'subscription_details',
  };
}

const unusedFields = {
  account_country: 'DE',
  account_name: 'Stand-in',
  account_tax_ids: null,
  amount_due: 0,
  amount_overpaid: 0,
  amount_paid: 0,
  amount_remaining: 0,
  amount_shipping: 0,
  application: null,
  attempt_count: 0,
  attempted: false,
  auto_advance: true,
  automatically_finalizes_at: null,
  custom_fields: null,
  customer_account: null,
  customer_tax_ids: [],
  default_source: null,
  effective_at: null,
  ending_balance: null,
  from_invoice: null,
  hosted_invoice_url: null,
  invoice_pdf: null,
  issuer: { type: 'self' },
  last_finalization_error: null,
  latest_revision: null,
  livemode: false,
  next_payment_attempt: null,
  number: null,
  on_behalf_of: null,
  payment_settings: {
    default_mandate: null,
    payment_method_options: null,
    payment_method_types: null,
  },
  post_payment_credit_notes_amount: 0,
  pre_payment_credit_notes_amount: 0,
  receipt_number: null,
  rendering: null,
  shipping_cost: null,
  shipping_details: null,
  starting_balance: 0,
  statement_descriptor: null,
  status_transitions: {
    finalized_at: null,
    marked_uncollectible_at: null,
    paid_at: null,
    voided_at: null,
  },
  subtotal: 0,
  subtotal_excluding_tax: 0,
  total: 0,
  total_discount_amounts: [],
  total_excluding_tax: 0,
  total_pretax_credit_amounts: [],
  total_taxes: [],
  webhooks_delivered_at: null,
} satisfies Partial<Stripe.Invoice>;
