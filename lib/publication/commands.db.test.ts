import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { publication } from '#db/schema/publication.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { getSite } from '#lib/reading/site.ts';
import {
  type Actor,
  anonymous,
  type Person,
  type StaffRole,
  staffRoles,
} from '#lib/users/rules.ts';
import { saveAnnouncement, saveMenus, saveSettings } from './commands.ts';
import type { AnnouncementInput, MenusInput, SettingsInput } from './input.ts';
import { findAnnouncement, findMenus, findPublication, findSettings } from './queries.ts';

// Outside Next there is no cache.
vi.mock('next/cache', () => ({ cacheLife: () => {} }));
useDatabase();

const day = (text: string) => new Date(`${text}T10:00:00Z`);
let publisher: Person;
let admin: Person;
beforeEach(async () => {
  setClock(() => day('2031-03-01'));
  await aPublication();
  publisher = await aPerson({ staffRole: 'publisher' });
  admin = await aPerson({ staffRole: 'admin' });
});
afterEach(() => setClock(null));

const input = (parts: Partial<SettingsInput> = {}): SettingsInput => ({
  name: 'The Quarterly',
  tagline: 'Four times a year',
  description: 'Of the sea.',
  language: 'en-GB',
  email: 'post@example.org',
  postalAddress: '2 Quay Street',
  currency: 'GBP',
  timeZone: 'Europe/London',
  issuesPerYear: 6,
  logoId: null,
  accentLight: '#1f4f8f',
  accentDark: null,
  ...parts,
});
const announcement = (parts: Partial<AnnouncementInput> = {}): AnnouncementInput => ({
  bannerText: 'Open day',
  bannerHref: '/subscribe',
  bannerFrom: day('2031-03-02'),
  bannerUntil: day('2031-03-09'),
  ...parts,
});
const silence = announcement({ bannerText: '' });
const menus = (parts: Partial<MenusInput> = {}): MenusInput => ({
  mainMenu: [{ label: 'Archive', href: '/issues' }],
  footerMenu: null,
  socialLinks: [{ label: 'Social', url: 'https://social.example/@quarterly' }],
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

async function rolesWithout(...allowed: StaffRole[]) {
  const people: Actor[] = [anonymous, await aPerson()];
  for (const staffRole of staffRoles) {
    if (!allowed.includes(staffRole)) people.push(await aPerson({ staffRole }));
  }
  return people;
}

describe('the magazine’s own data', () => {
  test('is kept as it was sent, on record with what it was, and every page is made anew', async () => {
    expect(await saveSettings(admin, input())).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['publication']);
    expect((await findSettings(admin))?.settings).toEqual(input());
    expect(await findPublication()).toMatchObject({
      name: 'The Quarterly',
      timeZone: 'Europe/London',
      accents: { light: '#1f4f8f', dark: null },
    });
    expect(await db().select().from(auditEntries)).toMatchObject([
      {
        action: 'publication.save',
        actorId: admin.userId,
        detail: { name: { from: 'The Review', to: 'The Quarterly' } },
      },
    ]);
    expect(await saveSettings(admin, input())).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([]);
  });

  test('is changed and seen in the office by an administrator alone', async () => {
    const before = await findPublication();
    for (const actor of await rolesWithout('admin')) {
      expect(await saveSettings(actor, input())).toMatchObject({ reason: 'forbidden' });
      expect(await findSettings(actor)).toBeNull();
    }
    expect(await expiredTags()).toEqual([]);
    expect(await findPublication()).toEqual(before);
    expect(await db().select().from(auditEntries)).toEqual([]);
  });

  test('takes a logo from the library, and refuses one that is not there', async () => {
    const id = newId();
    const file = { storageKey: id, filename: 'a.png', type: 'image/png' as const, hash: id };
    await db()
      .insert(mediaAssets)
      .values({ ...file, id, bytes: 1, width: 640, height: 160, alt: 'A mark' });
    expect(await saveSettings(admin, input({ logoId: id }))).toMatchObject({ ok: true });
    expect(await findPublication()).toMatchObject({ logo: { id, width: 640 } });
    expect(await saveSettings(admin, input({ logoId: newId() }))).toMatchObject({
      fields: { logoId: expect.any(String) },
    });
  });

  test('of two who save at once, each keeps what they changed', async () => {
    await saveSettings(admin, input());
    const both = await Promise.all([
      saveSettings(admin, input({ tagline: 'Mine' }), input()),
      saveSettings(admin, input({ email: 'new@example.org' }), input()),
    ]);
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    expect((await findSettings(admin))?.settings).toMatchObject({
      tagline: 'Mine',
      email: 'new@example.org',
    });
  });

  test('that two changed to different things is refused to the second, who learns what it is now', async () => {
    await saveSettings(admin, input());
    await saveSettings(admin, input({ tagline: 'First' }), input());
    const second = input({ tagline: 'Second', name: 'Another' });
    expect(await saveSettings(admin, second, input())).toMatchObject({
      reason: 'changed',
      fields: { tagline: expect.stringContaining('First') },
    });
    expect((await findSettings(admin))?.settings).toMatchObject({
      tagline: 'First',
      name: 'The Quarterly',
    });
  });

  test('can’t be saved before it was set up, and is there once', async () => {
    await expect(aPublication()).rejects.toThrow();
    await db().delete(publication);
    expect(await saveSettings(admin, input())).toMatchObject({ reason: 'not_found' });
    await expect(findPublication()).rejects.toThrow(/not been set up/);
  });
});

describe('menus and links', () => {
  test('are kept as sent, on record, and every page is made anew; without lines the site’s own come back', async () => {
    expect(await saveMenus(publisher, menus())).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['publication']);
    expect(await findMenus(publisher)).toEqual(menus());
    expect(await findPublication()).toMatchObject(menus());
    await saveMenus(publisher, menus({ mainMenu: null }), menus());
    expect(await findPublication()).toMatchObject({ mainMenu: null });
    expect(await db().select().from(auditEntries)).toMatchObject([
      { action: 'publication.menus' },
      { action: 'publication.menus', detail: { mainMenu: { to: null } } },
    ]);
  });

  test('and the announcement are changed and seen in the office by a publisher and above alone', async () => {
    for (const actor of await rolesWithout('publisher', 'admin')) {
      expect(await saveMenus(actor, menus())).toMatchObject({ reason: 'forbidden' });
      expect(await saveAnnouncement(actor, announcement())).toMatchObject({ reason: 'forbidden' });
      expect([await findMenus(actor), await findAnnouncement(actor)]).toEqual([null, null]);
    }
    expect(await expiredTags()).toEqual([]);
    expect(await saveMenus(admin, menus())).toMatchObject({ ok: true });
    expect(await saveAnnouncement(admin, announcement())).toMatchObject({ ok: true });
  });
});

