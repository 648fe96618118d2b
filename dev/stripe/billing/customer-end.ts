import type Stripe from 'stripe';
import { needCustomer } from '../objects/customers.ts';
import { emit } from '../objects/events.ts';
import { findBy, need, type World } from '../world.ts';
import { endSubscription, hasEnded } from './standing.ts';

/** A deleted customer still answers: `{ id, object, deleted: true }`. Their subscriptions end at once. */
export function deleteCustomer(world: World, id: string): Stripe.DeletedCustomer {
  const customer = needCustomer(world, id);
  for (const own of findBy(world, 'subscription', 'customer', id)) {
    if (!hasEnded(own)) endSubscription(world, need(world, 'subscription', own.id));
  }
  const gone: Stripe.DeletedCustomer = { id, object: 'customer', deleted: true };
  emit(world, 'customer.deleted', customer);
  (world.state.objects.customer as Record<string, unknown>)[id] = gone;
  return gone;
}
