import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { db } from '#db/client.ts';
import { passkeys } from '#db/schema/users.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { unproved } from '#lib/users/rules.ts';
import { newChallenge, takeChallenge } from './challenge.ts';
import {
  forgetWithoutWays,
  holdFactors,
  type Me,
  markProved,
  noteFactor,
  sessionOver,
} from './factors.ts';
import { type CreationOptions, registrationAnswer } from './input.ts';
import { firstRecoveryCodes } from './recovery.ts';
import { passkeyName } from './rules.ts';

/** More than anybody carries; a list that grows without end would only help somebody who got in. */
const passkeyLimit = 20;

/** EdDSA, ES256, RS256. Named, as the library would try out others that Node warns of. */
const supportedAlgorithmIDs = [-8, -7, -257];

/** For whom passkeys are made, and from where they may be used. */
export function relyingParty(): { id: string; origin: string } {
  const { siteUrl } = env();
  return { id: new URL(siteUrl).hostname, origin: siteUrl };
}

/** What the browser needs to make a passkey: `PublicKeyCredential.parseCreationOptionsFromJSON` takes it. */
export async function beginPasskey(
  me: Me,
): Promise<Result<CreationOptions, 'session-over' | 'unproved' | 'too-many'>> {
  const held = await db().transaction((tx) => holdFactors(tx, me));
  if (!held) return sessionOver();
  if (!held.fresh) return unproved();
  const { userId, email, name } = me.person;
  const known = await db()
    .select({ id: passkeys.id, transports: passkeys.transports })
    .from(passkeys)
    .where(eq(passkeys.userId, userId));
  if (known.length >= passkeyLimit) return tooMany();
  const { name: rpName } = await findPublication();
  const { extensions: _, ...options } = await generateRegistrationOptions({
    rpName,
    rpID: relyingParty().id,
    userName: email,
    userDisplayName: name ?? email,
    userID: new Uint8Array(Buffer.from(userId.replaceAll('-', ''), 'hex')),
    challenge: Uint8Array.from(Buffer.from(await newChallenge(me.session, 'add'), 'base64url')),
    excludeCredentials: known,
    supportedAlgorithmIDs,
    // The first factor is the mail; a key that is only touched will do for the second.
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  return ok(options);
}

/** Keeps the passkey that the browser made. With the first way to prove oneself come the recovery codes. */
export async function addPasskey(
  me: Me,
  given: unknown,
  name: string,
): Promise<
  Result<
    { codes: string[] },
    'session-over' | 'unproved' | 'invalid' | 'expired' | 'refused' | 'exists' | 'too-many'
  >
> {
  const named = passkeyName.safeParse(name);
  if (!named.success) return badName(named.error);
  const answer = registrationAnswer.safeParse(given);
  if (!answer.success) return refusedKey();
  const { userId } = me.person;
  const expectedChallenge = await db().transaction((tx) => takeChallenge(tx, me.session, 'add'));
  if (!expectedChallenge) return fail('expired', 'That took too long. Please try again.');
  const verified = await verifyRegistrationResponse({
    response: answer.data,
    expectedChallenge,
    expectedOrigin: relyingParty().origin,
    expectedRPID: relyingParty().id,
    requireUserVerification: false,
    supportedAlgorithmIDs,
  }).catch((error: unknown) => {
    log().warn({ userId, err: error }, 'A new passkey was refused');
    return null;
  });
  if (!verified?.verified) return refusedKey();
  const { id, publicKey, counter } = verified.registrationInfo.credential;
  return db().transaction(async (tx) => {
    const held = await holdFactors(tx, me);
    if (!held) return sessionOver();
    if (!held.fresh) return unproved();
    if ((await tx.$count(passkeys, eq(passkeys.userId, userId))) >= passkeyLimit) return tooMany();
    const added = await tx
      .insert(passkeys)
      .values({
        id,
        userId,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        counter,
        transports: answer.data.response.transports,
        name: named.data,
      })
      .onConflictDoNothing()
      .returning({ id: passkeys.id });
    if (added.length === 0) return fail('exists', 'This passkey is set up already.');
    const codes = await firstRecoveryCodes(tx, userId);
    await markProved(tx, me);
    await noteFactor(tx, me, 'passkey-added', { name: named.data });
    return ok({ codes });
  });
}

/** Gives one of a person's own passkeys another name, on record from what to what. */
export async function renamePasskey(
  me: Me,
  id: string,
  name: string,
): Promise<Result<undefined, 'session-over' | 'unproved' | 'not_found' | 'invalid'>> {
  const named = passkeyName.safeParse(name);
  if (!named.success) return badName(named.error);
  const own = and(eq(passkeys.id, id), eq(passkeys.userId, me.person.userId));
  return db().transaction(async (tx) => {
    const held = await holdFactors(tx, me);
    if (!held) return sessionOver();
    if (!held.fresh) return unproved();
    const [key] = await tx.select({ name: passkeys.name }).from(passkeys).where(own);
    if (!key) return fail('not_found', 'This passkey is gone already.');
    if (key.name === named.data) return ok();
    await tx.update(passkeys).set({ name: named.data }).where(own);
    const { userId } = me.person;
    const change = { from: key.name, to: named.data };
    await recordAudit(
      tx,
      me.person,
      'person.passkey-renamed',
      { kind: 'person', id: userId },
      change,
    );
    return ok();
  });
}

export async function removePasskey(
  me: Me,
  id: string,
): Promise<Result<undefined, 'session-over' | 'unproved' | 'not_found'>> {
  const { userId } = me.person;
  return db().transaction(async (tx) => {
    const held = await holdFactors(tx, me);
    if (!held) return sessionOver();
    if (!held.fresh) return unproved();
    const [gone] = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
      .returning({ name: passkeys.name });
    if (!gone) return fail('not_found', 'This passkey is gone already.');
    await forgetWithoutWays(tx, userId);
    await noteFactor(tx, me, 'passkey-removed', { name: gone.name });
    return ok();
  });
}

export type OwnPasskey = { id: string; name: string; createdAt: Date; usedAt: Date | null };

/** A person's own passkeys, the oldest first. */
export async function listPasskeys({ person }: Me): Promise<OwnPasskey[]> {
  return db()
    .select({
      id: passkeys.id,
      name: passkeys.name,
      createdAt: passkeys.createdAt,
      usedAt: passkeys.usedAt,
    })
    .from(passkeys)
    .where(eq(passkeys.userId, person.userId))
    .orderBy(asc(passkeys.createdAt), asc(passkeys.id));
}

function badName({ issues }: z.ZodError): Failure<'invalid'> {
  const message = issues[0]?.message ?? 'Write a name.';
  return fail('invalid', message, { name: message });
}

const tooMany = () => fail('too-many', 'That are many passkeys. Remove one that you lost first.');
const refusedKey = () => fail('refused', 'This passkey could not be set up. Please try again.');
