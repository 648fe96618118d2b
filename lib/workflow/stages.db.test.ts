import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aBody, aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { newId } from '#lib/ids.ts';
import { publishArticle } from '#lib/publishing/articles.ts';
import { listDesk } from '#lib/publishing/desk.ts';
import { findDraft } from '#lib/publishing/draft.ts';
import type { Actor } from '#lib/users/rules.ts';
import { assignTask, finishTask } from './assignments.ts';
import { moveArticle } from './commands.ts';
import { anOffice, recordOf, waitingMails } from './office.fixture.ts';
import { findWorkflow } from './queries.ts';
import type { Stage } from './rules.ts';

useDatabase();

const stageOf = async (id: string) =>
  (await db().select().from(articles).where(eq(articles.id, id)))[0]?.stage;

const move = (actor: Actor, id: string, from: Stage, to: Stage, note = '') =>
  moveArticle(actor, id, { from, to, note });

const save = (actor: Actor, { id, slug }: { id: string; slug: string }, version: number) =>
  saveArticle(actor, id, version, {
    ...{ title: 'Tide', slug, kind: 'article', kicker: '', standfirst: '', access: 'free' },
    ...{ sectionId: null, pictureId: null, body: aBody('It fell.'), bylines: [], topics: [] },
  });

describe('an article on its way', () => {
  test('goes from stage to stage, each move on record with where from, where to and why', async () => {
    const { writer, editor, article } = await anOffice();
    const done = { ok: true, value: undefined };
    expect(await move(writer, article.id, 'draft', 'in_review')).toEqual(done);
    expect(await move(editor, article.id, 'in_review', 'ready')).toEqual(done);
    expect(await move(editor, article.id, 'ready', 'copy_edited', 'One more comma.')).toEqual(done);
    expect(await stageOf(article.id)).toBe('copy_edited');
    const title = 'Tide';
    expect(await recordOf(article.id)).toEqual([
      {
        action: 'article.move',
        actorId: writer.userId,
        detail: { from: 'draft', to: 'in_review', title },
      },
      {
        action: 'article.move',
        actorId: editor.userId,
        detail: { from: 'in_review', to: 'ready', title },
      },
      {
        action: 'article.move',
        actorId: editor.userId,
        detail: { from: 'ready', to: 'copy_edited', note: 'One more comma.', title },
      },
    ]);
    const seen = await findWorkflow(writer, article.id);
    expect(seen).toMatchObject({ stage: 'copy_edited', moves: [], mayPublish: false });
    expect(seen?.history.map(({ who, to, note }) => ({ who, to, note }))).toEqual([
      { who: 'Ed Editor', to: 'copy_edited', note: 'One more comma.' },
      { who: 'Ed Editor', to: 'ready', note: '' },
      { who: 'Wanda Writer', to: 'in_review', note: '' },
    ]);
  });

  test('moved by two at once moves once, and the second is told where it is', async () => {
    const { editor, admin, article } = await anOffice();
    const answers = await Promise.all([
      move(editor, article.id, 'draft', 'copy_edited'),
      move(admin, article.id, 'draft', 'ready'),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      reason: 'conflict',
      message: expect.stringMatching(/“(copy-edited|ready)” now/),
    });
    expect(await recordOf(article.id)).toHaveLength(1);
  });

  test('sent back to draft tells its writers by mail, with the reason; handed in or taken back tells nobody', async () => {
    const { writer, other, editor, article } = await anOffice();
    await assignTask(editor, article.id, { userId: other.userId, task: 'write', dueOn: null });
    await move(writer, article.id, 'draft', 'in_review');
    await move(other, article.id, 'in_review', 'draft');
    await move(writer, article.id, 'draft', 'in_review');
    await move(editor, article.id, 'in_review', 'draft', 'Name the grandmother.');
    const sent = (await waitingMails()).filter(({ job }) => job.kind === 'sent-back');
    expect(sent.map(({ mail }) => mail?.to).toSorted()).toEqual(
      [writer.email, writer.email, other.email].toSorted(),
    );
    expect(sent.at(-1)?.mail).toMatchObject({
      subject: 'Back with you: Tide',
      text: expect.stringContaining('Name the grandmother.'),
    });
    await move(writer, article.id, 'draft', 'in_review');
    expect(
      (await waitingMails()).flatMap(({ job, mail }) => (job.kind === 'sent-back' ? [mail] : [])),
    ).toEqual([null, null, null]);
  });

  test('that is gone, or was never one, is refused', async () => {
    const { editor } = await anOffice();
    for (const id of [newId(), 'x', '']) {
      expect(await move(editor, id, 'draft', 'ready')).toMatchObject({ reason: 'not_found' });
    }
  });
});

