import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { type ArticleParts, aBody, anArticle, aSection } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { articleEditing, assignments } from '#db/schema/workflow.ts';
import { useDatabase } from '#db/testing.ts';
import { clock } from '#lib/clock.ts';
import { type Actor, anonymous, type StaffRole } from '#lib/users/rules.ts';
import { type BulkChange, bulkBound, changeArticles } from './bulk.ts';
import { listDeskIds } from './desk.ts';
import { findDraft } from './draft.ts';

useDatabase();

const aDraft = (parts: ArticleParts = {}) =>
  anArticle({ publishedAt: null, kind: 'news', ...parts });
const staff = (staffRole: StaffRole) => aPerson({ staffRole });

/** Titles of what was done, and of what was refused with why. */
async function change(actor: Actor, ids: string[], asked: BulkChange) {
  const outcomes = await changeArticles(actor, ids, asked);
  return {
    done: outcomes.filter((one) => one.ok).map(({ title }) => title),
    refused: outcomes.filter((one) => !one.ok).map(({ title, why }) => `${title}: ${why}`),
  };
}

const audited = async () =>
  (await db().select().from(auditEntries)).map(({ action, subjectId }) => `${action} ${subjectId}`);

describe('many articles', () => {
  test('are published in one go, those that lack something named with what they lack', async () => {
    const editor = await staff('editor');
    const whole = await aDraft({ title: 'Whole' });
    const empty = await aDraft({ title: 'Empty', body: aBody() });
    const found = await change(editor, [whole.id, empty.id, whole.id], { kind: 'publish' });
    expect(found).toEqual({
      done: ['Whole'],
      refused: ['Empty: “Empty” has no text yet'],
    });
    expect(await audited()).toEqual([`article.publish ${whole.id}`]);
    expect(await change(editor, [whole.id, empty.id], { kind: 'unpublish' })).toEqual({
      done: ['Whole'],
      refused: ['Empty: It is not on the site.'],
    });
  });

  test('get a section, an access and topics, with an entry in the log for each, and the rest of them as it was', async () => {
    const editor = await staff('editor');
    const section = await aSection();
    const one = await aDraft({ title: 'One', topics: ['Sea'], standfirst: 'Kept' });
    const out = await anArticle({ title: 'Out', kind: 'news', body: aBody('Kept, too.') });
    const ids = [one.id, out.id];
    const all = async (asked: BulkChange) => (await change(editor, ids, asked)).done;
    expect(await all({ kind: 'section', sectionId: section.id })).toEqual(['One', 'Out']);
    expect(await all({ kind: 'access', access: 'gated' })).toEqual(['One', 'Out']);
    expect(await all({ kind: 'add-topic', topic: 'sea' })).toEqual(['One', 'Out']);
    expect(await findDraft(editor, one.id)).toMatchObject({
      ...{ sectionId: section.id, access: 'gated', topics: ['Sea'], standfirst: 'Kept' },
    });
    // What is out changes as a draft, until it is published.
    expect(await findDraft(editor, out.id)).toMatchObject({
      ...{ sectionId: section.id, access: 'gated', topics: ['Sea'], changed: true },
      body: aBody('Kept, too.'),
    });
    expect(await all({ kind: 'remove-topic', topic: 'SEA' })).toEqual(['One', 'Out']);
    expect((await findDraft(editor, one.id))?.topics).toEqual([]);
    const saves = (await audited()).filter((entry) => entry.startsWith('article.save'));
    expect(saves.filter((entry) => entry.endsWith(one.id)).length).toBe(3);
    // The third save would have changed nothing of it.
    expect(saves.filter((entry) => entry.endsWith(out.id)).length).toBe(4);
  });

  test('are left alone where somebody is writing, and not where the window fell silent', async () => {
    const editor = await staff('editor');
    const { userId } = await aPerson({ staffRole: 'editor', name: 'Edda' });
    const { id } = await aDraft({ title: 'Busy' });
    const now = clock.now();
    await db()
      .insert(articleEditing)
      .values({ articleId: id, userId, windowId: 'w', since: now, seenAt: now });
    const free: BulkChange = { kind: 'access', access: 'gated' };
    expect((await change(editor, [id], free)).refused).toEqual(['Busy: Edda is writing in it.']);
    await db()
      .update(articleEditing)
      .set({ seenAt: new Date(now.getTime() - 120_000) });
    expect((await change(editor, [id], free)).done).toEqual(['Busy']);
  });

  test('move to a stage and are given to somebody, each held to its own rules', async () => {
    const [editor, writer] = [await staff('editor'), await staff('writer')];
    const own = await aDraft({ title: 'Own', createdBy: writer.userId });
    const handed = { kind: 'stage', to: 'in_review' } as const;
    expect((await change(writer, [own.id], handed)).done).toEqual(['Own']);
    const ready = { kind: 'stage', to: 'ready' } as const;
    expect((await change(writer, [own.id], ready)).refused).toEqual([
      'Own: You may not move it to “ready”.',
    ]);
    expect((await change(editor, [own.id], ready)).done).toEqual(['Own']);
    const assignment = { userId: writer.userId, task: 'check_facts', dueOn: null } as const;
    expect((await change(editor, [own.id], { kind: 'assign', assignment })).done).toEqual(['Own']);
    expect(await db().select().from(assignments)).toMatchObject([{ ...assignment }]);
  });

  test('are so many in one go', async () => {
    const many = Array.from({ length: bulkBound + 50 }, () => crypto.randomUUID());
    const editor = await staff('editor');
    expect((await changeArticles(editor, many, { kind: 'publish' })).length).toBe(bulkBound);
  });
});

