import type { Metadata } from 'next';
import { PageTitle } from '#app/_views/list.tsx';
import { requirePerson } from '#app/require.ts';
import { OrderTable } from '#components/commerce/order-table.tsx';
import { ordersOf } from '#lib/orders/queries.ts';
import { leave } from './actions.ts';

export const metadata: Metadata = { title: 'Your account', robots: { index: false } };

export default async function Page() {
  const person = await requirePerson('/account');
  const orders = await ordersOf(person.userId);
  return (
    <div className="page">
      <PageTitle title="Your account">{person.email}</PageTitle>
      <div className="mx-auto max-w-[54rem]">
        <p className="flex flex-wrap justify-center gap-3">
          <a href="/account/library" className="button">
            Your library
          </a>
          <a href="/account/security" className="button button-quiet">
            Security
          </a>
        </p>
        <section aria-labelledby="orders" className="mt-10 border-t border-ink pt-4">
          <h2 id="orders" className="text-[1.6rem] font-semibold">
            Your orders
          </h2>
          {orders.length === 0 ? (
            <p className="mt-3 text-muted">
              Nothing has been bought with this address yet.{' '}
              <a href="/issues" className="link">
                Look through the issues
              </a>
              .
            </p>
          ) : (
            <OrderTable orders={orders} />
          )}
        </section>
        <form action={leave} className="mt-12 border-t border-ink pt-6">
          <button type="submit" className="button button-quiet">
            Sign out
          </button>
        </form>
      </div>
    </div>
  );
}
