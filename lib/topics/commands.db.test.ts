import { beforeEach, describe, expect, test } from 'vitest';
import { anArticle, anArticleForm } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { topics } from '#db/schema/contributors.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { newId } from '#lib/ids.ts';
import { findLeads } from '#lib/redirects/queries.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { createTopic, mergeTopics, removeTopic, saveTopic } from './commands.ts';
import { findDeskTopic, findTopic, listTopicSlugs, listTopics } from './queries.ts';

useDatabase();
let editor: Person;
beforeEach(async () => {
  editor = await aPerson({ staffRole: 'editor' });
});

const sea = { name: 'Sea', slug: 'sea', description: 'Salt water.' };
async function aTopic(parts: Partial<typeof sea> = {}): Promise<string> {
  const made = await createTopic(editor, { ...sea, ...parts });
  if (!made.ok) throw new Error(made.message);
  await expiredTags();
  return made.value.id;
}
const counts = async () =>
  (await listTopics(editor, { search: '', page: 1 })).topics.map(({ name, articleCount }) => [
    name,
    articleCount,
  ]);
const logged = async () => (await db().select().from(auditEntries)).at(-1);

const about = (slug: string, ...names: string[]) => anArticleForm({ slug, topics: names });

describe('a topic', () => {
  test('has a page once something published is about it, and none while that is in work', async () => {
    const id = await aTopic();
    expect(await findDeskTopic(editor, id)).toMatchObject({ published: false, articleCount: 0 });
    await anArticle({ topics: ['Sea', 'Moon'], publishedAt: null });
    expect([await findTopic('sea'), await listTopicSlugs(10)]).toEqual([null, []]);
    expect(await findDeskTopic(editor, id)).toMatchObject({ published: false, articleCount: 1 });
    await anArticle({ topics: ['Sea'] });
    expect(await findDeskTopic(editor, id)).toMatchObject({ published: true, articleCount: 2 });
    expect(await findTopic('sea')).toEqual(sea);
    expect(await listTopicSlugs(10)).toEqual(['sea']);
    expect(await counts()).toEqual([
      ['Moon', 1],
      ['Sea', 2],
    ]);
  });

  test('that is renamed is renamed on its articles, on record, and its former address leads to the new one', async () => {
    const id = await aTopic();
    await anArticle({ slug: 'tide', topics: ['Sea'] });
    const oceans = { name: 'Oceans', slug: 'oceans', description: '' };
    expect(await saveTopic(editor, id, oceans)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([
      'article:tide',
      'articles',
      'redirects',
      'topic:oceans',
      'topic:sea',
    ]);
    expect(await findLeads(['/topics/sea'])).toMatchObject([{ location: '/topics/oceans' }]);
    expect(await logged()).toMatchObject({
      action: 'topic.save',
      detail: { name: { from: 'Sea', to: 'Oceans' } },
    });
  });

  test('is found by its name in an article’s form, whatever its address, and by a former one', async () => {
    const id = await aTopic();
    await saveTopic(editor, id, { ...sea, name: 'Open water' });
    const article = await anArticle({ publishedAt: null });
    await saveArticle(editor, article.id, 1, about(article.slug, 'open WATER'));
    expect(await counts()).toEqual([['Open water', 1]]);
    await saveTopic(editor, id, { ...sea, name: 'Open water', slug: 'open-water' });
    await saveArticle(editor, article.id, 2, about(article.slug, 'Sea', 'Open water'));
    expect(await counts()).toEqual([['Open water', 1]]);
  });

  test('is merged into another: articles about both are about one, and nothing brings it back', async () => {
    const [from, into] = [
      await aTopic(),
      await aTopic({ name: 'Oceans', slug: 'oceans', description: '' }),
    ];
    const both = await anArticle({ slug: 'both', topics: ['Sea', 'Oceans'] });
    await anArticle({ slug: 'one', topics: ['Sea'] });
    expect(await mergeTopics(editor, from, into)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([
      'article:both',
      'article:one',
      'articles',
      'redirects',
      'topic:oceans',
      'topic:sea',
    ]);
    expect(await counts()).toEqual([['Oceans', 2]]);
    expect(await findTopic('oceans')).toMatchObject({ description: 'Salt water.' });
    expect(await findLeads(['/topics/sea'])).toMatchObject([{ location: '/topics/oceans' }]);
    await saveArticle(editor, both.id, 1, about('both', 'Sea'));
    expect(await counts()).toEqual([['Oceans', 2]]);
  });

  test('is merged or named, and nothing fails, when the two happen in the same instant', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [from, into] = [
        await aTopic({ slug: `from-${round}`, name: `From ${round}` }),
        await aTopic({ slug: `into-${round}`, name: `Into ${round}` }),
      ];
      const { id, slug } = await anArticle({ publishedAt: null });
      const both = await Promise.all([
        mergeTopics(editor, from, into),
        saveArticle(editor, id, 1, about(slug, `From ${round}`)),
      ]);
      expect(both).toMatchObject([{ ok: true }, { ok: true }]);
      expect(await findDeskTopic(editor, into)).toMatchObject({ articleCount: 1 });
      expect(await findDeskTopic(editor, from)).toBeNull();
    }
  });

  test('that is removed leaves its articles, on record', async () => {
    const id = await aTopic();
    await anArticle({ slug: 'tide', topics: ['Sea'] });
    expect(await removeTopic(editor, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['article:tide', 'articles', 'topic:sea']);
    expect(await counts()).toEqual([]);
    expect(await logged()).toMatchObject({ action: 'topic.remove', detail: { slug: 'sea' } });
  });

  test('can’t take another one’s address, not even in the same instant', async () => {
    const made = await Promise.all([1, 2].map(() => createTopic(editor, sea)));
    expect(made.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const ids = [await aTopic({ slug: 'a' }), await aTopic({ slug: 'b' })];
    const saved = await Promise.all(ids.map((id) => saveTopic(editor, id, { ...sea, slug: 'c' })));
    expect(saved.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(saved.find(({ ok }) => !ok)).toMatchObject({ fields: { slug: expect.any(String) } });
    expect(await db().$count(topics)).toBe(3);
  });

  test('is made, changed, merged, removed and seen in the office by an editor and above alone', async () => {
    const id = await aTopic();
    for (const actor of [anonymous, await aPerson(), await aPerson({ staffRole: 'writer' })]) {
      for (const refused of [
        await createTopic(actor, { ...sea, slug: 'mine' }),
        await saveTopic(actor, id, sea),
        await mergeTopics(actor, id, newId()),
        await removeTopic(actor, id),
      ]) {
        expect(refused).toMatchObject({ reason: 'forbidden' });
      }
      expect(await findDeskTopic(actor, id)).toBeNull();
      expect((await listTopics(actor, { search: '', page: 1 })).total).toBe(0);
    }
    for (const staffRole of ['publisher', 'admin'] as const) {
      const actor = await aPerson({ staffRole });
      expect(await saveTopic(actor, id, sea)).toMatchObject({ ok: true });
    }
    for (const nobody of [newId(), 'x']) {
      expect(await saveTopic(editor, nobody, sea)).toMatchObject({ reason: 'not_found' });
      expect(await mergeTopics(editor, id, nobody)).toMatchObject({ reason: 'not_found' });
      expect(await removeTopic(editor, nobody)).toMatchObject({ reason: 'not_found' });
    }
    expect(await mergeTopics(editor, id, id)).toMatchObject({ reason: 'invalid' });
  });
});
