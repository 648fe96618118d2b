import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PageTitle } from '#app/_views/list.tsx';
import { requirePerson } from '#app/require.ts';
import { Receipt } from '#components/commerce/receipt.tsx';
import { orderOf } from '#lib/orders/queries.ts';

export const metadata: Metadata = { title: 'Your order', robots: { index: false } };

/** Somebody else's order is answered like one that doesn't exist. */
export default async function Page({ params }: PageProps<'/account/orders/[number]'>) {
  const { number } = await params;
  const person = await requirePerson(`/account/orders/${encodeURIComponent(number)}`);
  const order = /^\d{1,10}$/.test(number) ? await orderOf(person.userId, Number(number)) : null;
  if (!order) notFound();
  return (
    <div className="page">
      <PageTitle title={`Order ${order.number}`} />
      <div className="mx-auto max-w-(--measure)">
        <Receipt order={order} />
        <p className="mt-8">
          <a href="/account" className="link">
            All your orders
          </a>
        </p>
      </div>
    </div>
  );
}
