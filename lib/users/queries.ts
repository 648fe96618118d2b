import { asc, isNotNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { users } from '#db/schema/users.ts';
import { type Actor, may, type StaffRole } from '#lib/users/rules.ts';

export type StaffMember = { id: string; email: string; name: string | null; staffRole: StaffRole };

/** Everybody with a role, for who manages people; nobody for anybody else. */
export async function listStaff(actor: Actor): Promise<StaffMember[]> {
  if (!may(actor, 'people.manage')) return [];
  const rows = await db()
    .select({ id: users.id, email: users.email, name: users.name, staffRole: users.staffRole })
    .from(users)
    .where(isNotNull(users.staffRole))
    .orderBy(asc(users.email));
  return rows.flatMap(({ staffRole, ...user }) => (staffRole ? [{ ...user, staffRole }] : []));
}
