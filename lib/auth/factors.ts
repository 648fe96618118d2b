import { and, eq, gt, sql } from 'drizzle-orm';
import type { Executor, Transaction } from '#db/client.ts';
import { addJob, type SecurityEvent } from '#db/jobs.ts';
import { publication } from '#db/schema/publication.ts';
import { passkeys, recoveryCodes, sessions, totpSecrets, users } from '#db/schema/users.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { type Failure, fail } from '#lib/result.ts';
import { type Factor, isFreshProof, type Person, type Ways } from '#lib/users/rules.ts';

/** Somebody at their own second factor: who, and the session they are in. */
export type Me = { person: Person; session: string };

/** By what a person can prove themselves, and whether the magazine demands it of its staff. */
export async function waysOf(
  executor: Executor,
  userId: string,
): Promise<{ ways: Ways; required: boolean }> {
  const { rows } = await executor.execute<{
    app: boolean;
    passkey: boolean;
    required: boolean;
  }>(sql`
    select
      exists (select from ${totpSecrets} where ${totpSecrets.userId} = ${userId}
        and ${totpSecrets.confirmedAt} is not null) as app,
      exists (select from ${passkeys} where ${passkeys.userId} = ${userId}) as passkey,
      coalesce((select ${publication.secondFactorRequired} from ${publication}), false) as required`);
  const { app = false, passkey = false, required = false } = rows[0] ?? {};
  return { ways: { app, passkey }, required };
}

export const hasWays = ({ app, passkey }: Ways): boolean => app || passkey;

/** How a session of somebody on the staff stands, `provedAt` being when it last proved the second factor. */
export function factorOf(
  { ways, required }: { ways: Ways; required: boolean },
  provedAt: Date | null,
): Factor {
  if (!hasWays(ways)) return { kind: required ? 'setup' : 'free' };
  return provedAt ? { kind: 'proved', ways, at: provedAt } : { kind: 'asked', ways };
}

/**
 * Locks the person, so that what is changed about their second factor happens one after the other, and looks again at
 * all that decides. `null`: the session is over. `fresh`: this session may change something.
 */
export async function holdFactors(
  tx: Transaction,
  { person, session }: Me,
): Promise<{ ways: Ways; fresh: boolean } | null> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, person.userId)).for('update');
  const now = clock.now();
  const [row] = await tx
    .select({ provedAt: sessions.secondFactorAt })
    .from(sessions)
    .where(
      and(
        eq(sessions.sessionToken, session),
        eq(sessions.userId, person.userId),
        gt(sessions.expires, now),
      ),
    );
  if (!row) return null;
  const { ways } = await waysOf(tx, person.userId);
  return { ways, fresh: !hasWays(ways) || isFreshProof(row.provedAt, now) };
}

export const sessionOver = (): Failure<'session-over'> =>
  fail('session-over', 'You are signed out. Please sign in again.');

/** From now on this session counts as proved. */
export async function markProved(tx: Transaction, { session }: Me): Promise<void> {
  await tx
    .update(sessions)
    .set({ secondFactorAt: clock.now() })
    .where(eq(sessions.sessionToken, session));
}

/** After something was removed: without any way left, the codes on paper and what sessions proved are void as well. */
export async function forgetWithoutWays(tx: Transaction, userId: string): Promise<void> {
  const { ways } = await waysOf(tx, userId);
  if (hasWays(ways)) return;
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx.delete(totpSecrets).where(eq(totpSecrets.userId, userId));
  await tx.update(sessions).set({ secondFactorAt: null }).where(eq(sessions.userId, userId));
}

/** Writes down what happened to somebody's second factor and tells them by mail, in case it wasn't them. */
export async function noteFactor(
  tx: Transaction,
  { person }: Me,
  what: SecurityEvent,
  detail: Record<string, unknown>,
): Promise<void> {
  const { userId } = person;
  await recordAudit(tx, person, `person.${what}`, { kind: 'person', id: userId }, detail);
  await addJob(tx, 'mail.send', { kind: 'security', userId, what });
}
