import { describe, expect, test } from 'vitest';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { publishArticle } from '#lib/publishing/articles.ts';
import { anonymous } from '#lib/users/rules.ts';
import { emptyBody } from './body.ts';
import { createArticle, saveArticle } from './commands.ts';
import { findPublished } from './queries.ts';
import { create, input, logOf, saved, stateOf } from './saving.fixture.ts';

useDatabase();

describe('beginning an article', () => {
  test('makes an empty draft of the writer’s that nobody else sees, on record', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const id = await create(writer, { title: '  The Third Tide ', kind: 'article' });
    const { article, texts, log } = await stateOf(id);
    expect(article).toMatchObject({
      slug: 'the-third-tide',
      createdBy: writer.userId,
      publishedAt: null,
      publishedRevisionId: null,
    });
    expect(texts).toMatchObject([
      { title: 'The Third Tide', number: 1, version: 1, body: emptyBody(), wordCount: 0 },
    ]);
    expect(log).toMatchObject([
      { action: 'article.create', actorId: writer.userId, subjectId: id },
    ]);
    expect(await findPublished('the-third-tide', { mayReadGated: true })).toBeNull();
  });

  test('finds an address that no article has or had', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const old = await anArticle({ slug: 'tide' });
    await saveArticle(editor, old.id, 1, input({ slug: 'ebb' }));
    const slugs: (string | undefined)[] = [];
    const long = `${'a'.repeat(89)} ${'b'.repeat(20)}`;
    for (const title of ['Tide', 'Tide', 'Ebb', '!?', '!?', long, long]) {
      const { article } = await stateOf(await create(editor, { title, kind: 'news' }));
      slugs.push(article?.slug);
    }
    expect(slugs).toEqual([
      'tide-2',
      'tide-3',
      'ebb-2',
      'article',
      'article-2',
      `${'a'.repeat(89)}-${'b'.repeat(6)}`,
      `${'a'.repeat(89)}-2`,
    ]);
  });

  test('with one title at the same moment makes as many articles, each at an address of its own', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const made = await Promise.all(
      Array.from({ length: 6 }, () => createArticle(editor, { title: 'Tide', kind: 'article' })),
    );
    expect(made.every(({ ok }) => ok)).toBe(true);
    const slugs = (await db().select().from(articles)).map(({ slug }) => slug).toSorted();
    expect(slugs).toEqual(['tide', 'tide-2', 'tide-3', 'tide-4', 'tide-5', 'tide-6']);
  });

  test('is for writers, and needs a title', async () => {
    for (const actor of [anonymous, await aPerson()]) {
      expect(await createArticle(actor, { title: 'Tide', kind: 'article' })).toMatchObject({
        reason: 'forbidden',
      });
    }
    const writer = await aPerson({ staffRole: 'writer' });
    expect(await createArticle(writer, { title: '  ', kind: 'article' })).toMatchObject({
      reason: 'invalid',
      fields: { title: expect.any(String) },
    });
    expect(await db().select().from(articles)).toEqual([]);
  });
});

describe('who may change an article', () => {
  test('a writer: the own draft, nobody else’s, nothing published, and never publishes', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const own = await create(writer, { title: 'Own', kind: 'article' });
    expect(await saveArticle(writer, own, 1, input())).toEqual(saved(2));
    expect(await publishArticle(writer, own)).toMatchObject({ reason: 'forbidden' });
    const out = await anArticle({ createdBy: writer.userId });
    const foreign = await anArticle({
      publishedAt: null,
      createdBy: (await aPerson({ staffRole: 'writer' })).userId,
    });
    const nobodys = await anArticle({ publishedAt: null });
    for (const { id, slug } of [out, foreign, nobodys]) {
      const before = await stateOf(id);
      expect(await saveArticle(writer, id, 1, input({ slug }))).toMatchObject({
        reason: 'forbidden',
      });
      expect(await stateOf(id)).toEqual(before);
    }
  });

  test('an editor and everybody above: every article; a reader and a stranger: none', async () => {
    const { id } = await anArticle({ slug: 'tide' });
    for (const actor of [anonymous, await aPerson()]) {
      expect(await saveArticle(actor, id, 1, input())).toMatchObject({ reason: 'forbidden' });
    }
    let version = 1;
    for (const staffRole of ['editor', 'publisher', 'admin'] as const) {
      const actor = await aPerson({ staffRole });
      expect(await saveArticle(actor, id, version, input())).toEqual(saved(version + 1));
      version += 1;
    }
  });
});

test('each change is on record with who made it and when, never with the text', async () => {
  const writer = await aPerson({ staffRole: 'writer' });
  const id = await create(writer, { title: 'Tide', kind: 'article' });
  const at = new Date('2031-03-01T10:00:00Z');
  setClock(() => at);
  try {
    await saveArticle(writer, id, 1, input({ body: aBody('Unspeakable.') }));
  } finally {
    setClock(null);
  }
  expect(await logOf(id)).toEqual(['article.create', 'article.save']);
  const { log } = await stateOf(id);
  expect(log.at(-1)).toMatchObject({ actorId: writer.userId, at, detail: { version: 2 } });
  expect(JSON.stringify(log)).not.toContain('Unspeakable');
});