describe('a writer', () => {
  test('writes on in a draft, and not from the hand-in on until it comes back', async () => {
    const { writer, editor, article } = await anOffice();
    expect(await save(writer, article, 1)).toMatchObject({ ok: true });
    await move(writer, article.id, 'draft', 'in_review');
    for (const stage of ['in_review', 'copy_edited', 'ready'] as const) {
      expect(await save(writer, article, 2)).toMatchObject({ reason: 'forbidden' });
      expect(await findWorkflow(writer, article.id)).toMatchObject({ whyNot: expect.any(String) });
      if (stage !== 'ready') {
        await move(editor, article.id, stage, stage === 'in_review' ? 'copy_edited' : 'ready');
      }
    }
    expect(await move(writer, article.id, 'ready', 'draft')).toMatchObject({ reason: 'forbidden' });
    expect(await save(editor, article, 2)).toMatchObject({ ok: true });
    await move(editor, article.id, 'ready', 'draft');
    expect(await save(writer, article, 3)).toMatchObject({ ok: true });
  });

  test('who was asked to write it has it like their own; who has another task looks at it', async () => {
    const { writer, other, editor, article } = await anOffice();
    expect(await findDraft(other, article.id)).toBeNull();
    expect(await move(other, article.id, 'draft', 'in_review')).toMatchObject({
      reason: 'not_found',
    });
    await assignTask(editor, article.id, {
      userId: other.userId,
      task: 'check_facts',
      dueOn: null,
    });
    expect(await findDraft(other, article.id)).toMatchObject({ title: 'Tide' });
    expect((await listDesk(other, { page: 1 })).articles).toHaveLength(1);
    expect(await save(other, article, 1)).toMatchObject({ reason: 'forbidden' });
    expect(await move(other, article.id, 'draft', 'in_review')).toMatchObject({
      reason: 'forbidden',
    });
    const given = await assignTask(editor, article.id, {
      ...{ userId: other.userId, task: 'write', dueOn: null },
    });
    expect(await save(other, article, 1)).toMatchObject({ ok: true });
    // Done is not gone.
    await finishTask(other, given.ok ? given.value.id : '', true);
    expect(await move(other, article.id, 'draft', 'in_review')).toMatchObject({ ok: true });
    expect(await findDraft(writer, article.id)).not.toBeNull();
  });
});

test('what is published begins anew with its next change, and publishing says from which stage', async () => {
  const { editor } = await anOffice();
  const section = await aSection();
  const { id: contributorId } = await aContributor();
  const article = await anArticle({
    publishedAt: null,
    sectionId: section.id,
    bylines: [{ contributorId, role: 'author' }],
  });
  await move(editor, article.id, 'draft', 'copy_edited');
  expect(await publishArticle(editor, article.id)).toMatchObject({ ok: true });
  expect(await stageOf(article.id)).toBe('draft');
  expect((await recordOf(article.id)).at(-1)).toMatchObject({
    action: 'article.publish',
    detail: {
      from: { publishedAt: null, stage: 'copy_edited' },
      to: { publishedAt: expect.any(String), stage: 'draft' },
    },
  });
  expect(await findWorkflow(editor, article.id)).toMatchObject({
    standing: 'published',
    moves: [],
  });
  expect(await move(editor, article.id, 'draft', 'ready')).toMatchObject({ reason: 'forbidden' });
  await save(editor, article, 1);
  expect(await findWorkflow(editor, article.id)).toMatchObject({ standing: 'draft' });
  expect(await move(editor, article.id, 'draft', 'in_review')).toMatchObject({ ok: true });
});
