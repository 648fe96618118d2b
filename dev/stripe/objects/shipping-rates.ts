import type Stripe from 'stripe';
import { invalid, notServed } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { type World, need, newId, put } from '../world.ts';
import { currencyCode } from './catalogue.ts';

type RateData =
  | Stripe.ShippingRateCreateParams
  | Stripe.Checkout.SessionCreateParams.ShippingOption.ShippingRateData;

/** A fixed amount for the post, in minor units; also from `shipping_options[].shipping_rate_data`. */
export function createShippingRate(
  world: World,
  params: RateData,
  param = '',
): Stripe.ShippingRate {
  const amount = params.fixed_amount;
  if (!amount) {
    throw invalid('Missing required param: fixed_amount.', `${param}fixed_amount`, 'parameter_missing');
  }
  if (amount.currency_options) throw notServed('currency_options', 'currency_options');
  if (amount.amount < 0) throw invalid('Invalid amount: must not be negative.', 'fixed_amount[amount]');
  return put(world, 'shipping_rate', {
    id: newId(world, 'shr'),
    object: 'shipping_rate',
    active: true,
    created: world.now(),
    delivery_estimate: params.delivery_estimate
      ? {
          maximum: params.delivery_estimate.maximum ?? null,
          minimum: params.delivery_estimate.minimum ?? null,
        }
      : null,
    display_name: params.display_name,
    fixed_amount: { amount: amount.amount, currency: currencyCode(amount.currency) },
    livemode: false,
    metadata: mergeMetadata(null, params.metadata),
    tax_behavior: params.tax_behavior ?? 'unspecified',
    tax_code: params.tax_code ?? null,
    type: 'fixed_amount',
  });
}

export function updateShippingRate(
  world: World,
  id: string,
  params: Stripe.ShippingRateUpdateParams,
): Stripe.ShippingRate {
  const rate = need(world, 'shipping_rate', id);
  if (params.fixed_amount) throw notServed('currency_options', 'fixed_amount');
  if (params.active !== undefined) rate.active = params.active;
  if (params.tax_behavior !== undefined) rate.tax_behavior = params.tax_behavior;
  rate.metadata = mergeMetadata(rate.metadata, params.metadata);
  return rate;
}
