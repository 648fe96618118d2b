import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBody, aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { publishArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { saveArticle } from './commands.ts';
import { enterArticle } from './editing.ts';
import { findPublished } from './queries.ts';
import { deleteDraft, discardChanges, restoreRevision } from './revision-commands.ts';
import { findRevisions, listRevisions } from './revisions.ts';

useDatabase();

let now: number;
let ann: Person;
let bo: Person;
const pass = (minutes: number) => {
  now += minutes * 60_000;
};

beforeEach(async () => {
  now = Date.parse('2031-03-01T10:00:00Z');
  setClock(() => new Date(now));
  ann = await aPerson({ staffRole: 'editor', name: 'Ann' });
  bo = await aPerson({ staffRole: 'editor' });
});
afterEach(() => setClock(null));

const words = (text: string) => ({ body: aBody(text) });
const textsOf = (id: string) =>
  db().select().from(revisions).where(eq(revisions.articleId, id)).orderBy(revisions.number);
const plain = async (id: string) => (await textsOf(id)).map(({ plainText }) => plainText);
const versionOf = async (id: string) => {
  const [row] = await db()
    .select({ version: revisions.version })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(articles.id, id));
  return row?.version ?? 0;
};
const save = async (person: Person, id: string, text: string) => {
  const saved = await saveArticle(person, id, await versionOf(id), words(text));
  if (!saved.ok) throw new Error(saved.message);
};
const idOf = async (id: string, number: number) => (await textsOf(id))[number - 1]?.id ?? '';
const actions = async () => (await db().select().from(auditEntries)).map(({ action }) => action);

describe('a new revision', () => {
  test('begins after a pause of ten minutes; quick edits of one person are one', async () => {
    const { id } = await anArticle({ publishedAt: null, body: aBody('Zero.') });
    await save(ann, id, 'One.');
    pass(9);
    await save(ann, id, 'Two.');
    expect(await plain(id)).toEqual(['Zero.', 'Two.']);
    pass(11);
    await save(ann, id, 'Three.');
    expect(await plain(id)).toEqual(['Zero.', 'Two.', 'Three.']);
  });

  test('begins when another person writes, and when the text has been published', async () => {
    const section = await aSection();
    const { id: contributorId } = await aContributor();
    const { id } = await anArticle({
      publishedAt: null,
      body: aBody('Zero.'),
      sectionId: section.id,
      bylines: [{ contributorId, role: 'author' }],
    });
    await save(ann, id, 'Ann’s.');
    await save(bo, id, 'Bo’s.');
    await save(ann, id, 'Ann’s again.');
    expect(await publishArticle(ann, id)).toMatchObject({ ok: true });
    await save(ann, id, 'After.');
    expect(await plain(id)).toEqual(['Zero.', 'Ann’s.', 'Bo’s.', 'Ann’s again.', 'After.']);
    const published = (await textsOf(id)).map(({ publishedAt }) => publishedAt !== null);
    expect(published).toEqual([false, false, false, true, false]);
  });
});

describe('bringing a revision back', () => {
  test('makes it a new one that is worked on; every other stays, and later work leaves it as it was', async () => {
    const { id: contributorId } = await aContributor();
    const { id } = await anArticle({ publishedAt: null, body: aBody('Zero.') });
    const version = await versionOf(id);
    await saveArticle(ann, id, version, {
      ...words('One.'),
      title: 'First',
      bylines: [{ contributorId, role: 'author' }],
    });
    await save(bo, id, 'Two.');
    expect(await restoreRevision(bo, id, await idOf(id, 2))).toMatchObject({
      ok: true,
      value: { version: 4 },
    });
    await save(bo, id, 'Three.');
    expect(await plain(id)).toEqual(['Zero.', 'One.', 'Two.', 'One.', 'Three.']);
    expect((await textsOf(id))[3]).toMatchObject({ origin: 'restored', title: 'First', number: 4 });
    const [restored] = await findRevisions(ann, id, [await idOf(id, 4)]);
    expect(restored?.bylines).toMatchObject([{ role: 'author' }]);
    expect(await actions()).toContain('article.restore');
  });

  test('is a conflict for the window that has the article open, even the own one', async () => {
    const { id } = await anArticle({ publishedAt: null, body: aBody('Zero.') });
    await enterArticle(ann, id, 'window-of-ann');
    pass(0.1);
    await saveArticle(ann, id, 1, words('One.'), 'window-of-ann');
    expect(await restoreRevision(ann, id, await idOf(id, 1))).toMatchObject({ ok: true });
    expect(await saveArticle(ann, id, 2, words('One more.'), 'window-of-ann')).toMatchObject({
      reason: 'conflict',
    });
    expect(await plain(id)).toEqual(['Zero.', 'One.', 'Zero.', 'One more.']);
  });

  test('is refused while somebody else writes, of another article’s text, and of what is worked on', async () => {
    const { id, revisionId } = await anArticle({ publishedAt: null });
    const other = await anArticle();
    for (const wrong of [other.revisionId, newId(), 'x']) {
      expect(await restoreRevision(ann, id, wrong)).toMatchObject({ reason: 'not_found' });
    }
    expect(await restoreRevision(ann, id, revisionId)).toMatchObject({ reason: 'blocked' });
    await save(ann, id, 'One.');
    await enterArticle(bo, id, 'window-of-bo');
    expect(await restoreRevision(ann, id, revisionId)).toMatchObject({ reason: 'taken' });
    expect(await restoreRevision(bo, id, revisionId)).toMatchObject({ ok: true });
  });
});

