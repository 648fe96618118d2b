import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { useDatabase } from '#db/testing.ts';
import { newId } from '#lib/ids.ts';
import { anonymous, system } from '#lib/users/rules.ts';
import { raiseAlert, recordAudit, resolveAlert } from './commands.ts';
import { listAlerts, listOrderHistory } from './queries.ts';

useDatabase();

const alert = (key: string, level: 'notice' | 'warning' | 'urgent', orderId?: string) =>
  raiseAlert(db(), {
    kind: 'order.held',
    level,
    message: `Look at ${key}`,
    key,
    ...(orderId ? { subject: { kind: 'order', id: orderId } } : {}),
  });

describe('alerts', () => {
  test('the open ones come with the urgent first, or of one order alone', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const orderId = newId();
    await alert('a', 'notice');
    await alert('b', 'urgent', orderId);
    await alert('c', 'warning');
    const open = await listAlerts(publisher);
    expect(open.map(({ level }) => level)).toEqual(['urgent', 'warning', 'notice']);
    expect(await listAlerts(publisher, { orderId })).toMatchObject([
      { message: 'Look at b', orderId },
    ]);
  });

  test('who may not read orders sees none and resolves none', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    await alert('a', 'urgent');
    const [open] = await listAlerts(publisher);
    const strangers = [
      anonymous,
      await aPerson(),
      await aPerson({ staffRole: 'writer' }),
      await aPerson({ staffRole: 'editor' }),
    ];
    for (const actor of strangers) {
      expect(await listAlerts(actor)).toEqual([]);
      expect(await resolveAlert(actor, open?.id ?? '')).toMatchObject({ reason: 'forbidden' });
    }
    expect(await listAlerts(publisher)).toHaveLength(1);
  });

  test('one that is resolved is gone, on record, and comes back when it happens again', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    await alert('a', 'urgent');
    const [open] = await listAlerts(publisher);
    const id = open?.id ?? '';
    expect((await resolveAlert(publisher, id)).ok).toBe(true);
    expect(await resolveAlert(publisher, id)).toMatchObject({ reason: 'not_found' });
    expect(await resolveAlert(publisher, 'x')).toMatchObject({ reason: 'not_found' });
    expect(await listAlerts(publisher)).toEqual([]);
    expect(
      await db().select().from(auditEntries).where(eq(auditEntries.subjectId, id)),
    ).toMatchObject([
      { action: 'alert.resolve', actorId: publisher.userId, detail: { message: 'Look at a' } },
    ]);
    await alert('a', 'urgent');
    expect(await listAlerts(publisher)).toHaveLength(1);
  });
});

describe('the history of an order', () => {
  test('names who did what, in order, for who may read orders', async () => {
    const publisher = await aPerson({ staffRole: 'publisher' });
    const issue = await anIssue();
    const { id } = await anOrder({ productId: (await aProduct({ issueId: issue.id })).id });
    await db().transaction(async (tx) => {
      const subject = { kind: 'order', id };
      await recordAudit(tx, system, 'order.paid', subject);
    });
    await db().transaction((tx) =>
      recordAudit(tx, publisher, 'order.accept', { kind: 'order', id }),
    );
    expect(await listOrderHistory(publisher, id)).toMatchObject([
      { who: 'the system', action: 'order.paid' },
      { who: publisher.email, action: 'order.accept' },
    ]);
    expect(await listOrderHistory(await aPerson({ staffRole: 'editor' }), id)).toEqual([]);
  });
});
