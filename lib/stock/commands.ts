import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { products } from '#db/schema/catalog.ts';
import { stockReservations } from '#db/schema/orders.ts';
import { sameAvailability } from '#lib/catalog/rules.ts';
import { issueTags } from '#lib/issues/tags.ts';

/** Takes copies from the stock, or none at all where there are too few (`false`). Atomic whatever else runs. */
export async function takeStock(
  tx: Transaction,
  productId: string,
  copies: number,
): Promise<boolean> {
  return changeStock(tx, productId, -copies);
}

/** Gives back what was put aside for an order, once. */
export async function releaseReservations(tx: Transaction, orderId: string): Promise<void> {
  const released = await tx
    .update(stockReservations)
    .set({ state: 'released' })
    .where(
      and(
        eq(stockReservations.orderId, orderId),
        inArray(stockReservations.state, ['held', 'taken']),
      ),
    )
    .returning({ productId: stockReservations.productId, quantity: stockReservations.quantity });
  for (const { productId, quantity } of released) await changeStock(tx, productId, quantity);
}

/** The copies of a paid order are sold for good. */
export async function takeReservations(tx: Transaction, orderId: string): Promise<void> {
  await tx
    .update(stockReservations)
    .set({ state: 'taken' })
    .where(and(eq(stockReservations.orderId, orderId), eq(stockReservations.state, 'held')));
}

/** Puts copies aside again for an order that was given up and paid after all. `false`: there are not enough. */
export async function reserveAgain(tx: Transaction, orderId: string): Promise<boolean> {
  const released = await tx
    .select()
    .from(stockReservations)
    .where(and(eq(stockReservations.orderId, orderId), eq(stockReservations.state, 'released')));
  let all = true;
  for (const { id, productId, quantity } of released) {
    const taken = await takeStock(tx, productId, quantity);
    if (taken) {
      await tx.update(stockReservations).set({ state: 'held' }).where(eq(stockReservations.id, id));
    }
    all &&= taken;
  }
  return all;
}

/** Changes a stock that doesn't fall below zero by it; where readers see the difference, their pages expire. */
async function changeStock(tx: Transaction, productId: string, by: number): Promise<boolean> {
  const [row] = await tx
    .update(products)
    .set({ stock: sql`${products.stock} + ${by}` })
    .where(and(eq(products.id, productId), gte(products.stock, -by)))
    .returning({ issueId: products.issueId, stock: products.stock });
  if (!row) return false;
  const left = row.stock ?? 0;
  if (!sameAvailability(left - by, left)) await expirePages(tx, [issueTags.offers(row.issueId)]);
  return true;
}
