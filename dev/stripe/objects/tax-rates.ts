import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { need, newId, put, type World } from '../world.ts';
import { emit } from './events.ts';

export function createTaxRate(world: World, params: Stripe.TaxRateCreateParams): Stripe.TaxRate {
  if (params.percentage < 0 || params.percentage > 100) {
    throw invalid('percentage is from 0 to 100.', 'percentage');
  }
  const rate = put(world, 'tax_rate', {
    id: newId(world, 'txr'),
    object: 'tax_rate',
    active: params.active ?? true,
    country: params.country ?? null,
    created: world.now(),
    description: params.description ?? null,
    display_name: params.display_name,
    effective_percentage: null,
    flat_amount: null,
    inclusive: params.inclusive,
    jurisdiction: params.jurisdiction ?? null,
    jurisdiction_level: null,
    livemode: false,
    metadata: mergeMetadata(null, params.metadata),
    percentage: params.percentage,
    rate_type: 'percentage',
    state: params.state ?? null,
    tax_type: params.tax_type ?? null,
  });
  emit(world, 'tax_rate.created', rate);
  return rate;
}

/** The percentage stays for good. */
export function updateTaxRate(
  world: World,
  id: string,
  params: Stripe.TaxRateUpdateParams,
): Stripe.TaxRate {
  const rate = need(world, 'tax_rate', id);
  return update(world, rate, 'tax_rate.updated', params, () => {
    if (params.active !== undefined) rate.active = params.active;
    if (params.country !== undefined) rate.country = params.country || null;
    if (params.description !== undefined) rate.description = params.description || null;
    if (params.display_name !== undefined) rate.display_name = params.display_name;
    if (params.jurisdiction !== undefined) rate.jurisdiction = params.jurisdiction || null;
    if (params.state !== undefined) rate.state = params.state || null;
    if (params.tax_type !== undefined) rate.tax_type = params.tax_type;
  });
}
