import { StripeUnavailable } from '#lib/gateways/stripe/client.ts';
import { browserHash } from './browser.ts';
import { orderForThanks } from './queries.ts';
import type { Thanks } from './rules.ts';
import { settleCheckout } from './settle.ts';

/**
 * What the thank-you page tells, after the order was brought in line with Stripe: the webhook may be on its way still.
 * `null` for a session that isn't this browser's or this account's, a forged one too. Where Stripe doesn't answer, the
 * order is shown as far as it is known; the webhook will see to it.
 */
export async function thankYou(
  sessionId: string,
  buyer: { browserKey: string | null; userId: string | null },
): Promise<Thanks | null> {
  const who = {
    browserHash: buyer.browserKey ? browserHash(buyer.browserKey) : null,
    userId: buyer.userId,
  };
  const before = await orderForThanks(sessionId, who);
  if (!before) return null;
  try {
    await settleCheckout(sessionId);
  } catch (error) {
    if (!(error instanceof StripeUnavailable)) throw error;
    return before;
  }
  return orderForThanks(sessionId, who);
}
