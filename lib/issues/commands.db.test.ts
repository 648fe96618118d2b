import { asc, eq, sql } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { issueFormerSlugs, issues, placements } from '#db/schema/issues.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { newId } from '#lib/ids.ts';
import { anonymous } from '#lib/users/rules.ts';
import {
  createIssue,
  movePlacement,
  placeArticle,
  removePlacement,
  saveIssue,
} from './commands.ts';
import type { IssueInput } from './input.ts';
import { findIssue, findIssueByFormerSlug } from './queries.ts';

useDatabase();

const input = (parts: Partial<IssueInput> = {}): IssueInput => ({
  title: 'The Long Winter',
  slug: 'the-long-winter',
  volume: 2,
  number: 7,
  periodLabel: 'Winter 2031',
  onSaleAt: new Date('2031-12-01T00:00:00Z'),
  description: 'On ice.',
  pageCount: 96,
  coverId: null,
  coverArtistId: null,
  ...parts,
});

const place = (articleId: string, department = 'Essays') => ({ articleId, department, page: null });

/** An issue with so many articles, placed one after the other. */
async function withArticles(count: number, parts: Parameters<typeof anIssue>[0] = {}) {
  const issue = await anIssue({ publishedAt: null, ...parts });
  const ids: string[] = [];
  for (let position = 1; position <= count; position += 1) {
    const placement = { issueId: issue.id, department: 'Essays', position };
    ids.push((await anArticle({ placement })).id);
  }
  return { ...issue, ids };
}

/** What stands in an issue, in order; fails where the positions don't count from 1 without a gap. */
async function contentsOf(issueId: string): Promise<string[]> {
  const rows = await db()
    .select()
    .from(placements)
    .where(eq(placements.issueId, issueId))
    .orderBy(asc(placements.position));
  expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
  return rows.map(({ articleId }) => articleId);
}

async function slugOf(articleId: string): Promise<string | undefined> {
  const [article] = await db().select().from(articles).where(eq(articles.id, articleId));
  return article?.slug;
}

/** How many transactions wait for another one to end. */
async function waiting(): Promise<number> {
  const { rows } = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

const logged = async () =>
  (await db().select().from(auditEntries)).map(({ action, actorId, subjectId }) => ({
    action,
    actorId,
    subjectId,
  }));

describe('an issue in the making', () => {
  test('is kept as the form sent it, hidden, on record', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const made = await createIssue(editor, input());
    const id = made.ok ? made.value.id : '';
    expect(await db().select().from(issues)).toMatchObject([
      { ...input(), id, publishedAt: null, createdBy: editor.userId },
    ]);
    expect(await findIssue('the-long-winter')).toBeNull();
    const changed = input({
      title: 'Thaw',
      slug: 'thaw',
      number: 8,
      volume: null,
      pageCount: null,
    });
    expect(await saveIssue(editor, id, changed)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([]);
    expect(await db().select().from(issues)).toMatchObject([{ ...changed, id }]);
    expect(await db().select().from(issueFormerSlugs)).toEqual([]);
    expect(await logged()).toEqual([
      { action: 'issue.create', actorId: editor.userId, subjectId: id },
      { action: 'issue.save', actorId: editor.userId, subjectId: id },
    ]);
  });

  test('can’t take the number of another, nor an address that another has or had', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const other = await anIssue({ slug: 'first', number: 100 });
    await saveIssue(editor, other.id, input({ slug: 'second', number: 100 }));
    const own = await anIssue({ slug: 'own', number: 101 });
    const slug = { slug: expect.any(String) };
    const number = { number: expect.any(String) };
    for (const [parts, fields] of [
      [{ slug: 'first', number: 101 }, slug],
      [{ slug: 'second', number: 101 }, slug],
      [{ slug: 'own', number: 100 }, number],
      [
        { slug: 'second', number: 100 },
        { ...slug, ...number },
      ],
    ] as const) {
      expect(await saveIssue(editor, own.id, input(parts))).toEqual({
        ok: false,
        reason: 'taken',
        message: expect.any(String),
        fields,
      });
    }
    expect(await createIssue(editor, input({ slug: 'first', number: 100 }))).toMatchObject({
      fields: { ...slug, ...number },
    });
    expect(await db().select().from(issues).where(eq(issues.id, own.id))).toMatchObject([
      { slug: 'own', number: 101, title: own.title },
    ]);
    expect(await saveIssue(editor, own.id, input({ slug: 'own', number: 101 }))).toMatchObject({
      ok: true,
    });
  });
});

describe('the address of a published issue', () => {
  test('redirects when it changes, through every change, and back', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, number } = await anIssue({ slug: 'one' });
    const { slug: article } = await anArticle({
      placement: { issueId: id, department: 'Essays', position: 1 },
    });
    const around = [`article:${article}`, 'issues', `offers:${id}`];
    await saveIssue(editor, id, input({ slug: 'two', number }));
    expect(await expiredTags()).toEqual(['issue:one', 'issue:two', ...around].sort());
    expect(await findIssueByFormerSlug('one')).toBe('two');
    await saveIssue(editor, id, input({ slug: 'three', number }));
    expect(await expiredTags()).toEqual(
      ['issue:one', 'issue:two', 'issue:three', ...around].sort(),
    );
    expect(await findIssueByFormerSlug('one')).toBe('three');
    expect(await findIssueByFormerSlug('two')).toBe('three');
    expect(await saveIssue(editor, id, input({ slug: 'one', number }))).toMatchObject({ ok: true });
    expect(await findIssueByFormerSlug('one')).toBeNull();
    expect(await findIssueByFormerSlug('three')).toBe('one');
    expect(await findIssue('one')).toMatchObject({ id });
  });
});

