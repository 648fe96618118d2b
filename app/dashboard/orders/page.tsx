import type { Metadata } from 'next';
import { forbidden, requireStaff } from '#app/dashboard/staff.ts';
import { queryValue } from '#app/request.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { OrderList } from '#components/dashboard/order/list.tsx';
import { Pages } from '#components/dashboard/pages.tsx';
import { listOrders } from '#lib/orders/queries.ts';
import { orderStatuses, orderStatusNames } from '#lib/orders/rules.ts';

export const metadata: Metadata = { title: 'Orders' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

const perPage = 50;

export default async function Page({ searchParams }: PageProps<'/dashboard/orders'>) {
  const actor = await requireStaff('orders.read', '/dashboard/orders');
  const query = await searchParams;
  const search = queryValue(query.q);
  const status = orderStatuses.find((known) => known === queryValue(query.status));
  const page = Math.min(Math.max(1, Number.parseInt(queryValue(query.page), 10) || 1), 100_000);
  const found = await listOrders(actor, { ...(status ? { status } : {}), search, page, perPage });
  if (!found.ok) forbidden();
  const { orders, total, pages } = found.value;
  const address = (to: number) =>
    `/dashboard/orders?${new URLSearchParams({ q: search, status: status ?? '', page: String(to) })}`;
  return (
    <>
      <Heading title="Orders" />
      <form className="mb-4 flex flex-wrap items-end gap-3" aria-label="Filters">
        <div className="min-w-0 flex-[0_1_18rem]">
          <label htmlFor="filter-q" className="block text-[0.85rem] text-muted">
            Number, or part of an e-mail address
          </label>
          <input id="filter-q" name="q" type="search" defaultValue={search} className="field" />
        </div>
        <div>
          <label htmlFor="filter-status" className="block text-[0.85rem] text-muted">
            State
          </label>
          <select
            id="filter-status"
            name="status"
            defaultValue={status ?? ''}
            className="field max-w-56"
          >
            <option value="">all but those never paid</option>
            {orderStatuses.map((name) => (
              <option key={name} value={name}>
                {orderStatusNames[name]}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" className="button button-quiet">
          Show
        </button>
      </form>
      <p className="mb-2 text-muted">
        {total === 1 ? '1 order' : `${total} orders`}
        {pages > 1 && `, page ${page} of ${pages}`}
      </p>
      <OrderList orders={orders} none="No order fits." />
      <Pages page={page} pages={pages} address={address} names={['Newer orders', 'Older orders']} />
    </>
  );
}
