import { describe, expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from './commands.ts';
import { findByFormerSlug, findPublished } from './queries.ts';
import { input, saved, stateOf } from './saving.fixture.ts';

useDatabase();

describe('the address', () => {
  test('of a published article redirects when it changes, through every change, and back', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id } = await anArticle({ slug: 'tide' });
    await saveArticle(editor, id, 1, input({ slug: 'ebb' }));
    expect(await expiredTags()).toEqual(['article:ebb', 'article:tide', 'articles']);
    expect(await findByFormerSlug('tide')).toBe('ebb');
    await saveArticle(editor, id, 2, input({ slug: 'flood' }));
    expect(await expiredTags()).toEqual([
      'article:ebb',
      'article:flood',
      'article:tide',
      'articles',
    ]);
    expect(await findByFormerSlug('tide')).toBe('flood');
    expect(await findByFormerSlug('ebb')).toBe('flood');
    expect(await saveArticle(editor, id, 3, input({ slug: 'tide' }))).toMatchObject({ ok: true });
    expect(await findByFormerSlug('tide')).toBeNull();
    expect(await findByFormerSlug('flood')).toBe('tide');
    expect(await findPublished('tide', { mayReadGated: false })).toMatchObject({ slug: 'tide' });
  });

  test('of a draft changes without a trace and is free again', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id } = await anArticle({ slug: 'tide', publishedAt: null });
    const other = await anArticle({ slug: 'other', publishedAt: null });
    expect(await saveArticle(editor, id, 1, input({ slug: 'ebb' }))).toEqual(saved(2));
    expect((await stateOf(id)).former).toEqual([]);
    expect(await expiredTags()).toEqual([]);
    expect(await saveArticle(editor, other.id, 1, input({ slug: 'tide' }))).toEqual(saved(2));
  });
});

test('two articles that take one address at the same moment: one has it, the other is told', async () => {
  const editor = await aPerson({ staffRole: 'editor' });
  for (const publishedAt of [null, new Date()]) {
    const slug = publishedAt ? 'ebb' : 'flood';
    const both = [await anArticle({ publishedAt }), await anArticle({ publishedAt })];
    const answers = await Promise.all(
      both.map(({ id }) => saveArticle(editor, id, 1, input({ slug }))),
    );
    const refused = answers.map((answer) => answer.ok && answer.value.refused.slug !== undefined);
    expect(refused.toSorted()).toEqual([false, true]);
  }
});
