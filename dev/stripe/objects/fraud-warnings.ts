import type Stripe from 'stripe';
import { idOf, need, newId, put, type World } from '../world.ts';
import { emit } from './events.ts';

/** The card's bank suspects fraud in a charge: a dispute may follow, unless the money is given back first. */
export function warnOfFraud(world: World, chargeId: string): Stripe.Radar.EarlyFraudWarning {
  const charge = need(world, 'charge', chargeId);
  const intent = idOf(charge.payment_intent);
  const warning = put(world, 'radar.early_fraud_warning', {
    id: newId(world, 'issfr'),
    object: 'radar.early_fraud_warning',
    actionable: !charge.refunded && !charge.disputed,
    charge: charge.id,
    created: world.now(),
    fraud_type: 'unauthorized_use_of_card',
    livemode: false,
    ...(intent === null ? {} : { payment_intent: intent }),
  });
  emit(world, 'radar.early_fraud_warning.created', warning);
  return warning;
}
