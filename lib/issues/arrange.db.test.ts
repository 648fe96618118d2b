import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { issueDepartments, issues, placements } from '#db/schema/issues.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { newId } from '#lib/ids.ts';
import type { Actor } from '#lib/users/rules.ts';
import { arrangeIssue, placeArticle } from './arrange.ts';
import {
  addDepartment,
  moveDepartment,
  moveTo,
  numberPages,
  type Plan,
  removeDepartment,
  renameDepartment,
  setPlace,
  step,
  takeOut,
} from './board.ts';
import { chooseEditorial } from './editorial.ts';
import { contentsOf, logged, place, slugOf, withArticles } from './issues.fixture.ts';
import { planVersion, readPlan } from './places.ts';
import { titlesOf } from './titles.ts';

useDatabase();

/** What an editor does who looks at the plan as it is now. */
async function rearrange(actor: Actor, issueId: string, change: (plan: Plan) => Plan | null) {
  const seen = await readPlan(db(), issueId);
  const plan = change(seen);
  if (!plan) throw new Error('There is no further place');
  return arrangeIssue(actor, issueId, { version: planVersion(seen), plan });
}

/** What articles are called, in this order. */
async function titlesOfAll(ids: string[]): Promise<string[]> {
  const titles = await db().transaction((tx) => titlesOf(tx, ids));
  return ids.map((id) => titles.get(id) ?? '');
}

describe('the plan of an issue', () => {
  test('closes where an article is taken out; the article itself stays', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await withArticles(3, { publishedAt: new Date() });
    const [a, b, c] = issue.ids as [string, string, string];
    await rearrange(editor, issue.id, (plan) => takeOut(plan, b));
    expect(await expiredTags()).toEqual(
      expect.arrayContaining(['articles', `issue:${issue.slug}`, `article:${await slugOf(b)}`]),
    );
    expect(await contentsOf(issue.id)).toEqual([a, c]);
    await rearrange(editor, issue.id, (plan) =>
      moveTo(plan, b, { department: 'Essays', index: 1 }),
    );
    expect(await contentsOf(issue.id)).toEqual([a, b, c]);
  });

  test('changes by one place up or down, and the same plan again is nothing on record', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await withArticles(3, { publishedAt: new Date() });
    const [a, b, c] = issue.ids as [string, string, string];
    await rearrange(editor, issue.id, (plan) => step(plan, a, 'down'));
    expect(await expiredTags()).toEqual(
      expect.arrayContaining(['articles', `issue:${issue.slug}`, `article:${await slugOf(a)}`]),
    );
    expect(await contentsOf(issue.id)).toEqual([b, a, c]);
    await rearrange(editor, issue.id, (plan) => step(plan, c, 'up'));
    expect(await contentsOf(issue.id)).toEqual([b, c, a]);
    const before = await logged();
    await expiredTags();
    expect(await rearrange(editor, issue.id, (plan) => plan)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([]);
    expect(await logged()).toEqual(before);
  });

  test('counts in every list that holds its published articles, before the issue is out, too', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await anIssue({ publishedAt: null });
    const section = await aSection({ slug: 'essays' });
    const contributor = await aContributor({ slug: 'ada' });
    const at = (position: number) => ({
      placement: { issueId: issue.id, department: 'Essays', position },
    });
    const out = await anArticle({
      slug: 'out',
      sectionId: section.id,
      bylines: [{ contributorId: contributor.id, role: 'author' }],
      ...at(1),
    });
    const draft = await anArticle({ slug: 'draft', publishedAt: null, ...at(2) });
    const stale = ['article:out', 'articles', 'contributor:ada', 'section:essays'];
    await rearrange(editor, issue.id, (plan) => step(plan, draft.id, 'up'));
    expect(await expiredTags()).toEqual(stale);
    await rearrange(editor, issue.id, (plan) => takeOut(plan, out.id));
    expect(await expiredTags()).toEqual(stale);
    await placeArticle(editor, issue.id, place(out.id));
    expect(await expiredTags()).toEqual(stale);
  });

  test('keeps departments without articles, their order, names, pages and word budgets', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await withArticles(2);
    const [a, b] = issue.ids as [string, string];
    await rearrange(editor, issue.id, (plan) => {
      const letters = moveDepartment(addDepartment(plan, 'Letters'), 'Letters', 0);
      const renamed = renameDepartment(letters, 'Essays', 'Long reads');
      const budgeted = setPlace(renamed, a, { wordBudget: 900, pageCount: 3 });
      return numberPages(addDepartment(budgeted, 'Gone'), 4);
    });
    await rearrange(editor, issue.id, (plan) => removeDepartment(plan, 'Gone'));
    const unset = { pageCount: null, wordBudget: null };
    expect(await readPlan(db(), issue.id)).toEqual([
      { name: 'Letters', places: [] },
      {
        name: 'Long reads',
        places: [
          { articleId: a, page: 4, pageCount: 3, wordBudget: 900 },
          { articleId: b, page: 7, ...unset },
        ],
      },
    ]);
    expect(await db().$count(issueDepartments)).toBe(2);
  });

  test('is on record with who changed what, from what to what', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await withArticles(2);
    const [a, b] = issue.ids as [string, string];
    const titles = await titlesOfAll(issue.ids);
    await rearrange(editor, issue.id, (plan) =>
      setPlace(moveTo(plan, b, { department: 'Essays', index: 0 }), a, { page: 9 }),
    );
    await rearrange(editor, issue.id, (plan) => takeOut(plan, a));
    const entries = await db().select().from(auditEntries).orderBy(auditEntries.id);
    const who = { action: 'issue.arrange', actorId: editor.userId, subjectId: issue.id };
    expect(entries).toMatchObject([who, who]);
    const [title] = titles;
    expect(entries.map(({ detail }) => detail)).toEqual([
      {
        order: { from: titles, to: titles.toReversed() },
        articles: [{ articleId: a, title, from: { page: null }, to: { page: 9 } }],
      },
      {
        order: { from: [title], to: [] },
        articles: [{ articleId: a, title, from: { department: 'Essays', page: 9 }, to: null }],
      },
    ]);
  });
});

