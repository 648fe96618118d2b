import type Stripe from 'stripe';
import { invalid, notServed } from '../errors.ts';
import type { World } from '../world.ts';

type Create = Stripe.Checkout.SessionCreateParams;

/** Throws for what Stripe refuses in a new session before it looks at the lines, and for what isn't served. */
export function refuseUnusable(world: World, params: Create): void {
  if (params.mode === undefined)
    throw invalid('Missing required param: mode.', 'mode', 'parameter_missing');
  if (params.mode !== 'payment') throw notServed(`mode ${params.mode}`, 'mode');
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
  refuseAddresses(params);
  refuseCombinations(params);
  refuseTimes(world, params);
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
