import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articleFormerSlugs, articles } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { redirects } from '#db/schema/redirects.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { anonymous, type Person, staffRoles } from '#lib/users/rules.ts';
import { addRedirect, importRedirects, removeRedirect } from './commands.ts';
import { findLeads, listRedirects } from './queries.ts';

useDatabase();
let publisher: Person;
beforeEach(async () => {
  publisher = await aPerson({ staffRole: 'publisher', name: 'Pat' });
});

const lead = async (path: string) => (await findLeads([path]))[0]?.location ?? null;
const add = (from: string, to: string) => addRedirect(publisher, { from, to });
const logged = async () =>
  (await db().select().from(auditEntries)).map(({ action, detail }) => ({ action, detail }));

describe('a redirect', () => {
  test('leads where it was entered to, on record, and every answer that depended on it is made anew', async () => {
    expect(await add('/about-us/', '/issues?from=old')).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['redirects']);
    expect(await findLeads(['/about-us', '/else'])).toEqual([
      { location: '/issues?from=old', tags: ['everything', 'redirects'] },
      { location: null, tags: ['everything', 'redirects'] },
    ]);
    expect(await logged()).toEqual([
      { action: 'redirect.add', detail: { from: '/about-us', to: '/issues?from=old' } },
    ]);
    expect((await listRedirects(publisher, { search: 'ABOUT', page: 1 })).redirects).toMatchObject([
      { from: '/about-us', automatic: false, by: 'Pat' },
    ]);
    expect((await listRedirects(publisher, { search: '%', page: 1 })).total).toBe(0);
  });

  test('never makes a chain, at either end, also where two are entered in the same instant', async () => {
    await add('/b', '/c');
    await add('/a', '/b');
    expect(await lead('/a')).toBe('/c');
    await add('/c', 'https://d.example/x');
    expect([await lead('/a'), await lead('/b')]).toEqual(Array(2).fill('https://d.example/x'));
    await Promise.all([add('/1', '/2'), add('/2', '/3'), add('/3', '/1')]);
    const rows = await db().select().from(redirects);
    const starts = new Set(rows.map(({ fromPath }) => fromPath));
    expect(rows.filter(({ target }) => starts.has(target))).toEqual([]);
  });

  test('is known by its decoded path, however that was written', async () => {
    await add('/caf%C3%A9', '/über');
    await add('/%C3%BCber', '/issues');
    expect(await lead('/café')).toBe('/issues');
  });

  test('is refused from where a page stands, in a circle, and where it leads elsewhere already', async () => {
    await aSection({ name: 'Essays' });
    await aContributor({ name: 'Ann' });
    await anArticle({ slug: 'out' });
    await anArticle({ slug: 'draft', publishedAt: null });
    for (const path of ['/sections/essays', '/contributors/ann', '/articles/out']) {
      expect(await add(path, '/issues')).toMatchObject({
        reason: 'refused',
        fields: { from: expect.any(String) },
      });
    }
    expect(await add('/articles/draft', '/issues')).toMatchObject({ ok: true });
    await add('/a', '/b');
    expect(await add('/b', '/a')).toMatchObject({ reason: 'refused' });
    expect(await add('/a', '/c')).toMatchObject({
      fields: { from: expect.stringContaining('/b') },
    });
    expect(await add('/a', '/b')).toMatchObject({ ok: true });
    expect(await add('/x', '//evil.example')).toMatchObject({ fields: { to: expect.any(String) } });
  });

  test('to an article that has moved since leads to where it is now', async () => {
    const { id } = await anArticle({ slug: 'old' });
    await add('/p/1', '/articles/old');
    await db().insert(articleFormerSlugs).values({ slug: 'old', articleId: id });
    await db().update(articles).set({ slug: 'new' }).where(eq(articles.id, id));
    expect(await findLeads(['/p/1'])).toMatchObject([
      { location: '/articles/new', tags: expect.arrayContaining(['article:old']) },
    ]);
  });

  test('that is removed leads nowhere, on record', async () => {
    await add('/a', '/b');
    await expiredTags();
    expect(await removeRedirect(publisher, '/a')).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['redirects']);
    expect(await lead('/a')).toBeNull();
    expect((await logged()).at(-1)).toEqual({
      action: 'redirect.remove',
      detail: { from: '/a', to: '/b' },
    });
    expect(await removeRedirect(publisher, '/a')).toMatchObject({ reason: 'not_found' });
  });

  test('is entered, imported, removed and seen in the office by a publisher and above alone', async () => {
    await add('/a', '/b');
    for (const actor of [anonymous, await aPerson()]) await expectRefused(actor);
    for (const staffRole of staffRoles) {
      const actor = await aPerson({ staffRole });
      if (staffRole === 'writer' || staffRole === 'editor') await expectRefused(actor);
      else {
        const { total } = await listRedirects(actor, { search: '', page: 1 });
        expect(total).toBeGreaterThan(0);
        expect(await addRedirect(actor, { from: `/${staffRole}`, to: '/b' })).toMatchObject({
          ok: true,
        });
      }
    }
  });
});

async function expectRefused(actor: Parameters<typeof addRedirect>[0]) {
  const pair = { from: '/mine', to: '/b' };
  for (const refused of [
    await addRedirect(actor, pair),
    await importRedirects(actor, [pair], { dryRun: false }),
    await removeRedirect(actor, '/a'),
  ]) {
    expect(refused).toMatchObject({ reason: 'forbidden' });
  }
  expect((await listRedirects(actor, { search: '', page: 1 })).total).toBe(0);
}

describe('an import', () => {
  const list = [
    { from: '/a', to: '/b' },
    { from: '/b', to: '/c' },
    { from: '/c', to: 'javascript:alert(1)' },
    { from: '/alone', to: '' },
    { from: '/present', to: '/issues' },
  ];
  beforeEach(async () => {
    await add('/present', '/c');
    await expiredTags();
  });

  test('is shown before it is done, and nothing is changed by that', async () => {
    const preview = await importRedirects(publisher, list, { dryRun: true });
    expect(preview).toMatchObject({ value: { added: 2, present: 0 } });
    expect(preview.ok && preview.value.refused.map(({ from }) => from)).toEqual([
      '/c',
      '/alone',
      '/present',
    ]);
    expect([await lead('/a'), await expiredTags()]).toEqual([null, []]);
  });

  test('does what was shown, once, on record', async () => {
    const done = await importRedirects(publisher, list, { dryRun: false });
    expect(done).toEqual(await importRedirectsShown());
    expect([await lead('/a'), await lead('/b')]).toEqual(['/c', '/c']);
    expect((await logged()).at(-1)).toEqual({ action: 'redirect.import', detail: { added: 2 } });
    expect(await importRedirects(publisher, list.slice(1, 2), { dryRun: false })).toMatchObject({
      value: { added: 0, present: 1 },
    });
  });

  async function importRedirectsShown() {
    await db().delete(redirects);
    await add('/present', '/c');
    const shown = await importRedirects(publisher, list, { dryRun: true });
    await importRedirects(publisher, list, { dryRun: false });
    return shown;
  }

  test('of thousands of lines takes one act, and of more than that is refused', async () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({ from: `/p/${at}`, to: '/issues' }));
    expect(await importRedirects(publisher, many, { dryRun: false })).toMatchObject({
      value: { added: 5_000 },
    });
    expect(await lead('/p/4999')).toBe('/issues');
    expect(await importRedirects(publisher, [...many, ...list], { dryRun: true })).toMatchObject({
      reason: 'invalid',
    });
  });
});
