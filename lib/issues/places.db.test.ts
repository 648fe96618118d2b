import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { placements } from '#db/schema/issues.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { newId } from '#lib/ids.ts';
import { placeArticle } from './arrange.ts';
import { contentsOf, logged, place, slugOf, withArticles } from './issues.fixture.ts';
import { readPlan } from './places.ts';
import { findIssue } from './queries.ts';
import { titlesOf } from './titles.ts';

useDatabase();

describe('placing articles', () => {
  test('puts each at the end, in its department, on its page', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await anIssue();
    const first = await anArticle();
    const second = await anArticle();
    await placeArticle(editor, issue.id, place(first.id));
    expect(await expiredTags()).toEqual(
      [
        'articles',
        'issues',
        `issue:${issue.slug}`,
        `offers:${issue.id}`,
        `article:${first.slug}`,
      ].sort(),
    );
    await placeArticle(editor, issue.id, {
      articleId: second.id,
      department: 'Letters',
      page: 12,
    });
    expect(await contentsOf(issue.id)).toEqual([first.id, second.id]);
    const [last] = await db().select().from(placements).where(eq(placements.articleId, second.id));
    expect(last).toMatchObject({ department: 'Letters', page: 12 });
    expect((await findIssue(issue.slug))?.contents.map(({ name }) => name)).toEqual([
      'Essays',
      'Letters',
    ]);
    expect((await logged()).map(({ action }) => action)).toEqual(['issue.place', 'issue.place']);
  });

  test('never leaves an article in two issues, nor a gap where it stood', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const from = await withArticles(3, { publishedAt: new Date() });
    const to = await withArticles(1);
    const [a, b, c] = from.ids as [string, string, string];
    await placeArticle(editor, to.id, place(b));
    expect(await expiredTags()).toEqual(
      expect.arrayContaining([`issue:${from.slug}`, `article:${await slugOf(b)}`]),
    );
    expect(await contentsOf(from.id)).toEqual([a, c]);
    expect(await contentsOf(to.id)).toEqual([...to.ids, b]);
    await placeArticle(editor, from.id, place(a, 'Letters'));
    expect(await contentsOf(from.id)).toEqual([c, a]);
  });

  test('closes gaps that were there before', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await anIssue();
    const at = (position: number) => ({ issueId: issue.id, department: 'Essays', position });
    const fifth = await anArticle({ placement: at(5) });
    const second = await anArticle({ placement: at(2) });
    const added = await anArticle();
    await placeArticle(editor, issue.id, place(added.id));
    expect(await contentsOf(issue.id)).toEqual([second.id, fifth.id, added.id]);
  });

  test('at once, in one issue or back and forth between two, keeps every position its own', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const [one, two] = [await withArticles(2), await withArticles(2)];
    const { id: loose } = await anArticle();
    const results = await Promise.all([
      ...one.ids.map((id) => placeArticle(editor, two.id, place(id))),
      ...two.ids.map((id) => placeArticle(editor, one.id, place(id))),
      placeArticle(editor, one.id, place(loose)),
      placeArticle(editor, two.id, place(loose)),
    ]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    const all = [...(await contentsOf(one.id)), ...(await contentsOf(two.id))];
    expect(all.toSorted()).toEqual([...one.ids, ...two.ids, loose].sort());
  });

  test('refuses news, and what does not exist', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await anIssue();
    const news = await anArticle({ kind: 'news' });
    const article = await anArticle();
    expect(await placeArticle(editor, issue.id, place(news.id))).toMatchObject({
      reason: 'invalid',
      fields: { articleId: expect.any(String) },
    });
    for (const [issueId, articleId] of [
      [issue.id, newId()],
      [newId(), article.id],
      ['x', article.id],
    ] as const) {
      expect(await placeArticle(editor, issueId, place(articleId))).toMatchObject({
        reason: 'not_found',
      });
    }
    expect(await db().select().from(placements)).toEqual([]);
  });
});

test('a move to another issue is on record with both, from where to where, and keeps length and budget', async () => {
  const editor = await aPerson({ staffRole: 'editor' });
  const [one, two] = [await withArticles(1, { number: 3 }), await withArticles(1, { number: 4 })];
  const [a] = one.ids as [string];
  const set = { page: 4, pageCount: 3, wordBudget: 900 };
  await db().update(placements).set(set).where(eq(placements.articleId, a));
  await placeArticle(editor, two.id, place(a, 'Letters'));
  const kept = { pageCount: 3, wordBudget: 900 };
  expect((await readPlan(db(), two.id)).at(-1)).toEqual({
    name: 'Letters',
    places: [{ articleId: a, page: null, ...kept }],
  });
  const detail = {
    title: (await db().transaction((tx) => titlesOf(tx, [a]))).get(a),
    from: { issue: 'No. 3', department: 'Essays', ...set },
    to: { issue: 'No. 4', department: 'Letters', ...kept },
  };
  expect(await db().select().from(auditEntries).orderBy(auditEntries.id)).toMatchObject([
    { action: 'issue.unplace', subjectId: one.id, detail },
    { action: 'issue.place', subjectId: two.id, detail },
  ]);
});
