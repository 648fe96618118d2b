import type Stripe from 'stripe';
import { couponIn } from '../objects/coupon-use.ts';
import { periodEndAfter, rhythmText } from '../objects/periods.ts';
import { trialEndOf } from '../objects/session-amounts.ts';
import { computeAmounts } from '../totals.ts';
import { backstageOf, type World } from '../world.ts';
import { type Html, html } from './html.ts';
import { amountText } from './money.ts';

/** What a subscription costs after today, how often, and from when: said plainly before anyone pays. */
export function renewalText(world: World, session: Stripe.Checkout.Session): Html | null {
  const { lineItems, subscription, discounts } = backstageOf(world, session.id);
  const recurring = lineItems.filter(({ price }) => price?.recurring);
  const rhythm = recurring[0]?.price?.recurring;
  if (!subscription || !rhythm) return null;
  const [discount] = discounts;
  const coupon = discount && couponIn(world, discount);
  const { total } = computeAmounts(world, {
    lineItems: recurring,
    discount: discount && coupon?.duration === 'forever' ? { discount, coupon } : null,
    shipping: null,
    automaticTax: false,
    country: null,
    unit: ({ price }) => price?.unit_amount ?? 0,
  });
  const trial = trialEndOf(world, subscription);
  const from = trial ?? periodEndAfter(world.now(), rhythm, world.now());
  const amount = amountText(total, session.currency ?? '');
  const first = trial === null ? null : html`<strong>Free trial until ${dayText(trial)}.</strong> `;
  return html`<p class="hint">${first}Then ${amount} per ${rhythmText(rhythm)}, first on ${dayText(from)}, until you cancel.</p>`;
}

const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

export function dayText(seconds: number): string {
  return days.format(seconds * 1000);
}
