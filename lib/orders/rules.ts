import type { Edition } from '#lib/catalog/rules.ts';

export const orderStatuses = ['open', 'processing', 'paid', 'held', 'failed', 'expired'] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** What a reader and the office see of it. */
export const orderStatusNames: Record<OrderStatus, string> = {
  open: 'Not paid yet',
  processing: 'Payment on its way',
  paid: 'Paid',
  held: 'Being checked',
  failed: 'Payment failed',
  expired: 'Not paid in time',
};

/** What Stripe says of a session's money. `free`: nothing was left to pay. */
export type PaymentFact = 'none-yet' | 'settling' | 'paid' | 'free' | 'failed' | 'expired';

/**
 * Where an order goes when Stripe says `fact`. Money that came in always counts, even for an order that was given up;
 * nothing takes a paid order back (refunds and disputes have their own ledger), and a held one waits for a person.
 */
export function nextStatus(current: OrderStatus, fact: PaymentFact): OrderStatus {
  if (current === 'paid' || current === 'held') return current;
  switch (fact) {
    case 'none-yet':
      return current;
    case 'paid':
    case 'free':
      return 'paid';
    case 'settling':
      return current === 'failed' ? current : 'processing';
    case 'failed':
      return current === 'open' || current === 'processing' ? 'failed' : current;
    case 'expired':
      return current === 'open' ? 'expired' : current;
  }
}

/** Whether an order in this state keeps its copies aside. */
export function keepsStock(status: OrderStatus): boolean {
  return status !== 'failed' && status !== 'expired';
}

/** Amounts in minor units. */
export type Expected = {
  currency: string;
  lines: { unitAmount: number; quantity: number }[];
  postage: number;
  /** `null` for what is not posted. */
  country: string | null;
};

export type Charged = {
  currency: string;
  lines: { unitAmount: number; quantity: number }[];
  subtotal: number;
  discount: number;
  discounted: boolean;
  postage: number;
  tax: number;
  total: number;
  country: string | null;
};

/**
 * What is wrong with a charge, in words for the office; `null` where it is exactly what was asked for. `taxOnTop`: tax
 * is added to our prices; otherwise they include it.
 */
export function chargeDifference(
  expected: Expected,
  charged: Charged,
  { taxOnTop }: { taxOnTop: boolean },
): string | null {
  if (charged.currency !== expected.currency) {
    return `charged in ${charged.currency} instead of ${expected.currency}`;
  }
  const subtotal = sumOf(expected.lines);
  if (!sameLines(expected.lines, charged.lines) || charged.subtotal !== subtotal) {
    return `goods charged as ${charged.subtotal} instead of ${subtotal}`;
  }
  if (charged.postage !== expected.postage) {
    return `postage charged as ${charged.postage} instead of ${expected.postage}`;
  }
  if (charged.discount < 0 || charged.discount > subtotal) {
    return `a discount of ${charged.discount} on ${subtotal}`;
  }
  if (charged.discount > 0 && !charged.discounted) {
    return `a discount of ${charged.discount} without a promotion`;
  }
  const total = subtotal - charged.discount + charged.postage + (taxOnTop ? charged.tax : 0);
  if (charged.total !== total) return `total charged as ${charged.total} instead of ${total}`;
  if (expected.country !== null && charged.country !== expected.country) {
    return charged.country === null
      ? 'no postal address'
      : `to be posted to ${charged.country} instead of ${expected.country}`;
  }
  return null;
}

export function sumOf(lines: { unitAmount: number; quantity: number }[]): number {
  return lines.reduce((sum, line) => sum + line.unitAmount * line.quantity, 0);
}

function sameLines(expected: Expected['lines'], charged: Charged['lines']): boolean {
  return (
    expected.length === charged.length &&
    expected.every((line, index) => {
      const other = charged[index];
      return other?.unitAmount === line.unitAmount && other.quantity === line.quantity;
    })
  );
}

export const refundStatuses = ['pending', 'succeeded', 'failed', 'canceled'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

export type RefundEntry = { amount: number; status: RefundStatus; atStripe: boolean };

/** What has gone back or is on its way, in minor units. */
export function refundedSum(entries: readonly RefundEntry[]): number {
  return entries
    .filter(({ status }) => status === 'pending' || status === 'succeeded')
    .reduce((sum, { amount }) => sum + amount, 0);
}

/** Whether everything went back; a refund that Stripe hasn't taken yet doesn't count. */
export function refundedInFull(total: number, entries: readonly RefundEntry[]): boolean {
  return total > 0 && refundedSum(entries.filter(({ atStripe }) => atStripe)) >= total;
}

/** Refund states only move forwards, so that old news that comes late changes nothing. */
export function nextRefundStatus(current: RefundStatus, reported: RefundStatus): RefundStatus {
  const order: Record<RefundStatus, number> = { pending: 0, succeeded: 1, failed: 2, canceled: 2 };
  return order[reported] > order[current] ? reported : current;
}

/** The amount of a refund that was asked for, or `null` where it is more than is left or no amount at all. */
export function refundAmount(
  wanted: number | 'full',
  total: number,
  refunded: number,
): number | null {
  const left = total - refunded;
  const amount = wanted === 'full' ? left : wanted;
  return Number.isInteger(amount) && amount > 0 && amount <= left ? amount : null;
}

export type DisputeState = 'open' | 'won' | 'lost';

/** A dispute as the office sees it; the amount in minor units of the order's currency. */
export type Dispute = { id: string; state: DisputeState; reason: string; amount: number };

/** The disputes about an order, each as its log told of it last. `log` is in the order of what happened. */
export function disputesOf(
  log: readonly { action: string; detail: Record<string, unknown> }[],
): Dispute[] {
  const last = new Map<string, Dispute>();
  for (const { action, detail } of log) {
    if (action !== 'order.dispute') continue;
    const id = String(detail.dispute);
    const state = detail.state === 'won' || detail.state === 'lost' ? detail.state : 'open';
    last.set(id, { id, state, reason: String(detail.reason), amount: Number(detail.amount) });
  }
  return [...last.values()];
}

/** "Broadside No. 14 (print)": how mails and receipts name a line. */
export function lineName(line: { title: string; edition: Edition }): string {
  return `${line.title} (${line.edition})`;
}
