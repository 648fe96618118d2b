import { LogLine } from '#components/dashboard/log-line.tsx';
import { type Currency, formatMoney } from '#lib/money.ts';

type Entry = {
  id: string;
  at: Date;
  who: string;
  action: string;
  detail: Record<string, unknown>;
};

/** What happened to an order, the first first. */
export function OrderHistory({ entries, currency }: { entries: Entry[]; currency: Currency }) {
  if (entries.length === 0) return <p className="text-muted">Nothing was written down yet.</p>;
  return (
    <ol>
      {entries.map((entry) => (
        <LogLine key={entry.id} at={entry.at}>
          {textOf(entry, currency)} <span className="text-muted">· {entry.who}</span>
        </LogLine>
      ))}
    </ol>
  );
}

const names: Record<string, string> = {
  'order.open': 'Opened',
  'order.processing': 'The payment is on its way',
  'order.paid': 'Paid',
  'order.held': 'Held',
  'order.failed': 'The payment failed',
  'order.expired': 'Not paid in time',
  'order.accept': 'Let through',
  'order.refund': 'A refund was asked for',
  'order.dispute': 'The payment is disputed',
  'refund.pending': 'Stripe has the refund',
  'refund.succeeded': 'The money went back',
  'refund.failed': 'The refund failed',
  'refund.canceled': 'The refund was cancelled',
};

/** The entry in words: what, and those of its details that the office asks for. */
function textOf({ action, detail }: Entry, currency: Currency): string {
  const { amount, difference, state, reason, why } = detail;
  const parts = [
    typeof amount === 'number' ? formatMoney({ amount, currency }) : '',
    ...[difference, state, reason, why].map((part) => (typeof part === 'string' ? part : '')),
  ].filter((part) => part !== '');
  return [names[action] ?? action, ...parts].join(', ');
}
