import { afterEach, beforeEach, expect, test } from 'vitest';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { anonymous } from '#lib/users/rules.ts';
import { salesBySteps } from './sales.ts';

useDatabase();
beforeEach(() => setClock(() => new Date('2026-11-23T12:00:00Z')));
afterEach(() => setClock(null));

const at = (day: string) => ({ paidAt: new Date(`${day}T23:30:00Z`) });

test('paid orders are summed by day, week and month, each currency apart, and what was never paid is left out', async () => {
  const publisher = await aPerson({ staffRole: 'publisher' });
  const { id: issueId } = await anIssue();
  const { id: productId } = await aProduct({ issueId, edition: 'digital' });
  const sell = (order: Parameters<typeof anOrder>[0]['order'] = {}) =>
    anOrder({ productId, unitAmount: 800, order });
  await sell(at('2026-11-22'));
  await sell({ ...at('2026-11-22'), refundedAmount: 300 });
  await sell(at('2026-11-16'));
  await sell({ ...at('2026-11-16'), currency: 'GBP' });
  await sell(at('2026-10-01'));
  await sell({ status: 'held' });

  const days = await salesBySteps(publisher, 'days');
  expect(days.map(({ currency, steps }) => [currency, steps.length])).toEqual([
    ['EUR', 30],
    ['GBP', 30],
  ]);
  expect(days[0]?.steps.filter(({ orders }) => orders > 0)).toEqual([
    { day: '2026-11-16', orders: 1, total: 800, refunded: 0 },
    { day: '2026-11-22', orders: 2, total: 1600, refunded: 300 },
  ]);
  const [weeks] = await salesBySteps(publisher, 'weeks');
  expect(weeks?.steps.filter(({ orders }) => orders > 0)).toEqual([
    { day: '2026-09-28', orders: 1, total: 800, refunded: 0 },
    { day: '2026-11-16', orders: 3, total: 2400, refunded: 300 },
  ]);
  const [months] = await salesBySteps(publisher, 'months');
  expect(months?.steps.slice(-2)).toEqual([
    { day: '2026-10-01', orders: 1, total: 800, refunded: 0 },
    { day: '2026-11-01', orders: 3, total: 2400, refunded: 300 },
  ]);
});

test('an order belongs to the day, week and month that the publication had when it was paid', async () => {
  await aPublication({ timeZone: 'Europe/Berlin' });
  // There it is Tuesday already, the first of December, at eleven in the evening of Monday in UTC.
  setClock(() => new Date('2026-11-30T23:30:00Z'));
  const publisher = await aPerson({ staffRole: 'publisher' });
  const { id: issueId } = await anIssue();
  const { id: productId } = await aProduct({ issueId, edition: 'digital' });
  const sell = (paidAt: string, unitAmount: number) =>
    anOrder({ productId, unitAmount, order: { paidAt: new Date(paidAt) } });
  await sell('2026-11-30T22:59:59Z', 1);
  await sell('2026-11-30T23:00:00Z', 1999);
  // Before the clocks went back, Berlin was two hours ahead.
  await sell('2026-10-24T21:59:59Z', 10);
  await sell('2026-10-24T22:00:00Z', 333);
  // The first day of the plot, at its first and before its first second.
  await sell('2025-12-31T23:00:00Z', 5);
  await sell('2025-12-31T22:59:59Z', 7);
  const sold = async (span: 'days' | 'weeks' | 'months') =>
    (await salesBySteps(publisher, span))[0]?.steps
      .filter(({ orders }) => orders > 0)
      .map(({ day, total }) => [day, total]);
  expect(await sold('days')).toEqual([
    ['2026-11-30', 1],
    ['2026-12-01', 1999],
  ]);
  expect(await sold('weeks')).toEqual([
    ['2026-10-19', 343],
    ['2026-11-30', 2000],
  ]);
  expect(await sold('months')).toEqual([
    ['2026-01-01', 5],
    ['2026-10-01', 343],
    ['2026-11-01', 1],
    ['2026-12-01', 1999],
  ]);
});

test('sales are shown to publishers and administrators alone', async () => {
  const { id: issueId } = await anIssue();
  const { id: productId } = await aProduct({ issueId, edition: 'digital' });
  await anOrder({ productId });
  const seen = async (staffRole?: 'writer' | 'editor' | 'publisher' | 'admin') =>
    (await salesBySteps(await aPerson(staffRole ? { staffRole } : {}), 'days')).length;
  expect([await seen('publisher'), await seen('admin')]).toEqual([1, 1]);
  expect([await seen('editor'), await seen('writer'), await seen()]).toEqual([0, 0, 0]);
  expect(await salesBySteps(anonymous, 'days')).toEqual([]);
});
