import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { aPlan, aPostageZone, aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { plans, postageZones } from '#db/schema/catalog.ts';
import { expiredTags, somebodyWaits, useDatabase } from '#db/testing.ts';
import { changesText } from '#lib/audit/rules.ts';
import { clock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import type { Person } from '#lib/users/rules.ts';
import { createZone, orderZones, removeZone, saveZone } from './commands.ts';
import { type ZoneInput, zoneFieldNames, zoneInput } from './input.ts';
import { findDeskZone, listDeskZones, postageTable } from './queries.ts';
import { zoneOf } from './rules.ts';

useDatabase();
let publisher: Person;
beforeEach(async () => {
  publisher = await aPerson({ staffRole: 'publisher' });
});

/** A form as it was sent: France and Germany at €5.50 and €2.00, unless told otherwise. */
const input = (parts: Record<string, unknown> = {}): ZoneInput =>
  zoneInput.parse({
    ...Object.fromEntries(zoneFieldNames.map((name) => [name, ''])),
    ...{ name: 'Europe', minDays: '3', maxDays: '10', countries: ['DE', 'FR'] },
    ...{ 'EUR-first': '5.50', 'EUR-further': '2' },
    ...parts,
  });
const logged = async () =>
  (await db().select().from(auditEntries).orderBy(asc(auditEntries.id))).map((entry) => [
    entry.action,
    changesText(entry.detail),
  ]);
const zoneNames = async () => (await listDeskZones(publisher)).map(({ name }) => name);
const zoneOfCountry = async (code: string) =>
  (await listDeskZones(publisher)).find(({ countries }) =>
    countries.some((country) => country.code === code),
  )?.name;

describe('a new zone', () => {
  test('comes last, is served at once, and is on record', async () => {
    await aPostageZone({ name: 'Home', countries: ['IE'] });
    const made = await createZone(publisher, input());
    expect(made).toMatchObject({ ok: true, value: { moved: [] } });
    expect(await expiredTags()).toEqual(['plans']);
    expect(await zoneNames()).toEqual(['Home', 'Europe']);
    expect(zoneOf(await postageTable('EUR'), 'FR')).toMatchObject({
      ...{ name: 'Europe', minDays: 3, maxDays: 10 },
      rate: { firstCopy: 550, furtherCopy: 200 },
    });
    expect(await postageTable('USD')).toEqual([]);
    expect(await logged()).toMatchObject([
      ['zone.create', expect.stringContaining('first €5.50, further €2.00')],
    ]);
  });

  test('takes a country from the zone that had it, and says from where', async () => {
    await aPostageZone({ name: 'Old Europe', countries: ['FR', 'ES'] });
    const made = await createZone(publisher, input());
    expect(made).toMatchObject({ value: { moved: [{ country: 'France', from: 'Old Europe' }] } });
    expect(await zoneOfCountry('FR')).toBe('Europe');
    expect(await zoneOfCountry('ES')).toBe('Old Europe');
    expect(await logged()).toMatchObject([
      ['zone.create', expect.stringContaining('France from Old Europe')],
    ]);
  });

  test('can’t have another one’s name, not even in the same instant', async () => {
    const both = await Promise.all([1, 2].map(() => createZone(publisher, input())));
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      reason: 'taken',
      fields: { name: expect.any(String) },
    });
    expect(await zoneNames()).toEqual(['Europe']);
    expect(await logged()).toHaveLength(1);
  });

  test('and another one that want the same country in the same instant: it lies in one', async () => {
    const both = await Promise.all(
      ['One', 'Other'].map((name) => createZone(publisher, input({ name }))),
    );
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(both.flatMap((made) => (made.ok ? made.value.moved : []))).toHaveLength(2);
    const zones = await listDeskZones(publisher);
    expect(zones.flatMap(({ countries }) => countries)).toHaveLength(2);
  });
});

