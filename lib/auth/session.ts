import { connection } from 'next/server';
import { db } from '#db/client.ts';
import { clock } from '#lib/clock.ts';
import {
  type Actor,
  anonymous,
  type Factor,
  type StaffRole,
  staffRoles,
} from '#lib/users/rules.ts';
import { factorOf, type Me, waysOf } from './factors.ts';
import { isStale, noteSeen } from './sessions.ts';
import { lookUp } from './sign-in.ts';

/**
 * Who sends this request, from its session cookie and the database, read anew each time: an ended session or a changed
 * role counts at the next request. Throws where the database is away: then it can't be told who it is.
 */
export async function currentActor(): Promise<Actor> {
  return (await currentSession())?.person ?? anonymous;
}

/**
 * The person who sends this request and their session's key, which stays on the server. As long as the session owes the
 * second factor, its person has no role: every command and query refuses them.
 */
export async function currentSession(): Promise<Me | null> {
  // The library draws random numbers, which Next only allows where it waits for a request.
  await connection();
  const found = await lookUp();
  if (!found) return null;
  const { session, user } = found;
  const role = roleOf(user.staffRole);
  const factor: Factor = role
    ? factorOf(await waysOf(db(), user.id), session.secondFactorAt)
    : { kind: 'free' };
  if (isStale(session.seenAt, clock.now())) await noteSeen([session.sessionToken]);
  return {
    session: session.sessionToken,
    person: {
      kind: 'person',
      userId: user.id,
      email: user.email,
      name: user.name,
      staffRole: factor.kind === 'free' || factor.kind === 'proved' ? role : null,
      factor,
    },
  };
}

function roleOf(value: string | null): StaffRole | null {
  return staffRoles.find((role) => role === value) ?? null;
}
