import { eq } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { sessions } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';
import { newToken } from '#lib/ids.ts';

/** What a passkey is asked to sign: for setting it up, or for proving oneself. One is never good for the other. */
export type ChallengeKind = 'add' | 'prove';

const minutes = 5;

/** A new challenge for this session, in base64url; one that was asked for before is void. */
export async function newChallenge(session: string, kind: ChallengeKind): Promise<string> {
  const challenge = newToken(32);
  const until = clock.now().getTime() + minutes * 60_000;
  await db()
    .update(sessions)
    .set({ challenge: `${kind} ${until} ${challenge}` })
    .where(eq(sessions.sessionToken, session));
  return challenge;
}

/** Takes the session's challenge away, whatever comes of it; `null` where there is none of this kind, or it is too old. */
export async function takeChallenge(
  tx: Transaction,
  session: string,
  kind: ChallengeKind,
): Promise<string | null> {
  const [row] = await tx
    .select({ challenge: sessions.challenge })
    .from(sessions)
    .where(eq(sessions.sessionToken, session))
    .for('update');
  if (!row?.challenge) return null;
  await tx.update(sessions).set({ challenge: null }).where(eq(sessions.sessionToken, session));
  const [asked, until, challenge] = row.challenge.split(' ');
  const inTime = Number(until) > clock.now().getTime();
  return asked === kind && inTime && challenge ? challenge : null;
}
