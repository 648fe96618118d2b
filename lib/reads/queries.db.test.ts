import { afterEach, beforeEach, expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { anonymous } from '#lib/users/rules.ts';
import { addReads } from './commands.ts';
import { readsBySteps, topArticles, topIssues } from './queries.ts';

useDatabase();
beforeEach(() => setClock(() => new Date('2026-11-23T12:00:00Z')));
afterEach(() => setClock(null));

test('reads are summed by step, the editor’s over everything, a writer’s over what is theirs', async () => {
  const editor = await aPerson({ staffRole: 'editor' });
  const writer = await aPerson({ staffRole: 'writer' });
  await anArticle({ slug: 'own', title: 'Own', createdBy: writer.userId });
  await anArticle({ slug: 'other', title: 'Other' });
  await anIssue({ slug: 'one', title: 'One' });
  const read = (
    day: string,
    slug: string,
    count: number,
    kind: 'article' | 'issue' = 'article',
  ) => ({
    ...{ at: `${day}T12:00:00.000Z`, slug, count, kind },
  });
  await addReads([
    read('2026-11-23', 'own', 3),
    read('2026-11-23', 'other', 5),
    read('2026-11-22', 'one', 7, 'issue'),
    read('2026-11-16', 'own', 11),
    read('2026-10-02', 'other', 13),
  ]);
  const found = async (actor: typeof editor, span: 'days' | 'weeks' | 'months') =>
    (await readsBySteps(actor, span))
      .filter(({ reads }) => reads > 0)
      .map(({ day, reads }) => [day, reads]);
  expect(await found(editor, 'days')).toEqual([
    ['2026-11-16', 11],
    ['2026-11-22', 7],
    ['2026-11-23', 8],
  ]);
  expect(await found(editor, 'weeks')).toEqual([
    ['2026-09-28', 13],
    ['2026-11-16', 18],
    ['2026-11-23', 8],
  ]);
  expect(await found(editor, 'months')).toEqual([
    ['2026-10-01', 13],
    ['2026-11-01', 26],
  ]);
  expect(await found(writer, 'months')).toEqual([['2026-11-01', 14]]);

  const top = async (actor: typeof editor) =>
    (await topArticles(actor, 'months', { limit: 5 })).map(({ title, reads }) => [title, reads]);
  expect(await top(editor)).toEqual([
    ['Other', 18],
    ['Own', 14],
  ]);
  expect(await top(writer)).toEqual([['Own', 14]]);
  expect(await topIssues(editor, 'days', { limit: 5 })).toMatchObject([{ title: 'One', reads: 7 }]);
  expect(await topIssues(writer, 'days', { limit: 5 })).toEqual([]);
});

test('readers and strangers learn nothing about reads', async () => {
  await anArticle({ slug: 'own' });
  await addReads([{ at: '2026-11-23T12:00:00.000Z', kind: 'article', slug: 'own', count: 3 }]);
  for (const actor of [await aPerson(), anonymous]) {
    expect(await readsBySteps(actor, 'days')).toEqual([]);
    expect(await topArticles(actor, 'days', { limit: 5 })).toEqual([]);
    expect(await topIssues(actor, 'days', { limit: 5 })).toEqual([]);
  }
});
