import { and, desc, eq, gt, inArray, isNull, lt, ne, or, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { passkeys, recoveryCodes, sessions, totpSecrets, users } from '#db/schema/users.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, isFresh, may, unproved } from '#lib/users/rules.ts';
import type { Me } from './factors.ts';
import { deviceOf } from './rules.ts';

/** `id` names the session without being its key: who reads the page of another can't take it over. */
export type OwnSession = {
  id: string;
  device: string;
  current: boolean;
  createdAt: Date;
  /** To the minute. `null`: not seen since it began. */
  seenAt: Date | null;
};

const publicId = sql<string>`encode(sha256(convert_to(${sessions.sessionToken}, 'UTF8')), 'hex')`;

/** Where a person is signed in, the last seen first. */
export async function listSessions({ person, session }: Me): Promise<OwnSession[]> {
  const rows = await db()
    .select({
      id: publicId,
      token: sessions.sessionToken,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      seenAt: sessions.seenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, person.userId), gt(sessions.expires, clock.now())))
    .orderBy(desc(sql`coalesce(${sessions.seenAt}, ${sessions.createdAt})`), publicId);
  return rows.map(({ token, userAgent, ...row }) => ({
    ...row,
    device: deviceOf(userAgent),
    current: token === session,
  }));
}

/** Ends one of a person's own sessions: its next request is a stranger's. */
export async function endSession(me: Me, id: string): Promise<Result<undefined, 'not_found'>> {
  const ended = await endWhere(me.person, me.person.userId, eq(publicId, id));
  return ended > 0 ? ok() : fail('not_found', 'This session has ended already.');
}

/** Ends all of a person's sessions but the one that asks, and says how many there were. */
export async function endOtherSessions(me: Me): Promise<number> {
  return endWhere(me.person, me.person.userId, ne(sessions.sessionToken, me.session));
}

type OfficeReason = 'forbidden' | 'not_found' | 'unproved' | 'own';

/** Ends every session of somebody else, as an administrator does when a laptop is lost. */
export async function endSessionsOf(
  actor: Actor,
  userId: string,
): Promise<Result<{ ended: number }, OfficeReason>> {
  const refused = await refusal(actor, userId);
  return refused ?? ok({ ended: await endWhere(actor, userId) });
}

/**
 * Takes all of somebody's ways to prove themselves away, for one who lost everything, and ends their sessions: by mail
 * they sign in anew, and set up others.
 */
export async function removeFactorsOf(
  actor: Actor,
  userId: string,
): Promise<Result<undefined, OfficeReason>> {
  const refused = await refusal(actor, userId);
  if (refused) return refused;
  return db().transaction(async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update');
    const keys = await tx.delete(passkeys).where(eq(passkeys.userId, userId)).returning();
    const apps = await tx.delete(totpSecrets).where(eq(totpSecrets.userId, userId)).returning();
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
    await tx.delete(sessions).where(eq(sessions.userId, userId));
    await recordAudit(
      tx,
      actor,
      'person.factors-removed',
      { kind: 'person', id: userId },
      {
        passkeys: keys.map(({ name }) => name),
        app: apps.some(({ confirmedAt }) => confirmedAt !== null),
      },
    );
    await addJob(tx, 'mail.send', { kind: 'security', userId, what: 'factors-removed' });
    return ok();
  });
}

/** Writes down that sessions were seen, at most once a minute each. */
export async function noteSeen(tokens: string[]): Promise<void> {
  const now = clock.now();
  await db()
    .update(sessions)
    .set({ seenAt: now })
    .where(and(inArray(sessions.sessionToken, tokens), seenBefore(now)));
}

/** Whether a session was last seen so long ago that it is written down again. */
export function isStale(seenAt: Date | null, now: Date): boolean {
  return seenAt === null || now.getTime() - seenAt.getTime() >= 60_000;
}

const seenBefore = (now: Date) =>
  or(isNull(sessions.seenAt), lt(sessions.seenAt, new Date(now.getTime() - 59_999)));

async function refusal(actor: Actor, userId: string) {
  if (!may(actor, 'people.manage'))
    return fail('forbidden', 'Only an administrator manages people.');
  if (!isFresh(actor, clock.now())) return unproved();
  if (actor.kind === 'person' && actor.userId === userId)
    return fail('own', 'Your own are on the page “Security” of your account.');
  const known = isId(userId) ? await db().$count(users, eq(users.id, userId)) : 0;
  return known > 0 ? null : fail('not_found', 'There is no such person.');
}

async function endWhere(
  actor: Actor,
  userId: string,
  which?: ReturnType<typeof eq>,
): Promise<number> {
  return db().transaction(async (tx) => {
    const ended = await tx
      .delete(sessions)
      .where(and(eq(sessions.userId, userId), which))
      .returning({ userAgent: sessions.userAgent });
    if (ended.length > 0) {
      const devices = ended.map(({ userAgent }) => deviceOf(userAgent));
      await recordAudit(
        tx,
        actor,
        'person.sessions-ended',
        { kind: 'person', id: userId },
        {
          devices,
        },
      );
    }
    return ended.length;
  });
}
