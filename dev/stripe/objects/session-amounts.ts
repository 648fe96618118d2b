import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import type { SessionBackstage } from '../state.ts';
import { computeAmounts } from '../totals.ts';
import { backstageOf, find, need, type World } from '../world.ts';
import { couponOf, couponProblem, createDiscount, promotionProblem } from './coupon-use.ts';
import { minimumOf } from './invoice-amounts.ts';
import { DAY } from './periods.ts';

type Session = Stripe.Checkout.Session;

/** Writes the amounts that follow from the lines, the discount, the postage chosen and the country of the buyer. */
export function recompute(
  world: World,
  session: Session,
  choice: { shippingRate: string | null; country: string | null },
): void {
  const backstage = backstageOf(world, session.id);
  const discount = backstage.discounts[0] ?? null;
  const coupon = discount && find(world, 'coupon', String(discount.source.coupon));
  const amounts = computeAmounts(world, {
    lineItems: backstage.lineItems,
    discount: discount && coupon ? { discount, coupon } : null,
    shipping:
      choice.shippingRate === null ? null : need(world, 'shipping_rate', choice.shippingRate),
    automaticTax: session.automatic_tax.enabled,
    country: choice.country,
    unit: (item) => unitOf(backstage, item),
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

/** What one of a line costs today: nothing of what recurs in a trial, and what the buyer chose where the price is open. */
export function unitOf(backstage: SessionBackstage, item: Stripe.LineItem): number {
  const { price } = item;
  const { trial_end, trial_period_days } = backstage.subscription ?? {};
  if (price?.recurring && (trial_end ?? trial_period_days) !== undefined) return 0;
  const open = price?.custom_unit_amount;
  return open
    ? (backstage.chosen?.[item.id] ?? open.preset ?? open.minimum ?? 0)
    : (price?.unit_amount ?? 0);
}

/** When a trial ends that begins now, in seconds; null without one. */
export function trialEndOf(
  world: World,
  { trial_end, trial_period_days }: Stripe.Checkout.SessionCreateParams.SubscriptionData,
): number | null {
  if (trial_end !== undefined) return trial_end;
  return trial_period_days === undefined ? null : world.now() + trial_period_days * DAY;
}

/** Whether the page asks for a card or an account: to pay now, or to be charged later. */
export function wantsMethod(session: Session): boolean {
  if ((session.amount_total ?? 0) > 0 || session.mode === 'setup') return true;
  return session.mode === 'subscription' && session.payment_method_collection === 'always';
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

/** The discount that the session is created with; refused like a parameter where it can't be used. */
export function applyGivenDiscount(
  world: World,
  session: Session,
  params: Stripe.Checkout.SessionCreateParams,
): void {
  const [given] = params.discounts ?? [];
  if (!given) return;
  const backstage = backstageOf(world, session.id);
  const subtotal = backstage.lineItems.reduce(
    (total, item) => total + unitOf(backstage, item) * (item.quantity ?? 1),
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

/** Refuses a total that is too small to be charged. */
export function checkMinimum(session: Session): void {
  const total = session.amount_total ?? 0;
  const minimum = minimumOf(session.currency ?? '');
  if (total > 0 && total < minimum) {
    throw invalid(
      `The Checkout Session's total amount must convert to at least ${minimum} minor units of ${session.currency}.`,
      'line_items',
      'amount_too_small',
    );
  }
}
