import { lt, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { sessions, verificationTokens } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';

/** Deletes what sign-in leaves behind: sessions that ran out, links nobody used, counters whose time is over. */
export async function sweepSignIn(): Promise<void> {
  const now = clock.now();
  await db().delete(sessions).where(lt(sessions.expires, now));
  await db().delete(verificationTokens).where(lt(verificationTokens.expires, now));
  await db().execute(sql`delete from rate_limits where expire < ${now.getTime()}`);
}
