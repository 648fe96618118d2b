import { afterEach, beforeEach, expect, test } from 'vitest';
import { aPlan } from '#db/builders/catalog.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { subscriptions } from '#db/schema/entitlements.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { subscriptionsBySteps } from './queries.ts';

useDatabase();
beforeEach(() => setClock(() => new Date('2026-11-23T12:00:00Z')));
afterEach(() => setClock(null));

async function aSubscription(startedAt: string, canceledAt: string | null = null) {
  const { id: planId } = await aPlan();
  const { userId } = await aPerson();
  await db()
    .insert(subscriptions)
    .values({
      userId,
      planId,
      status: canceledAt ? 'canceled' : 'active',
      startedAt: new Date(startedAt),
      canceledAt: canceledAt ? new Date(canceledAt) : null,
    });
}

test('subscriptions run from their start until they were cancelled, and a step says how many did at its end', async () => {
  const publisher = await aPerson({ staffRole: 'publisher' });
  await aSubscription('2025-01-01T00:00:00Z');
  await aSubscription('2026-09-10T00:00:00Z', '2026-11-05T00:00:00Z');
  await aSubscription('2026-11-20T00:00:00Z');
  await aSubscription('2026-12-20T00:00:00Z');
  const steps = await subscriptionsBySteps(publisher, 'months');
  expect(steps?.length).toBe(12);
  expect(steps?.slice(-4)).toEqual([
    { day: '2026-08-01', running: 1, begun: 0, ended: 0 },
    { day: '2026-09-01', running: 2, begun: 1, ended: 0 },
    { day: '2026-10-01', running: 2, begun: 0, ended: 0 },
    { day: '2026-11-01', running: 2, begun: 1, ended: 1 },
  ]);
});

test('a step begins and ends with the publication’s day', async () => {
  await aPublication({ timeZone: 'America/New_York' });
  const publisher = await aPerson({ staffRole: 'publisher' });
  await aSubscription('2026-11-21T04:59:59Z', '2026-11-22T05:00:01Z');
  const steps = await subscriptionsBySteps(publisher, 'days');
  expect(steps?.slice(-4)).toEqual([
    { day: '2026-11-20', running: 1, begun: 1, ended: 0 },
    { day: '2026-11-21', running: 1, begun: 0, ended: 0 },
    { day: '2026-11-22', running: 0, begun: 0, ended: 1 },
    { day: '2026-11-23', running: 0, begun: 0, ended: 0 },
  ]);
});

test('where there has never been one that is said, and nobody below a publisher learns anything', async () => {
  const publisher = await aPerson({ staffRole: 'publisher' });
  expect(await subscriptionsBySteps(publisher, 'days')).toBeNull();
  await aSubscription('2026-01-01T00:00:00Z');
  expect(await subscriptionsBySteps(publisher, 'days')).toHaveLength(30);
  for (const staffRole of ['editor', 'writer'] as const)
    expect(await subscriptionsBySteps(await aPerson({ staffRole }), 'days')).toBeNull();
});