describe('two who change a plan at once', () => {
  test('are one after the other: who is later changes nothing and is told', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await withArticles(3);
    const [a, b, c] = issue.ids as [string, string, string];
    const results = await Promise.all([
      rearrange(editor, issue.id, (plan) => step(plan, a, 'down')),
      rearrange(editor, issue.id, (plan) => step(plan, c, 'up')),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: 'conflict' });
    const winner = results[0]?.ok ? [b, a, c] : [a, c, b];
    expect(await contentsOf(issue.id)).toEqual(winner);
  });

  test('lose and double nothing, whatever they do, be it in two issues', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const [one, two] = [await withArticles(4), await withArticles(4)];
    const { id: loose } = await anArticle();
    const into = (plan: Plan) => moveTo(plan, loose, { department: 'Essays', index: 2 });
    const [first, moved] = one.ids as [string, string];
    await Promise.all([
      rearrange(editor, one.id, into),
      rearrange(editor, two.id, into),
      placeArticle(editor, two.id, place(moved)),
      rearrange(editor, one.id, (plan) => takeOut(plan, first)),
      rearrange(editor, two.id, (plan) => numberPages(plan, 4)),
    ]);
    const [left, right] = [await contentsOf(one.id), await contentsOf(two.id)];
    const all = [...left, ...right];
    expect(new Set(all).size).toBe(all.length);
    for (const id of two.ids) expect(right).toContain(id);
    expect(right).toContain(moved);
  });

  test('don’t tear an article out of the other’s issue, nor bring in what is gone or news', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const [one, two] = [await withArticles(1), await withArticles(1)];
    const [taken] = two.ids as [string];
    const news = await anArticle({ kind: 'news' });
    const into = (id: string) => (plan: Plan) =>
      moveTo(plan, id, { department: 'Essays', index: 0 });
    for (const [id, reason] of [
      [taken, 'conflict'],
      [newId(), 'conflict'],
      [news.id, 'invalid'],
    ] as const) {
      expect(await rearrange(editor, one.id, into(id))).toMatchObject({ reason });
    }
    expect(await contentsOf(one.id)).toEqual(one.ids);
    expect(await contentsOf(two.id)).toEqual(two.ids);
    expect(await logged()).toEqual([]);
  });
});

test('an editorial is one of the issue’s articles, and leaves its office with the issue', async () => {
  const editor = await aPerson({ staffRole: 'editor' });
  const issue = await withArticles(2, { publishedAt: new Date() });
  const [a] = issue.ids as [string];
  const foreign = await anArticle();
  expect(await chooseEditorial(editor, issue.id, foreign.id)).toMatchObject({ reason: 'invalid' });
  expect(await chooseEditorial(editor, issue.id, a)).toMatchObject({ ok: true });
  expect(await expiredTags()).toContain(`issue:${issue.slug}`);
  const chosen = async () => (await db().select().from(issues))[0]?.editorialId;
  expect(await chosen()).toBe(a);
  await rearrange(editor, issue.id, (plan) => takeOut(plan, a));
  expect(await chosen()).toBeNull();
  const [title] = await titlesOfAll([a]);
  const choices = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'issue.editorial'))
    .orderBy(auditEntries.id);
  expect(choices).toMatchObject([
    { detail: { articleId: a, from: null, to: title } },
    { detail: { articleId: a, from: title, to: null } },
  ]);
  expect(await db().select().from(placements).where(eq(placements.articleId, a))).toEqual([]);
});
