import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { type ArticleParts, aBody, anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { placements } from '#db/schema/issues.ts';
import { assignments, commentMentions, comments } from '#db/schema/workflow.ts';
import { useDatabase } from '#db/testing.ts';
import { clock, setClock } from '#lib/clock.ts';
import { anonymous } from '#lib/users/rules.ts';
import type { Stage } from '#lib/workflow/rules.ts';
import { listScheduledIssues } from './issue-desk.ts';
import {
  issueProgress,
  listLate,
  listMentions,
  listMyWork,
  listWaiting,
  mostShown,
} from './today.ts';

useDatabase();
beforeEach(() => setClock(() => new Date('2026-11-23T23:30:00Z')));

async function aText(parts: ArticleParts & { stage?: Stage }) {
  const { stage = 'draft', ...own } = parts;
  const article = await anArticle({ publishedAt: null, ...own });
  await db().update(articles).set({ stage }).where(eq(articles.id, article.id));
  return article;
}

async function give(articleId: string, userId: string, dueOn: string | null, doneAt: Date | null) {
  await db().insert(assignments).values({ articleId, userId, task: 'edit', dueOn, doneAt });
}

describe('what somebody has to do', () => {
  test('is late from the day after, as the publication’s clock has it', async () => {
    const writer = await aPerson({ staffRole: 'writer', name: 'Wim' });
    const editor = await aPerson({ staffRole: 'editor' });
    for (const [title, dueOn] of [
      ['Some day', null],
      ['Yesterday', '2026-11-22'],
      ['Today', '2026-11-23'],
    ] as const)
      await give((await aText({ title })).id, writer.userId, dueOn, null);
    await give((await aText({ title: 'Done' })).id, writer.userId, '2026-11-01', clock.now());
    const mine = async () =>
      (await listMyWork(writer)).map(({ title, late }) => `${title}${late ? ', late' : ''}`);
    expect(await mine()).toEqual(['Yesterday, late', 'Today', 'Some day']);
    expect(await listLate(editor)).toMatchObject([{ title: 'Yesterday', who: 'Wim', late: true }]);
    expect(await listLate(writer)).toEqual([]);
    expect(await listMyWork(editor)).toEqual([]);

    // There it is the 24th already.
    await aPublication({ timeZone: 'Europe/Berlin' });
    expect(await mine()).toEqual(['Yesterday, late', 'Today, late', 'Some day']);
  });
});

describe('what waits', () => {
  test('for an editor is what was handed on and is neither out nor scheduled', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    await aText({ title: 'Begun' });
    await aText({ title: 'Handed in', stage: 'in_review' });
    await aText({ title: 'Edited', stage: 'copy_edited' });
    await aText({ title: 'Planned', stage: 'ready', scheduledFor: new Date('2026-12-01') });
    await aText({ title: 'Out', stage: 'ready', publishedAt: clock.now() });
    const { articles: waiting, total } = await listWaiting(editor);
    expect(waiting.map(({ title }) => title).toSorted()).toEqual(['Edited', 'Handed in']);
    expect(total).toBe(2);
    for (const actor of [await aPerson({ staffRole: 'writer' }), await aPerson(), anonymous])
      expect(await listWaiting(actor)).toEqual({ articles: [], total: 0 });
  });

  test('is counted in full where the list is cut off, the longest untouched first', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    for (let n = 0; n < mostShown + 2; n += 1)
      await aText({ title: `Text ${n}`, stage: 'in_review' });
    await db().execute(sql`update article_revisions
      set saved_at = '2026-11-01'::timestamptz - interval '1 day' * substr(title, 6)::int`);
    const { articles: waiting, total } = await listWaiting(editor);
    expect([waiting.length, total]).toEqual([mostShown, mostShown + 2]);
    expect(waiting[0]?.title).toBe(`Text ${mostShown + 1}`);
  });

  test('are remarks that name somebody, until they or what they answer are resolved', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const editor = await aPerson({ staffRole: 'editor', name: 'Edda' });
    const own = await aText({ title: 'Own', createdBy: writer.userId });
    const others = await aText({ title: 'Others' });
    const remark = async (articleId: string, text: string, parentId: string | null = null) => {
      const [row] = await db()
        .insert(comments)
        .values({ articleId, text, parentId, authorId: editor.userId })
        .returning({ id: comments.id });
      const id = row?.id ?? '';
      for (const { userId } of [writer, editor])
        await db().insert(commentMentions).values({ commentId: id, userId });
      return id;
    };
    const asked = await remark(own.id, 'Is this so?');
    await remark(own.id, 'It is.', asked);
    const alone = await remark(own.id, 'And this?');
    await remark(others.id, 'Not for writers');
    const texts = async (actor: typeof writer) =>
      (await listMentions(actor)).map(({ text }) => text).toSorted();
    expect(await texts(writer)).toEqual(['And this?', 'Is this so?', 'It is.']);
    expect((await listMentions(writer))[0]?.by).toBe('Edda');
    expect(await texts(editor)).toContain('Not for writers');

    const resolve = (id: string) =>
      db().update(comments).set({ resolvedAt: clock.now() }).where(eq(comments.id, id));
    await resolve(asked);
    await resolve(alone);
    expect(await texts(writer)).toEqual([]);
    await give(others.id, writer.userId, null, null);
    expect(await texts(writer)).toEqual(['Not for writers']);
  });
});

test('an issue’s progress counts its articles where they stand, and their words against those planned', async () => {
  const editor = await aPerson({ staffRole: 'editor' });
  const { id: issueId } = await anIssue({ publishedAt: null });
  const place = (position: number) => ({
    placement: { issueId, department: 'Essays', position },
    body: aBody('One two three.'),
  });
  const { id } = await aText({ ...place(1), stage: 'ready' });
  await aText({ ...place(2) });
  await aText({ ...place(3) });
  await aText({ ...place(4), publishedAt: clock.now(), stage: 'ready' });
  await db().update(placements).set({ wordBudget: 500 }).where(eq(placements.articleId, id));
  expect(await issueProgress(editor, issueId)).toEqual([
    { standing: 'draft', articles: 2, words: 6, budget: 0 },
    { standing: 'ready', articles: 1, words: 3, budget: 500 },
    { standing: 'published', articles: 1, words: 3, budget: 0 },
  ]);
  expect(await issueProgress(await aPerson({ staffRole: 'writer' }), issueId)).toEqual([]);
});

test('issues with an appointment are told to who plans issues, the next first', async () => {
  await anIssue({ title: 'Later', publishedAt: null, scheduledFor: new Date('2027-02-01') });
  await anIssue({ title: 'Next', publishedAt: null, scheduledFor: new Date('2027-01-01') });
  await anIssue({ title: 'Planned', publishedAt: null });
  await anIssue({ title: 'Out' });
  const editor = await aPerson({ staffRole: 'editor' });
  expect((await listScheduledIssues(editor)).map(({ title }) => title)).toEqual(['Next', 'Later']);
  for (const actor of [await aPerson({ staffRole: 'writer' }), await aPerson(), anonymous])
    expect(await listScheduledIssues(actor)).toEqual([]);
});
