import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { placements } from '#db/schema/issues.ts';
import { useDatabase } from '#db/testing.ts';
import { findBoard, findIssueHead, listOtherIssues, listUnplaced } from './issue-desk.ts';
import { publishIssue } from './issues.ts';
import { findIssueInWork, findReadiness } from './plan.ts';
import { blockersText } from './rules.ts';

useDatabase();

test('the issue in work is the next to go on sale, with what the release would refuse it for', async () => {
  const publisher = await aPerson({ staffRole: 'publisher' });
  await anIssue();
  await anIssue({ publishedAt: null, onSaleAt: new Date('2031-06-01'), title: 'Later' });
  const next = await anIssue({ publishedAt: null, onSaleAt: new Date('2031-03-01') });
  const place = { issueId: next.id, department: 'Essays', position: 1 };
  const { id } = await anArticle({
    title: 'Tide',
    body: aBody(),
    publishedAt: null,
    placement: place,
  });
  await aProduct({ issueId: next.id, active: false });
  const mended = { kind: 'article', id };
  const found = await findIssueInWork(publisher);
  expect(found).toMatchObject({ id: next.id, title: next.title });
  expect(found?.blockers).toEqual([
    { what: 'The cover', why: 'is missing', place: { kind: 'head' } },
    { what: 'The prices', why: 'are missing', place: { kind: 'offers' } },
    { what: '“Tide”', why: 'has no text yet', place: mended },
    { what: '“Tide”', why: 'stands in no section', place: mended },
    { what: '“Tide”', why: 'names no contributor', place: mended },
  ]);
  expect(await publishIssue(publisher, next.id)).toMatchObject({
    reason: 'blocked',
    message: blockersText(found?.blockers ?? []),
  });
});

test('a writer sees no plan', async () => {
  const writer = await aPerson({ staffRole: 'writer' });
  const issue = await anIssue({ publishedAt: null });
  expect(await findIssueInWork(writer)).toBeNull();
  expect(await findReadiness(writer, issue.id)).toEqual({ blockers: [], warnings: [], waiting: 0 });
  expect(await findBoard(writer, issue.id)).toBeNull();
  expect(await findIssueHead(writer, issue.id)).toBeNull();
  expect(await listOtherIssues(writer, issue.id)).toEqual([]);
  expect(await listUnplaced(writer, '')).toEqual({ articles: [], more: false });
});

test('what is odd is a warning, and doesn’t hold an issue up', async () => {
  const editor = await aPerson({ staffRole: 'editor' });
  const issue = await anIssue({ publishedAt: null, description: 'On ice.', pageCount: 8 });
  const at = (position: number, parts: object) => ({
    placement: { issueId: issue.id, department: 'Essays', position, ...parts },
    publishedAt: null,
  });
  const one = await anArticle({
    title: 'Tide',
    body: aBody('One two three.'),
    ...at(1, { page: 2 }),
  });
  await anArticle({ title: 'Ebb', ...at(2, { page: 5 }) });
  await db().update(placements).set({ wordBudget: 2 }).where(eq(placements.articleId, one.id));
  await aProduct({ issueId: issue.id, stock: 0 });
  const found = await findReadiness(editor, issue.id);
  expect(found.warnings.map(({ what, why }) => `${what} ${why}`.trim())).toEqual([
    'The printed edition has no stock',
    '“Tide” is not ready: draft',
    '“Tide” is a word over its budget',
    '“Ebb” is not ready: draft',
    'Pages 3–4 are empty',
  ]);
  expect(found.waiting).toBe(2);
});

test('the tray holds what stands in no issue, found by a part of its title, the unpublished first', async () => {
  const editor = await aPerson({ staffRole: 'editor' });
  const issue = await anIssue({ publishedAt: null });
  const placement = { issueId: issue.id, department: 'Essays', position: 1 };
  await anArticle({ title: 'A tide that stands', placement });
  await anArticle({ title: 'A tide in the news', kind: 'news' });
  const out = await anArticle({ title: 'The tide is out' });
  const draft = await anArticle({ title: 'Low tide', publishedAt: null });
  await anArticle({ title: '100% rain', publishedAt: null });
  const ids = async (search: string) =>
    (await listUnplaced(editor, search)).articles.map(({ id }) => id);
  expect(await ids('TIDE')).toEqual([draft.id, out.id]);
  expect(await ids('0% r')).toHaveLength(1);
  expect(await ids('0_ r')).toHaveLength(0);
});
