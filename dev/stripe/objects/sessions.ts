import type Stripe from 'stripe';
import { appoint, clockOf } from '../agenda.ts';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { fill, need, newId, put, type World } from '../world.ts';
import { emailOf, needCustomer } from './customers.ts';
import { emit } from './events.ts';
import { currencyCode } from './prices.ts';
import { applyGivenDiscount, checkMinimum, recompute } from './session-amounts.ts';
import {
  lineItem,
  methodTypes,
  oneCurrency,
  refuseLines,
  shippingOptions,
} from './session-lines.ts';
import { refuseUnusable } from './session-refusals.ts';

type Create = Stripe.Checkout.SessionCreateParams;
type Session = Stripe.Checkout.Session;

/** Opens a session on the hosted page; refuses what Stripe would refuse, and what we don't serve. */
export function createSession(world: World, params: Create): Session {
  refuseUnusable(world, params);
  const id = newId(world, 'cs_test', 58);
  const lineItems = linesOf(world, params);
  const currency = currencyOf(params, lineItems);
  const customer =
    params.customer === undefined ? null : needCustomer(world, params.customer, 'customer');
  const options = shippingOptions(world, params.shipping_options ?? [], currency);
  fill(world, 'session', id, {
    lineItems,
    discounts: [],
    intent: params.payment_intent_data ?? {},
    typed: null,
    ...(params.mode === 'subscription' ? { subscription: params.subscription_data ?? {} } : {}),
    ...(params.customer_update ? { customerUpdate: params.customer_update } : {}),
  });
  const session = put(world, 'checkout.session', {
    ...unusedFields,
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: params.adaptive_pricing?.enabled ?? true },
    allow_promotion_codes: params.allow_promotion_codes ?? null,
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount_subtotal: 0,
    amount_total: 0,
    automatic_tax: {
      enabled: params.automatic_tax?.enabled ?? false,
      liability: params.automatic_tax?.enabled ? { type: 'self' } : null,
      provider: params.automatic_tax?.enabled ? 'stripe' : null,
      status: params.automatic_tax?.enabled ? 'requires_location_inputs' : null,
    },
    billing_address_collection: params.billing_address_collection ?? null,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    collected_information: null,
    created: world.now(),
    currency,
    customer: customer?.id ?? null,
    customer_creation: customerCreation(params),
    customer_details: null,
    customer_email: emailOf(params.customer_email, 'customer_email') ?? null,
    discounts: [],
    expires_at: params.expires_at ?? world.now() + 24 * 3600,
    integration_identifier: params.integration_identifier ?? null,
    livemode: false,
    locale: params.locale ?? null,
    metadata: mergeMetadata(null, params.metadata),
    mode: params.mode ?? 'payment',
    origin_context: params.origin_context ?? null,
    payment_method_collection: collectionOf(params),
    payment_method_options: {},
    payment_method_types: methodTypes(params, currency),
    payment_status: params.mode === 'setup' ? 'no_payment_required' : 'unpaid',
    shipping_address_collection: params.shipping_address_collection
      ? { allowed_countries: params.shipping_address_collection.allowed_countries }
      : null,
    shipping_options: options.map((rate) => ({
      shipping_amount: rate.fixed_amount?.amount ?? 0,
      shipping_rate: rate.id,
    })),
    status: 'open',
    submit_type: params.submit_type ?? null,
    success_url: params.success_url ?? null,
    ui_mode: 'hosted_page',
    url: `${world.publicOrigin}/c/pay/${id}`,
  });
  const clock = clockOf(world, session.customer);
  appoint(world, { at: session.expires_at, task: 'session', id, clock });
  if (params.mode === 'setup') return session;
  applyGivenDiscount(world, session, params);
  recompute(world, session, { shippingRate: options[0]?.id ?? null, country: null });
  checkMinimum(session);
  return session;
}

/** After the fact, a session's metadata can be changed and nothing else. */
export function updateSession(
  world: World,
  id: string,
  params: Stripe.Checkout.SessionUpdateParams,
): Session {
  return update(world, need(world, 'checkout.session', id), null, params);
}

/** Ends an open session: its page no longer takes money, and `checkout.session.expired` is sent. */
export function expireSession(world: World, id: string): Session {
  const session = need(world, 'checkout.session', id);
  if (session.status !== 'open') {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    );
  }
  session.status = 'expired';
  session.url = null;
  emit(world, 'checkout.session.expired', session);
  return session;
}

/** What recurs stands first, as on the invoice that it leads to. */
function linesOf(world: World, params: Create): Stripe.LineItem[] {
  const items = (params.line_items ?? []).map((item, index) => lineItem(world, item, index));
  refuseLines(String(params.mode), items);
  if (params.mode !== 'subscription') return items;
  return [...items.filter(recurs), ...items.filter((item) => !recurs(item))];
}

function recurs({ price }: Stripe.LineItem): boolean {
  return price?.type === 'recurring';
}

function currencyOf(params: Create, items: readonly Stripe.LineItem[]): string {
  if (params.mode !== 'setup') return oneCurrency(items, params.currency);
  return currencyCode(params.currency ?? 'eur');
}

/** A subscription and a setup always have a customer in the end. */
function customerCreation(params: Create): Session['customer_creation'] {
  if (params.customer !== undefined) return null;
  return params.mode === 'payment' ? (params.customer_creation ?? 'if_required') : 'always';
}

function collectionOf(params: Create): Session['payment_method_collection'] {
  if (params.mode !== 'subscription') return 'if_required';
  return params.payment_method_collection ?? 'always';
}

const unusedFields = {
  after_expiration: null,
  client_secret: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_account: null,
  invoice: null,
  invoice_creation: null,
  managed_payments: null,
  payment_intent: null,
  payment_link: null,
  payment_method_configuration_details: null,
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_cost: null,
  subscription: null,
  total_details: null,
  wallet_options: null,
} satisfies Partial<Session>;
