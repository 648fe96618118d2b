import { State } from '#components/dashboard/heading.tsx';
import { Moment } from '#components/dashboard/moment.tsx';
import { type Currency, formatMoney } from '#lib/money.ts';
import type { Dispute, DisputeState, RefundStatus } from '#lib/orders/rules.ts';

type Refund = {
  id: string;
  amount: number;
  status: RefundStatus;
  reason: string;
  failureReason: string | null;
  createdAt: Date;
};

const refundNames: Record<RefundStatus, string> = {
  pending: 'on its way',
  succeeded: 'given back',
  failed: 'failed',
  canceled: 'cancelled',
};

/** What went back of an order, or was to. */
export function RefundList({ refunds, currency }: { refunds: Refund[]; currency: Currency }) {
  if (refunds.length === 0) return <p className="text-muted">Nothing was given back.</p>;
  return (
    <ul>
      {refunds.map((refund) => (
        <li key={refund.id} className="border-b border-rule py-2">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="font-semibold">
              {formatMoney({ amount: refund.amount, currency })}
            </span>
            <State strong={refund.status !== 'succeeded'}>{refundNames[refund.status]}</State>
            <span className="text-muted">
              <Moment date={refund.createdAt} />
            </span>
          </p>
          {refund.reason && <p className="wrap-anywhere">{refund.reason}</p>}
          {refund.failureReason && (
            <p className="wrap-anywhere text-accent">Stripe says: {refund.failureReason}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

const disputeNames: Record<DisputeState, string> = {
  open: 'open',
  won: 'decided for you',
  lost: 'lost',
};

/** The buyer's bank asks for the money back; it is answered in Stripe's dashboard. */
export function DisputeList({ disputes, currency }: { disputes: Dispute[]; currency: Currency }) {
  if (disputes.length === 0) return <p className="text-muted">The payment is not disputed.</p>;
  return (
    <ul>
      {disputes.map((dispute) => (
        <li key={dispute.id} className="border-b border-rule py-2">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="font-semibold">
              {formatMoney({ amount: dispute.amount, currency })}
            </span>
            <State strong={dispute.state !== 'won'}>{disputeNames[dispute.state]}</State>
          </p>
          <p className="wrap-anywhere text-muted">
            {dispute.reason}, {dispute.id} at Stripe
          </p>
        </li>
      ))}
    </ul>
  );
}
