import { eq } from 'drizzle-orm';
import { describe, expect, test, vi } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { issueFormerSlugs, issues } from '#db/schema/issues.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { newId } from '#lib/ids.ts';
import { anonymous } from '#lib/users/rules.ts';
import { arrangeIssue, placeArticle } from './arrange.ts';
import { createIssue, deleteIssue, saveIssue } from './commands.ts';
import { chooseEditorial } from './editorial.ts';
import { contentsOf, input, logged, place, waiting, withArticles } from './issues.fixture.ts';
import { readPlan } from './places.ts';
import { findIssue, findIssueByFormerSlug } from './queries.ts';

useDatabase();

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

describe('two who save an issue’s data', () => {
  test('keep what each of them changed, as long as it is not the same field', async () => {
    const [one, two] = [
      await aPerson({ staffRole: 'editor' }),
      await aPerson({ staffRole: 'editor' }),
    ];
    const base = input();
    const made = await createIssue(one, base);
    const id = made.ok ? made.value.id : '';
    await saveIssue(one, id, { ...base, title: 'Thaw', pageCount: 64 }, base);
    const late = { ...base, title: 'Frost', description: 'On snow.' };
    expect(await saveIssue(two, id, late, base)).toMatchObject({
      reason: 'conflict',
      message: expect.stringContaining(one.email),
      fields: { title: expect.stringContaining('Thaw') },
    });
    expect(await db().select().from(issues)).toMatchObject([
      { title: 'Thaw', description: 'On ice.', pageCount: 64 },
    ]);
    expect(await saveIssue(two, id, { ...late, title: base.title }, base)).toMatchObject({
      ok: true,
    });
    expect(await db().select().from(issues)).toMatchObject([
      { title: 'Thaw', description: 'On snow.', pageCount: 64 },
    ]);
    const entries = await db()
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, 'issue.save'));
    expect(entries.map(({ detail }) => detail)).toEqual(
      expect.arrayContaining([{ title: 'Thaw', description: { from: 'On ice.', to: 'On snow.' } }]),
    );
  });

  test('at once with the same number or address: one is told kindly', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const made = await Promise.all([1, 2, 3, 4].map(() => createIssue(editor, input())));
    expect(made.filter(({ ok }) => ok)).toHaveLength(1);
    for (const refused of made.filter(({ ok }) => !ok)) {
      expect(refused).toMatchObject({ reason: 'taken', fields: { slug: expect.any(String) } });
    }
    const [a, b] = [await anIssue({ publishedAt: null }), await anIssue({ publishedAt: null })];
    const saved = await Promise.all(
      [a, b].map(({ id }, index) =>
        saveIssue(editor, id, input({ slug: 'same', number: 900 + index })),
      ),
    );
    expect(saved.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('can’t choose a cover that was removed meanwhile', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    expect(await createIssue(editor, input({ coverId: newId() }))).toMatchObject({
      reason: 'removed',
      fields: { coverId: expect.any(String) },
    });
  });
});

test('a new issue begins with the departments of the last one, and without its articles', async () => {
  const editor = await aPerson({ staffRole: 'editor' });
  const last = await withArticles(1, { number: 6 });
  const made = await createIssue(editor, input());
  expect(await readPlan(db(), made.ok ? made.value.id : '')).toEqual([
    { name: 'Essays', places: [] },
  ]);
  expect(await contentsOf(last.id)).toEqual(last.ids);
});

describe('an issue is deleted', () => {
  test('where it never came out and nothing stands in it', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const empty = await anIssue({ publishedAt: null });
    await aProduct({ issueId: empty.id });
    expect(await deleteIssue(editor, empty.id)).toMatchObject({ ok: true });
    expect(await db().select().from(issues)).toEqual([]);
    expect((await logged()).map(({ action }) => action)).toEqual(['issue.delete']);
  });

  test('and in no other case', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const out = await anIssue();
    const full = await withArticles(1);
    const soon = await anIssue({ publishedAt: null, scheduledFor: new Date('2999-01-01') });
    const ordered = await anIssue({ publishedAt: null });
    const product = await aProduct({ issueId: ordered.id });
    await anOrder({ productId: product.id });
    for (const { id } of [out, full, soon, ordered]) {
      expect(await deleteIssue(editor, id)).toMatchObject({ reason: 'in_use' });
    }
    expect(await db().$count(issues)).toBe(4);
  });
});

test('issues are planned by editors and above; nobody else, and nothing that is gone', async () => {
  const issue = await withArticles(2);
  const [id] = issue.ids as [string];
  const free = await anArticle();
  const all = (actor: Parameters<typeof createIssue>[0], issueId: string) => [
    () => saveIssue(actor, issueId, input()),
    () => placeArticle(actor, issueId, place(free.id)),
    () => arrangeIssue(actor, issueId, { version: '', plan: [] }),
    () => chooseEditorial(actor, issueId, id),
    () => deleteIssue(actor, issueId),
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
