import type Stripe from 'stripe';
import { invalid } from '../errors.ts';
import { type Page, paginate } from '../lists.ts';
import { type Route, route } from '../route.ts';
import { drawer, need, type World } from '../world.ts';
import { updateSubscription } from './update.ts';

type Item = Stripe.SubscriptionItem;

/** Items one by one: each call is a change of the subscription. */
export const itemRoutes: readonly Route[] = [
  route(
    'POST',
    '/subscription_items',
    'SubscriptionItemCreateParams',
    (world, params: Stripe.SubscriptionItemCreateParams) => {
      const { subscription, ...item } = params;
      const before = new Set(itemsOf(world, subscription).map(({ id }) => id));
      change(world, subscription, item as Change);
      return found(itemsOf(world, subscription).find(({ id }) => !before.has(id)));
    },
  ),
  route(
    'POST',
    '/subscription_items/:id',
    'SubscriptionItemUpdateParams',
    (world, params: Stripe.SubscriptionItemUpdateParams, id) => {
      const subscription = subscriptionOf(world, id);
      change(world, subscription, { ...(params as Change), id });
      return found(itemsOf(world, subscription).find((one) => one.id === id));
    },
  ),
  route(
    'DELETE',
    '/subscription_items/:id',
    'SubscriptionItemDeleteParams',
    (world, params: Stripe.SubscriptionItemDeleteParams, id) => {
      change(world, subscriptionOf(world, id), { ...params, id, deleted: true });
      return { id, object: 'subscription_item', deleted: true };
    },
  ),
  route('GET', '/subscription_items/:id', 'SubscriptionItemRetrieveParams', (world, _params, id) =>
    found(itemsOf(world, subscriptionOf(world, id)).find((item) => item.id === id)),
  ),
  route(
    'GET',
    '/subscription_items',
    'SubscriptionItemListParams',
    (world, params: Stripe.SubscriptionItemListParams, _id, path) =>
      paginate(itemsOf(world, params.subscription), params as Page, path),
  ),
];

/** An item, and how its change is reckoned. */
type Change = Stripe.SubscriptionUpdateParams.Item &
  Pick<Stripe.SubscriptionUpdateParams, 'proration_behavior' | 'proration_date'>;

function change(world: World, subscription: string, given: Change): void {
  const { proration_behavior, proration_date, ...item } = given;
  updateSubscription(world, subscription, {
    items: [item],
    ...(proration_behavior === undefined ? {} : { proration_behavior }),
    ...(proration_date === undefined ? {} : { proration_date }),
  });
}

function itemsOf(world: World, subscription: string): Item[] {
  return need(world, 'subscription', subscription, 'subscription').items.data;
}

function subscriptionOf(world: World, id: string): string {
  const known = drawer(world, 'item', id);
  if (!known) throw invalid(`No such subscription item: '${id}'`, 'id', 'resource_missing');
  return known.subscription;
}

function found(item: Item | undefined): Item {
  if (!item) throw invalid('No such subscription item', 'id', 'resource_missing');
  return item;
}