describe('a zone', () => {
  test('is changed in name, days, rates and countries, and the log says from what to what', async () => {
    const { id } = await aPostageZone({ name: 'Europe', countries: ['DE', 'ES'] });
    const wanted = input({
      ...{ name: 'The Continent', minDays: '4', 'EUR-first': '', 'EUR-further': '' },
      ...{ 'USD-first': '6', 'USD-further': '2.20' },
    });
    expect(await saveZone(publisher, id, wanted)).toEqual({ ok: true, value: { moved: [] } });
    expect(await expiredTags()).toEqual(['plans']);
    expect((await findDeskZone(publisher, id))?.zone).toEqual({
      ...{ id, name: 'The Continent', minDays: 4, maxDays: 10, restOfWorld: false },
      rates: { USD: { firstCopy: 600, furtherCopy: 220 } },
      countries: [
        { code: 'FR', name: 'France' },
        { code: 'DE', name: 'Germany' },
      ],
    });
    const [[, told = ''] = []] = await logged();
    expect(told).toContain('Rate in euros: from first €3.00, further €1.00 to nothing');
    expect(told).toContain('from “3–10 working days” to “4–10 working days”');
    expect(told).toContain('Added: “France”; Removed: “Spain”');
    expect(await saveZone(publisher, id, wanted)).toMatchObject({ ok: true });
    expect(await logged()).toHaveLength(1);
  });

  test('becomes the rest of the world, which another one was', async () => {
    const { id } = await aPostageZone({ name: 'Far' });
    await aPostageZone({ name: 'World', countries: ['ZZ'] });
    expect(await saveZone(publisher, id, input({ name: 'Far', countries: ['ZZ'] }))).toMatchObject({
      value: { moved: [{ country: 'The rest of the world', from: 'World' }] },
    });
    expect((await listDeskZones(publisher)).map(({ restOfWorld }) => restOfWorld)).toEqual([
      true,
      false,
    ]);
    // The one that lost its last country is served no more.
    expect((await postageTable('EUR')).map(({ name }) => name)).toEqual(['Far']);
  });

  test('keeps its name where another one has the wanted one, and all else as it was', async () => {
    await aPostageZone({ name: 'Europe' });
    const { id } = await aPostageZone({ name: 'Home', countries: ['IE'] });
    expect(await saveZone(publisher, id, input({ countries: ['GB'] }))).toMatchObject({
      reason: 'taken',
      fields: { name: expect.any(String) },
    });
    expect(await zoneOfCountry('GB')).toBeUndefined();
    expect(await zoneOfCountry('IE')).toBe('Home');
    expect(await expiredTags()).toEqual([]);
  });

  test('is never overwritten unseen: what one changed is told to the other who did', async () => {
    const { id } = await aPostageZone({
      ...{ name: 'Europe', countries: ['DE', 'FR'] },
      rates: { EUR: { firstCopy: 550, furtherCopy: 200 } },
    });
    const opened = input();
    const dearer = input({ 'EUR-first': '6' });
    const larger = input({ countries: ['DE', 'FR', 'ES'] });
    expect(await saveZone(publisher, id, dearer, opened)).toMatchObject({ ok: true });
    expect(await saveZone(publisher, id, larger, opened)).toMatchObject({ ok: true });
    expect((await findDeskZone(publisher, id))?.zone).toMatchObject({
      rates: { EUR: { firstCopy: 600 } },
      countries: [{ code: 'FR' }, { code: 'DE' }, { code: 'ES' }],
    });
    expect(
      await saveZone(publisher, id, input({ countries: ['DE'], 'EUR-first': '7' }), opened),
    ).toMatchObject({
      reason: 'changed',
      fields: { EUR: expect.any(String), countries: expect.any(String) },
    });
  });
});

