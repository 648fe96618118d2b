import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { publication } from '#db/schema/publication.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { getSite } from '#lib/reading/site.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { savePublication } from './commands.ts';
import type { PublicationInput } from './input.ts';
import { findPublication } from './queries.ts';

// Outside Next there is no cache.
vi.mock('next/cache', () => ({ cacheLife: () => {} }));
useDatabase();

const day = (text: string) => new Date(`${text}T10:00:00Z`);
let publisher: Person;
beforeEach(async () => {
  setClock(() => day('2031-03-01'));
  await aPublication();
  publisher = await aPerson({ staffRole: 'publisher' });
});
afterEach(() => setClock(null));

const input = (parts: Partial<PublicationInput> = {}): PublicationInput => ({
  name: 'The Quarterly',
  tagline: 'Four times a year',
  description: 'Of the sea.',
  email: 'post@example.org',
  postalAddress: '2 Quay Street',
  currency: 'GBP',
  socialLinks: [{ label: 'Social', url: 'https://social.example/@quarterly' }],
  bannerText: '',
  bannerHref: '',
  bannerFrom: null,
  bannerUntil: null,
  ...parts,
});
const announcement = (parts: Partial<PublicationInput> = {}) =>
  input({
    bannerText: 'Open day',
    bannerHref: '/subscribe',
    bannerFrom: day('2031-03-02'),
    bannerUntil: day('2031-03-09'),
    ...parts,
  });

const versionNow = async () => (await findPublication()).banner?.version;

/** When pages are made anew, of which tags. */
async function queued() {
  const { rows } = await db().execute<{ run_at: string; payload: { tags: string[] } }>(
    sql`select run_at, payload from graphile_worker._private_jobs order by run_at`,
  );
  return rows.map(({ run_at, payload }) => ({ at: new Date(run_at), ...payload }));
}

describe('the magazine’s own data', () => {
  test('is kept as it was sent, on record, and every page is made anew', async () => {
    expect(await savePublication(publisher, input())).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['publication']);
    const { bannerText, bannerHref, bannerFrom, bannerUntil, ...shown } = input();
    expect(await findPublication()).toMatchObject({ ...shown, banner: null });
    expect(await db().select().from(auditEntries)).toMatchObject([
      { action: 'publication.save', actorId: publisher.userId },
    ]);
  });

  test('is changed by a publisher and above alone', async () => {
    const before = await findPublication();
    const others = [anonymous, await aPerson()];
    for (const staffRole of ['writer', 'editor'] as const) {
      others.push(await aPerson({ staffRole }));
    }
    for (const actor of others) {
      expect(await savePublication(actor, input())).toMatchObject({ reason: 'forbidden' });
    }
    expect(await expiredTags()).toEqual([]);
    expect(await findPublication()).toEqual(before);
    expect(await db().select().from(auditEntries)).toEqual([]);
  });

  test('can’t be saved before it was set up, and is there once', async () => {
    await expect(aPublication()).rejects.toThrow();
    await db().delete(publication);
    expect(await savePublication(publisher, input())).toMatchObject({ reason: 'not_found' });
    await expect(findPublication()).rejects.toThrow(/not been set up/);
  });
});

describe('an announcement', () => {
  test('stands on every page from its first instant to its last, and pages follow by themselves', async () => {
    await savePublication(publisher, announcement());
    expect(await queued()).toEqual([
      { at: day('2031-03-02'), tags: ['publication'] },
      { at: day('2031-03-09'), tags: ['publication'] },
    ]);
    const shown: unknown[] = [];
    for (const at of ['2031-03-01', '2031-03-02', '2031-03-08', '2031-03-09']) {
      setClock(() => day(at));
      shown.push((await getSite())?.publication.banner?.text);
    }
    expect(shown).toEqual([undefined, 'Open day', 'Open day', undefined]);
  });

  test('of another text gets a number of its own, so that who hid the last one sees it', async () => {
    await savePublication(publisher, announcement());
    const first = (await versionNow()) ?? 0;
    await savePublication(publisher, announcement({ bannerUntil: day('2031-03-20') }));
    expect(await versionNow()).toBe(first);
    await savePublication(publisher, announcement({ bannerText: 'Sold out' }));
    expect(await versionNow()).toBe(first + 1);
    await savePublication(publisher, input());
    expect(await versionNow()).toBeUndefined();
    await savePublication(publisher, announcement({ bannerText: 'Sold out' }));
    expect(await versionNow()).toBe(first + 2);
  });

  test('that runs already has one job for its end, which moves with it', async () => {
    const running = { bannerFrom: day('2031-02-01') };
    for (const until of [day('2031-03-09'), day('2031-03-12'), day('2031-03-03')]) {
      await savePublication(publisher, announcement({ ...running, bannerUntil: until }));
      expect(await queued()).toEqual([{ at: until, tags: ['publication'] }]);
    }
  });

  test('that is taken down leaves neither days nor link', async () => {
    await savePublication(publisher, announcement());
    await savePublication(publisher, announcement({ bannerText: '', bannerHref: '' }));
    expect(await db().select().from(publication)).toMatchObject([
      { bannerText: null, bannerHref: null, bannerFrom: null, bannerUntil: null },
    ]);
  });
});