describe('discarding the changes since publication', () => {
  test('goes back to what is on the site, keeps the discarded text and lets no old window overwrite it', async () => {
    const { id, slug } = await anArticle({ body: aBody('On the site.'), kind: 'news' });
    await save(ann, id, 'Changed.');
    expect(await discardChanges(ann, id)).toMatchObject({ ok: true });
    const [article] = await db().select().from(articles).where(eq(articles.id, id));
    expect(article?.draftRevisionId).toBe(article?.publishedRevisionId);
    expect(await plain(id)).toEqual(['On the site.', 'Changed.']);
    expect(await saveArticle(ann, id, 2, words('Late.'))).toMatchObject({ reason: 'conflict' });
    expect(await findPublished(slug, { mayReadGated: true })).toMatchObject({
      body: aBody('On the site.'),
    });
    expect(await actions()).toContain('article.discard');
    expect(await discardChanges(ann, id)).toMatchObject({ reason: 'blocked' });
  });

  test('needs something on the site', async () => {
    const { id } = await anArticle({ publishedAt: null });
    expect(await discardChanges(ann, id)).toMatchObject({ reason: 'blocked' });
  });
});

describe('deleting', () => {
  test('removes a draft with all its texts, on record', async () => {
    const { id } = await anArticle({ publishedAt: null, title: 'Gone', slug: 'gone' });
    await save(ann, id, 'One.');
    expect(await deleteDraft(ann, id)).toMatchObject({ ok: true });
    expect(await textsOf(id)).toEqual([]);
    const [, entry] = await db().select().from(auditEntries);
    expect(entry).toMatchObject({
      action: 'article.delete',
      subjectId: id,
      detail: { title: 'Gone', slug: 'gone' },
    });
    expect(await deleteDraft(ann, id)).toMatchObject({ reason: 'not_found' });
  });

  test('leaves what readers saw, what stands in an issue and what somebody else writes in', async () => {
    const out = await anArticle();
    await unpublishArticle(ann, out.id);
    expect(await deleteDraft(ann, out.id)).toMatchObject({ reason: 'blocked' });
    const issue = await anIssue();
    const placement = { issueId: issue.id, department: 'Essays', position: 1 };
    const placed = await anArticle({ publishedAt: null, placement });
    expect(await deleteDraft(ann, placed.id)).toMatchObject({ reason: 'blocked' });
    const { id } = await anArticle({ publishedAt: null });
    await enterArticle(bo, id, 'window-of-bo');
    expect(await deleteDraft(ann, id)).toMatchObject({ reason: 'taken' });
    expect(await db().select().from(articles)).toHaveLength(3);
  });
});

test('the history tells who wrote what when, the newest first, a page at a time', async () => {
  const { id } = await anArticle({ publishedAt: null, body: aBody('Zero.') });
  for (let count = 1; count <= 31; count += 1)
    await save(count % 2 ? ann : bo, id, `Text ${count}.`);
  const first = await listRevisions(ann, id, 1);
  expect(first).toMatchObject({ total: 32, pages: 2 });
  expect(first?.lines).toHaveLength(30);
  expect(first?.lines[0]).toMatchObject({
    number: 32,
    savedBy: 'Ann',
    isDraft: true,
    wordCount: 2,
  });
  const last = await listRevisions(ann, id, 2);
  expect(last?.lines.map(({ number }) => number)).toEqual([2, 1]);
  // What each page's last line changed is told by the page after it, and there is one working copy for all pages.
  expect([first?.earlierId, last?.earlierId]).toEqual([last?.lines[0]?.id, null]);
  expect([first?.draftId, last?.draftId]).toEqual([first?.lines[0]?.id, first?.lines[0]?.id]);
});

test('a writer’s own drafts are theirs to see, restore and delete; nobody else’s, and nothing for strangers', async () => {
  const writer = await aPerson({ staffRole: 'writer' });
  const own = await anArticle({ publishedAt: null, createdBy: writer.userId });
  const foreign = await anArticle({ publishedAt: null, createdBy: ann.userId });
  await save(writer, own.id, 'Mine.');
  await save(ann, foreign.id, 'Ann’s.');
  expect(await listRevisions(writer, own.id, 1)).toMatchObject({ total: 2 });
  expect(await restoreRevision(writer, own.id, own.revisionId)).toMatchObject({ ok: true });
  for (const actor of [writer, anonymous, await aPerson()]) {
    const reason = 'forbidden';
    expect(await listRevisions(actor, foreign.id, 1)).toBeNull();
    expect(await findRevisions(actor, foreign.id, [foreign.revisionId])).toEqual([]);
    expect(await restoreRevision(actor, foreign.id, foreign.revisionId)).toMatchObject({ reason });
    expect(await discardChanges(actor, foreign.id)).toMatchObject({ reason });
    expect(await deleteDraft(actor, foreign.id)).toMatchObject({ reason });
  }
  for (const staffRole of ['editor', 'publisher', 'admin'] as const) {
    const actor = await aPerson({ staffRole });
    expect(await listRevisions(actor, foreign.id, 1)).toMatchObject({ total: 2 });
    const draft = await anArticle({ publishedAt: null, createdBy: ann.userId });
    expect(await deleteDraft(actor, draft.id)).toMatchObject({ ok: true });
  }
  expect(await deleteDraft(writer, own.id)).toMatchObject({ ok: true });
});
