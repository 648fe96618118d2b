import type Stripe from 'stripe';
import { couponIn } from '../objects/coupon-use.ts';
import { DAY, periodEndAfter, rhythmText } from '../objects/periods.ts';
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
  const trial = trialEnd(world, subscription);
  const from = trial ?? periodEndAfter(world.now(), rhythm, world.now());
  const amount = amountText(total, session.currency ?? '');
  const first = trial === null ? null : html`<strong>Free trial until ${dayText(trial)}.</strong> `;
  return html`<p class="hint">${first}Then ${amount} per ${rhythmText(rhythm)}, first on ${dayText(from)}, until you cancel.</p>`;
}

export function dayText(seconds: number): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(seconds * 1000);
}

function trialEnd(
  world: World,
  { trial_end, trial_period_days }: { trial_end?: number; trial_period_days?: number },
): number | null {
  if (trial_end !== undefined) return trial_end;
  return trial_period_days === undefined ? null : world.now() + trial_period_days * DAY;
}
