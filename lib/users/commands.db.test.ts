import { eq, sql } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { users } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { newId } from '#lib/ids.ts';
import { appointStaff, changeRole } from './commands.ts';
import { listStaff } from './queries.ts';
import { anonymous, type Person, staffRoles } from './rules.ts';

useDatabase();

const roleOf = async (id: string) => {
  const [row] = await db().select().from(users).where(eq(users.id, id));
  return row?.staffRole;
};
const logged = async () =>
  (await db().select().from(auditEntries)).map(({ action, actorId, subjectId, detail }) => ({
    action,
    actorId,
    subjectId,
    detail,
  }));
const ann = { email: ' Ann@Example.org ', name: ' Ann ', role: 'editor' as const };

/** How many transactions wait for another one to end. */
async function waiting(): Promise<number> {
  const { rows } = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

describe('appointing', () => {
  test('somebody without an account makes one that waits for the first sign-in', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    const appointed = await appointStaff(admin, ann);
    const id = appointed.ok ? appointed.value.id : '';
    expect(await db().select().from(users).where(eq(users.id, id))).toMatchObject([
      { email: 'ann@example.org', name: 'Ann', staffRole: 'editor', emailVerified: null },
    ]);
    expect(await logged()).toEqual([
      {
        action: 'person.role',
        actorId: admin.userId,
        subjectId: id,
        detail: { from: null, to: 'editor' },
      },
    ]);
  });

  test('a reader gives the role to that very account, and keeps its name where none is written', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    const reader = await aPerson({ email: 'ann@example.org', name: 'Ann Reader' });
    const appointed = { ok: true, value: { id: reader.userId } };
    expect(await appointStaff(admin, { ...ann, name: ' ' })).toEqual(appointed);
    expect(await db().select().from(users).where(eq(users.id, reader.userId))).toMatchObject([
      { name: 'Ann Reader', staffRole: 'editor', emailVerified: expect.any(Date) },
    ]);
    expect(await appointStaff(admin, { ...ann, role: 'writer' })).toEqual(appointed);
    expect(await db().select().from(users).where(eq(users.id, reader.userId))).toMatchObject([
      { name: 'Ann', staffRole: 'writer' },
    ]);
  });

  test('needs an e-mail address', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    for (const email of [
      '',
      'ann',
      'ann@',
      '@example.org',
      'a b@example.org',
      'ann@example.org\0',
    ]) {
      expect(await appointStaff(admin, { ...ann, email })).toMatchObject({
        reason: 'invalid',
        fields: { email: expect.any(String) },
      });
    }
    expect(await db().select().from(users)).toHaveLength(1);
  });
});

describe('a role', () => {
  test('is changed and taken away, each on record with what it was', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    const { userId } = await aPerson({ staffRole: 'writer' });
    for (const role of ['publisher', null] as const) {
      expect(await changeRole(admin, userId, role)).toMatchObject({ ok: true });
      expect(await roleOf(userId)).toBe(role);
    }
    expect((await logged()).map(({ detail }) => detail)).toEqual([
      { from: 'writer', to: 'publisher' },
      { from: 'publisher', to: null },
    ]);
  });

  test('is given and taken by administrators alone, never by oneself', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const others = [anonymous, await aPerson()];
    for (const staffRole of staffRoles.filter((role) => role !== 'admin')) {
      others.push(await aPerson({ staffRole }));
    }
    for (const actor of others) {
      const own = actor.kind === 'person' ? actor : writer;
      for (const refused of [
        await appointStaff(actor, { ...ann, role: 'admin' }),
        await appointStaff(actor, { ...ann, email: own.email, role: 'admin' }),
        await changeRole(actor, own.userId, 'admin'),
        await changeRole(actor, writer.userId, null),
      ]) {
        expect(refused).toMatchObject({ reason: 'forbidden' });
      }
      expect(await listStaff(actor)).toEqual([]);
    }
    expect(await roleOf(writer.userId)).toBe('writer');
    expect(await logged()).toEqual([]);
  });

  test('of nobody is not changed', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    for (const unknown of [newId(), 'x', '']) {
      expect(await changeRole(admin, unknown, 'editor')).toMatchObject({ reason: 'not_found' });
    }
  });
});

describe('the last administrator', () => {
  test('can’t be taken the role, in either way', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    for (const refused of [
      await changeRole(admin, admin.userId, null),
      await changeRole(admin, admin.userId, 'publisher'),
      await appointStaff(admin, { email: admin.email, name: '', role: 'writer' }),
    ]) {
      expect(refused).toMatchObject({ reason: 'last_admin' });
    }
    expect(await roleOf(admin.userId)).toBe('admin');
    expect(await changeRole(admin, admin.userId, 'admin')).toMatchObject({ ok: true });
    const second = await aPerson({ staffRole: 'admin' });
    expect(await changeRole(second, admin.userId, null)).toMatchObject({ ok: true });
    expect(await changeRole(second, second.userId, null)).toMatchObject({ reason: 'last_admin' });
  });

  const byRole = (actor: Person, target: Person) => changeRole(actor, target.userId, null);
  const byAddress = (actor: Person, { email }: Person) =>
    appointStaff(actor, { email, name: '', role: 'editor' });

  test.each([
    { ways: 'by role', one: byRole, other: byRole },
    { ways: 'by address', one: byAddress, other: byAddress },
    { ways: 'by role and by address', one: byRole, other: byAddress },
  ])('is told so when two step down at once, $ways', async ({ one, other }) => {
    const [ann, bo] = [
      await aPerson({ staffRole: 'admin' }),
      await aPerson({ staffRole: 'admin' }),
    ];
    const { begun } = await db().transaction(async (tx) => {
      await tx.select().from(users).for('update');
      const steps = [one(ann, bo), other(bo, ann)];
      await vi.waitFor(async () => expect(await waiting()).toBe(2));
      return { begun: steps };
    });
    const results = await Promise.all(begun);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: 'last_admin' });
    expect(await db().select().from(users).where(eq(users.staffRole, 'admin'))).toHaveLength(1);
  });
});

test('an administrator sees everybody with a role, by address, and no reader', async () => {
  const admin = await aPerson({ email: 'b@example.org', staffRole: 'admin' });
  await aPerson({ email: 'a@example.org', staffRole: 'writer', name: 'A' });
  await aPerson({ email: 'c@example.org' });
  const asNew = { invited: false, secondFactor: false, sessions: 0, seenAt: null };
  expect(await listStaff(admin)).toEqual([
    { ...asNew, id: expect.any(String), email: 'a@example.org', name: 'A', staffRole: 'writer' },
    { ...asNew, id: admin.userId, email: 'b@example.org', name: null, staffRole: 'admin' },
  ]);
});
