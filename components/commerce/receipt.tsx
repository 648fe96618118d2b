import { Day } from '#components/site/day.tsx';
import { type Edition, editionNames } from '#lib/catalog/rules.ts';
import { type Currency, formatMoney } from '#lib/money.ts';
import { type OrderStatus, orderStatusNames } from '#lib/orders/rules.ts';

type Address = {
  name: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postcode: string;
  country: string;
};

export type ReceiptOrder = {
  status: OrderStatus;
  createdAt: Date;
  currency: Currency;
  total: number | null;
  refunded: number;
  lines: {
    title: string;
    edition: Edition;
    quantity: number;
    unitAmount: number;
    issueSlug: string;
  }[];
  discount: number;
  postage: number;
  tax: number;
  postalAddress: Address | null;
};

/** What was bought, what was charged and where it goes. */
export function Receipt({ order }: { order: ReceiptOrder }) {
  const money = (amount: number) => formatMoney({ amount, currency: order.currency });
  const sums: [string, number][] = [
    ['Discount', -order.discount],
    ['Postage', order.postage],
    ['Tax', order.tax],
    ['Given back', -order.refunded],
  ];
  return (
    <>
      <p className="text-muted">
        <Day date={order.createdAt} /> · {orderStatusNames[order.status]}
      </p>
      <table className="mt-4 w-full lining-nums">
        <caption className="sr-only">What was bought and charged</caption>
        <thead className="label text-left text-muted">
          <tr className="border-b border-ink">
            <th scope="col" className="py-2 font-normal">
              Issue
            </th>
            <th scope="col" className="py-2 text-right font-normal">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.title + line.edition} className="border-b border-rule">
              <th scope="row" className="py-3 text-left font-normal">
                <a href={`/issues/${line.issueSlug}`} className="link">
                  {line.title}
                </a>
                , {editionNames[line.edition].toLowerCase()}
                {line.quantity > 1 && ` × ${line.quantity}`}
              </th>
              <td className="py-3 text-right">{money(line.unitAmount * line.quantity)}</td>
            </tr>
          ))}
          {sums
            .filter(([, amount]) => amount !== 0)
            .map(([name, amount]) => (
              <tr key={name} className="border-b border-rule text-muted">
                <th scope="row" className="py-2 text-left font-normal">
                  {name}
                </th>
                <td className="py-2 text-right">{money(amount)}</td>
              </tr>
            ))}
        </tbody>
        {order.total !== null && (
          <tfoot>
            <tr className="font-semibold">
              <th scope="row" className="py-3 text-left">
                Charged
              </th>
              <td className="py-3 text-right">{money(order.total)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      {order.postalAddress && <PostalAddress address={order.postalAddress} />}
    </>
  );
}

function PostalAddress({ address }: { address: Address }) {
  const { name, line1, line2, postcode, city, region, country } = address;
  const lines = [name, line1, line2, `${postcode} ${city}`, region, country];
  return (
    <section aria-labelledby="post" className="mt-6">
      <h2 id="post" className="label text-muted">
        Posted to
      </h2>
      <address className="whitespace-pre-line wrap-anywhere not-italic">
        {lines.filter((line) => line.trim()).join('\n')}
      </address>
    </section>
  );
}
