import { asc, eq, isNotNull, max, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { db } from '#db/client.ts';
import { publication } from '#db/schema/publication.ts';
import { passkeys, sessions, totpSecrets, users } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';
import { type Actor, may, type StaffRole } from '#lib/users/rules.ts';

/** How colleagues call somebody: by the name, or by the address of who has none. A column of a query that joins `users`. */
export function calledName(of: Named = users): SQL<string> {
  return sql<string>`coalesce(nullif(${of.name}, ''), ${of.email})`;
}

/** The same where nobody may be there, as after an outer join. */
export function calledNameIfAny(of: Named = users): SQL<string | null> {
  return sql<string | null>`${calledName(of)}`;
}

/** The table of users, under whatever name a query has it. */
type Named = Record<'name' | 'email', PgColumn>;

export type StaffMember = {
  id: string;
  email: string;
  name: string | null;
  staffRole: StaffRole;
  /** Has a role, but has never signed in. */
  invited: boolean;
  secondFactor: boolean;
  /** Where they are signed in now. */
  sessions: number;
  seenAt: Date | null;
};

/** Everybody with a role, for who manages people; nobody for anybody else. */
export async function listStaff(actor: Actor): Promise<StaffMember[]> {
  if (!may(actor, 'people.manage')) return [];
  const now = clock.now();
  const signedIn = db()
    .select({
      userId: sessions.userId,
      count:
        sql<number>`(count(*) filter (where ${sessions.expires} > ${now.toISOString()}))::int`.as(
          'count',
        ),
      seenAt: max(sessions.seenAt).as('seen'),
    })
    .from(sessions)
    .groupBy(sessions.userId)
    .as('signed_in');
  const rows = await db()
    .select({
      id: users.id,
      email: users.email,
      name: users.name,
      staffRole: users.staffRole,
      invited: sql<boolean>`${users.emailVerified} is null`,
      secondFactor: sql<boolean>`exists (select from ${passkeys} where ${passkeys.userId} = ${users.id})
        or exists (select from ${totpSecrets} where ${totpSecrets.userId} = ${users.id}
          and ${totpSecrets.confirmedAt} is not null)`,
      sessions: sql<number>`coalesce(${signedIn.count}, 0)`,
      seenAt: signedIn.seenAt,
    })
    .from(users)
    .leftJoin(signedIn, eq(signedIn.userId, users.id))
    .where(isNotNull(users.staffRole))
    .orderBy(asc(users.email));
  return rows.flatMap(({ staffRole, ...user }) => (staffRole ? [{ ...user, staffRole }] : []));
}

/** Whether nobody enters the dashboard without a second factor. */
export async function isSecondFactorRequired(): Promise<boolean> {
  const [row] = await db().select({ required: publication.secondFactorRequired }).from(publication);
  return row?.required ?? false;
}
