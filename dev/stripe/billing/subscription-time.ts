import type Stripe from 'stripe';
import { update } from '../changes.ts';
import { emit } from '../objects/events.ts';
import { voidInvoice } from '../objects/invoice-states.ts';
import { drawer, fill, find, idOf, type World } from '../world.ts';
import { renew, upcoming } from './cycle.ts';
import { nextStep, periodEnd, planSubscription } from './plan.ts';
import { changeStatus, endSubscription } from './standing.ts';

/** Does what a subscription meets now, one thing; false where nothing is due yet, or any more. */
export function subscriptionDue(world: World, id: string): boolean {
  const subscription = find(world, 'subscription', id);
  const next = subscription && nextStep(world, subscription);
  if (!subscription || !next || next.at > world.now()) return false;
  switch (next.step) {
    case 'expire':
      expire(world, subscription);
      break;
    case 'tell_trial':
      tell(world, subscription, { trialTold: true });
      emit(world, 'customer.subscription.trial_will_end', subscription);
      break;
    case 'tell_upcoming':
      tell(world, subscription, { upcomingTold: periodEnd(subscription) });
      emit(world, 'invoice.upcoming', upcoming(world, subscription));
      break;
    case 'unpause':
      update(world, subscription, 'customer.subscription.updated', {}, () => {
        subscription.pause_collection = null;
      });
      break;
    case 'cancel':
      endSubscription(world, subscription);
      break;
    case 'period':
      renew(world, subscription);
      break;
  }
  planSubscription(world, subscription);
  return true;
}

/** The first payment didn't come: the subscription never was. */
function expire(world: World, subscription: Stripe.Subscription): void {
  changeStatus(world, subscription, 'incomplete_expired', () => {
    subscription.ended_at = world.now();
  });
  const invoice = find(world, 'invoice', String(idOf(subscription.latest_invoice)));
  if (invoice?.status === 'open') voidInvoice(world, invoice);
}

function tell(
  world: World,
  subscription: Stripe.Subscription,
  told: { trialTold?: boolean; upcomingTold?: number },
): void {
  const before = drawer(world, 'subscription', subscription.id);
  const known = before ?? { trialTold: false, upcomingTold: null };
  fill(world, 'subscription', subscription.id, { ...known, ...told });
}
