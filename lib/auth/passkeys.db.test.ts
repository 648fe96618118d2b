import { beforeEach, describe, expect, test } from 'vitest';
import { aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { passkeys, sessions } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { env } from '#lib/env.ts';
import { anAuthenticator } from './authenticator.fixture.ts';
import type { Me } from './factors.ts';
import { aSession, aSignedIn, provedAt } from './me.fixture.ts';
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from './passkeys.ts';
import { beginProof, proveByPasskey } from './proof.ts';

useDatabase();
beforeEach(() => aPublication());

const site = { origin: env().siteUrl, rpId: new URL(env().siteUrl).hostname };

async function challengeToAdd(me: Me): Promise<string> {
  const begun = await beginPasskey(me);
  if (!begun.ok) throw new Error(begun.message);
  return begun.value.challenge;
}

async function challengeToProve(me: Me): Promise<string> {
  const begun = await beginProof(me);
  if (!begun.ok) throw new Error(begun.message);
  return begun.value.challenge;
}

/** Somebody with a passkey, in a session that has not proved it. */
async function withKey() {
  const me = await aSignedIn();
  const key = anAuthenticator(site);
  const added = await addPasskey(me, key.make(await challengeToAdd(me)), 'Laptop');
  expect(added).toMatchObject({ ok: true });
  await db().update(sessions).set({ secondFactorAt: null });
  return { me, key };
}

describe('a passkey', () => {
  test('is set up under a name, proves this session, and brings ten recovery codes', async () => {
    const me = await aSignedIn();
    const key = anAuthenticator(site);
    const added = await addPasskey(me, key.make(await challengeToAdd(me)), ' Laptop ');
    expect(added.ok && added.value.codes).toHaveLength(10);
    expect(await provedAt(me.session)).toBeInstanceOf(Date);
    expect(await db().select().from(passkeys)).toMatchObject([{ id: key.id, name: 'Laptop' }]);
    expect(await db().select().from(auditEntries)).toMatchObject([
      { action: 'person.passkey-added', detail: { name: 'Laptop' } },
    ]);
    const second = anAuthenticator(site);
    const more = await addPasskey(me, second.make(await challengeToAdd(me)), 'Key');
    expect(more).toMatchObject({ ok: true, value: { codes: [] } });
  });

  test('can’t be added for another site, from another origin, or for no challenge of ours', async () => {
    const me = await aSignedIn();
    for (const lies of [
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { type: 'webauthn.get' },
    ]) {
      const made = anAuthenticator(site).make(await challengeToAdd(me), lies);
      expect(await addPasskey(me, made, 'Key'), JSON.stringify(lies)).toMatchObject({
        reason: 'refused',
      });
    }
    await challengeToAdd(me);
    const made = anAuthenticator(site).make('AAAA');
    expect(await addPasskey(me, made, 'Key')).toMatchObject({ reason: 'refused' });
    expect(await addPasskey(me, made, 'Key')).toMatchObject({ reason: 'expired' });
    for (const nonsense of [null, 'x', {}, { ...made, id: '' }, { ...made, response: {} }]) {
      expect(await addPasskey(me, nonsense, 'Key')).toMatchObject({ reason: 'refused' });
    }
    expect(await addPasskey(me, made, ' ')).toMatchObject({ reason: 'invalid' });
    expect(await db().select().from(passkeys)).toEqual([]);
  });

  test('of one account is not added to another, nor removed by another', async () => {
    const { me, key } = await withKey();
    const other = await aSignedIn();
    const made = key.make(await challengeToAdd(other));
    expect(await addPasskey(other, made, 'Mine now')).toMatchObject({ reason: 'exists' });
    expect(await removePasskey(other, key.id)).toMatchObject({ reason: 'not_found' });
    expect(await renamePasskey(other, key.id, 'Mine')).toMatchObject({ reason: 'not_found' });
    expect(await db().select().from(passkeys)).toMatchObject([
      { userId: me.person.userId, name: 'Laptop' },
    ]);
  });

  test('gets another name by its owner, on record from what to what', async () => {
    const me = await aSignedIn();
    const key = anAuthenticator(site);
    await addPasskey(me, key.make(await challengeToAdd(me)), 'Laptop');
    const rename = (name: string) => renamePasskey(me, key.id, name);
    for (const name of ['', '  ', 'x'.repeat(61)])
      expect(await rename(name)).toMatchObject({
        reason: 'invalid',
        fields: { name: expect.stringMatching(/name/i) },
      });
    for (const name of [' Old laptop ', 'Old laptop'])
      expect(await rename(name)).toMatchObject({ ok: true });
    expect(await db().select().from(passkeys)).toMatchObject([{ name: 'Old laptop' }]);
    expect(await db().select().from(auditEntries)).toMatchObject([
      { action: 'person.passkey-added' },
      {
        action: 'person.passkey-renamed',
        actorId: me.person.userId,
        detail: { from: 'Laptop', to: 'Old laptop' },
      },
    ]);
    await db().delete(sessions);
    expect(await rename('Key')).toMatchObject({ reason: 'session-over' });
  });

  test('is neither added to, renamed in nor removed from an account by a session that has not proved it', async () => {
    const { me, key } = await withKey();
    expect(await beginPasskey(me)).toMatchObject({ reason: 'unproved' });
    expect(await removePasskey(me, key.id)).toMatchObject({ reason: 'unproved' });
    expect(await renamePasskey(me, key.id, 'Key')).toMatchObject({ reason: 'unproved' });
    expect((await proveByPasskey(me, key.sign(await challengeToProve(me)))).ok).toBe(true);
    expect((await removePasskey(me, key.id)).ok).toBe(true);
    expect(await provedAt(me.session)).toBeNull();
  });
});

describe('a signature by a passkey', () => {
  test('proves the session whose challenge it signs', async () => {
    const { me, key } = await withKey();
    expect(await proveByPasskey(me, key.sign(await challengeToProve(me)))).toMatchObject({
      ok: true,
    });
    expect(await provedAt(me.session)).toBeInstanceOf(Date);
    expect(await db().select().from(passkeys)).toMatchObject([{ usedAt: expect.any(Date) }]);
  });

  test('counts once: sent again it is refused, also at the same moment', async () => {
    const { me, key } = await withKey();
    const signed = key.sign(await challengeToProve(me));
    const sent = await Promise.all([1, 2, 3].map(() => proveByPasskey(me, signed)));
    expect(sent.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await proveByPasskey(me, signed)).toMatchObject({ reason: 'expired' });
    await challengeToProve(me);
    expect(await proveByPasskey(me, signed)).toMatchObject({ reason: 'refused' });
  });

  test('is refused for another session’s challenge, and for the challenge of another purpose', async () => {
    const { me, key } = await withKey();
    const other = { ...me, session: await aSession(me.person.userId) };
    const signed = key.sign(await challengeToProve(me));
    expect(await proveByPasskey(other, signed)).toMatchObject({ reason: 'expired' });
    await challengeToProve(other);
    expect(await proveByPasskey(other, signed)).toMatchObject({ reason: 'refused' });
    const stranger = await aSignedIn();
    const toAdd = await challengeToAdd(stranger);
    expect(await proveByPasskey(stranger, key.sign(toAdd))).toMatchObject({ reason: 'expired' });
    for (const { session } of [other, stranger]) expect(await provedAt(session)).toBeNull();
  });

  test('is refused from another origin or site, with a counter that went back, or a changed byte', async () => {
    const { me, key } = await withKey();
    const good = await proveByPasskey(me, key.sign(await challengeToProve(me), { counter: 7 }));
    expect(good.ok).toBe(true);
    await db().update(sessions).set({ secondFactorAt: null });
    for (const lies of [
      { origin: 'https://evil.example', counter: 8 },
      { origin: `${site.origin}.evil.example`, counter: 8 },
      { rpId: 'evil.example', counter: 8 },
      { type: 'webauthn.create', counter: 8 },
      { counter: 7 },
      { counter: 3 },
    ]) {
      const signed = key.sign(await challengeToProve(me), lies);
      expect(await proveByPasskey(me, signed), JSON.stringify(lies)).toMatchObject({
        reason: 'refused',
      });
    }
    const forger = anAuthenticator(site);
    const forged = { ...forger.sign(await challengeToProve(me)), id: key.id, rawId: key.id };
    expect(await proveByPasskey(me, forged)).toMatchObject({ reason: 'refused' });
    const unknown = forger.sign(await challengeToProve(me));
    expect(await proveByPasskey(me, unknown)).toMatchObject({ reason: 'refused' });
    expect(await provedAt(me.session)).toBeNull();
  });

  test('by somebody else’s passkey is refused', async () => {
    const { me } = await withKey();
    const { key } = await withKey();
    const signed = key.sign(await challengeToProve(me));
    expect(await proveByPasskey(me, signed)).toMatchObject({ reason: 'refused' });
  });
});
