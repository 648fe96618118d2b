import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { mergeMetadata } from '../metadata.ts';
import { computeAmounts } from '../totals.ts';
import { all, backstageOf, find, need, newId, put, type World } from '../world.ts';
import { inlinePrice } from './catalogue.ts';
import { emailOf, needCustomer } from './customers.ts';
import { couponOf, couponProblem, createDiscount, promotionProblem } from './discounts.ts';
import { emit } from './events.ts';
import { refuseUnserved } from './session-refusals.ts';
import { createShippingRate } from './shipping-rates.ts';

type Create = Stripe.Checkout.SessionCreateParams;
type Session = Stripe.Checkout.Session;

/** Opens a session in `mode: 'payment'` on the hosted page; refuses what Stripe would refuse, and what we don't serve. */
export function createSession(world: World, params: Create): Session {
  refuseUnserved(world, params);
  const id = newId(world, 'cs_test', 58);
  const lineItems = (params.line_items ?? []).map((item, index) => lineItem(world, item, index));
  const currency = oneCurrency(lineItems, params.currency);
  const customer =
    params.customer === undefined ? null : needCustomer(world, params.customer, 'customer');
  const options = shippingOptions(world, params.shipping_options ?? [], currency);
  world.state.backstage[id] = {
    lineItems,
    discounts: [],
    intent: params.payment_intent_data ?? {},
    paymentIntent: null,
    paymentMethod: null,
    typed: null,
    debit: null,
  };
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
    customer_creation: customer ? null : (params.customer_creation ?? 'if_required'),
    customer_details: null,
    customer_email: emailOf(params.customer_email, 'customer_email') ?? null,
    discounts: [],
    expires_at: params.expires_at ?? world.now() + 24 * 3600,
    integration_identifier: params.integration_identifier ?? null,
    livemode: false,
    locale: params.locale ?? null,
    metadata: mergeMetadata(null, params.metadata),
    mode: 'payment',
    origin_context: params.origin_context ?? null,
    payment_method_options: {},
    payment_method_types: methodTypes(params, currency),
    payment_status: 'unpaid',
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
  applyGivenDiscount(world, session, params);
  recompute(world, session, { shippingRate: options[0]?.id ?? null, country: null });
  checkMinimum(session);
  return session;
}

/** Writes the amounts that follow from the lines, the discount, the postage chosen and the country of the buyer. */
export function recompute(
  world: World,
  session: Session,
  choice: { shippingRate: string | null; country: string | null },
): void {
  const backstage = backstageOf(world, session.id);
  const discount = backstage.discounts[0] ?? null;
  const coupon = discount ? need(world, 'coupon', String(discount.source.coupon)) : null;
  const amounts = computeAmounts(world, {
    lineItems: backstage.lineItems,
    discount: discount && coupon ? { discount, coupon } : null,
    shipping:
      choice.shippingRate === null ? null : need(world, 'shipping_rate', choice.shippingRate),
    automaticTax: session.automatic_tax.enabled,
    country: choice.country,
  });
  backstage.lineItems = amounts.lineItems;
  session.amount_subtotal = amounts.subtotal;
  session.amount_total = amounts.total;
  session.total_details = amounts.details;
  session.shipping_cost = amounts.shippingCost;
  session.discounts = discount
    ? [{ coupon: coupon?.id ?? null, promotion_code: discount.promotion_code }]
    : [];
  if (session.automatic_tax.enabled) {
    session.automatic_tax.status = choice.country ? 'complete' : 'requires_location_inputs';
  }
}

