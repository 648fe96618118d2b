import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { recoveryCodes, sessions, totpSecrets } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { anApp, aSession, aSignedIn, codeOf, provedAt } from './me.fixture.ts';
import { codesLeft, proveByCode } from './proof.ts';
import { renewRecoveryCodes } from './recovery.ts';
import { seal, unseal } from './seal.ts';
import { beginApp, confirmApp, removeApp } from './totp.ts';

useDatabase();

const start = new Date('2031-03-01T10:00:10Z');
const later = (seconds: number) => vi.setSystemTime(start.getTime() + seconds * 1_000);
// Only the time of day: timers have to go on for the connection to the database.
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
  await aPublication();
});
afterEach(() => vi.useRealTimers());

const here = 'here';

describe('an authenticator app', () => {
  test('is set up by its first code, which proves this session and brings ten codes', async () => {
    const me = await aSignedIn();
    const begun = await beginApp(me);
    const { secret, picture } = begun.ok ? begun.value : { secret: '', picture: '' };
    expect(picture).toMatch(/^data:image\/svg\+xml,/);
    expect(await confirmApp(me, '000000', here)).toMatchObject({ reason: 'wrong' });
    expect(await provedAt(me.session)).toBeNull();
    const confirmed = await confirmApp(me, codeOf(secret), here);
    expect(confirmed.ok && new Set(confirmed.value.codes).size).toBe(10);
    expect(await provedAt(me.session)).toEqual(start);
    expect(await db().select().from(auditEntries)).toMatchObject([{ action: 'person.app-added' }]);
  });

  test('is kept so that who reads the table can make no codes, nor move it to another account', async () => {
    const me = await aSignedIn();
    const { secret } = await anApp(me);
    const [row] = await db().select().from(totpSecrets);
    const plain = secret.replaceAll(' ', '');
    expect(row?.secret).not.toContain(plain);
    expect(unseal(row?.secret ?? '', me.person.userId)).toBe(plain);
    expect(unseal(row?.secret ?? '', (await aSignedIn()).person.userId)).toBeNull();
    expect(seal(plain, me.person.userId)).not.toBe(row?.secret);
    expect(unseal('abc', me.person.userId)).toBeNull();
  });

  test('that was begun and never confirmed proves nothing and asks nobody', async () => {
    const me = await aSignedIn();
    const begun = await beginApp(me);
    const code = begun.ok ? codeOf(begun.value.secret) : '';
    expect(await proveByCode(me, code, here)).toMatchObject({ reason: 'wrong' });
  });
});

