import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { passkeys, sessions } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { anonymous, staffRoles } from '#lib/users/rules.ts';
import { hasWays, waysOf } from './factors.ts';
import { anApp, aSession, aSignedIn } from './me.fixture.ts';
import {
  endOtherSessions,
  endSession,
  endSessionsOf,
  isStale,
  listSessions,
  noteSeen,
  removeFactorsOf,
} from './sessions.ts';

useDatabase();
afterEach(() => setClock(null));

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const tokens = async () => (await db().select().from(sessions)).map((row) => row.sessionToken);

describe('one’s sessions', () => {
  test('are listed with their device and without their keys, and without those of others', async () => {
    const me = await aSignedIn();
    const other = await aSession(me.person.userId, firefox);
    await aSignedIn();
    const listed = await listSessions(me);
    expect(listed).toHaveLength(2);
    expect(listed.map(({ device, current }) => [device, current])).toEqual(
      expect.arrayContaining([
        ['Firefox on Linux', false],
        ['An unknown device', true],
      ]),
    );
    const shown = JSON.stringify(listed);
    for (const token of [me.session, other]) expect(shown).not.toContain(token);
  });

  test('are ended one by one or all but this one, on record, and never those of others', async () => {
    const me = await aSignedIn();
    await aSession(me.person.userId, firefox);
    await aSession(me.person.userId);
    const stranger = await aSignedIn();
    const [theirs] = await listSessions(stranger);
    expect(await endSession(me, theirs?.id ?? '')).toMatchObject({ reason: 'not_found' });
    const one = (await listSessions(me)).find(({ device }) => device === 'Firefox on Linux');
    expect(await endSession(me, one?.id ?? '')).toMatchObject({ ok: true });
    expect(await endSession(me, one?.id ?? '')).toMatchObject({ reason: 'not_found' });
    expect(await endOtherSessions(me)).toBe(1);
    expect((await tokens()).toSorted()).toEqual([me.session, stranger.session].toSorted());
    expect(await db().select().from(auditEntries)).toMatchObject([
      { action: 'person.sessions-ended', detail: { devices: ['Firefox on Linux'] } },
      { action: 'person.sessions-ended' },
    ]);
  });

  test('are noted as seen once a minute at the most', async () => {
    const me = await aSignedIn();
    const seenAt = async () => (await db().select().from(sessions))[0]?.seenAt;
    const start = new Date('2031-03-01T10:00:00Z');
    for (const [seconds, seen] of [
      [0, 0],
      [59, 0],
      [60, 60],
    ] as const) {
      const now = new Date(start.getTime() + seconds * 1_000);
      setClock(() => now);
      const before = (await seenAt()) ?? null;
      expect(isStale(before, now)).toBe(seconds !== 59);
      await noteSeen([me.session]);
      expect(await seenAt()).toEqual(new Date(start.getTime() + seen * 1_000));
    }
  });
});

describe('an administrator', () => {
  test('ends all of somebody’s sessions, and removes a second factor that was lost', async () => {
    await aPublication();
    const admin = await aPerson({ staffRole: 'admin' });
    const me = await aSignedIn();
    await anApp(me);
    expect(await endSessionsOf(admin, me.person.userId)).toMatchObject({ value: { ended: 1 } });
    expect(await tokens()).toEqual([]);
    await aSession(me.person.userId);
    expect(await removeFactorsOf(admin, me.person.userId)).toMatchObject({ ok: true });
    expect(hasWays((await waysOf(db(), me.person.userId)).ways)).toBe(false);
    expect(await tokens()).toEqual([]);
    expect(
      await db().select().from(auditEntries).where(eq(auditEntries.actorId, admin.userId)),
    ).toMatchObject([
      { action: 'person.sessions-ended' },
      { action: 'person.factors-removed', detail: { app: true, passkeys: [] } },
    ]);
  });

  test('does so as the only role, to others only, and with a fresh proof', async () => {
    const { person } = await aSignedIn();
    const ways = { app: true, passkey: false };
    const others = [anonymous, await aPerson()];
    for (const role of staffRoles.filter((role) => role !== 'admin')) {
      others.push(await aPerson({ staffRole: role }));
    }
    for (const end of [endSessionsOf, removeFactorsOf]) {
      for (const actor of others) {
        expect(await end(actor, person.userId)).toMatchObject({ reason: 'forbidden' });
      }
      const admin = await aPerson({ staffRole: 'admin' });
      expect(await end(admin, admin.userId)).toMatchObject({ reason: 'own' });
      for (const unknown of ['x', newId()]) {
        expect(await end(admin, unknown)).toMatchObject({ reason: 'not_found' });
      }
      const stale = await aPerson({
        staffRole: 'admin',
        factor: { kind: 'proved', ways, at: new Date(Date.now() - 600_000) },
      });
      expect(await end(stale, person.userId)).toMatchObject({ reason: 'unproved' });
    }
    expect(await db().select().from(passkeys)).toEqual([]);
    expect(await tokens()).toHaveLength(1);
  });
});
