import { State } from '#components/dashboard/heading.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import { type Edition, editionNames } from '#lib/catalog/rules.ts';
import { type Currency, formatMoney } from '#lib/money.ts';
import { type OrderStatus, orderStatusNames } from '#lib/orders/rules.ts';

type Row = {
  id: string;
  number: number;
  status: OrderStatus;
  createdAt: Date;
  currency: Currency;
  total: number | null;
  refunded: number;
  email: string | null;
  lines: { title: string; edition: Edition; quantity: number }[];
};

/** The office's orders: a table, and on a narrow screen a card for each. */
export function OrderList({ orders, none }: { orders: Row[]; none: string }) {
  if (orders.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <>
      <table className="w-full max-md:hidden">
        <caption className="sr-only">Orders, the newest first</caption>
        <thead className="text-left text-[0.85rem] text-muted">
          <tr className="border-b border-ink">
            {['Order', 'Placed', 'Buyer', 'Bought', 'State'].map((name) => (
              <th key={name} scope="col" className="py-2 pr-3 xl:pr-6 font-normal">
                {name}
              </th>
            ))}
            <th scope="col" className="py-2 text-right font-normal">
              Charged
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.id} className="border-b border-rule align-top">
              <th scope="row" className="py-2 pr-3 xl:pr-6 text-left font-normal">
                <OrderLink order={order} />
              </th>
              {/* What is of one length keeps its line; names and addresses share what is left. */}
              <td className="min-w-24 py-2 pr-3 xl:pr-6 xl:whitespace-nowrap">
                <Moment date={order.createdAt} />
              </td>
              <td className="min-w-36 py-2 pr-3 xl:pr-6 wrap-anywhere">
                {order.email ?? 'not known yet'}
              </td>
              <td className="min-w-24 py-2 pr-3 wrap-anywhere xl:min-w-56 xl:pr-6">
                {bought(order)}
              </td>
              <td className="py-2 pr-3 xl:pr-6">
                <OrderState status={order.status} />
              </td>
              <td className="py-2 text-right">
                <Charged order={order} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="border-t border-rule md:hidden">
        {orders.map((order) => (
          <li key={order.id} className="border-b border-rule py-3">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <OrderLink order={order} />
              <OrderState status={order.status} />
            </p>
            <p className="wrap-anywhere">{order.email ?? 'Buyer not known yet'}</p>
            <p className="wrap-anywhere">{bought(order)}</p>
            <p className="text-muted">
              <Moment date={order.createdAt} />
            </p>
            <Charged order={order} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Paid is what is expected; everything else stands out. */
export function OrderState({ status }: { status: OrderStatus }) {
  return <State strong={status !== 'paid'}>{orderStatusNames[status]}</State>;
}

function OrderLink({ order }: { order: Row }) {
  return (
    <a href={`/dashboard/orders/${order.id}`} className="link inline-block py-0.5 font-semibold">
      <span className="md:sr-only">Order </span>
      {order.number}
    </a>
  );
}

function Charged({ order }: { order: Row }) {
  const money = (amount: number) => formatMoney({ amount, currency: order.currency });
  return (
    <>
      {order.total === null ? 'nothing yet' : money(order.total)}
      {order.refunded > 0 && (
        <span className="block text-[0.85rem] text-muted">{money(order.refunded)} given back</span>
      )}
    </>
  );
}

function bought(order: Row): string {
  return order.lines
    .map(({ title, edition, quantity }) => {
      const copies = quantity > 1 ? ` × ${quantity}` : '';
      return `${title}, ${editionNames[edition].toLowerCase()}${copies}`;
    })
    .join('; ');
}
