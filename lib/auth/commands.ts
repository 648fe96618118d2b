import { lt, sql } from 'drizzle-orm';
import { unhurried } from '#db/client.ts';
import { sessions, verificationTokens } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';

/** Deletes what sign-in leaves behind: sessions that ran out, links nobody used, counters whose time is over. */
export async function sweepSignIn(): Promise<void> {
  const now = clock.now();
  await unhurried(async (tx) => {
    await tx.delete(sessions).where(lt(sessions.expires, now));
    await tx.delete(verificationTokens).where(lt(verificationTokens.expires, now));
    await tx.execute(sql`delete from rate_limits where expire < ${now.getTime()}`);
  });
}
