import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { shipments } from '#db/schema/entitlements.ts';
import { orderLines, type PostalAddress } from '#db/schema/orders.ts';
import { clock } from '#lib/clock.ts';

/** Puts a parcel on the list of what is owed. A line is owed one parcel; the second call changes nothing. */
export async function oweShipment(
  tx: Transaction,
  shipment: { orderLineId: string; quantity: number; postalAddress: PostalAddress },
): Promise<void> {
  await tx
    .insert(shipments)
    .values(shipment)
    .onConflictDoNothing({ target: shipments.orderLineId });
}

/** Strikes an order's parcels that were not posted yet. Answers the copies that stay on the shelf. */
export async function cancelShipments(
  tx: Transaction,
  orderId: string,
): Promise<{ productId: string; quantity: number }[]> {
  const canceled = await tx
    .update(shipments)
    .set({ canceledAt: clock.now() })
    .where(unposted(tx, orderId))
    .returning({ orderLineId: shipments.orderLineId, quantity: shipments.quantity });
  if (canceled.length === 0) return [];
  const lines = await tx
    .select({ id: orderLines.id, productId: orderLines.productId })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId));
  return canceled.flatMap(({ orderLineId, quantity }) =>
    lines.filter(({ id }) => id === orderLineId).map(({ productId }) => ({ productId, quantity })),
  );
}

/** Keeps an order's parcels back while its money is in doubt; `null` lets them go. */
export async function holdShipments(
  tx: Transaction,
  orderId: string,
  reason: string | null,
): Promise<void> {
  await tx.update(shipments).set({ heldReason: reason }).where(unposted(tx, orderId));
}

function unposted(tx: Transaction, orderId: string) {
  const lines = tx
    .select({ id: orderLines.id })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId));
  return and(
    inArray(shipments.orderLineId, lines),
    isNull(shipments.postedAt),
    isNull(shipments.canceledAt),
  );
}
