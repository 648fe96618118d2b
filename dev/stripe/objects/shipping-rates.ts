import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { need, newId, put, type World } from '../world.ts';
import { currencyCode } from './prices.ts';

type RateData =
  | Stripe.ShippingRateCreateParams
  | Stripe.Checkout.SessionCreateParams.ShippingOption.ShippingRateData;

/** A fixed amount for the post, in minor units; also from `shipping_options[].shipping_rate_data`. */
export function createShippingRate(
  world: World,
  params: RateData,
  paramOf = (name: string) => name,
): Stripe.ShippingRate {
  const amount = params.fixed_amount;
  if (!amount) {
    const param = paramOf('fixed_amount');
    throw invalid('Missing required param: fixed_amount.', param, 'parameter_missing');
  }
  if (amount.amount < 0) {
    throw invalid('Invalid amount: must not be negative.', `${paramOf('fixed_amount')}[amount]`);
  }
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
  return update(world, rate, null, params, () => {
    if (params.active !== undefined) rate.active = params.active;
    if (params.tax_behavior !== undefined) rate.tax_behavior = params.tax_behavior;
  });
}
