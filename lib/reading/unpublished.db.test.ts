import { describe, expect, test, vi } from 'vitest';
import { aContributor, anArticle, anArticleForm, aSection } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { unpublishArticle } from '#lib/publishing/articles.ts';
import { anonymous } from '#lib/users/rules.ts';
import { getArticleFor, getNewArticleAddress, getPublicArticle } from './article.ts';
import { aGrant, body, secretsIn } from './gated.fixture.ts';
import {
  getArchive,
  getContributor,
  getFeed,
  getHome,
  getIssue,
  getNewIssueAddress,
  getSection,
  getSitemap,
  search,
} from './lists.ts';
import { getLatestNews } from './site.ts';

// Outside Next there is no cache.
vi.mock('next/cache', () => ({ cacheLife: () => {} }));
useDatabase();

describe('what is not published', () => {
  test('is at no address and in no list, for anybody, staff included', async () => {
    const hidden = await anIssue({ publishedAt: null, title: 'Kazoo', slug: 'kazoo' });
    const section = await aSection();
    const contributor = await aContributor();
    const parts = {
      body,
      publishedAt: null,
      sectionId: section.id,
      bylines: [{ contributorId: contributor.id, role: 'author' as const }],
    };
    const placement = { issueId: hidden.id, department: 'Essays', position: 1 };
    const draft = await anArticle({ ...parts, title: 'quagga', placement });
    const scheduled = await anArticle({
      ...parts,
      title: 'zeugma',
      kind: 'news',
      scheduledFor: new Date('2990-01-01'),
    });
    const gone = await anArticle({ ...parts, title: 'sphinx', publishedAt: new Date() });
    await unpublishArticle(await aPerson({ staffRole: 'editor' }), gone.id);
    const admin = await aPerson({ staffRole: 'admin' });
    for (const { slug } of [draft, scheduled, gone]) {
      for (const viewer of [anonymous, await aPerson(), admin]) {
        expect(await getArticleFor(viewer, slug)).toBeNull();
      }
      expect(await getPublicArticle(slug)).toBeNull();
    }
    expect(await getIssue(hidden.slug)).toBeNull();
    const lists = [
      await getHome(),
      await getArchive(null),
      await getSection(section.slug),
      await getContributor(contributor.slug),
      await getFeed(),
      await getSitemap(),
      await getLatestNews(10),
      await search('xylophone', 1),
      await search('quagga', 1),
    ];
    expect(secretsIn(lists)).toEqual([]);
  });

  test('is not shown in place of what is: later work waits', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await anArticle({ title: 'Out' });
    await saveArticle(editor, id, 1, {
      title: 'zeugma',
      slug,
      kind: 'article',
      kicker: 'quagga',
      standfirst: 'kazoo',
      access: 'free',
      sectionId: null,
      pictureId: null,
      body,
      bylines: [],
      topics: [],
    });
    for (const viewer of [anonymous, editor]) {
      const view = await getArticleFor(viewer, slug);
      expect(view?.article.title).toBe('Out');
      expect(secretsIn(view)).toEqual([]);
    }
    expect((await search('xylophone', 1)).articles).toEqual([]);
  });

  test('an issue in work stays unnamed on the page of an article that is out already', async () => {
    const issue = await anIssue({ publishedAt: null, number: 815, title: 'kazoo', slug: 'kazoo' });
    const { slug } = await anArticle({
      access: 'gated',
      placement: { issueId: issue.id, department: 'sphinx', position: 1 },
    });
    const person = await aPerson();
    const view = await getArticleFor(person, slug);
    expect(view).toMatchObject({ article: { issue: null, department: null, page: null } });
    expect(secretsIn(view)).toEqual([]);
    expect(JSON.stringify(view)).not.toContain('No. 815');
    await aGrant(person.userId, issue.id, '2020-01-01', null);
    expect(await getArticleFor(person, slug)).toMatchObject({ article: { complete: true } });
  });

  test('redirects nowhere', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id } = await anArticle({ slug: 'tide' });
    const renamed = anArticleForm({ title: 'Ebb', slug: 'ebb', body });
    await saveArticle(editor, id, 1, renamed);
    expect(await getNewArticleAddress('tide')).toBe('ebb');
    await unpublishArticle(editor, id);
    expect(await getNewArticleAddress('tide')).toBeNull();
    expect(await getNewIssueAddress('tide')).toBeNull();
  });
});
