import { eq } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { sessions } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';
import { newToken } from '#lib/ids.ts';
import type { StaffRole } from '#lib/users/rules.ts';
import type { Me } from './factors.ts';
import { beginApp, confirmApp } from './totp.ts';

/** Somebody signed in, in a session of their own. */
export async function aSignedIn(staffRole: StaffRole = 'publisher'): Promise<Me> {
  const person = await aPerson({ staffRole });
  return { person, session: await aSession(person.userId) };
}

export async function aSession(userId: string, userAgent: string | null = null): Promise<string> {
  const sessionToken = newToken();
  const expires = new Date(clock.now().getTime() + 86_400_000);
  await db().insert(sessions).values({ sessionToken, userId, expires, userAgent });
  return sessionToken;
}

export async function provedAt(session: string): Promise<Date | null | undefined> {
  const [row] = await db().select().from(sessions).where(eq(sessions.sessionToken, session));
  return row?.secondFactorAt;
}

/** The code that an app with this secret shows, `steps` half minutes from now. */
export function codeOf(secret: string, steps = 0): string {
  const timestamp = clock.now().getTime() + steps * 30_000;
  return new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
    timestamp,
  });
}

/** Sets an app up, with the code of the last half minute, so that this one's is still good. */
export async function anApp(me: Me): Promise<{ secret: string; codes: string[] }> {
  const begun = await beginApp(me);
  if (!begun.ok) throw new Error(begun.message);
  const { secret } = begun.value;
  const confirmed = await confirmApp(me, codeOf(secret, -1), 'here');
  if (!confirmed.ok) throw new Error(confirmed.message);
  return { secret, codes: confirmed.value.codes };
}
