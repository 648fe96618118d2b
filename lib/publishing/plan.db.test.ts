import { expect, test } from 'vitest';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { useDatabase } from '#db/testing.ts';
import { publishIssue } from './issues.ts';
import { findIssueBlockers, findIssueInWork } from './plan.ts';
import { blockersText } from './rules.ts';

useDatabase();

test('the issue in work is the next to go on sale, with what the release would refuse it for', async () => {
  const publisher = await aPerson({ staffRole: 'publisher' });
  await anIssue();
  await anIssue({ publishedAt: null, onSaleAt: new Date('2031-06-01'), title: 'Later' });
  const next = await anIssue({ publishedAt: null, onSaleAt: new Date('2031-03-01') });
  const place = { issueId: next.id, department: 'Essays', position: 1 };
  await anArticle({ title: 'Tide', body: aBody(), publishedAt: null, placement: place });
  await aProduct({ issueId: next.id, active: false });
  const found = await findIssueInWork(publisher);
  expect(found).toMatchObject({ id: next.id, title: next.title });
  expect(found?.blockers).toEqual([
    { what: 'The cover', why: 'is missing' },
    { what: 'The prices', why: 'are missing' },
    { what: '“Tide”', why: 'has no text yet' },
    { what: '“Tide”', why: 'stands in no section' },
    { what: '“Tide”', why: 'names no contributor' },
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
  expect(await findIssueBlockers(writer, issue.id)).toEqual([]);
});
