import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';
import { db, type Transaction } from '#db/client.ts';
import { totpSecrets } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';
import { log } from '#lib/log.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { unproved } from '#lib/users/rules.ts';
import {
  forgetWithoutWays,
  holdFactors,
  type Me,
  markProved,
  noteFactor,
  sessionOver,
} from './factors.ts';
import { consumeBoth } from './limits.ts';
import { firstRecoveryCodes } from './recovery.ts';
import { wrongCode } from './rules.ts';
import { seal, unseal } from './seal.ts';

/** Seconds that a code lives; the one before and the one after are taken as well, for clocks that are off. */
const period = 30;
const window = 1;

/** What an authenticator app is told: as a picture to photograph (a data address of SVG), and as text to type. */
export type AppOffer = { secret: string; picture: string };

/**
 * Begins to set up an authenticator app: a new secret, which proves nothing until its first code came. Refuses who has
 * one already.
 */
export async function beginApp(
  me: Me,
): Promise<Result<AppOffer, 'session-over' | 'unproved' | 'exists'>> {
  const { name } = await findPublication();
  const { userId, email } = me.person;
  return db().transaction(async (tx) => {
    const held = await holdFactors(tx, me);
    if (!held) return sessionOver();
    if (held.ways.app) return fail('exists', 'An app is set up already: remove it first.');
    if (!held.fresh) return unproved();
    const secret = new Secret({ size: 20 });
    const fields = { secret: seal(secret.base32, userId), confirmedAt: null, lastStep: null };
    await tx
      .insert(totpSecrets)
      .values({ userId, ...fields })
      .onConflictDoUpdate({ target: totpSecrets.userId, set: fields });
    const address = codesOf(secret.base32, { issuer: name, label: email }).toString();
    const picture = renderSVG(address, { border: 3, pixelSize: 6 });
    return ok({
      secret: (secret.base32.match(/.{1,4}/g) ?? []).join(' '),
      picture: `data:image/svg+xml,${encodeURIComponent(picture)}`,
    });
  });
}

/** The first right code sets the app up; with the first way to prove oneself come the recovery codes. */
export async function confirmApp(
  me: Me,
  code: string,
  address: string,
): Promise<
  Result<{ codes: string[] }, 'session-over' | 'unproved' | 'wrong' | 'none' | 'too_many'>
> {
  const { userId } = me.person;
  const counted = await consumeBoth('second factor', { address, userId });
  if (!counted.ok) return counted;
  return db().transaction(async (tx) => {
    const held = await holdFactors(tx, me);
    if (!held) return sessionOver();
    if (!held.fresh) return unproved();
    const [row] = await tx
      .select({ secret: totpSecrets.secret })
      .from(totpSecrets)
      .where(and(eq(totpSecrets.userId, userId), isNull(totpSecrets.confirmedAt)));
    if (!row) return fail('none', 'Begin again: this was set up or given up elsewhere.');
    const step = stepOf(row.secret, userId, code);
    if (step === null) return wrongCode();
    await tx
      .update(totpSecrets)
      .set({ confirmedAt: clock.now(), lastStep: step })
      .where(eq(totpSecrets.userId, userId));
    const codes = await firstRecoveryCodes(tx, userId);
    await markProved(tx, me);
    await noteFactor(tx, me, 'app-added', {});
    return ok({ codes });
  });
}

export async function removeApp(
  me: Me,
): Promise<Result<undefined, 'session-over' | 'unproved' | 'none'>> {
  const { userId } = me.person;
  return db().transaction(async (tx) => {
    const held = await holdFactors(tx, me);
    if (!held) return sessionOver();
    if (!held.ways.app) return fail('none', 'No app is set up any more.');
    if (!held.fresh) return unproved();
    await tx.delete(totpSecrets).where(eq(totpSecrets.userId, userId));
    await forgetWithoutWays(tx, userId);
    await noteFactor(tx, me, 'app-removed', {});
    return ok();
  });
}

/** Takes a code of the person's app. Each time step counts once, also where two come at the same moment. */
export async function takeAppCode(tx: Transaction, userId: string, code: string): Promise<boolean> {
  const confirmed = and(eq(totpSecrets.userId, userId), isNotNull(totpSecrets.confirmedAt));
  const [row] = await tx.select({ secret: totpSecrets.secret }).from(totpSecrets).where(confirmed);
  const step = row ? stepOf(row.secret, userId, code) : null;
  if (step === null) return false;
  const taken = await tx
    .update(totpSecrets)
    .set({ lastStep: step })
    .where(and(confirmed, or(isNull(totpSecrets.lastStep), lt(totpSecrets.lastStep, step))))
    .returning({ step: totpSecrets.lastStep });
  return taken.length === 1;
}

/** The time step that a code belongs to; `null` for a wrong one. */
function stepOf(sealed: string, userId: string, code: string): number | null {
  const secret = unseal(sealed, userId);
  if (secret === null) {
    log().error({ userId }, 'An authenticator app’s secret can’t be opened: is AUTH_SECRET new?');
    return null;
  }
  const timestamp = clock.now().getTime();
  const delta = codesOf(secret).validate({ token: code, timestamp, window });
  return delta === null ? null : Math.floor(timestamp / (period * 1_000)) + delta;
}

function codesOf(secret: string, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({
    ...names,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period,
  });
}
