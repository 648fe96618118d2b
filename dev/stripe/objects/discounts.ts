import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { invalid } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { fill, find, findBy, need, newId, put, remove, type World } from '../world.ts';
import { emit } from './events.ts';
import { currencyCode } from './prices.ts';

export function createCoupon(world: World, params: Stripe.CouponCreateParams): Stripe.Coupon {
  const { amount_off, percent_off } = params;
  if ((amount_off === undefined) === (percent_off === undefined)) {
    throw invalid('Give exactly one of percent_off and amount_off.', 'percent_off');
  }
  if (percent_off !== undefined && (percent_off <= 0 || percent_off > 100)) {
    throw invalid('percent_off must be above 0 and at most 100.', 'percent_off');
  }
  if (amount_off !== undefined && (amount_off <= 0 || params.currency === undefined)) {
    throw invalid('amount_off must be positive and needs a currency.', 'amount_off');
  }
  if ((params.duration === 'repeating') !== (params.duration_in_months !== undefined)) {
    throw invalid('duration_in_months goes with duration repeating.', 'duration_in_months');
  }
  if (params.id !== undefined && find(world, 'coupon', params.id)) {
    throw invalid('Coupon already exists.', 'id', 'resource_already_exists');
  }
  const coupon = put(world, 'coupon', {
    id: params.id ?? newId(world, 'c', 8).slice(2),
    object: 'coupon',
    amount_off: amount_off ?? null,
    ...(params.applies_to?.products
      ? { applies_to: { products: params.applies_to.products } }
      : {}),
    created: world.now(),
    currency: params.currency === undefined ? null : currencyCode(params.currency),
    duration: params.duration ?? 'once',
    duration_in_months: params.duration_in_months ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata(null, params.metadata),
    name: params.name ?? null,
    percent_off: percent_off ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  });
  emit(world, 'coupon.created', coupon);
  return coupon;
}

export function updateCoupon(
  world: World,
  id: string,
  params: Stripe.CouponUpdateParams,
): Stripe.Coupon {
  const coupon = need(world, 'coupon', id);
  return update(world, coupon, 'coupon.updated', params, () => {
    if (params.name !== undefined) coupon.name = params.name || null;
  });
}

export function deleteCoupon(world: World, id: string): Stripe.DeletedCoupon {
  const coupon = need(world, 'coupon', id);
  fill(world, 'coupon', id, coupon);
  remove(world, 'coupon', id);
  emit(world, 'coupon.deleted', coupon);
  return { id, object: 'coupon', deleted: true };
}

export function createPromotionCode(
  world: World,
  params: Stripe.PromotionCodeCreateParams,
): Stripe.PromotionCode {
  const couponId = params.promotion.coupon;
  if (couponId === undefined) {
    throw invalid(
      'Missing required param: promotion[coupon].',
      'promotion[coupon]',
      'parameter_missing',
    );
  }
  need(world, 'coupon', couponId, 'promotion[coupon]');
  const code = params.code ?? newId(world, 'p', 8).slice(2).toUpperCase();
  if (!/^[A-Za-z0-9-]+$/.test(code)) {
    throw invalid('A code may have letters, digits and dashes only.', 'code');
  }
  if (params.active !== false && findActiveCode(world, code)) {
    throw invalid(`An active promotion code with \`code: ${code}\` already exists.`, 'code');
  }
  const { restrictions } = params;
  const promotionCode = put(world, 'promotion_code', {
    id: newId(world, 'promo'),
    object: 'promotion_code',
    active: params.active ?? true,
    code,
    created: world.now(),
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata(null, params.metadata),
    promotion: { coupon: couponId, type: 'coupon' },
    restrictions: {
      first_time_transaction: restrictions?.first_time_transaction ?? false,
      minimum_amount: restrictions?.minimum_amount ?? null,
      minimum_amount_currency: restrictions?.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  });
  emit(world, 'promotion_code.created', promotionCode);
  return promotionCode;
}

export function updatePromotionCode(
  world: World,
  id: string,
  params: Stripe.PromotionCodeUpdateParams,
): Stripe.PromotionCode {
  const promotionCode = need(world, 'promotion_code', id);
  return update(world, promotionCode, 'promotion_code.updated', params, () => {
    if (params.active !== undefined) promotionCode.active = params.active;
  });
}

/** Codes are found whatever their case, as on Stripe's page. */
export function findActiveCode(world: World, code: string): Stripe.PromotionCode | null {
  const wanted = code.trim().toLowerCase();
  const active = findBy(world, 'promotion_code', 'code', wanted).find((code) => code.active);
  return active ? find(world, 'promotion_code', active.id) : null;
}
