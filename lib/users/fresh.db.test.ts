import { describe, expect, test } from 'vitest';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { refunds } from '#db/schema/orders.ts';
import { users } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { exportLog } from '#lib/audit/export.ts';
import { factorOf, waysOf } from '#lib/auth/factors.ts';
import { anApp, aSignedIn } from '#lib/auth/me.fixture.ts';
import { refundOrder } from '#lib/orders/commands.ts';
import { appointStaff, changeRole, requireSecondFactor } from './commands.ts';
import { type Factor, isFresh, may, proofMinutes, system, worksHere } from './rules.ts';

useDatabase();

const ways = { app: true, passkey: false };
const ago = (seconds: number): Factor => ({
  kind: 'proved',
  ways,
  at: new Date(Date.now() - seconds * 1_000),
});
const stale: Factor[] = [ago(proofMinutes * 60), ago(86_400), { kind: 'asked', ways }];
const fresh: Factor[] = [ago(0), ago(proofMinutes * 60 - 20), { kind: 'free' }];

describe('a proof that is too old', () => {
  test.each(stale)('lets nobody refund, give or take roles, or export: %j', async (factor) => {
    const admin = await aPerson({ staffRole: 'admin', factor });
    const member = await aPerson({ staffRole: 'writer' });
    const issue = await anIssue();
    const { id } = await anOrder({ productId: (await aProduct({ issueId: issue.id })).id });
    for (const refused of [
      await refundOrder(admin, id, { amount: 'full', reason: '' }),
      await changeRole(admin, member.userId, 'admin'),
      await changeRole(admin, member.userId, null),
      await appointStaff(admin, { email: 'new@example.org', name: '', role: 'admin' }),
      await requireSecondFactor(admin, true),
      await exportLog(admin, {}, 'csv'),
    ]) {
      expect(refused).toMatchObject({ ok: false, reason: 'unproved' });
    }
    expect(await db().select().from(refunds)).toEqual([]);
    expect(await db().select().from(users)).toHaveLength(2);
    expect(await db().select().from(auditEntries)).toEqual([]);
  });

  test.each(fresh)('a fresh one, or none where none is needed, does: %j', async (factor) => {
    const admin = await aPerson({ staffRole: 'admin', factor });
    const member = await aPerson({ staffRole: 'writer' });
    expect(await changeRole(admin, member.userId, 'editor')).toMatchObject({ ok: true });
    expect(await exportLog(admin, {}, 'jsonl')).toMatchObject({ ok: true });
  });

  test('is never the system’s, which works without anybody', () => {
    expect(isFresh(system, new Date())).toBe(true);
  });
});

describe('a session', () => {
  test('of staff with a second factor is asked for it until it was proved; one without goes in where none is required', async () => {
    await aPublication();
    const me = await aSignedIn();
    const standing = async (at: Date | null) => factorOf(await waysOf(db(), me.person.userId), at);
    expect(await standing(null)).toEqual({ kind: 'free' });
    await anApp(me);
    expect(await standing(null)).toEqual({ kind: 'asked', ways });
    const at = new Date();
    expect(await standing(at)).toEqual({ kind: 'proved', ways, at });
    const other = await aSignedIn();
    expect(factorOf(await waysOf(db(), other.person.userId), null)).toEqual({ kind: 'free' });
    const admin = await aPerson({ staffRole: 'admin' });
    await requireSecondFactor(admin, true);
    expect(factorOf(await waysOf(db(), other.person.userId), null)).toEqual({ kind: 'setup' });
    expect(await db().select().from(auditEntries)).toMatchObject([
      {},
      { action: 'publication.second-factor', detail: { from: false, to: true } },
    ]);
  });

  test('that owes the second factor may do nothing, but reads as who works here', async () => {
    for (const factor of [{ kind: 'setup' }, { kind: 'asked', ways }] satisfies Factor[]) {
      const person = { ...(await aPerson({ factor })), staffRole: null };
      expect(may(person, 'dashboard.enter')).toBe(false);
      expect(worksHere(person)).toBe(true);
    }
    expect(worksHere(await aPerson())).toBe(false);
  });
});
