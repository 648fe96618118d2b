import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { and, eq, isNull } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { passkeys, recoveryCodes } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';
import { log } from '#lib/log.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { newChallenge, takeChallenge } from './challenge.ts';
import { holdFactors, type Me, markProved, noteFactor, sessionOver } from './factors.ts';
import { assertionAnswer, type RequestOptions } from './input.ts';
import { consumeBoth } from './limits.ts';
import { relyingParty } from './passkeys.ts';
import { takeRecoveryCode } from './recovery.ts';
import { wrongCode } from './rules.ts';
import { takeAppCode } from './totp.ts';

/** What the browser needs to ask for a passkey: `PublicKeyCredential.parseRequestOptionsFromJSON` takes it. */
export async function beginProof(me: Me): Promise<Result<RequestOptions, 'session-over' | 'none'>> {
  const held = await db().transaction((tx) => holdFactors(tx, me));
  if (!held) return sessionOver();
  const known = await db()
    .select({ id: passkeys.id, transports: passkeys.transports })
    .from(passkeys)
    .where(eq(passkeys.userId, me.person.userId));
  if (known.length === 0) return fail('none', 'No passkey is set up for this account.');
  const challenge = await newChallenge(me.session, 'prove');
  const { extensions: _, ...options } = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    allowCredentials: known,
    challenge: Uint8Array.from(Buffer.from(challenge, 'base64url')),
    userVerification: 'preferred',
  });
  return ok(options);
}

/**
 * Proves the second factor by what a passkey signed: this session's own challenge, once, for this site. A counter that
 * went back is the sign of a copied key, and refused.
 */
export async function proveByPasskey(
  me: Me,
  given: unknown,
): Promise<Result<undefined, 'session-over' | 'expired' | 'refused'>> {
  const answer = assertionAnswer.safeParse(given);
  if (!answer.success) return refusedProof();
  const { userId } = me.person;
  // On its own, so that a challenge is gone also where the answer is refused.
  const expectedChallenge = await db().transaction((tx) => takeChallenge(tx, me.session, 'prove'));
  if (!expectedChallenge) return fail('expired', 'That took too long. Please try again.');
  return db().transaction(async (tx) => {
    if (!(await holdFactors(tx, me))) return sessionOver();
    const own = and(eq(passkeys.id, answer.data.id), eq(passkeys.userId, userId));
    const [key] = await tx.select().from(passkeys).where(own).for('update');
    if (!key) return refusedProof();
    const verified = await verifyAuthenticationResponse({
      response: answer.data,
      expectedChallenge,
      expectedOrigin: relyingParty().origin,
      expectedRPID: relyingParty().id,
      credential: {
        id: key.id,
        publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
        counter: key.counter,
      },
      requireUserVerification: false,
    }).catch((error: unknown) => {
      log().warn({ userId, err: error }, 'A passkey’s answer was refused');
      return null;
    });
    if (!verified?.verified) return refusedProof();
    await tx
      .update(passkeys)
      .set({ counter: verified.authenticationInfo.newCounter, usedAt: clock.now() })
      .where(own);
    await markProved(tx, me);
    return ok();
  });
}

/**
 * Proves the second factor by a code: six digits are the app's, anything else one of the recovery codes. Tries are
 * counted for the person and for `address`, the network address they come from.
 */
export async function proveByCode(
  me: Me,
  code: string,
  address: string,
): Promise<Result<undefined, 'session-over' | 'wrong' | 'too_many'>> {
  const { userId } = me.person;
  const counted = await consumeBoth('second factor', { address, userId });
  if (!counted.ok) return counted;
  const typed = code.replaceAll(/\s/g, '').slice(0, 40);
  return db().transaction(async (tx) => {
    if (!(await holdFactors(tx, me))) return sessionOver();
    const right = /^\d{6}$/.test(typed)
      ? await takeAppCode(tx, userId, typed)
      : await spendRecoveryCode(tx, me, typed);
    if (!right) return refusedCode(userId);
    await markProved(tx, me);
    return ok();
  });
}

async function spendRecoveryCode(tx: Transaction, me: Me, typed: string): Promise<boolean> {
  const { userId } = me.person;
  if (!(await takeRecoveryCode(tx, userId, typed))) return false;
  await noteFactor(tx, me, 'code-used', { left: await codesLeft(tx, userId) });
  return true;
}

function refusedCode(userId: string): Failure<'wrong'> {
  log().warn({ userId }, 'A wrong code for the second factor');
  return wrongCode();
}

/** How many recovery codes a person still has. */
export async function codesLeft(
  executor: Pick<Transaction, '$count'>,
  userId: string,
): Promise<number> {
  return executor.$count(
    recoveryCodes,
    and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)),
  );
}

const refusedProof = () =>
  fail('refused', 'This passkey was not accepted. Please try again, or take another way.');