test('a new address waits for who publishes one of the articles under the old one', async () => {
  const editor = await aPerson({ staffRole: 'editor' });
  const { id, number, ids } = await withArticles(1, { publishedAt: new Date(), slug: 'one' });
  const saving: ReturnType<typeof saveIssue>[] = [];
  const moved = async () => (await findIssueByFormerSlug('one')) !== null;
  await db().transaction(async (tx) => {
    await lockArticle(tx, ids[0] ?? '');
    saving.push(saveIssue(editor, id, input({ slug: 'two', number })));
    await vi.waitFor(async () => expect(await waiting()).toBe(1));
    expect(await moved()).toBe(false);
  });
  expect(await saving[0]).toMatchObject({ ok: true });
  expect(await moved()).toBe(true);
});

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

describe('the order of an issue', () => {
  test('closes where an article is taken out; the article itself stays', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await withArticles(3, { publishedAt: new Date() });
    const [a, b, c] = issue.ids as [string, string, string];
    await removePlacement(editor, issue.id, b);
    expect(await expiredTags()).toEqual(
      expect.arrayContaining(['articles', `issue:${issue.slug}`, `article:${await slugOf(b)}`]),
    );
    expect(await contentsOf(issue.id)).toEqual([a, c]);
    await placeArticle(editor, issue.id, place(b));
    expect(await contentsOf(issue.id)).toEqual([a, c, b]);
  });

  test('changes by one place up or down, and not beyond the ends', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await withArticles(3, { publishedAt: new Date() });
    const [a, b, c] = issue.ids as [string, string, string];
    await movePlacement(editor, issue.id, a, 'down');
    expect(await expiredTags()).toEqual(
      expect.arrayContaining(['articles', `issue:${issue.slug}`, `article:${await slugOf(a)}`]),
    );
    expect(await contentsOf(issue.id)).toEqual([b, a, c]);
    await movePlacement(editor, issue.id, c, 'up');
    expect(await contentsOf(issue.id)).toEqual([b, c, a]);
    const before = await logged();
    await expiredTags();
    for (const [id, direction] of [
      [b, 'up'],
      [a, 'down'],
    ] as const) {
      expect(await movePlacement(editor, issue.id, id, direction)).toMatchObject({ ok: true });
    }
    expect(await expiredTags()).toEqual([]);
    expect(await contentsOf(issue.id)).toEqual([b, c, a]);
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
    await movePlacement(editor, issue.id, draft.id, 'up');
    expect(await expiredTags()).toEqual(stale);
    await removePlacement(editor, issue.id, out.id);
    expect(await expiredTags()).toEqual(stale);
    await placeArticle(editor, issue.id, place(out.id));
    expect(await expiredTags()).toEqual(stale);
  });

  test('survives moves, removals and additions at once', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await withArticles(5);
    const [a, b, c, d, e] = issue.ids as [string, string, string, string, string];
    const added = await anArticle();
    await Promise.all([
      movePlacement(editor, issue.id, a, 'down'),
      movePlacement(editor, issue.id, e, 'up'),
      removePlacement(editor, issue.id, c),
      placeArticle(editor, issue.id, place(added.id)),
      movePlacement(editor, issue.id, b, 'down'),
    ]);
    expect((await contentsOf(issue.id)).toSorted()).toEqual([a, b, d, e, added.id].sort());
  });

  test('is not touched by what stands in another issue', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const issue = await withArticles(2);
    const other = await withArticles(2);
    const [foreign] = other.ids as [string];
    for (const id of [foreign, newId(), 'x']) {
      expect(await removePlacement(editor, issue.id, id)).toMatchObject({ ok: true });
      expect(await movePlacement(editor, issue.id, id, 'down')).toMatchObject({ ok: true });
    }
    expect(await expiredTags()).toEqual([]);
    expect(await contentsOf(issue.id)).toEqual(issue.ids);
    expect(await contentsOf(other.id)).toEqual(other.ids);
    expect(await logged()).toEqual([]);
  });
});

test('issues are planned by editors and above; nobody else, and nothing that is gone', async () => {
  const issue = await withArticles(2);
  const [id] = issue.ids as [string];
  const free = await anArticle();
  const all = (actor: Parameters<typeof createIssue>[0], issueId: string) => [
    () => saveIssue(actor, issueId, input()),
    () => placeArticle(actor, issueId, place(free.id)),
    () => removePlacement(actor, issueId, id),
    () => movePlacement(actor, issueId, id, 'down'),
  ];
  for (const actor of [anonymous, await aPerson(), await aPerson({ staffRole: 'writer' })]) {
    for (const refused of [() => createIssue(actor, input()), ...all(actor, issue.id)]) {
      expect(await refused()).toMatchObject({ reason: 'forbidden' });
    }
  }
  expect(await contentsOf(issue.id)).toEqual(issue.ids);
  const editor = await aPerson({ staffRole: 'editor' });
  for (const unknown of [newId(), 'x']) {
    for (const refused of all(editor, unknown)) {
      expect(await refused()).toMatchObject({ reason: 'not_found' });
    }
  }
  expect(await logged()).toEqual([]);
});
