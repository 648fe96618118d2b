import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { products } from '#db/schema/catalog.ts';
import { issues } from '#db/schema/issues.ts';
import { orderLines, stockReservations } from '#db/schema/orders.ts';
import { sameAvailability } from '#lib/catalog/rules.ts';
import { issueTags } from '#lib/issues/tags.ts';

/**
 * Takes copies from the stock, or none at all where there are too few. Atomic whatever else runs. `seen` tells whether
 * readers see the difference.
 */
export async function takeStock(
  tx: Transaction,
  productId: string,
  copies: number,
): Promise<{ taken: boolean; seen: boolean }> {
  const [row] = await tx
    .update(products)
    .set({ stock: sql`${products.stock} - ${copies}` })
    .where(and(eq(products.id, productId), gte(products.stock, copies)))
    .returning({ stock: products.stock });
  if (!row) return { taken: false, seen: false };
  const left = row.stock ?? 0;
  return { taken: true, seen: !sameAvailability(left + copies, left) };
}

/** Puts copies back on the shelf. */
export async function returnStock(
  tx: Transaction,
  productId: string,
  copies: number,
): Promise<void> {
  await tx
    .update(products)
    .set({ stock: sql`${products.stock} + ${copies}` })
    .where(eq(products.id, productId));
}

/** Gives back what was put aside for an order, once. Answers the tags of what readers see differently now. */
export async function releaseReservations(tx: Transaction, orderId: string): Promise<string[]> {
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
  for (const { productId, quantity } of released) await returnStock(tx, productId, quantity);
  return offerTags(tx, orderId);
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
    const { taken } = await takeStock(tx, productId, quantity);
    if (taken) {
      await tx.update(stockReservations).set({ state: 'held' }).where(eq(stockReservations.id, id));
    }
    all &&= taken;
  }
  return all;
}

/** The cached offers that an order's copies belong to. */
export async function offerTags(tx: Transaction, orderId: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ slug: issues.slug })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .innerJoin(issues, eq(issues.id, products.issueId))
    .where(and(eq(orderLines.orderId, orderId), eq(orderLines.edition, 'print')));
  return rows.map(({ slug }) => issueTags.offers(slug));
}
