import { describe, expect, test } from 'vitest';
import {
  type Charged,
  chargeDifference,
  disputesOf,
  type Expected,
  nextRefundStatus,
  nextStatus,
  type OrderStatus,
  type PaymentFact,
  refundAmount,
  refundedInFull,
  refundedSum,
} from './rules.ts';

const expected: Expected = {
  currency: 'EUR',
  lines: [{ unitAmount: 1400, quantity: 2 }],
  postage: 400,
  country: 'DE',
};

const charged: Charged = {
  currency: 'EUR',
  lines: [{ unitAmount: 1400, quantity: 2 }],
  subtotal: 2800,
  discount: 0,
  discounted: false,
  postage: 400,
  tax: 0,
  total: 3200,
  country: 'DE',
};

describe('where an order goes', () => {
  test.each<[OrderStatus, PaymentFact, OrderStatus]>([
    ['open', 'none-yet', 'open'],
    ['open', 'paid', 'paid'],
    ['open', 'free', 'paid'],
    ['open', 'settling', 'processing'],
    ['open', 'failed', 'failed'],
    ['open', 'expired', 'expired'],
    ['processing', 'paid', 'paid'],
    ['processing', 'failed', 'failed'],
    ['processing', 'expired', 'processing'],
    ['expired', 'paid', 'paid'],
    ['expired', 'settling', 'processing'],
    ['expired', 'failed', 'expired'],
    ['failed', 'paid', 'paid'],
    ['failed', 'settling', 'failed'],
    ['paid', 'failed', 'paid'],
    ['paid', 'expired', 'paid'],
    ['paid', 'settling', 'paid'],
    ['held', 'paid', 'held'],
    ['held', 'failed', 'held'],
  ])('%s, and Stripe says %s: %s', (current, fact, next) => {
    expect(nextStatus(current, fact)).toBe(next);
  });
});

describe('whether a charge is what was asked for', () => {
  const difference = (parts: Partial<Charged>, taxOnTop = false) =>
    chargeDifference(expected, { ...charged, ...parts }, { taxOnTop });

  test('the very same is no difference, nor is a promotion or a tax', () => {
    expect(difference({})).toBeNull();
    expect(difference({ discounted: true, discount: 280, total: 2920 })).toBeNull();
    expect(difference({ discounted: true, discount: 2800, total: 400 })).toBeNull();
    expect(difference({ tax: 209 })).toBeNull();
    expect(difference({ tax: 224, total: 3424 }, true)).toBeNull();
  });

  test.each<[string, Partial<Charged>]>([
    ['another currency', { currency: 'USD' }],
    ['a lower price', { lines: [{ unitAmount: 100, quantity: 2 }], subtotal: 200, total: 600 }],
    [
      'another quantity',
      { lines: [{ unitAmount: 1400, quantity: 1 }], subtotal: 1400, total: 1800 },
    ],
    ['swapped quantity and price', { lines: [{ unitAmount: 2800, quantity: 1 }] }],
    ['a further line', { lines: [...charged.lines, { unitAmount: 0, quantity: 1 }] }],
    ['no postage', { postage: 0, total: 2800 }],
    ['a discount nobody gave', { discount: 280, total: 2920 }],
    ['a discount of more than the goods', { discounted: true, discount: 3000, total: 200 }],
    ['a total that doesn’t add up', { total: 3199 }],
    ['tax on top where prices include it', { tax: 224, total: 3424 }],
    ['another country', { country: 'CH' }],
    ['no address', { country: null }],
  ])('%s is told', (_what, parts) => {
    expect(difference(parts)).toEqual(expect.any(String));
  });
});

describe('refund arithmetic', () => {
  test('what may go back is never more than what is left', () => {
    expect(refundAmount('full', 3200, 0)).toBe(3200);
    expect(refundAmount('full', 3200, 1000)).toBe(2200);
    expect(refundAmount(2200, 3200, 1000)).toBe(2200);
    expect(refundAmount(2201, 3200, 1000)).toBeNull();
    expect(refundAmount('full', 3200, 3200)).toBeNull();
    expect(refundAmount('full', 0, 0)).toBeNull();
    for (const wrong of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(refundAmount(wrong, 3200, 0)).toBeNull();
    }
  });

  test('failed and cancelled refunds don’t count; only what Stripe took ends access', () => {
    const entries = [
      { amount: 1000, status: 'succeeded', atStripe: true },
      { amount: 2200, status: 'pending', atStripe: false },
      { amount: 900, status: 'failed', atStripe: true },
      { amount: 700, status: 'canceled', atStripe: true },
    ] as const;
    expect(refundedSum(entries)).toBe(3200);
    expect(refundedInFull(3200, entries)).toBe(false);
    expect(refundedInFull(1000, entries)).toBe(true);
    expect(refundedInFull(0, [])).toBe(false);
  });

  test('old news of a refund changes nothing', () => {
    expect(nextRefundStatus('pending', 'succeeded')).toBe('succeeded');
    expect(nextRefundStatus('succeeded', 'pending')).toBe('succeeded');
    expect(nextRefundStatus('succeeded', 'failed')).toBe('failed');
    expect(nextRefundStatus('failed', 'succeeded')).toBe('failed');
    expect(nextRefundStatus('canceled', 'pending')).toBe('canceled');
  });
});

test('each dispute stands as the log told of it last', () => {
  const told = (dispute: string, state: string) => ({
    action: 'order.dispute',
    detail: { dispute, state, reason: 'fraudulent', amount: 3200 },
  });
  const log = [
    { action: 'order.paid', detail: {} },
    told('dp_1', 'open'),
    told('dp_2', 'open'),
    told('dp_1', 'won'),
  ];
  expect(disputesOf(log)).toEqual([
    { id: 'dp_1', state: 'won', reason: 'fraudulent', amount: 3200 },
    { id: 'dp_2', state: 'open', reason: 'fraudulent', amount: 3200 },
  ]);
});
