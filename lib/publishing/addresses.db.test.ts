import { asc } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { redirects } from '#db/schema/redirects.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { saveIssue } from '#lib/issues/commands.ts';
import { input } from '#lib/issues/issues.fixture.ts';
import { publishArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { publishIssue } from '#lib/publishing/issues.ts';
import { addRedirect } from '#lib/redirects/commands.ts';
import type { Person } from '#lib/users/rules.ts';
import { aWholeArticle, aWholeIssue } from './publishing.fixture.ts';

useDatabase();
let publisher: Person;
beforeEach(async () => {
  publisher = await aPerson({ staffRole: 'publisher' });
});

async function redirected(...paths: string[]): Promise<void> {
  for (const from of paths) {
    expect(await addRedirect(publisher, { from, to: '/about' })).toMatchObject({ ok: true });
  }
  await expiredTags();
}
const left = async () =>
  (await db().select().from(redirects).orderBy(asc(redirects.fromPath))).map((row) => row.fromPath);
const logged = async () =>
  (await db().select().from(auditEntries).orderBy(asc(auditEntries.id)))
    .filter(({ action }) => action === 'redirect.remove')
    .map(({ subjectId, actorId, detail }) => ({ subjectId, actorId, detail }));
const removed = (path: string) => ({
  subjectId: path,
  actorId: publisher.userId,
  detail: { from: path, to: '/about', because: 'A page stands there now.' },
});

describe('an address that was redirected leads nowhere else, on record, from when its page stands there', () => {
  test('as an article’s, and that of what it is about, when it is published and not before', async () => {
    const { id, slug } = await aWholeArticle({ slug: 'tide' });
    await redirected('/articles/tide', '/topics/sea', '/articles/ebb', '/topics/moon');
    await saveArticle(publisher, id, 1, { slug, topics: ['Sea'] });
    expect(await left()).toEqual([
      '/articles/ebb',
      '/articles/tide',
      '/topics/moon',
      '/topics/sea',
    ]);
    await expiredTags();
    expect(await publishArticle(publisher, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toContain('redirects');
    expect(await left()).toEqual(['/articles/ebb', '/topics/moon']);
    expect(await logged()).toEqual(
      expect.arrayContaining([removed('/articles/tide'), removed('/topics/sea')]),
    );
  });

  test('as that of a published article at once, when its address or what it is about is changed', async () => {
    const { id, slug } = await anArticle({ slug: 'tide' });
    await redirected('/articles/ebb', '/topics/moon', '/topics/other');
    await saveArticle(publisher, id, 1, { slug, topics: ['Moon'] });
    expect(await left()).toEqual(['/articles/ebb', '/topics/other']);
    await saveArticle(publisher, id, 2, { slug: 'ebb' });
    expect(await left()).toEqual(['/topics/other']);
    expect(await logged()).toEqual([removed('/topics/moon'), removed('/articles/ebb')]);
  });

  test('as an issue’s and those of all its articles, when it is released', async () => {
    const { id, slug, first, second } = await aWholeIssue();
    const paths = [`/articles/${first.slug}`, `/articles/${second.slug}`, `/issues/${slug}`];
    await redirected(...paths, '/issues/other');
    expect(await publishIssue(publisher, id)).toMatchObject({ ok: true });
    expect(await left()).toEqual(['/issues/other']);
    expect((await logged()).map(({ subjectId }) => subjectId).sort()).toEqual(paths.sort());
  });

  test('as that of an issue that is out at once, when its address is changed', async () => {
    const { id } = await anIssue({ slug: 'first', number: 7 });
    await redirected('/issues/second');
    expect(await saveIssue(publisher, id, input({ slug: 'second', number: 7 }))).toMatchObject({
      ok: true,
    });
    expect([await left(), await logged()]).toEqual([[], [removed('/issues/second')]]);
  });

  test('and not again by what was out already', async () => {
    const { id } = await aWholeArticle({ slug: 'tide' });
    await publishArticle(publisher, id);
    await unpublishArticle(publisher, id);
    await redirected('/articles/tide');
    await expiredTags();
    await publishArticle(publisher, id);
    expect(await left()).toEqual([]);
    await saveArticle(publisher, id, 1, { title: 'Tides' });
    await expiredTags();
    await publishArticle(publisher, id);
    expect(await expiredTags()).not.toContain('redirects');
    expect(await logged()).toHaveLength(1);
  });

  test('also where the redirect is entered in the same instant', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, slug } = await aWholeArticle({ slug: `tide-${round}` });
      const [, published] = await Promise.all([
        addRedirect(publisher, { from: `/articles/${slug}`, to: '/about' }),
        publishArticle(publisher, id),
      ]);
      expect(published).toMatchObject({ ok: true });
      expect(await left()).toEqual([]);
    }
  });
});
