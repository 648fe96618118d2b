import { and, asc, count, eq, isNotNull, isNull, ne } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { publication } from '#db/schema/publication.ts';
import { users } from '#db/schema/users.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { consume } from '#lib/auth/limits.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import {
  type Actor,
  isFresh,
  may,
  normaliseEmail,
  type StaffRole,
  unproved,
} from '#lib/users/rules.ts';

export type PeopleReason =
  | 'forbidden'
  | 'unproved'
  | 'invalid'
  | 'not_found'
  | 'last_admin'
  | 'changed';

/**
 * Gives a role to whoever proves this address: at once where there is an account, else from the first sign-in on. Who
 * had none is invited by mail, to sign in like every reader.
 */
export async function appointStaff(
  actor: Actor,
  { email, name, role }: { email: string; name: string; role: StaffRole },
): Promise<Result<{ id: string }, PeopleReason>> {
  const refused = refusal(actor);
  if (refused) return refused;
  const address = normaliseEmail(email);
  if (!z.email().safeParse(address).success) {
    const message = 'Please write an e-mail address, as in name@example.org.';
    return fail('invalid', message, { email: message });
  }
  return db().transaction(async (tx) => {
    await lockAdmins(tx);
    const [known] = await tx.select().from(users).where(eq(users.email, address)).for('update');
    if (known) {
      if (known.staffRole === 'admin' && role !== 'admin' && (await isLastAdmin(tx, known.id))) {
        return lastAdmin();
      }
      await tx
        .update(users)
        .set({ staffRole: role, ...(name.trim() ? { name: name.trim().slice(0, 120) } : {}) })
        .where(eq(users.id, known.id));
      await auditRole(tx, actor, known.id, known.staffRole, role);
      if (known.staffRole === null) await invite(tx, actor, known.id);
      return ok({ id: known.id });
    }
    const [made] = await tx
      .insert(users)
      .values({ email: address, name: name.trim().slice(0, 120) || null, staffRole: role })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!made) return fail('changed', 'This person was just appointed or signed in: look again.');
    await auditRole(tx, actor, made.id, null, role);
    await invite(tx, actor, made.id);
    return ok(made);
  });
}

/** Changes a member's role, or takes it away (`null`): their next request is a reader's. One administrator stays. */
export async function changeRole(
  actor: Actor,
  userId: string,
  role: StaffRole | null,
): Promise<Result<undefined, PeopleReason>> {
  const refused = refusal(actor);
  if (refused) return refused;
  if (!isId(userId)) return fail('not_found', 'There is no such person.');
  return db().transaction(async (tx) => {
    await lockAdmins(tx);
    const [person] = await tx.select().from(users).where(eq(users.id, userId)).for('update');
    if (!person) return fail('not_found', 'There is no such person.');
    if (person.staffRole === 'admin' && role !== 'admin' && (await isLastAdmin(tx, userId))) {
      return lastAdmin();
    }
    await tx.update(users).set({ staffRole: role }).where(eq(users.id, userId));
    await auditRole(tx, actor, userId, person.staffRole, role);
    return ok();
  });
}

/** Sends an invitation again, to somebody with a role who has never been here. Not more than a few times an hour. */
export async function inviteAgain(
  actor: Actor,
  userId: string,
): Promise<Result<undefined, 'forbidden' | 'not_found' | 'too_many'>> {
  if (!may(actor, 'people.manage')) return forbidden();
  if (!isId(userId)) return fail('not_found', 'There is no such person.');
  const invited = and(
    eq(users.id, userId),
    isNotNull(users.staffRole),
    isNull(users.emailVerified),
  );
  if ((await db().$count(users, invited)) === 0) {
    return fail('not_found', 'They have been here, or are not invited any more.');
  }
  const counted = await consume('invitation to one person', userId);
  if (!counted.ok) return counted;
  return db().transaction(async (tx) => {
    const [person] = await tx.select({ id: users.id }).from(users).where(invited).for('update');
    if (!person) return fail('not_found', 'They have been here, or are not invited any more.');
    await recordAudit(tx, actor, 'person.invite-again', { kind: 'person', id: userId });
    await invite(tx, actor, userId);
    return ok();
  });
}

/** Says whether nobody enters the dashboard without a second factor. Sessions that owe it are asked at once. */
export async function requireSecondFactor(
  actor: Actor,
  required: boolean,
): Promise<Result<undefined, 'forbidden' | 'unproved'>> {
  const refused = refusal(actor);
  if (refused) return refused;
  return db().transaction(async (tx) => {
    const [before] = await tx
      .select({ required: publication.secondFactorRequired })
      .from(publication)
      .for('update');
    if (before && before.required !== required) {
      await tx.update(publication).set({ secondFactorRequired: required });
      const detail = { from: before.required, to: required };
      const subject = { kind: 'publication', id: 'publication' };
      await recordAudit(tx, actor, 'publication.second-factor', subject, detail);
    }
    return ok();
  });
}

/** Roles are given and taken by administrators who have just proved to be themselves. */
function refusal(actor: Actor): Failure<'forbidden' | 'unproved'> | null {
  if (!may(actor, 'people.manage')) return forbidden();
  return isFresh(actor, clock.now()) ? null : unproved();
}

const forbidden = () => fail('forbidden', 'Only an administrator manages people.');

async function invite(tx: Transaction, actor: Actor, userId: string): Promise<void> {
  const invitedBy = actor.kind === 'person' ? actor.userId : null;
  await addJob(
    tx,
    'mail.send',
    { kind: 'invitation', userId, invitedBy },
    { key: `mail.invitation:${userId}` },
  );
}

const lastAdmin = () =>
  fail('last_admin', 'One administrator has to stay: appoint another one first.');

/**
 * Before anybody else, all administrators are locked, always in one order: two who step down at once can't both find the
 * other still there, nor wait for each other.
 */
async function lockAdmins(tx: Transaction): Promise<void> {
  await tx
    .select({ id: users.id })
    .from(users)
    .where(eq(users.staffRole, 'admin'))
    .orderBy(asc(users.id))
    .for('update');
}

async function isLastAdmin(tx: Transaction, userId: string): Promise<boolean> {
  const [others] = await tx
    .select({ count: count() })
    .from(users)
    .where(and(eq(users.staffRole, 'admin'), ne(users.id, userId)));
  return others?.count === 0;
}

async function auditRole(
  tx: Transaction,
  actor: Actor,
  userId: string,
  from: StaffRole | null,
  to: StaffRole | null,
): Promise<void> {
  await recordAudit(tx, actor, 'person.role', { kind: 'person', id: userId }, { from, to });
}
