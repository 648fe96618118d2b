import { asc, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aBody, aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articleFormerSlugs, articles, bylines, revisions } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { publishArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { anonymous } from '#lib/users/rules.ts';
import { bodyText, emptyBody } from './body.ts';
import { createArticle, saveArticle } from './commands.ts';
import type { ArticleInput } from './input.ts';
import { findByFormerSlug, findPublished } from './queries.ts';

useDatabase();

const input = (parts: Partial<ArticleInput> = {}): ArticleInput => ({
  title: 'Tide',
  slug: 'tide',
  kind: 'article',
  kicker: '',
  standfirst: '',
  access: 'free',
  sectionId: null,
  pictureId: null,
  body: aBody('The water rose.'),
  bylines: [],
  topics: [],
  ...parts,
});

const saved = (version: number) => ({
  ok: true,
  value: { version, savedAt: expect.any(Date), refused: {} },
});

async function stateOf(id: string) {
  const [article] = await db().select().from(articles).where(eq(articles.id, id));
  const texts = await db()
    .select()
    .from(revisions)
    .where(eq(revisions.articleId, id))
    .orderBy(asc(revisions.number));
  const names = await db().select().from(bylines);
  const former = await db().select().from(articleFormerSlugs);
  return { article, texts, names, former, log: await db().select().from(auditEntries) };
}

/** What the log says of an article, in order. */
async function logOf(id: string) {
  const rows = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, id))
    .orderBy(asc(auditEntries.at));
  return rows.map(({ action }) => action);
}

const create = async (...args: Parameters<typeof createArticle>): Promise<string> => {
  const made = await createArticle(...args);
  if (!made.ok) throw new Error(made.message);
  return made.value.id;
};

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