describe('removing a zone', () => {
  test('gives its countries to the rest of the world, on record', async () => {
    const { id } = await aPostageZone({ name: 'Home', countries: ['DE'] });
    await aPostageZone({ name: 'World', countries: ['ZZ'] });
    await aPlan();
    expect(await removeZone(publisher, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['plans']);
    expect(zoneOf(await postageTable('EUR'), 'DE')?.name).toBe('World');
    expect(await logged()).toMatchObject([['zone.remove', expect.stringContaining('Germany')]]);
  });

  test('is refused for the last one that posts anything, while print is sold', async () => {
    const { id } = await aPostageZone({ name: 'Home' });
    await aPostageZone({ name: 'Without a country', countries: [] });
    await aPostageZone({ name: 'Without a rate', countries: ['FR'], rates: {} });
    const { id: planId } = await aPlan({ includesDigital: false });
    expect(await removeZone(publisher, id)).toMatchObject({ reason: 'used' });
    await db().update(plans).set({ retiredAt: clock.now() }).where(eq(plans.id, planId));
    await aPlan({ includesPrint: false });
    const issue = await anIssue();
    await aProduct({ issueId: issue.id, edition: 'digital' });
    await aProduct({ issueId: issue.id, active: false });
    expect(await removeZone(publisher, id)).toMatchObject({ ok: true });
    const { id: next } = await aPostageZone({ name: 'Next', countries: ['IE'] });
    await aProduct({ issueId: (await anIssue()).id });
    expect(await removeZone(publisher, next)).toMatchObject({ reason: 'used' });
  });

  test('and another one in the same instant leaves one, while print is sold', async () => {
    const one = await aPostageZone({ countries: ['DE'] });
    const other = await aPostageZone({ countries: ['FR'] });
    await aPlan();
    const both = await Promise.all([one, other].map(({ id }) => removeZone(publisher, id)));
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(await zoneNames()).toHaveLength(1);
  });
});

test('who changes a zone waits for who changes another', async () => {
  const { id } = await aPostageZone({ name: 'Home', countries: ['IE'] });
  let making: ReturnType<typeof createZone> | undefined;
  await db().transaction(async (tx) => {
    await tx.update(postageZones).set({ minDays: 2 }).where(eq(postageZones.id, id));
    making = createZone(publisher, input());
    await somebodyWaits();
  });
  expect(await making).toMatchObject({ ok: true });
});

test('zones are ordered by who saw them as they stand', async () => {
  const ids: string[] = [];
  for (const [name, code] of [
    ['A', 'DE'],
    ['B', 'FR'],
    ['C', 'ES'],
  ] as const) {
    ids.push((await aPostageZone({ name, countries: [code] })).id);
  }
  const [a = '', b = '', c = ''] = ids;
  const from = [a, b, c];
  const both = await Promise.all([
    orderZones(publisher, { from, to: [c, a, b] }),
    orderZones(publisher, { from, to: [c, a, b] }),
  ]);
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ reason: 'changed' });
  expect(await zoneNames()).toEqual(['C', 'A', 'B']);
  expect(await expiredTags()).toEqual(['plans']);
  expect(await orderZones(publisher, { from: [c, a, b], to: [c, a] })).toMatchObject({
    reason: 'invalid',
  });
  expect(await logged()).toMatchObject([['zone.order', 'from “A”, “B”, “C” to “C”, “A”, “B”']]);
});

test('a zone without a rate in the currency is not served; the rest of the world can be', async () => {
  await aPostageZone({ name: 'Home', countries: ['DE'] });
  await aPostageZone({ name: 'Far', countries: ['NZ'], rates: {} });
  await aPostageZone({ name: 'World', countries: ['ZZ'] });
  const zones = await postageTable('EUR');
  expect(zones.map(({ name }) => name)).toEqual(['Home', 'World']);
  expect(zoneOf(zones, 'NZ')).toBeNull();
  expect(zoneOf(zones, 'JP')?.name).toBe('World');
  expect(await postageTable('USD')).toEqual([]);
});

test('who may not price sees no zone of the office, and what isn’t there is not found', async () => {
  const { id } = await aPostageZone();
  const editor = await aPerson({ staffRole: 'editor' });
  expect(await listDeskZones(editor)).toEqual([]);
  expect(await findDeskZone(editor, id)).toBeNull();
  for (const unknown of [newId(), 'x', '']) {
    expect(await findDeskZone(publisher, unknown)).toBeNull();
    expect(await saveZone(publisher, unknown, input())).toMatchObject({ reason: 'not_found' });
    expect(await removeZone(publisher, unknown)).toMatchObject({ reason: 'not_found' });
  }
});

test('the database takes no days that end before they begin', async () => {
  const { id } = await aPostageZone();
  const set = (minDays: number, maxDays: number) =>
    db().update(postageZones).set({ minDays, maxDays }).where(eq(postageZones.id, id));
  const refusal = { cause: expect.objectContaining({ constraint: 'postage_zones_days' }) };
  await expect(set(0, 1)).rejects.toMatchObject(refusal);
  await expect(set(3, 2)).rejects.toMatchObject(refusal);
});
