import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aPlan, aPostageZone } from '#db/builders/catalog.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { plans } from '#db/schema/catalog.ts';
import { subscriptions } from '#db/schema/entitlements.ts';
import { expiredTags, somebodyWaits, useDatabase } from '#db/testing.ts';
import { changesText } from '#lib/audit/rules.ts';
import { clock, setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import type { Person } from '#lib/users/rules.ts';
import { copyPlan, createPlan, offerPlan, orderPlans, removePlan, retirePlan } from './commands.ts';
import { aPlanInput as input, ofYear } from './plans.fixture.ts';
import { findDeskPlan, listDeskPlans, plansOnOffer } from './queries.ts';
import { savePlan } from './save.ts';

useDatabase();
let publisher: Person;
beforeEach(async () => {
  setClock(() => new Date('2026-11-23T12:00:00Z'));
  await aPublication();
  publisher = await aPerson({ staffRole: 'publisher' });
});
afterEach(() => setClock(null));

const offered = async () => (await plansOnOffer('EUR')).map(({ name }) => name);
const logged = async () =>
  (await db().select().from(auditEntries).orderBy(asc(auditEntries.id))).map((entry) => [
    entry.action,
    changesText(entry.detail),
  ]);

async function aSubscriber(planId: string, status: 'active' | 'canceled' = 'active') {
  const { userId } = await aPerson();
  await db().insert(subscriptions).values({ userId, planId, status, startedAt: clock.now() });
}

describe('a new plan', () => {
  test('is made last and not on offer; put on offer, readers see it, and each step is on record', async () => {
    await aPlan({ name: 'First' });
    const made = await createPlan(publisher, input({ name: 'Print, for a year' }));
    const id = made.ok ? made.value.id : '';
    expect(await expiredTags()).toEqual([]);
    expect(await offered()).toEqual(['First']);
    expect(await findDeskPlan(publisher, id)).toMatchObject({
      slug: 'print-for-a-year',
      retiredAt: clock.now(),
      ...{ running: 0, sold: false },
    });
    expect(await offerPlan(publisher, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['plans']);
    expect(await offered()).toEqual(['First', 'Print, for a year']);
    expect(await retirePlan(publisher, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['plans']);
    expect(await offered()).toEqual(['First']);
    expect(await logged()).toMatchObject([
      ['plan.create', expect.stringContaining('standard €48.00')],
      ['plan.offer', expect.any(String)],
      ['plan.retire', expect.any(String)],
    ]);
  });

  test('that is offered twice, or retired twice, leaves one entry', async () => {
    const { id } = await aPlan();
    expect(await offerPlan(publisher, id)).toMatchObject({ ok: true });
    const both = await Promise.all([retirePlan(publisher, id), retirePlan(publisher, id)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await logged()).toHaveLength(1);
  });

  test('gets an address that no other has, in the same instant, too', async () => {
    await aPlan({ slug: 'digital' });
    const all = await Promise.all(
      [1, 2, 3, 4].map(() => createPlan(publisher, input({ name: 'Digital' }))),
    );
    expect(all.every(({ ok }) => ok)).toBe(true);
    const slugs = (await listDeskPlans(publisher)).map(({ slug }) => slug);
    expect(slugs.toSorted()).toEqual([
      'digital',
      ...[2, 3, 4, 5].map((number) => `digital-${number}`),
    ]);
    const unnamable = await createPlan(publisher, input({ name: 'Печать' }));
    const id = unnamable.ok ? unnamable.value.id : '';
    expect(await findDeskPlan(publisher, id)).toMatchObject({ slug: 'plan' });
  });
});

describe('readers', () => {
  test('see tiers and the post of each zone, in a currency that plan and zones have', async () => {
    await aPostageZone({ name: 'Home', countries: ['DE'] });
    await aPostageZone({
      name: 'Far',
      countries: ['ZZ'],
      rates: { USD: { firstCopy: 900, furtherCopy: 0 } },
    });
    const made = await createPlan(
      publisher,
      input({
        'EUR-reduced': '34',
        'EUR-supporter': '84',
        'EUR-suggested': '28',
        'EUR-minimum': '8',
        'EUR-maximum': '200',
      }),
    );
    await offerPlan(publisher, made.ok ? made.value.id : '');
    expect(await plansOnOffer('EUR')).toMatchObject([
      {
        currency: 'EUR',
        prices: {
          ...{ reduced: 3_400, standard: 4_800, supporter: 8_400 },
          chosen: { suggested: 2_800, minimum: 800, maximum: 20_000 },
        },
        postage: [{ zone: 'Home', amount: 1_200 }],
        term: ofYear.term,
        renews: true,
      },
    ]);
    expect(await plansOnOffer('GBP')).toEqual([]);
  });

  test('see neither what is retired nor what has no price in their currency', async () => {
    await aPlan({ name: 'A year' });
    await aPlan({ retiredAt: clock.now() });
    await aPlan({ prices: { USD: 100 } });
    await aPlan({ name: 'Four issues', issueCount: 4 });
    const plans = await plansOnOffer('EUR');
    expect(plans.map(({ name }) => name)).toEqual(['A year', 'Four issues']);
    expect(plans[1]).toMatchObject({ term: { kind: 'issues', count: 4 }, renews: false });
  });
});

describe('a plan that nobody subscribed to', () => {
  test('is changed in all that it is; readers see it, and the log says from what to what', async () => {
    const { id, slug } = await aPlan({ name: 'A year', prices: { EUR: 6_000, USD: 7_000 } });
    const wanted = input({ name: 'Four issues', term: 'issues', issueCount: '4' });
    expect(await savePlan(publisher, id, wanted)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['plans']);
    expect(await findDeskPlan(publisher, id)).toMatchObject({
      ...{ slug, name: 'Four issues', term: { kind: 'issues', count: 4 }, renews: false },
      prices: { EUR: { standard: 4_800 }, GBP: null, USD: null },
    });
    const [[, told = ''] = []] = await logged();
    expect(told).toContain('from “Print and digital, by the year, renews” to');
    expect(told).toContain('Price in euros: from standard €60.00 to standard €48.00');
    expect(told).toContain('from standard US$70.00 to nothing');
    expect(await savePlan(publisher, id, wanted)).toMatchObject({ ok: true });
    expect(await logged()).toHaveLength(1);
    expect(await expiredTags()).toEqual([]);
  });

  test('is removed, on record; one that somebody subscribed to stays', async () => {
    const { id } = await aPlan({ name: 'A mistake' });
    const { id: soldId } = await aPlan({ name: 'Sold' });
    await aSubscriber(soldId, 'canceled');
    expect(await removePlan(publisher, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['plans']);
    expect(await removePlan(publisher, soldId)).toMatchObject({ reason: 'sold' });
    expect(await offered()).toEqual(['Sold']);
    expect(await logged()).toMatchObject([['plan.remove', expect.stringContaining('A mistake')]]);
  });
});

describe('a plan that somebody subscribed to', () => {
  test('keeps its terms, and takes another name, description and price', async () => {
    const { id } = await aPlan({ name: 'A year' });
    await aSubscriber(id);
    await aSubscriber(id, 'canceled');
    for (const terms of [
      { term: 'month' },
      { term: 'issues', issueCount: '4' },
      { editions: 'digital' },
      { archive: 'yes' },
      { ending: 'ends' },
      { trialDays: '14' },
    ]) {
      expect(await savePlan(publisher, id, input(terms)), JSON.stringify(terms)).toMatchObject({
        reason: 'sold',
        fields: { terms: expect.any(String) },
      });
    }
    expect(await logged()).toEqual([]);
    expect(
      await savePlan(publisher, id, input({ name: 'Print', description: 'Four times.' })),
    ).toMatchObject({ ok: true });
    expect(await findDeskPlan(publisher, id)).toMatchObject({
      ...{ name: 'Print', description: 'Four times.', running: 1, sold: true },
      prices: { EUR: { standard: 4_800 } },
    });
  });

  test('is copied to change its terms: the copy is free, and not on offer', async () => {
    const { id, slug } = await aPlan({ name: 'A year', includesArchive: true });
    await aSubscriber(id);
    const copied = await copyPlan(publisher, id);
    const copyId = copied.ok ? copied.value.id : '';
    expect(await expiredTags()).toEqual([]);
    const { id: _, slug: copySlug, ...copy } = (await findDeskPlan(publisher, copyId)) ?? {};
    expect(copySlug).not.toBe(slug);
    expect(copy).toMatchObject({
      ...{ name: 'A year (copy)', includesArchive: true, term: ofYear.term, renews: true },
      prices: { EUR: { standard: 6_000 } },
      ...{ retiredAt: clock.now(), sold: false },
    });
    expect(await savePlan(publisher, copyId, input({ term: 'month' }))).toMatchObject({ ok: true });
    expect(await logged()).toMatchObject([
      ['plan.copy', expect.any(String)],
      ['plan.save', expect.any(String)],
    ]);
  });

  test('is found to be so by who saves it while it is being sold', async () => {
    const { id } = await aPlan();
    const { userId } = await aPerson();
    let saving: ReturnType<typeof savePlan> | undefined;
    await db().transaction(async (tx) => {
      await tx
        .insert(subscriptions)
        .values({ userId, planId: id, status: 'active', startedAt: clock.now() });
      saving = savePlan(publisher, id, input({ term: 'month' }));
      await somebodyWaits();
    });
    expect(await saving).toMatchObject({ reason: 'sold' });
  });
});

describe('two who change a plan', () => {
  test('each keep what the other didn’t touch, and are told of what both did', async () => {
    const { id } = await aPlan({ name: 'A year', prices: { EUR: 4_800 } });
    const opened = input({ name: 'A year' });
    const one = input({ name: 'A year of print' });
    const other = input({ name: 'A year', 'EUR-standard': '50' });
    expect(await savePlan(publisher, id, one, opened)).toMatchObject({ ok: true });
    expect(await savePlan(publisher, id, other, opened)).toMatchObject({ ok: true });
    expect(await findDeskPlan(publisher, id)).toMatchObject({
      name: 'A year of print',
      prices: { EUR: { standard: 5_000 } },
    });
    expect(await savePlan(publisher, id, input({ 'EUR-standard': '60' }), opened)).toMatchObject({
      reason: 'changed',
      fields: { EUR: expect.any(String) },
    });
  });

  test('order the plans one after the other, who saw another order is told', async () => {
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.push((await aPlan({ name })).id);
    await aPlan({ name: 'Retired', retiredAt: clock.now() });
    const [a = '', b = '', c = ''] = ids;
    const from = [a, b, c];
    const both = await Promise.all([
      orderPlans(publisher, { from, to: [c, a, b] }),
      orderPlans(publisher, { from, to: [b, a, c] }),
    ]);
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ reason: 'changed' });
    expect(await expiredTags()).toEqual(['plans']);
    expect(await logged()).toHaveLength(1);
    const now = (await plansOnOffer('EUR')).map(({ slug }) => slug);
    const rows = await db().select().from(plans);
    const present = now.map((slug) => rows.find((row) => row.slug === slug)?.id ?? '');
    for (const to of [
      [a, b],
      [a, a, b],
      [a, b, newId()],
    ]) {
      expect(await orderPlans(publisher, { from: present, to })).toMatchObject({
        reason: 'invalid',
      });
    }
    expect(await orderPlans(publisher, { from: present, to: present })).toMatchObject({ ok: true });
    expect(await logged()).toHaveLength(1);
  });
});

test('who may not price sees no plan of the office, and what isn’t there is not found', async () => {
  const { id } = await aPlan();
  const editor = await aPerson({ staffRole: 'editor' });
  expect(await listDeskPlans(editor)).toEqual([]);
  expect(await findDeskPlan(editor, id)).toBeNull();
  for (const unknown of [newId(), 'x', '']) {
    expect(await findDeskPlan(publisher, unknown)).toBeNull();
    for (const refused of [
      await savePlan(publisher, unknown, input()),
      await copyPlan(publisher, unknown),
      await offerPlan(publisher, unknown),
      await retirePlan(publisher, unknown),
      await removePlan(publisher, unknown),
    ]) {
      expect(refused).toMatchObject({ reason: 'not_found' });
    }
  }
});

test('the database takes no plan that couldn’t be kept', async () => {
  const { id } = await aPlan();
  const set = (columns: Partial<typeof plans.$inferInsert>) =>
    db().update(plans).set(columns).where(eq(plans.id, id));
  const refusal = (constraint: string) => ({ cause: expect.objectContaining({ constraint }) });
  await expect(set({ trialDays: 91 })).rejects.toMatchObject(refusal('plans_trial'));
  await expect(set({ interval: null, issueCount: 4 })).rejects.toMatchObject(
    refusal('plans_renews'),
  );
  await expect(
    set({ interval: null, issueCount: 4, renews: false, trialDays: 1 }),
  ).rejects.toMatchObject(refusal('plans_trial'));
  const chosen = { currency: 'EUR', tier: 'chosen' as const, amount: 100 };
  const price = (parts: object) => aPlan({ prices: {}, tiers: [{ ...chosen, ...parts }] });
  await expect(price({})).rejects.toMatchObject(refusal('plan_prices_bounded'));
  await expect(price({ tier: 'standard', minimum: 1, maximum: 200 })).rejects.toMatchObject(
    refusal('plan_prices_bounded'),
  );
  await expect(price({ minimum: 101, maximum: 200 })).rejects.toMatchObject(
    refusal('plan_prices_bounds'),
  );
});
