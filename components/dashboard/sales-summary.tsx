import { type Currency, formatMoney } from '#lib/money.ts';

type Sales = { currency: Currency; orders: number; total: number; refunded: number };

/** What came in, a line for each currency: sums of different ones are never added up. */
export function SalesSummary({ sales }: { sales: Sales[] }) {
  if (sales.length === 0) return <p className="text-muted">No order was paid in these days.</p>;
  return (
    <ul className="flex flex-wrap gap-x-10 gap-y-3">
      {sales.map(({ currency, orders, total, refunded }) => (
        <li key={currency}>
          <span className="block text-2xl leading-tight font-semibold">
            {formatMoney({ amount: total, currency })}
          </span>
          <span className="text-muted">
            {orders === 1 ? '1 paid order' : `${orders} paid orders`}
            {refunded > 0 && `, ${formatMoney({ amount: refunded, currency })} given back`}
          </span>
        </li>
      ))}
    </ul>
  );
}
