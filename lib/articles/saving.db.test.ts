import { describe, expect, test } from 'vitest';
import { aBody, aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { newId } from '#lib/ids.ts';
import { publishArticle } from '#lib/publishing/articles.ts';
import { bodyText } from './body.ts';
import { saveArticle } from './commands.ts';
import { findPublished } from './queries.ts';
import { create, input, logOf, saved, stateOf } from './saving.fixture.ts';

useDatabase();

describe('saving an article', () => {
  test('keeps everything that the form sends, with the teaser and the words of the text', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const [ann, bo] = [await aContributor({ name: 'Ann' }), await aContributor({ name: 'Bo' })];
    const section = await aSection();
    const id = await create(writer, { title: 'Tide', kind: 'article' });
    const long = Array.from({ length: 60 }, (_, index) => `Sentence ${index} is here.`).join(' ');
    const sent = input({
      kicker: 'Sea',
      standfirst: 'What rose.',
      access: 'gated',
      sectionId: section.id,
      body: aBody(long),
      bylines: [
        { contributorId: bo.id, role: 'translator' },
        { contributorId: ann.id, role: 'author' },
        { contributorId: bo.id, role: 'author' },
      ],
      topics: ['Sea', 'Harbours', 'sea', '!'],
    });
    expect(await saveArticle(writer, id, 1, sent)).toEqual(saved(2));
    expect(await expiredTags()).toEqual([]);
    const { texts } = await stateOf(id);
    const { bylines: _names, topics: _topics, slug: _slug, kind: _kind, ...own } = sent;
    expect(texts).toMatchObject([
      { ...own, version: 2, wordCount: 240, plainText: long, savedBy: writer.userId },
    ]);
    const teaser = texts[0] ? bodyText(texts[0].teaser) : '';
    expect(teaser).toMatch(/^Sentence 0 is here\. .* Sentence 29 is here\.$/);
    await publishArticle(await aPerson({ staffRole: 'editor' }), id);
    expect(await findPublished('tide', { mayReadGated: false })).toMatchObject({
      bylines: [
        { name: 'Bo', role: 'translator' },
        { name: 'Ann', role: 'author' },
        { name: 'Bo', role: 'author' },
      ],
      topics: [
        { slug: 'harbours', name: 'Harbours' },
        { slug: 'sea', name: 'Sea' },
      ],
      body: texts[0]?.teaser,
    });
  });

  test('again takes out names and topics that are gone', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id: contributorId } = await aContributor();
    const id = await create(editor, { title: 'Tide', kind: 'news' });
    const full = { bylines: [{ contributorId, role: 'author' as const }], topics: ['Sea'] };
    await saveArticle(editor, id, 1, input(full));
    expect(await saveArticle(editor, id, 2, input({ kind: 'news' }))).toEqual(saved(3));
    await publishArticle(editor, id);
    expect(await findPublished('tide', { mayReadGated: false })).toMatchObject({
      bylines: [],
      topics: [],
    });
  });

  test('against an older version leaves the draft alone and keeps that text aside, once', async () => {
    const [ann, bo] = [
      await aPerson({ staffRole: 'editor', name: 'Ann' }),
      await aPerson({ staffRole: 'editor' }),
    ];
    const { id } = await anArticle({ publishedAt: null, slug: 'tide' });
    expect(await saveArticle(ann, id, 1, input({ title: 'Ann’s' }))).toEqual(saved(2));
    const before = await stateOf(id);
    for (const version of [1, 0, 3, Number.NaN]) {
      const late = input({ title: 'Bo’s', slug: 'bo', topics: ['Bo'] });
      const answer = await saveArticle(bo, id, version, late);
      expect(answer).toMatchObject({
        reason: 'conflict',
        by: 'Ann',
        at: before.texts[1]?.savedAt,
        draftId: before.article?.draftRevisionId,
      });
    }
    const after = await stateOf(id);
    expect(after.article).toEqual(before.article);
    expect(after.texts.slice(0, 2)).toEqual(before.texts);
    expect(after.texts.slice(2)).toMatchObject([
      { title: 'Bo’s', number: 3, origin: 'aside', savedBy: bo.userId },
    ]);
    expect(await logOf(id)).toEqual(['article.save', 'article.keep-aside']);
  });

  test('against an older version with the very text that is there is no conflict', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id } = await anArticle({ publishedAt: null, slug: 'tide' });
    await saveArticle(editor, id, 1, input());
    expect(await saveArticle(editor, id, 1, input())).toEqual(saved(2));
    expect((await stateOf(id)).texts).toHaveLength(2);
  });

  test('twice at once keeps one and refuses the other', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    for (const publishedAt of [null, new Date()]) {
      const { id, slug } = await anArticle({ publishedAt });
      const results = await Promise.all(
        ['Ann’s', 'Bo’s'].map((title) => saveArticle(editor, id, 1, input({ title, slug }))),
      );
      expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    }
  });

  test('keeps its address where another article has or had the new one, says so, and saves the words', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const other = await anArticle({ slug: 'tide' });
    await saveArticle(editor, other.id, 1, input({ slug: 'ebb' }));
    const { id } = await anArticle({ slug: 'mine', publishedAt: null });
    let version = 1;
    for (const slug of ['tide', 'ebb']) {
      expect(await saveArticle(editor, id, version, input({ slug, title: slug }))).toMatchObject({
        ok: true,
        value: { refused: { slug: expect.any(String) } },
      });
      version += 1;
      const { article, texts } = await stateOf(id);
      expect(article?.slug).toBe('mine');
      expect(texts.at(-1)?.title).toBe(slug);
    }
  });

  test('names what it is to change: the rest stays', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id: contributorId } = await aContributor();
    const { id } = await anArticle({ publishedAt: null });
    const full = input({
      kicker: 'Sea',
      topics: ['Sea'],
      bylines: [{ contributorId, role: 'author' }],
    });
    await saveArticle(editor, id, 1, full);
    expect(await saveArticle(editor, id, 2, { body: aBody('More.') })).toEqual(saved(3));
    const { texts, names } = await stateOf(id);
    expect(texts.at(-1)).toMatchObject({ kicker: 'Sea', title: 'Tide', plainText: 'More.' });
    expect(names).toHaveLength(1);
  });

  test('with a picture that is gone keeps the words and names the field', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id } = await anArticle({ publishedAt: null });
    const answer = await saveArticle(editor, id, 1, {
      pictureId: newId(),
      body: aBody('Kept.'),
    });
    expect(answer).toMatchObject({
      value: { refused: { pictureId: expect.any(String) } },
    });
    expect((await stateOf(id)).texts.at(-1)?.plainText).toBe('Kept.');
  });

  test('of nothing is refused', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    for (const id of [newId(), 'x', '']) {
      expect(await saveArticle(editor, id, 1, input())).toMatchObject({ reason: 'not_found' });
    }
  });
});
