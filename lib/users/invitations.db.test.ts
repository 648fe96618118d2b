import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db, pool } from '#db/client.ts';
import { users } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { clock } from '#lib/clock.ts';
import { anonymous, type Person, staffRoles } from '#lib/users/rules.ts';
import { appointStaff, changeRole, inviteAgain } from './commands.ts';
import { invitationFor, securityNoticeFor } from './outbox.ts';
import { listStaff } from './queries.ts';

useDatabase();
beforeEach(() => aPublication());

const ann = { email: 'ann@example.org', name: 'Ann', role: 'editor' as const };

/** How many jobs of sending a mail wait. */
async function mails(): Promise<number> {
  const { rows } = await pool().query<{ count: number }>(
    "select count(*)::int as count from graphile_worker.jobs where task_identifier = 'mail.send'",
  );
  return rows[0]?.count ?? 0;
}

async function invitedBy(admin: Person): Promise<string> {
  const appointed = await appointStaff(admin, ann);
  if (!appointed.ok) throw new Error(appointed.message);
  return appointed.value.id;
}

describe('an invitation', () => {
  test('goes out with the appointment, says who invites to what, and signs nobody in', async () => {
    const admin = await aPerson({ staffRole: 'admin', name: 'Ida' });
    const userId = await invitedBy(admin);
    expect(await mails()).toBe(1);
    const mail = await invitationFor({ kind: 'invitation', userId, invitedBy: admin.userId });
    expect(mail).toMatchObject({ to: ann.email, subject: 'You are invited to work on The Review' });
    expect(mail?.text).toContain('Ida invites you to work on The Review as an editor.');
    expect(mail?.text).toContain('/sign-in?email=ann%40example.org&next=%2Fdashboard');
    expect(mail?.text).not.toContain('token');
    expect(await listStaff(admin)).toMatchObject([{ email: ann.email, invited: true }, {}]);
  });

  test('goes to a reader who gets a role, and not to who only gets another', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    const reader = await aPerson({ email: ann.email });
    await appointStaff(admin, ann);
    expect(await mails()).toBe(1);
    await appointStaff(admin, { ...ann, role: 'writer' });
    await changeRole(admin, reader.userId, 'publisher');
    expect(await mails()).toBe(1);
  });

  test('is sent again to who has never been here, a few times an hour, by administrators alone', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    const userId = await invitedBy(admin);
    for (let time = 0; time < 3; time += 1) {
      expect(await inviteAgain(admin, userId)).toMatchObject({ ok: true });
    }
    expect(await inviteAgain(admin, userId)).toMatchObject({ reason: 'too_many' });
    // The one that still waits is replaced.
    expect(await mails()).toBe(1);
    const others = [anonymous, await aPerson()];
    for (const role of staffRoles.filter((role) => role !== 'admin')) {
      others.push(await aPerson({ staffRole: role }));
    }
    for (const actor of others) {
      expect(await inviteAgain(actor, userId)).toMatchObject({ reason: 'forbidden' });
    }
  });

  test('that was withdrawn or followed is not sent', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    const userId = await invitedBy(admin);
    await changeRole(admin, userId, null);
    expect(await invitationFor({ kind: 'invitation', userId, invitedBy: null })).toBeNull();
    expect(await inviteAgain(admin, userId)).toMatchObject({ reason: 'not_found' });
    await changeRole(admin, userId, 'writer');
    await db().update(users).set({ emailVerified: clock.now() }).where(eq(users.id, userId));
    for (const gone of [userId, admin.userId, 'x']) {
      expect(await inviteAgain(admin, gone)).toMatchObject({ reason: 'not_found' });
    }
  });
});

test('what happens to a second factor is told to its owner, with the way to end other sessions', async () => {
  const { userId, email } = await aPerson();
  for (const what of ['passkey-added', 'app-removed', 'code-used', 'factors-removed'] as const) {
    const mail = await securityNoticeFor({ kind: 'security', userId, what });
    expect(mail?.to).toBe(email);
    expect(mail?.text).toContain('/account/security');
  }
});

test('two administrators who appoint one address at once are both answered, and one account is made', async () => {
  const [one, two] = [await aPerson({ staffRole: 'admin' }), await aPerson({ staffRole: 'admin' })];
  const answers = await Promise.all([appointStaff(one, ann), appointStaff(two, ann)]);
  expect(answers.some(({ ok }) => ok)).toBe(true);
  expect(await db().select().from(users).where(eq(users.email, ann.email))).toHaveLength(1);
});
