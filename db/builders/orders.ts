import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { products } from '#db/schema/catalog.ts';
import { entitlements, shipments } from '#db/schema/entitlements.ts';
import { issues } from '#db/schema/issues.ts';
import { orderLines, orders, type PostalAddress } from '#db/schema/orders.ts';
import { clock } from '#lib/clock.ts';
import { newToken } from '#lib/ids.ts';

export const anAddress: PostalAddress = {
  name: 'Ada Reader',
  line1: '1 Quire Lane',
  line2: '',
  city: 'Berlin',
  region: '',
  postcode: '10115',
  country: 'DE',
};

/** An order of a product, paid a moment ago, with what it entitles to, unless told otherwise. Amounts in minor units. */
export async function anOrder(parts: {
  productId: string;
  quantity?: number;
  unitAmount?: number;
  postage?: number;
  order?: Partial<typeof orders.$inferInsert>;
}): Promise<{ id: string; number: number; lineId: string }> {
  const { productId, quantity = 1, unitAmount = 1400, postage = 0 } = parts;
  const [product] = await db()
    .select({ edition: products.edition, issueId: products.issueId, title: issues.title })
    .from(products)
    .innerJoin(issues, eq(issues.id, products.issueId))
    .where(eq(products.id, productId));
  if (!product) throw new Error(`There is no product ${productId}`);
  const total = quantity * unitAmount + postage;
  const printed = product.edition === 'print';
  const [order] = await db()
    .insert(orders)
    .values({
      status: 'paid',
      email: 'buyer@example.org',
      currency: 'EUR',
      expectedAmount: total,
      discountAmount: 0,
      postageAmount: postage,
      taxAmount: 0,
      totalAmount: total,
      country: printed ? anAddress.country : null,
      postalAddress: printed ? anAddress : null,
      stripeSessionId: `cs_test_${newToken(12)}`,
      stripePaymentIntentId: `pi_${newToken(12)}`,
      livemode: false,
      expiresAt: clock.now(),
      paidAt: clock.now(),
      createdAt: clock.now(),
      ...parts.order,
    })
    .returning();
  if (!order) throw new Error('No order was made');
  const [line] = await db()
    .insert(orderLines)
    .values({
      orderId: order.id,
      productId,
      edition: product.edition,
      title: product.title,
      quantity,
      unitAmount,
    })
    .returning({ id: orderLines.id });
  if (!line) throw new Error('No order line was made');
  if (order.status === 'paid') {
    await db()
      .insert(entitlements)
      .values({
        userId: order.userId,
        email: order.userId ? null : order.email,
        issueId: product.issueId,
        source: 'order',
        orderLineId: line.id,
        startsAt: clock.now(),
      });
    if (printed) {
      await db()
        .insert(shipments)
        .values({
          orderLineId: line.id,
          quantity,
          postalAddress: order.postalAddress ?? anAddress,
        });
    }
  }
  return { id: order.id, number: order.number, lineId: line.id };
}