describe('an announcement', () => {
  test('stands on every page from its first instant to its last, and pages follow by themselves', async () => {
    await saveAnnouncement(publisher, announcement());
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
    await saveAnnouncement(publisher, announcement());
    const first = (await versionNow()) ?? 0;
    await saveAnnouncement(publisher, announcement({ bannerUntil: day('2031-03-20') }));
    expect(await versionNow()).toBe(first);
    await saveAnnouncement(publisher, announcement({ bannerText: 'Sold out' }));
    expect(await versionNow()).toBe(first + 1);
    await saveAnnouncement(publisher, silence);
    expect(await versionNow()).toBeUndefined();
    await saveAnnouncement(publisher, announcement({ bannerText: 'Sold out' }));
    expect(await versionNow()).toBe(first + 2);
  });

  test('that runs already has one job for its end, which moves with it', async () => {
    const running = { bannerFrom: day('2031-02-01') };
    for (const until of [day('2031-03-09'), day('2031-03-12'), day('2031-03-03')]) {
      await saveAnnouncement(publisher, announcement({ ...running, bannerUntil: until }));
      expect(await queued()).toEqual([{ at: until, tags: ['publication'] }]);
    }
  });

  test('that is taken down leaves neither days nor link', async () => {
    await saveAnnouncement(publisher, announcement());
    await saveAnnouncement(publisher, announcement({ bannerText: '' }));
    expect(await db().select().from(publication)).toMatchObject([
      { bannerText: null, bannerHref: null, bannerFrom: null, bannerUntil: null },
    ]);
  });

  test('is one thing: two who change its text and its days at once don’t make a third of them', async () => {
    await saveAnnouncement(publisher, announcement());
    const days = announcement({ bannerFrom: day('2031-04-02'), bannerUntil: day('2031-04-09') });
    await saveAnnouncement(publisher, days, announcement());
    const text = announcement({ bannerText: 'Sold out', bannerUntil: day('2031-03-05') });
    expect(await saveAnnouncement(publisher, text, announcement())).toMatchObject({
      reason: 'changed',
    });
    expect(await findAnnouncement(publisher)).toEqual(days);
  });
});
