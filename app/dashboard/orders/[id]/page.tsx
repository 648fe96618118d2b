import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { resolve } from '#app/dashboard/actions.ts';
import { accept, giveBack } from '#app/dashboard/orders/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Receipt } from '#components/commerce/receipt.tsx';
import { ActionForm } from '#components/dashboard/action-form.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import { OrderHistory } from '#components/dashboard/order/history.tsx';
import { OrderState } from '#components/dashboard/order/list.tsx';
import { DisputeList, RefundList } from '#components/dashboard/order/money.tsx';
import { RefundForm } from '#components/dashboard/order/refund-form.tsx';
import { Facts, Panel } from '#components/dashboard/panel.tsx';
import { AlertList } from '#components/dashboard/today/alert-list.tsx';
import { listAlerts, listOrderHistory } from '#lib/audit/queries.ts';
import { formatMoney } from '#lib/money.ts';
import { type OrderDetail, orderDetail } from '#lib/orders/queries.ts';
import { disputesOf } from '#lib/orders/rules.ts';
import { may } from '#lib/users/rules.ts';

export const metadata: Metadata = { title: 'Order' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params }: PageProps<'/dashboard/orders/[id]'>) {
  const { id } = await params;
  const actor = await requireStaff('orders.read', `/dashboard/orders/${encodeURIComponent(id)}`);
  const found = await orderDetail(actor, id);
  if (!found.ok) notFound();
  const order = found.value;
  const [alerts, history] = await Promise.all([
    listAlerts(actor, { orderId: id }),
    listOrderHistory(actor, id),
  ]);
  const mayRefund = may(actor, 'orders.refund');
  const charged = order.status === 'paid' || order.status === 'held';
  return (
    <>
      <Heading title={`Order ${order.number}`}>
        <OrderState status={order.status} />
      </Heading>
      <Panel title="Alerts">
        <AlertList
          alerts={alerts}
          resolve={may(actor, 'alerts.resolve') ? resolve : null}
          linked={false}
        />
      </Panel>
      <div className="gap-x-10 xl:grid xl:grid-cols-2">
        <Panel title="The order">
          <Facts facts={factsOf(order)} />
          {mayRefund && charged && <Accept order={order} />}
        </Panel>
        <Panel title="Items and money">
          <Receipt order={order} />
        </Panel>
        <Panel title="Refunds">
          <RefundList refunds={order.refunds} currency={order.currency} />
          {mayRefund && charged && (
            <div className="mt-4">
              <RefundForm
                order={{
                  id: order.id,
                  number: order.number,
                  currency: order.currency,
                  total: order.total ?? 0,
                  refunded: order.refunded,
                  refunds: order.refunds.length,
                  held: order.status === 'held',
                }}
                giveBack={giveBack}
              />
            </div>
          )}
        </Panel>
        <Panel title="Disputes">
          <DisputeList disputes={disputesOf(history)} currency={order.currency} />
        </Panel>
      </div>
      <Panel title="History">
        <OrderHistory entries={history} currency={order.currency} />
      </Panel>
    </>
  );
}

/** The way on for a held order. Its form stays when the order is let through, so that the answer is read out. */
function Accept({ order }: { order: OrderDetail }) {
  const held = order.status === 'held' && order.refunded < (order.total ?? 0);
  return (
    <ActionForm action={accept} label="Held order" className="mt-4">
      <input type="hidden" name="id" value={order.id} />
      {held && (
        <>
          <p className="mb-2">
            This order is held because what was charged differs from what was asked for. Let it
            through, and the buyer may read, the parcel is owed and the receipt goes out; or give
            the money back.
          </p>
          <button type="submit" className="button">
            Accept the order
          </button>
        </>
      )}
    </ActionForm>
  );
}

function factsOf(order: OrderDetail) {
  const money = (amount: number) => formatMoney({ amount, currency: order.currency });
  return [
    { name: 'Placed', value: <Moment date={order.createdAt} /> },
    { name: 'Paid', value: order.paidAt ? <Moment date={order.paidAt} /> : 'not yet' },
    {
      name: 'Payment',
      value: <PaymentState order={order} />,
    },
    { name: 'Charged', value: order.total === null ? 'nothing yet' : money(order.total) },
    { name: 'Given back', value: money(order.refunded) },
    { name: 'Buyer', value: order.email ?? 'not known yet' },
    {
      name: 'Account',
      value: order.userId ? 'belongs to an account' : 'none has proved the address yet',
    },
    ...order.shipments.map((parcel) => ({
      name: 'Parcel',
      value: <ParcelState parcel={parcel} />,
    })),
  ];
}

function PaymentState({ order }: { order: OrderDetail }) {
  const all = order.total !== null && order.total > 0 && order.refunded >= order.total;
  return (
    <>
      <OrderState status={order.status} />
      {all && ' All of it goes back or went back.'}
    </>
  );
}

function ParcelState({ parcel }: { parcel: OrderDetail['shipments'][number] }) {
  const copies = parcel.quantity === 1 ? '1 copy' : `${parcel.quantity} copies`;
  const ended = parcel.canceledAt ?? parcel.postedAt;
  if (ended) {
    return (
      <>
        {copies}, {parcel.canceledAt ? 'struck off' : 'posted'} on <Moment date={ended} />
      </>
    );
  }
  return parcel.heldReason
    ? `${copies}, kept back: ${parcel.heldReason}`
    : `${copies}, to be posted`;
}
