import { randomInt } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { recoveryCodes } from '#db/schema/users.ts';
import { clock } from '#lib/clock.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { unproved } from '#lib/users/rules.ts';
import { hasWays, holdFactors, type Me, noteFactor, sessionOver } from './factors.ts';
import { hashCode } from './seal.ts';

export const recoveryCodeCount = 10;

// No letter that is taken for a digit or for another letter; 31 signs, so ten of them are nearly 50 bits.
const signs = '23456789abcdefghjkmnpqrstuvwxyz';

/** Ten new codes for a person, the old ones void. They are told once and kept as hashes only. */
export async function makeRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, newCode);
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, hash: hashCode(plain(code), userId) })));
  return codes;
}

/** Codes for who has none yet; nothing for who has. */
export async function firstRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const known = await tx.$count(recoveryCodes, eq(recoveryCodes.userId, userId));
  return known > 0 ? [] : makeRecoveryCodes(tx, userId);
}

/** Makes somebody's codes anew; the old ones are worth nothing from then on. */
export async function renewRecoveryCodes(
  me: Me,
): Promise<Result<{ codes: string[] }, 'session-over' | 'unproved' | 'none'>> {
  return db().transaction(async (tx) => {
    const held = await holdFactors(tx, me);
    if (!held) return sessionOver();
    if (!hasWays(held.ways)) return fail('none', 'Set up a passkey or an app first.');
    if (!held.fresh) return unproved();
    const codes = await makeRecoveryCodes(tx, me.person.userId);
    await noteFactor(tx, me, 'codes-renewed', {});
    return ok({ codes });
  });
}

/** Uses up a code, however it was typed; `false` where it is wrong or was used. Two at once can't both use it. */
export async function takeRecoveryCode(
  tx: Transaction,
  userId: string,
  typed: string,
): Promise<boolean> {
  const taken = await tx
    .update(recoveryCodes)
    .set({ usedAt: clock.now() })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.hash, hashCode(plain(typed), userId)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ hash: recoveryCodes.hash });
  return taken.length === 1;
}

function newCode(): string {
  const five = () => Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join('');
  return `${five()}-${five()}`;
}

const plain = (code: string) => code.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
