import { notServed } from './errors.ts';
import type { ParamsName } from './schemas/served.ts';
import { unservedBilling } from './unserved-billing.ts';

/**
 * Parameters that Stripe knows and that the stand-in would have to ignore. They are refused, so that no code relies on
 * silence. `*` stands for each item of an array.
 */
export const unserved: { readonly [N in ParamsName]?: readonly string[] } = {
  ...unservedBilling,
  ChargeListParams: ['transfer_group'],
  ChargeUpdateParams: ['customer', 'fraud_details', 'receipt_email', 'shipping', 'transfer_group'],
  'Checkout.SessionCreateParams': [
    'after_expiration',
    'automatic_tax.liability',
    'branding_settings',
    'consent_collection',
    'custom_fields',
    'custom_text',
    'customer_account',
    'line_items.*.price_data.product_data.tax_details',
    'line_items.*.price_data.unit_amount_decimal',
    'line_items.*.tax_rates',
    'managed_payments',
    'name_collection',
    'optional_items',
    'payment_intent_data.application_fee_amount',
    'payment_intent_data.on_behalf_of',
    'payment_intent_data.setup_future_usage',
    'payment_intent_data.shipping',
    'payment_intent_data.transfer_data',
    'payment_intent_data.transfer_group',
    'payment_method_configuration',
    'payment_method_data',
    'payment_method_options',
    'permissions',
    'redirect_on_completion',
    'return_url',
    'saved_payment_method_options',
    'setup_intent_data',
    'subscription_data.application_fee_percent',
    'subscription_data.billing_cycle_anchor',
    'subscription_data.billing_cycle_anchor_config',
    'subscription_data.billing_mode.flexible',
    'subscription_data.default_tax_rates',
    'subscription_data.invoice_settings',
    'subscription_data.on_behalf_of',
    'subscription_data.pending_invoice_item_interval',
    'subscription_data.proration_behavior',
    'subscription_data.transfer_data',
    'shipping_options.*.shipping_rate_data.fixed_amount.currency_options',
    'wallet_options',
  ],
  'Checkout.SessionListParams': ['customer_account', 'payment_link'],
  'Checkout.SessionUpdateParams': [
    'collected_information',
    'line_items',
    'payment_intent_data',
    'shipping_options',
  ],
  CouponCreateParams: ['currency_options'],
  CouponUpdateParams: ['currency_options'],
  CustomerCreateParams: [
    'business_name',
    'cash_balance',
    'individual_name',
    'invoice_prefix',
    'invoice_settings.custom_fields',
    'invoice_settings.rendering_options',
    'next_invoice_sequence',
    'source',
    'tax',
    'tax_id_data',
    'validate',
  ],
  CustomerUpdateParams: [
    'balance',
    'business_name',
    'cash_balance',
    'default_source',
    'individual_name',
    'invoice_prefix',
    'invoice_settings.custom_fields',
    'invoice_settings.rendering_options',
    'next_invoice_sequence',
    'source',
    'tax',
    'validate',
  ],
  PaymentIntentListParams: ['customer_account'],
  PaymentIntentUpdateParams: [
    'allowed_payment_method_types',
    'amount',
    'amount_details',
    'application_fee_amount',
    'capture_method',
    'currency',
    'customer',
    'customer_account',
    'excluded_payment_method_types',
    'hooks',
    'payment_details',
    'payment_method',
    'payment_method_configuration',
    'payment_method_data',
    'payment_method_options',
    'receipt_email',
    'setup_future_usage',
    'shipping',
    'statement_descriptor',
    'statement_descriptor_suffix',
    'transfer_data',
    'transfer_group',
  ],
  PriceCreateParams: [
    'billing_scheme',
    'currency_options',
    'product_data.tax_details',
    'recurring.meter',
    'recurring.trial_period_days',
    'tiers',
    'tiers_mode',
    'transform_quantity',
    'unit_amount_decimal',
  ],
  PriceListParams: ['recurring.meter', 'recurring.usage_type'],
  PriceUpdateParams: ['currency_options'],
  ProductCreateParams: [
    'default_price_data',
    'marketing_features',
    'package_dimensions',
    'tax_details',
    'type',
  ],
  ProductListParams: ['shippable', 'type'],
  ProductUpdateParams: ['marketing_features', 'package_dimensions', 'tax_details'],
  PromotionCodeCreateParams: ['customer_account', 'restrictions.currency_options'],
  PromotionCodeListParams: ['customer', 'customer_account'],
  PromotionCodeUpdateParams: ['restrictions'],
  RefundCreateParams: [
    'currency',
    'customer',
    'instructions_email',
    'origin',
    'refund_application_fee',
    'reverse_transfer',
  ],
  ShippingRateCreateParams: ['fixed_amount.currency_options'],
  ShippingRateUpdateParams: ['fixed_amount'],
};

/** Throws a 400 that names the first parameter that isn't served. */
export function refuseUnserved(name: ParamsName, params: object): void {
  for (const path of unserved[name] ?? []) {
    const param = given(params, path.split('.'), '');
    if (param !== null) throw notServed(param, param);
  }
}

/** The parameter in Stripe's bracket notation where something stands at the path, or null. */
function given(value: unknown, path: readonly string[], at: string): string | null {
  const [part, ...rest] = path;
  if (part === undefined) return at;
  if (typeof value !== 'object' || value === null) return null;
  for (const key of part === '*' ? Object.keys(value) : [part]) {
    const inner = (value as Record<string, unknown>)[key];
    if (inner === undefined) continue;
    const found = given(inner, rest, at === '' ? key : `${at}[${key}]`);
    if (found !== null) return found;
  }
  return null;
}
