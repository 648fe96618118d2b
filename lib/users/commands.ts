import { and, asc, count, eq, ne } from 'drizzle-orm';
import { z } from 'zod';
import { db, type Transaction } from '#db/client.ts';
import { users } from '#db/schema/users.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { isId } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may, normaliseEmail, type StaffRole } from '#lib/users/rules.ts';

export type PeopleReason = 'forbidden' | 'invalid' | 'not_found' | 'last_admin';

/**
 * Gives a role to whoever proves this address: at once where there is an account, else from the first sign-in on. No
 * mail goes out; the person signs in like every reader.
 */
export async function appointStaff(
  actor: Actor,
  { email, name, role }: { email: string; name: string; role: StaffRole },
): Promise<Result<{ id: string }, PeopleReason>> {
  if (!may(actor, 'people.manage'))
    return fail('forbidden', 'Only an administrator manages people.');
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
      return ok({ id: known.id });
    }
    const [made] = await tx
      .insert(users)
      .values({ email: address, name: name.trim().slice(0, 120) || null, staffRole: role })
      .returning({ id: users.id });
    if (!made) throw new Error('No account was made');
    await auditRole(tx, actor, made.id, null, role);
    return ok(made);
  });
}

/** Changes a member's role, or takes it away (`null`): their next request is a reader's. One administrator stays. */
export async function changeRole(
  actor: Actor,
  userId: string,
  role: StaffRole | null,
): Promise<Result<undefined, PeopleReason>> {
  if (!may(actor, 'people.manage'))
    return fail('forbidden', 'Only an administrator manages people.');
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
