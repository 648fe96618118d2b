import { newId, put, type World } from '../world.ts';

/** What moves money; a lost refund and a dispute won bring it back. */
export type Movement = 'charge' | 'refund' | 'refund_failure' | 'dispute' | 'dispute_reversal';

/**
 * An entry in Stripe's balance: `amount` in minor units, negative for money that leaves. A charge costs the stand-in's
 * fee of 1.5 % and 25, a dispute 2000, which come back with neither a refund nor a dispute won.
 */
export function postBalance(
  world: World,
  movement: Movement,
  amount: number,
  source: { id: string; currency: string },
): string {
  const fee = feeOf(movement, amount);
  const fees = { amount: fee, application: null, currency: source.currency } as const;
  const disputed = movement === 'dispute' || movement === 'dispute_reversal';
  const entry = put(world, 'balance_transaction', {
    id: newId(world, 'txn'),
    object: 'balance_transaction',
    amount,
    available_on: world.now() + 7 * 24 * 3600,
    balance_type: 'payments',
    created: world.now(),
    currency: source.currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details: fee ? [{ ...fees, description: 'Stand-in fee', type: 'stripe_fee' }] : [],
    net: amount - fee,
    reporting_category: movement,
    source: source.id,
    status: 'pending',
    type: disputed ? 'adjustment' : movement,
  });
  return entry.id;
}

function feeOf(movement: Movement, amount: number): number {
  if (movement === 'charge') return Math.round(amount * 0.015) + 25;
  return movement === 'dispute' ? 2000 : 0;
}