describe('a code of the app', () => {
  test('counts once, and no earlier one counts after it', async () => {
    const me = await aSignedIn();
    const { secret } = await anApp(me);
    const code = codeOf(secret);
    expect((await proveByCode(me, code, here)).ok).toBe(true);
    for (const used of [code, codeOf(secret, -1)]) {
      expect(await proveByCode(me, used, here)).toMatchObject({ reason: 'wrong' });
    }
    later(30);
    expect((await proveByCode(me, codeOf(secret), here)).ok).toBe(true);
  });

  test('counts once also where it comes twice at the same moment', async () => {
    const me = await aSignedIn();
    const { secret } = await anApp(me);
    const other = { ...me, session: await aSession(me.person.userId) };
    const proved = await Promise.all(
      [me, other, me, other].map((who) => proveByCode(who, codeOf(secret), here)),
    );
    expect(proved.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('is taken from the half minute before and after, and from no further', async () => {
    for (const [steps, ok] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const) {
      const me = await aSignedIn();
      const { secret } = await anApp(me);
      await db().update(totpSecrets).set({ lastStep: null });
      expect((await proveByCode(me, codeOf(secret, steps), here)).ok, `${steps}`).toBe(ok);
    }
  });

  test('proves the session it was typed in, and no other', async () => {
    const me = await aSignedIn();
    const { secret } = await anApp(me);
    const other = await aSession(me.person.userId);
    later(60);
    expect((await proveByCode(me, codeOf(secret), here)).ok).toBe(true);
    expect(await provedAt(other)).toBeNull();
  });

  test('of somebody else is worth nothing', async () => {
    const [ann, bo] = [await aSignedIn(), await aSignedIn()];
    const { secret } = await anApp(ann);
    await anApp(bo);
    expect(await proveByCode(bo, codeOf(secret), here)).toMatchObject({ reason: 'wrong' });
  });

  test('can’t be guessed: tries are counted for the person, wherever they come from', async () => {
    const me = await aSignedIn();
    const { secret } = await anApp(me);
    const reasons: string[] = [];
    for (let guess = 0; guess < 14; guess += 1) {
      const tried = await proveByCode(me, '000000', `address ${guess}`);
      reasons.push(tried.ok ? 'ok' : tried.reason);
    }
    expect(reasons.filter((reason) => reason === 'wrong').length).toBeLessThanOrEqual(12);
    expect(reasons.at(-1)).toBe('too_many');
    expect(await proveByCode(me, codeOf(secret), here)).toMatchObject({ reason: 'too_many' });
  });

  test('of a session that was ended is refused', async () => {
    const me = await aSignedIn();
    const { secret } = await anApp(me);
    await db().delete(sessions);
    expect(await proveByCode(me, codeOf(secret), here)).toMatchObject({ reason: 'session-over' });
  });
});

describe('recovery codes', () => {
  test('each prove the second factor once, however they are typed, and are told of by mail', async () => {
    const me = await aSignedIn();
    const { codes } = await anApp(me);
    const [first = '', second = ''] = codes;
    await db().update(sessions).set({ secondFactorAt: null });
    expect((await proveByCode(me, ` ${first.toUpperCase().replace('-', ' ')}`, here)).ok).toBe(
      true,
    );
    expect(await provedAt(me.session)).toEqual(start);
    expect(await proveByCode(me, first, here)).toMatchObject({ reason: 'wrong' });
    expect(await codesLeft(db(), me.person.userId)).toBe(9);
    const twice = await Promise.all([proveByCode(me, second, here), proveByCode(me, second, here)]);
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
    expect(
      await db().select().from(auditEntries).where(eq(auditEntries.action, 'person.code-used')),
    ).toMatchObject([{ detail: { left: 9 } }, { detail: { left: 8 } }]);
  });

  test('are kept as hashes, and made anew make the old ones worthless', async () => {
    const me = await aSignedIn();
    const { codes } = await anApp(me);
    const kept = JSON.stringify(await db().select().from(recoveryCodes));
    for (const code of codes) expect(kept).not.toContain(code.replace('-', ''));
    const renewed = await renewRecoveryCodes(me);
    expect(renewed.ok && renewed.value.codes).toHaveLength(10);
    expect(await proveByCode(me, codes[0] ?? '', here)).toMatchObject({ reason: 'wrong' });
  });
});

describe('who has a second factor', () => {
  test('changes nothing about it once ten minutes have passed since the proof', async () => {
    const me = await aSignedIn();
    await anApp(me);
    later(9 * 60 + 59);
    expect((await renewRecoveryCodes(me)).ok).toBe(true);
    later(10 * 60);
    expect(await renewRecoveryCodes(me)).toMatchObject({ reason: 'unproved' });
    expect(await removeApp(me)).toMatchObject({ reason: 'unproved' });
    const other = { ...me, session: await aSession(me.person.userId) };
    expect(await removeApp(other)).toMatchObject({ reason: 'unproved' });
  });

  test('and removes the last one is left with no codes and no proof', async () => {
    const me = await aSignedIn();
    await anApp(me);
    expect(await beginApp(me)).toMatchObject({ reason: 'exists' });
    expect((await removeApp(me)).ok).toBe(true);
    expect(await db().select().from(recoveryCodes)).toEqual([]);
    expect(await provedAt(me.session)).toBeNull();
  });
});
