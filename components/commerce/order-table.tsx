import { Day } from '#components/site/day.tsx';
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
  lines: { title: string; edition: Edition; quantity: number }[];
};

/** A reader's orders, the newest first. */
export function OrderTable({ orders }: { orders: Row[] }) {
  return (
    <ul>
      {orders.map((order) => (
        <li
          key={order.id}
          className="group relative grid gap-x-6 border-b border-rule py-4 sm:grid-cols-[1fr_auto]"
        >
          <div>
            <a
              href={`/account/orders/${order.number}`}
              className="font-semibold after:absolute after:inset-0 group-hover:text-accent"
            >
              Order {order.number}
            </a>
            {order.lines.map((line) => (
              <p key={line.title + line.edition}>
                {line.title}, {editionNames[line.edition].toLowerCase()}
                {line.quantity > 1 && ` × ${line.quantity}`}
              </p>
            ))}
          </div>
          <div className="text-muted sm:text-right">
            <Day date={order.createdAt} />
            <p>
              {orderStatusNames[order.status]}
              {order.total !== null &&
                ` · ${formatMoney({ amount: order.total, currency: order.currency })}`}
            </p>
            {order.refunded > 0 && (
              <p>{formatMoney({ amount: order.refunded, currency: order.currency })} given back</p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
