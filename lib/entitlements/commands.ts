import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { entitlements } from '#db/schema/entitlements.ts';
import { orderLines, orders } from '#db/schema/orders.ts';
import { clock } from '#lib/clock.ts';
import { normaliseEmail } from '#lib/users/rules.ts';

/** Why an order's grants were taken back; each cause lifts only what it laid down itself. */
export type OrderRevocation = 'refunded' | 'dispute lost';

/**
 * Gives the right to read to who bought a line: to the account that was signed in, else to the e-mail address, whose
 * owner claims it by proving it. A line grants once; the second call changes nothing.
 */
export async function grantForOrderLine(
  tx: Transaction,
  line: { orderLineId: string; issueId: string; userId: string | null; email: string | null },
): Promise<void> {
  await tx
    .insert(entitlements)
    .values({ ...line, source: 'order', startsAt: clock.now() })
    .onConflictDoNothing({ target: entitlements.orderLineId });
}

/** Ends what an order gave. What was revoked already keeps its day and its reason. */
export async function revokeForOrder(
  tx: Transaction,
  orderId: string,
  reason: OrderRevocation,
): Promise<void> {
  await tx
    .update(entitlements)
    .set({ revokedAt: clock.now(), revokedReason: reason })
    .where(
      and(inArray(entitlements.orderLineId, linesOf(tx, orderId)), isNull(entitlements.revokedAt)),
    );
}

/** Gives back what was ended for this very reason (a refund that failed, a dispute that was won after all). */
export async function restoreForOrder(
  tx: Transaction,
  orderId: string,
  reason: OrderRevocation,
): Promise<void> {
  await tx
    .update(entitlements)
    .set({ revokedAt: null, revokedReason: null })
    .where(
      and(
        inArray(entitlements.orderLineId, linesOf(tx, orderId)),
        eq(entitlements.revokedReason, reason),
      ),
    );
}

/**
 * Makes over to an account what was bought with its address before anybody had proved it. Called at each sign-in, which
 * is that proof; what belongs to another account is never touched. Answers how many orders and grants moved.
 */
export async function claimByEmail(
  tx: Transaction,
  userId: string,
  email: string,
): Promise<{ orders: number; grants: number }> {
  const address = normaliseEmail(email);
  const claimed = await tx
    .update(orders)
    .set({ userId })
    .where(and(eq(orders.email, address), isNull(orders.userId)))
    .returning({ id: orders.id });
  const granted = await tx
    .update(entitlements)
    .set({ userId })
    .where(and(eq(entitlements.email, address), isNull(entitlements.userId)))
    .returning({ id: entitlements.id });
  return { orders: claimed.length, grants: granted.length };
}

function linesOf(tx: Transaction, orderId: string) {
  return tx.select({ id: orderLines.id }).from(orderLines).where(eq(orderLines.orderId, orderId));
}
