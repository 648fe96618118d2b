import type Stripe from 'stripe';
import { invalid, missingObject } from '../errors.ts';
import { drawer, find, findBy, idOf, need, newId, put, reindex, type World } from '../world.ts';
import { emit } from './events.ts';
import { MONTHLY, shifted } from './periods.ts';

/** Why a coupon can't be used for an order of `subtotal` in `currency`, or null. */
export function couponProblem(
  world: World,
  coupon: Stripe.Coupon,
  currency: string,
): string | null {
  if (coupon.redeem_by !== null && coupon.redeem_by < world.now())
    return 'This coupon has expired.';
  if (coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions) {
    return 'This coupon has been used up.';
  }
  if (coupon.currency !== null && coupon.currency !== currency) {
    return 'This coupon is for another currency.';
  }
  return null;
}

/** Why a promotion code can't be used for an order of `subtotal` in `currency`, or null. */
export function promotionProblem(
  world: World,
  promotionCode: Stripe.PromotionCode,
  order: { subtotal: number; currency: string; customer: string | null },
): string | null {
  const { restrictions } = promotionCode;
  if (!promotionCode.active) return 'This code is no longer valid.';
  if (promotionCode.expires_at !== null && promotionCode.expires_at < world.now()) {
    return 'This code has expired.';
  }
  if (
    promotionCode.max_redemptions !== null &&
    promotionCode.times_redeemed >= promotionCode.max_redemptions
  ) {
    return 'This code has been used up.';
  }
  if (promotionCode.customer !== null && promotionCode.customer !== order.customer) {
    return 'This code is for another customer.';
  }
  const paid = order.customer === null ? [] : findBy(world, 'charge', 'customer', order.customer);
  if (restrictions.first_time_transaction && paid.some((charge) => charge.paid)) {
    return 'This code is for a first order.';
  }
  if (restrictions.minimum_amount !== null) {
    if (restrictions.minimum_amount_currency !== order.currency)
      return 'This code is for another currency.';
    if (order.subtotal < restrictions.minimum_amount)
      return 'The order is too small for this code.';
  }
  return couponProblem(world, couponOf(world, promotionCode), order.currency);
}

export function couponOf(world: World, promotionCode: Stripe.PromotionCode): Stripe.Coupon {
  const id = String(promotionCode.promotion.coupon);
  const coupon = find(world, 'coupon', id);
  if (!coupon) throw missingObject('coupon', id, 'promotion[coupon]');
  return coupon;
}

/** A discount by a coupon, or by the promotion code that leads to it; of one session where one is named. */
export function createDiscount(
  world: World,
  sessionId: string | null,
  coupon: Stripe.Coupon,
  promotionCode: Stripe.PromotionCode | null,
): Stripe.Discount {
  return put(world, 'discount', {
    id: newId(world, 'di'),
    object: 'discount',
    checkout_session: sessionId,
    customer: null,
    customer_account: null,
    end: null,
    invoice: null,
    invoice_item: null,
    promotion_code: promotionCode?.id ?? null,
    source: { coupon: coupon.id, type: 'coupon' },
    start: world.now(),
    subscription: null,
    subscription_item: null,
  });
}

type Given = { coupon?: string; promotion_code?: string; discount?: string };

/** The discounts that parameters name, each from one coupon, promotion code or discount; refused where one can't be used. */
export function discountsFrom(
  world: World,
  given: readonly Given[],
  order: { currency: string; customer: string | null },
  param = 'discounts',
): Stripe.Discount[] {
  return given.map(({ coupon, promotion_code, discount }, index) => {
    const at = `${param}[${index}]`;
    if (discount !== undefined) return need(world, 'discount', discount, `${at}[discount]`);
    if (promotion_code !== undefined) {
      const code = need(world, 'promotion_code', promotion_code, `${at}[promotion_code]`);
      const problem = promotionProblem(world, code, {
        ...order,
        subtotal: Number.MAX_SAFE_INTEGER,
      });
      if (problem) throw invalid(problem, `${at}[promotion_code]`);
      return createDiscount(world, null, couponOf(world, code), code);
    }
    const found = need(world, 'coupon', coupon ?? '', `${at}[coupon]`);
    const problem = couponProblem(world, found, order.currency);
    if (problem) throw invalid(problem, `${at}[coupon]`, 'coupon_expired');
    return createDiscount(world, null, found, null);
  });
}

/** Ties a discount to a subscription, for as long as its coupon says, and counts its use. */
export function grant(
  world: World,
  discount: Stripe.Discount,
  subscription: Stripe.Subscription,
): void {
  const coupon = couponIn(world, discount);
  discount.subscription = subscription.id;
  discount.customer = idOf(subscription.customer);
  discount.start = world.now();
  discount.end =
    coupon.duration === 'repeating'
      ? shifted(world.now(), MONTHLY, coupon.duration_in_months ?? 1)
      : null;
  reindex(world, 'discount', discount);
  redeem(world, discount);
  emit(world, 'customer.discount.created', discount);
}

/** The coupon of a discount; one that was deleted since still counts as it was. */
export function couponIn(world: World, discount: Stripe.Discount): Stripe.Coupon {
  const id = String(idOf(discount.source.coupon));
  return drawer(world, 'coupon', id) ?? need(world, 'coupon', id);
}

/** Whether a discount is over at a time: a repeating one after its months. */
export function isOver(discount: Stripe.Discount, at: number): boolean {
  return discount.end !== null && discount.end <= at;
}

/** Counts one use of the coupon and of the promotion code. */
export function redeem(world: World, discount: Stripe.Discount): void {
  const coupon = find(world, 'coupon', String(discount.source.coupon));
  if (coupon) {
    const { max_redemptions: most } = coupon;
    coupon.times_redeemed += 1;
    coupon.valid = most === null || coupon.times_redeemed < most;
  }
  const code =
    discount.promotion_code && find(world, 'promotion_code', String(discount.promotion_code));
  if (!code) return;
  code.times_redeemed += 1;
  if (code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions) {
    code.active = false;
  }
}