describe('deleting drafts', () => {
  test('keeps what was out, is scheduled or stands in an issue', async () => {
    const editor = await staff('editor');
    const { id: issueId } = await anIssue({ publishedAt: null });
    const placement = { issueId, department: 'Essays', position: 1 };
    const texts = [
      await aDraft({ title: 'Draft' }),
      await anArticle({ title: 'Out' }),
      await aDraft({ title: 'Planned', placement }),
      await aDraft({ title: 'Scheduled', scheduledFor: new Date('2030-01-01') }),
    ];
    const once = texts[1]?.id ?? '';
    await changeArticles(editor, [once], { kind: 'unpublish' });
    const found = await change(
      editor,
      texts.map(({ id }) => id),
      { kind: 'delete' },
    );
    expect(found).toEqual({
      done: ['Draft'],
      refused: [
        'Out: It was on the site once: it can be taken off, not deleted.',
        'Planned: It stands in an issue. Take it out there first.',
        'Scheduled: It is scheduled: take that back first.',
      ],
    });
    const left = await db().select().from(articles).where(eq(articles.slug, 'draft'));
    expect(left).toEqual([]);
    expect(await audited()).toContain(`article.delete ${texts[0]?.id}`);
  });
});

test('each role changes what it may change one by one, and nothing more', async () => {
  const writer = await staff('writer');
  const own = { createdBy: writer.userId };
  const asked: BulkChange[] = [
    { kind: 'add-topic', topic: 'Sea' },
    { kind: 'publish' },
    { kind: 'delete' },
  ];
  const allowed = async (actor: Actor, parts: ArticleParts) => {
    const outcomes: boolean[] = [];
    for (const one of asked) {
      const { id } = await aDraft({ ...parts, title: `T ${crypto.randomUUID()}` });
      outcomes.push((await changeArticles(actor, [id], one))[0]?.ok ?? false);
    }
    return outcomes;
  };
  expect(await allowed(writer, own)).toEqual([true, false, true]);
  expect(await allowed(writer, {})).toEqual([false, false, false]);
  for (const role of ['editor', 'publisher', 'admin'] as const)
    expect(await allowed(await staff(role), own), role).toEqual([true, true, true]);
  for (const actor of [await aPerson(), anonymous])
    expect(await allowed(actor, own)).toEqual([false, false, false]);

  const everything = (await listDeskIds(await staff('editor'), {}, 1_000)).length;
  const mine = (await listDeskIds(writer, {}, 1_000)).length;
  expect([everything > mine, mine > 0]).toEqual([true, true]);
  expect(await listDeskIds(anonymous, {}, 10)).toEqual([]);
  expect((await listDeskIds(writer, {}, 2)).length).toBe(2);
});