/** Uses a promotion code on a session, or takes the used one away (`null`); answers why it can't, or null. */
export function applyPromotionCode(
  world: World,
  session: Session,
  promotionCode: Stripe.PromotionCode | null,
): string | null {
  const backstage = backstageOf(world, session.id);
  if (!promotionCode) {
    backstage.discounts = [];
    return null;
  }
  const order = {
    subtotal: session.amount_subtotal ?? 0,
    currency: session.currency ?? '',
    customer: session.customer === null ? null : String(session.customer),
  };
  const problem = promotionProblem(world, promotionCode, order);
  if (problem) return problem;
  const coupon = couponOf(world, promotionCode);
  backstage.discounts = [createDiscount(world, session.id, coupon, promotionCode)];
  return null;
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

/** Sessions whose time is over become expired, oldest first. */
export function expireOverdue(world: World): void {
  const overdue = all(world, 'checkout.session')
    .filter((session) => session.status === 'open' && session.expires_at <= world.now())
    .sort((a, b) => a.expires_at - b.expires_at);
  for (const session of overdue) expireSession(world, session.id);
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
  payment_method_collection: 'if_required',
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

function lineItem(
  world: World,
  item: Stripe.Checkout.SessionCreateParams.LineItem,
  index: number,
): Stripe.LineItem {
  const param = `line_items[${index}]`;
  if ((item.price === undefined) === (item.price_data === undefined)) {
    throw invalid('Give exactly one of price and price_data.', `${param}[price]`);
  }
  if (item.quantity === undefined || item.quantity < 1) {
    throw invalid(
      'Quantity is required and must be at least 1.',
      `${param}[quantity]`,
      'parameter_missing',
    );
  }
  const price = item.price_data
    ? inlinePrice(world, item.price_data, `${param}[price_data]`)
    : need(world, 'price', item.price ?? '', `${param}[price]`);
  if (item.price !== undefined && !price.active) {
    throw invalid('The price specified is inactive.', `${param}[price]`, 'price_inactive');
  }
  const product = need(world, 'product', String(price.product), `${param}[price]`);
  if (!product.active) {
    throw invalid('The product of this price is inactive.', `${param}[price]`, 'product_inactive');
  }
  const adjustable = item.adjustable_quantity?.enabled ? item.adjustable_quantity : null;
  return {
    id: newId(world, 'li'),
    object: 'item',
    adjustable_quantity: adjustable
      ? { enabled: true, maximum: adjustable.maximum ?? 99, minimum: adjustable.minimum ?? 0 }
      : null,
    amount_discount: 0,
    amount_subtotal: 0,
    amount_tax: 0,
    amount_total: 0,
    currency: price.currency,
    description: product.name,
    metadata: mergeMetadata(null, item.metadata),
    price,
    quantity: item.quantity,
  };
}

function oneCurrency(items: readonly Stripe.LineItem[], asked: string | undefined): string {
  const currencies = new Set(items.map((item) => item.currency));
  const [currency] = currencies;
  if (currency === undefined)
    throw invalid('A session needs line items.', 'line_items', 'parameter_missing');
  if (currencies.size > 1 || (asked !== undefined && asked.toLowerCase() !== currency)) {
    throw invalid('All line items must have the same currency as the session.', 'line_items');
  }
  return currency;
}

function shippingOptions(
  world: World,
  given: readonly Stripe.Checkout.SessionCreateParams.ShippingOption[],
  currency: string,
): Stripe.ShippingRate[] {
  return given.map((option, index) => {
    const param = `shipping_options[${index}]`;
    if ((option.shipping_rate === undefined) === (option.shipping_rate_data === undefined)) {
      throw invalid('Give exactly one of shipping_rate and shipping_rate_data.', param);
    }
    const rate = option.shipping_rate_data
      ? createShippingRate(world, option.shipping_rate_data, `${param}[shipping_rate_data]`)
      : need(world, 'shipping_rate', option.shipping_rate ?? '', `${param}[shipping_rate]`);
    if (!rate.active) throw invalid('The shipping rate is inactive.', `${param}[shipping_rate]`);
    if (rate.fixed_amount?.currency !== currency) {
      throw invalid(`The shipping rate must be in ${currency}.`, `${param}[shipping_rate]`);
    }
    return rate;
  });
}

function applyGivenDiscount(world: World, session: Session, params: Create): void {
  const [given] = params.discounts ?? [];
  if (!given) return;
  const subtotal = backstageOf(world, session.id).lineItems.reduce(
    (total, item) => total + (item.price?.unit_amount ?? 0) * (item.quantity ?? 1),
    0,
  );
  session.amount_subtotal = subtotal;
  if (given.promotion_code !== undefined) {
    const promotionCode = need(
      world,
      'promotion_code',
      given.promotion_code,
      'discounts[0][promotion_code]',
    );
    const problem = applyPromotionCode(world, session, promotionCode);
    if (problem) throw invalid(problem, 'discounts[0][promotion_code]');
    return;
  }
  const id = given.coupon ?? '';
  const coupon = find(world, 'coupon', id) ?? need(world, 'coupon', id, 'discounts[0][coupon]');
  const problem = couponProblem(world, coupon, session.currency ?? '');
  if (problem) throw invalid(problem, 'discounts[0][coupon]', 'coupon_expired');
  backstageOf(world, session.id).discounts = [createDiscount(world, session.id, coupon, null)];
}

/** Cards, and delayed debits for euros; limited by the caller's lists. */
function methodTypes(params: Create, currency: string): string[] {
  const own = currency === 'eur' ? ['card', 'sepa_debit'] : ['card'];
  const allowed = params.allowed_payment_method_types as readonly string[] | undefined;
  const excluded = (params.excluded_payment_method_types ?? []) as readonly string[];
  const types = own.filter((type) => (allowed?.includes(type) ?? true) && !excluded.includes(type));
  if (!types.length) throw invalid('No payment method is left.', 'allowed_payment_method_types');
  return types;
}

/** Stripe refuses charges under about half a dollar (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
function checkMinimum(session: Session): void {
  const total = session.amount_total ?? 0;
  const minimum = session.currency === 'gbp' ? 30 : 50;
  if (total > 0 && total < minimum) {
    throw invalid(
      `The Checkout Session's total amount must convert to at least ${minimum} minor units of ${session.currency}.`,
      'line_items',
      'amount_too_small',
    );
  }
}
