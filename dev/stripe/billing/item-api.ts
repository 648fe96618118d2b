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
      const { subscription, expand: _expand, proration_behavior, proration_date, ...item } = params;
      const before = new Set(itemsOf(world, subscription).map(({ id }) => id));
      change(world, subscription, item as Change, { proration_behavior, proration_date });
      return found(itemsOf(world, subscription).find(({ id }) => !before.has(id)));
    },
  ),
  route(
    'POST',
    '/subscription_items/:id',
    'SubscriptionItemUpdateParams',
    (world, params: Stripe.SubscriptionItemUpdateParams, id) => {
      const {
        expand: _expand,
        proration_behavior,
        proration_date,
        off_session: _off,
        ...item
      } = params;
      const subscription = subscriptionOf(world, id);
      change(
        world,
        subscription,
        { ...(item as Change), id },
        { proration_behavior, proration_date },
      );
      return found(itemsOf(world, subscription).find((one) => one.id === id));
    },
  ),
  route(
    'DELETE',
    '/subscription_items/:id',
    'SubscriptionItemDeleteParams',
    (world, params: Stripe.SubscriptionItemDeleteParams, id) => {
      const { proration_behavior, proration_date } = params;
      const subscription = subscriptionOf(world, id);
      change(world, subscription, { id, deleted: true }, { proration_behavior, proration_date });
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

type Change = Stripe.SubscriptionUpdateParams.Item;
type How = {
  proration_behavior: Stripe.SubscriptionUpdateParams['proration_behavior'] | undefined;
  proration_date: number | undefined;
};

function change(world: World, subscription: string, item: Change, how: How): void {
  updateSubscription(world, subscription, {
    items: [item],
    ...(how.proration_behavior === undefined ? {} : { proration_behavior: how.proration_behavior }),
    ...(how.proration_date === undefined ? {} : { proration_date: how.proration_date }),
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
