import type Stripe from 'stripe';
import { createSubscription } from './billing/create.ts';
import { cancelSubscription, resumeSubscription } from './billing/end.ts';
import { itemRoutes } from './billing/item-api.ts';
import { hasEnded } from './billing/standing.ts';
import { endDiscounts } from './billing/start.ts';
import { updateSubscription } from './billing/update.ts';
import { matches } from './lists.ts';
import { action, crud, firstOf, type Route, route } from './route.ts';
import { idOf, need } from './world.ts';

/** Subscriptions and their items under /v1. */
export const subscriptionRoutes: readonly Route[] = [
  ...crud('subscriptions', 'subscription', {
    create: ['SubscriptionCreateParams', createSubscription],
    update: ['SubscriptionUpdateParams', updateSubscription],
    remove: ['SubscriptionCancelParams', cancelSubscription],
    retrieve: 'SubscriptionRetrieveParams',
    list: [
      'SubscriptionListParams',
      (p: Stripe.SubscriptionListParams) => (o) =>
        statusMatches(o, p.status) &&
        matches(idOf(o.customer), p.customer) &&
        matches(idOf(o.test_clock), p.test_clock) &&
        matches(o.collection_method, p.collection_method) &&
        (p.price === undefined || o.items.data.some((item) => item.price.id === p.price)),
      (p: Stripe.SubscriptionListParams) => firstOf({ customer: p.customer }),
    ],
  }),
  action('subscriptions', 'resume', 'SubscriptionResumeParams', resumeSubscription),
  route(
    'DELETE',
    '/subscriptions/:id/discount',
    'SubscriptionDeleteDiscountParams',
    (world, _p, id) => {
      const subscription = need(world, 'subscription', id);
      const [first] = subscription.discounts;
      const discount = need(world, 'discount', String(idOf(first)));
      endDiscounts(world, subscription, [discount.id]);
      return { ...discount, deleted: true };
    },
  ),
  ...itemRoutes,
];

/** Without a wish, all that have not ended; `ended` is what has. */
function statusMatches(subscription: Stripe.Subscription, wanted: string | undefined): boolean {
  const { status } = subscription;
  if (wanted === 'all') return true;
  if (wanted === 'ended') return hasEnded(subscription);
  return wanted === undefined ? status !== 'canceled' : status === wanted;
}
