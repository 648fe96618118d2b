import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aBody, aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { revisions } from '#db/schema/articles.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { publishArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { saveArticle } from './commands.ts';
import { findPublished } from './queries.ts';
import { input, saved, stateOf } from './saving.fixture.ts';

useDatabase();

describe('what the public reads', () => {
  test('changes at once with kind and topics, and its pages with it; a draft’s with neither', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id } = await anArticle({ slug: 'tide' });
    const news = input({ kind: 'news' });
    await saveArticle(editor, id, 1, news);
    expect(await expiredTags()).toEqual(['article:tide', 'articles', 'news']);
    await saveArticle(editor, id, 2, { ...news, topics: ['Sea', 'Moon'] });
    expect(await expiredTags()).toEqual(['article:tide', 'topic:moon', 'topic:sea']);
    await saveArticle(editor, id, 3, { ...news, topics: ['Moon', 'Sea'] });
    expect(await expiredTags()).toEqual([]);
    await saveArticle(editor, id, 4, { ...news, topics: ['Moon', 'Sun'] });
    expect(await expiredTags()).toEqual(['article:tide', 'topic:sea', 'topic:sun']);
    await saveArticle(editor, id, 5, news);
    expect(await expiredTags()).toEqual(['article:tide', 'topic:moon', 'topic:sun']);
    await saveArticle(editor, id, 6, input());
    expect(await expiredTags()).toEqual(['article:tide', 'articles', 'news']);
    const draft = await anArticle({ slug: 'ebb', publishedAt: null });
    await saveArticle(editor, draft.id, 1, { ...news, slug: 'ebb', topics: ['Sea'] });
    expect(await expiredTags()).toEqual([]);
  });

  test('stays as it was published until it is published again', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const section = await aSection();
    const { id: contributorId } = await aContributor();
    const { id } = await anArticle({
      slug: 'tide',
      title: 'Tide',
      body: aBody('Old.'),
      sectionId: section.id,
      bylines: [{ contributorId, role: 'author' }],
    });
    const asBefore = await findPublished('tide', { mayReadGated: true });
    const work = input({
      title: 'New',
      body: aBody('New.'),
      access: 'gated',
      kicker: 'New',
      sectionId: section.id,
    });
    expect(await saveArticle(editor, id, 1, work)).toEqual(saved(2));
    expect(await saveArticle(editor, id, 2, { ...work, title: 'Newer' })).toEqual(saved(3));
    expect(await findPublished('tide', { mayReadGated: true })).toEqual(asBefore);
    expect((await stateOf(id)).texts).toMatchObject([
      { number: 1, version: 1, title: 'Tide' },
      { number: 2, version: 3, title: 'Newer' },
    ]);
    await saveArticle(editor, id, 3, { ...work, bylines: [{ contributorId, role: 'editor' }] });
    expect(await publishArticle(editor, id)).toMatchObject({ ok: true });
    expect(await findPublished('tide', { mayReadGated: true })).toMatchObject({
      title: 'New',
      access: 'gated',
      body: aBody('New.'),
    });
  });

  test('is frozen by the database itself', async () => {
    const { revisionId } = await anArticle();
    const change = (values: Partial<typeof revisions.$inferInsert>) =>
      db().update(revisions).set(values).where(eq(revisions.id, revisionId));
    for (const values of [
      { title: 'Other' },
      { kicker: 'Other' },
      { standfirst: 'Other' },
      { body: aBody('Other') },
      { access: 'gated' as const },
    ]) {
      await expect(change(values)).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/was published and is frozen/) },
      });
    }
    await expect(change({ publishedAt: new Date() })).resolves.toBeDefined();
  });

  test('can be worked on after it was taken off the site, without touching what was read', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await anArticle({ title: 'Tide', kind: 'news' });
    await unpublishArticle(editor, id);
    const rewritten = input({ slug, kind: 'news', title: 'Rewritten' });
    expect(await saveArticle(editor, id, 1, rewritten)).toEqual(saved(2));
    expect((await stateOf(id)).texts).toMatchObject([{ title: 'Tide' }, { title: 'Rewritten' }]);
    expect(await publishArticle(editor, id)).toMatchObject({ ok: true });
    expect(await findPublished(slug, { mayReadGated: true })).toMatchObject({ title: 'Rewritten' });
  });
});
