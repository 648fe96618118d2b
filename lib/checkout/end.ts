import { closeCheckout } from '#lib/gateways/stripe/checkout.ts';
import { lapseOrder } from './commands.ts';
import { checkoutState } from './queries.ts';
import { settleCheckout } from './settle.ts';

/**
 * Brings an open order to its end: its page at Stripe is closed first, so that nobody pays for copies that were let go;
 * what was paid just before counts. Any other order stays as it is. Throws where Stripe doesn't answer.
 */
export async function endCheckout(orderId: string): Promise<void> {
  const order = await checkoutState(orderId);
  if (order?.status !== 'open') return;
  if (!order.sessionId) return lapseOrder(orderId, null);
  await closeCheckout(order.sessionId);
  const settlement = await settleCheckout(order.sessionId);
  // Stripe knows nothing of the session (a stand-in that was started anew): nothing can be paid there.
  if (settlement.kind === 'ignored' && settlement.why === 'no-session') {
    await lapseOrder(orderId, order.sessionId);
  }
}
