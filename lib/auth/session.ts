import { connection } from 'next/server';
import { type Actor, anonymous, type StaffRole, staffRoles } from '#lib/users/rules.ts';
import { auth, orFailure } from './sign-in.ts';

/**
 * Who sends this request, from its session cookie and the database, read anew each time: an ended session or a changed
 * role counts at the next request. Throws where the database is away: then it can't be told who it is.
 */
export async function currentActor(): Promise<Actor> {
  // The library draws random numbers, which Next only allows where it waits for a request.
  await connection();
  const session = await orFailure(() => auth());
  const user = session?.user as
    | { id?: string; email?: string | null; name?: string | null; staffRole?: string | null }
    | undefined;
  if (!user?.id || !user.email) return anonymous;
  return {
    kind: 'person',
    userId: user.id,
    email: user.email,
    name: user.name ?? null,
    staffRole: roleOf(user.staffRole),
  };
}

function roleOf(value: string | null | undefined): StaffRole | null {
  return staffRoles.find((role) => role === value) ?? null;
}
