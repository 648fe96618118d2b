import type Stripe from 'stripe';
import { invalid, notServed } from '../errors.ts';
import type { World } from '../world.ts';
import { needCustomer } from './customers.ts';
import { DAY } from './periods.ts';

type Create = Stripe.Checkout.SessionCreateParams;

/** Throws for what Stripe refuses in a new session before it looks at the lines, and for what isn't served. */
export function refuseUnusable(world: World, params: Create): void {
  if (params.mode === undefined)
    throw invalid('Missing required param: mode.', 'mode', 'parameter_missing');
  if (params.ui_mode !== undefined && params.ui_mode !== 'hosted_page') {
    throw notServed(`ui_mode ${params.ui_mode}`, 'ui_mode');
  }
  if (params.invoice_creation?.enabled) throw notServed('invoices', 'invoice_creation');
  if (params.phone_number_collection?.enabled)
    throw notServed('telephone numbers', 'phone_number_collection');
  if (params.tax_id_collection?.enabled) throw notServed('tax ids', 'tax_id_collection');
  if (params.payment_intent_data?.capture_method === 'manual') {
    throw notServed('manual capture', 'payment_intent_data[capture_method]');
  }
  refuseOtherMode(world, params);
  refuseUnlocated(world, params);
  refuseAddresses(params);
  refuseCombinations(params);
  refuseTimes(world, params);
}

/** What goes with one mode only. */
const MODES = {
  payment_intent_data: ['payment'],
  shipping_options: ['payment'],
  submit_type: ['payment'],
  customer_creation: ['payment', 'setup'],
  subscription_data: ['subscription'],
  payment_method_collection: ['subscription'],
  setup_intent_data: ['setup'],
  line_items: ['payment', 'subscription'],
  discounts: ['payment', 'subscription'],
  allow_promotion_codes: ['payment', 'subscription'],
} as const;

function refuseOtherMode(world: World, params: Create): void {
  for (const [name, modes] of Object.entries(MODES)) {
    if (params[name as keyof typeof MODES] === undefined) continue;
    if ((modes as readonly string[]).includes(String(params.mode))) continue;
    throw invalid(`You can not pass \`${name}\` in \`${params.mode}\` mode.`, name);
  }
  const data = params.subscription_data;
  if (data?.billing_mode && data.billing_mode.type !== 'flexible') {
    throw notServed('the classic billing mode', 'subscription_data[billing_mode][type]');
  }
  if (data?.trial_end !== undefined && data.trial_period_days !== undefined) {
    throw invalid('Give one of trial_end and trial_period_days.', 'subscription_data[trial_end]');
  }
  if (data?.trial_end !== undefined && data.trial_end < world.now() + 2 * DAY) {
    throw invalid(
      'trial_end must be at least 2 days in the future.',
      'subscription_data[trial_end]',
    );
  }
  if ((data?.trial_period_days ?? 1) < 1) {
    throw invalid('A trial has at least one day.', 'subscription_data[trial_period_days]');
  }
}

/** Where tax is reckoned for a customer who is known, their address must be, or become, the one that counts. */
function refuseUnlocated(world: World, params: Create): void {
  const { address, shipping } = params.customer_update ?? {};
  if (params.customer_update && params.customer === undefined) {
    throw invalid('`customer_update` can only be used with `customer`.', 'customer_update');
  }
  if (!params.automatic_tax?.enabled || params.customer === undefined) return;
  if (params.mode !== 'subscription' || address === 'auto' || shipping === 'auto') return;
  const customer = needCustomer(world, params.customer, 'customer');
  if (customer.address?.country || customer.shipping?.address?.country) return;
  throw invalid(
    "Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set either `customer_update[address]` to 'auto' or `customer_update[shipping]` to 'auto' to save the address entered in Checkout to the Customer.",
    'automatic_tax',
    'customer_tax_location_invalid',
  );
}

function refuseAddresses(params: Create): void {
  if (params.success_url === undefined) {
    throw invalid('Missing required param: success_url.', 'success_url', 'parameter_missing');
  }
  for (const name of ['success_url', 'cancel_url'] as const) {
    const url = params[name];
    if (url !== undefined && !/^https?:\/\/[^/]/.test(url)) {
      throw invalid('Not a valid URL', name, 'url_invalid');
    }
  }
}

function refuseCombinations(params: Create): void {
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw invalid(
      'You may only specify one of these parameters: customer, customer_email.',
      'customer',
    );
  }
  if (params.customer !== undefined && params.customer_creation !== undefined) {
    throw invalid('customer_creation can not be used with customer.', 'customer_creation');
  }
  const discounts = params.discounts ?? [];
  if (discounts.length && params.allow_promotion_codes) {
    throw invalid(
      'You may only specify one of these parameters: allow_promotion_codes, discounts.',
      'allow_promotion_codes',
    );
  }
  if (discounts.length > 1) throw invalid('At most one discount can be given.', 'discounts');
  const [first] = discounts;
  if (first && (first.coupon === undefined) === (first.promotion_code === undefined)) {
    throw invalid('Give exactly one of coupon and promotion_code.', 'discounts[0]');
  }
  if ((params.shipping_options ?? []).length > 5) {
    throw invalid('At most 5 shipping options can be given.', 'shipping_options');
  }
  if (params.shipping_address_collection?.allowed_countries.length === 0) {
    throw invalid(
      'At least one country is needed.',
      'shipping_address_collection[allowed_countries]',
    );
  }
  if ((params.client_reference_id ?? '').length > 200) {
    throw invalid('client_reference_id can have up to 200 characters.', 'client_reference_id');
  }
}

function refuseTimes(world: World, params: Create): void {
  if (params.expires_at === undefined) return;
  const ahead = params.expires_at - world.now();
  if (ahead < 30 * 60) {
    throw invalid(
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      'expires_at',
    );
  }
  if (ahead > 24 * 3600) {
    throw invalid(
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      'expires_at',
    );
  }
}
