import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { users } from '#db/schema/users.ts';
import { comments } from '#db/schema/workflow.ts';
import { useDatabase } from '#db/testing.ts';
import { newId } from '#lib/ids.ts';
import { type Actor, anonymous, type Person } from '#lib/users/rules.ts';
import { assignTask } from './assignments.ts';
import {
  answerComment,
  changeComment,
  deleteComment,
  resolveComment,
  writeComment,
} from './comments.ts';
import { commentInput } from './input.ts';
import { anOffice, forgetMails, recordOf, waitingMails } from './office.fixture.ts';
import { listComments } from './threads.ts';

useDatabase();

const anchor = { quote: 'water', before: 'The ', after: ' rose.' };

async function written(actor: Actor, articleId: string, text: string): Promise<string> {
  const done = await writeComment(actor, articleId, { text, anchor });
  if (!done.ok) throw new Error(done.message);
  return done.value.id;
}

async function answered(actor: Actor, to: string, text: string): Promise<string> {
  const done = await answerComment(actor, to, text);
  if (!done.ok) throw new Error(done.message);
  return done.value.id;
}

/** Whom the waiting mails are for, and why; those that would not be sent are left out. */
async function told(): Promise<string[]> {
  const mails = await waitingMails();
  return mails.flatMap(({ job, mail }) => (mail ? [`${job.kind} ${mail.to}`] : [])).toSorted();
}

const threadsFor = async (actor: Actor, articleId: string) =>
  (await listComments(actor, articleId))?.threads;

describe('a comment', () => {
  test('stands by its words with its answers, for everybody who may look at the article', async () => {
    const { writer, other, editor, reader, article } = await anOffice();
    const id = await written(editor, article.id, 'Whose?');
    const first = await answered(writer, id, 'The sea’s.');
    // An answer to an answer is one more answer.
    await answered(editor, first, 'Say so.');
    expect(await threadsFor(writer, article.id)).toMatchObject([
      {
        ...{ id, who: 'Ed Editor', text: 'Whose?', anchor, mine: false, mayDelete: false },
        answers: [
          { id: first, who: 'Wanda Writer', mine: true, mayDelete: true },
          { who: 'Ed Editor', text: 'Say so.', mayDelete: false },
        ],
      },
    ]);
    for (const nobody of [anonymous, reader, other]) {
      expect(await listComments(nobody, article.id)).toBeNull();
    }
    expect(await listComments(editor, 'x')).toBeNull();
    expect((await recordOf(article.id)).map(({ action }) => action)).toEqual([
      ...['comment.write', 'comment.answer', 'comment.answer'],
    ]);
  });

  test('is changed by who wrote it alone, and says that it was', async () => {
    const { writer, editor, admin, article } = await anOffice();
    const id = await written(writer, article.id, 'Whose?');
    for (const actor of [editor, admin]) {
      expect(await changeComment(actor, id, 'Mine.')).toMatchObject({ reason: 'forbidden' });
    }
    await changeComment(writer, id, 'Whose water?');
    expect(await threadsFor(editor, article.id)).toMatchObject([
      { text: 'Whose water?', changedAt: expect.any(Date) },
    ]);
    expect((await recordOf(article.id)).at(-1)).toMatchObject({
      action: 'comment.change',
      detail: { from: 'Whose?', to: 'Whose water?' },
    });
  });

  test('is deleted by who wrote it until somebody answers, and by editors with its answers', async () => {
    const { writer, editor, article } = await anOffice();
    const alone = await written(writer, article.id, 'Nothing.');
    expect(await deleteComment(writer, alone)).toMatchObject({ ok: true });
    const id = await written(writer, article.id, 'Whose?');
    const answer = await answered(editor, id, 'Mine.');
    expect(await deleteComment(writer, id)).toMatchObject({ reason: 'forbidden' });
    expect(await deleteComment(writer, answer)).toMatchObject({ reason: 'forbidden' });
    expect(await deleteComment(editor, id)).toMatchObject({ ok: true });
    expect(await db().select().from(comments)).toEqual([]);
    expect(await deleteComment(editor, id)).toMatchObject({ reason: 'not_found' });
    expect(await answerComment(editor, id, 'Still?')).toMatchObject({ reason: 'not_found' });
  });

  test('is resolved and reopened by anybody there, once however often, and an answer reopens it', async () => {
    const { writer, editor, article } = await anOffice();
    const id = await written(editor, article.id, 'Whose?');
    await Promise.all([resolveComment(writer, id, true), resolveComment(editor, id, true)]);
    const [thread] = (await threadsFor(editor, article.id)) ?? [];
    expect(thread?.resolvedAt).toBeInstanceOf(Date);
    expect(['Wanda Writer', 'Ed Editor']).toContain(thread?.resolvedBy);
    const resolves = (await recordOf(article.id)).filter(
      ({ action }) => action === 'comment.resolve',
    );
    expect(resolves).toHaveLength(1);
    const answer = await answered(writer, id, 'The sea’s.');
    expect(await threadsFor(editor, article.id)).toMatchObject([{ resolvedAt: null }]);
    expect(await resolveComment(editor, answer, true)).toMatchObject({ reason: 'not_found' });
  });

  test('answered by two while a third deletes it ends in no broken thread', async () => {
    const { writer, editor, admin, article } = await anOffice();
    const id = await written(editor, article.id, 'Whose?');
    const answers = await Promise.all([
      answerComment(writer, id, 'One.'),
      deleteComment(admin, id),
      answerComment(editor, id, 'Two.'),
    ]);
    expect(answers[1]).toMatchObject({ ok: true });
    for (const answer of [answers[0], answers[2]]) {
      expect(answer.ok || answer.reason === 'not_found').toBe(true);
    }
    expect(await db().select().from(comments)).toEqual([]);
  });

  test('outlives its author’s account', async () => {
    const { editor, writer, article } = await anOffice();
    await written(editor, article.id, 'Whose?');
    await db().delete(users).where(eq(users.id, editor.userId));
    expect(await threadsFor(writer, article.id)).toMatchObject([
      { who: 'An account that is gone', text: 'Whose?', mine: false },
    ]);
  });
});

describe('mails of comments', () => {
  test('tell who is mentioned once, with the words and a way back to them', async () => {
    const { writer, editor, article } = await anOffice();
    const id = await written(
      editor,
      article.id,
      '@Wanda Writer, whose? I ask @Wanda Writer & you.',
    );
    const mails = await waitingMails();
    expect(mails.map(({ mail }) => mail)).toMatchObject([
      {
        to: writer.email,
        subject: 'Ed Editor mentions you: Tide',
        text: expect.stringContaining(`/dashboard/articles/${article.id}#comment-${id}`),
        html: expect.stringContaining('whose? I ask @Wanda Writer &amp; you.'),
      },
    ]);
    await changeComment(editor, id, '@Wanda Writer and @Pia Publisher, whose?');
    expect(await told()).toEqual([`mention ${writer.email}`, expect.stringContaining('mention ')]);
    await changeComment(editor, id, '@Wanda Writer and @Pia Publisher: whose?');
    expect(await told()).toHaveLength(2);
  });

  test('tell the others in a thread of an answer, and nobody twice or of their own words', async () => {
    const { writer, editor, publisher, article } = await anOffice();
    const id = await written(editor, article.id, 'Whose?');
    await answered(publisher, id, 'Not mine.');
    await forgetMails();
    await answered(writer, id, '@Ed Editor: the sea’s. So say I, @Wanda Writer.');
    expect(await told()).toEqual([`answer ${publisher.email}`, `mention ${editor.email}`]);
  });

  test('go to nobody who may not look at the article, has left since, or whose comment is gone', async () => {
    const { other, editor, writer, article } = await anOffice();
    await written(editor, article.id, '@Otto Other, whose?');
    expect(await waitingMails()).toEqual([]);
    await assignTask(editor, article.id, { userId: other.userId, task: 'edit', dueOn: null });
    await forgetMails();
    const id = await written(editor, article.id, '@Otto Other and @Wanda Writer?');
    await db().update(users).set({ staffRole: null }).where(eq(users.id, other.userId));
    expect(await told()).toEqual([`mention ${writer.email}`]);
    await deleteComment(editor, id);
    expect(await told()).toEqual([]);
  });
});

describe('what a browser sends', () => {
  const text = 'Whose?';
  test.each([
    ['no words', { text: ' \n ', anchor: '' }],
    ['too many words', { text: 'a'.repeat(5_001), anchor: '' }],
    ['an anchor that is no JSON', { text, anchor: '{' }],
    ['an anchor without a quote', { text, anchor: '{"quote":"","before":"","after":""}' }],
    [
      'a quote that is too long',
      { text, anchor: JSON.stringify({ ...anchor, quote: 'a'.repeat(1_001) }) },
    ],
    ['half a character', { text: '\uD83D', anchor: '' }],
  ])('with %s is refused', (_, sent) => {
    expect(commentInput.safeParse(sent).success).toBe(false);
  });

  test('an anchor keeps nothing but what it is made of', () => {
    const sent = JSON.stringify({ ...anchor, more: 'x' });
    expect(commentInput.parse({ text, anchor: sent })).toEqual({ text, anchor });
    expect(commentInput.parse({ text, anchor: '' })).toEqual({ text, anchor: null });
  });
});

test('nobody comments on what they may not look at, nor answers there', async () => {
  const { reader, other, editor, article } = await anOffice();
  const id = await written(editor, article.id, 'Whose?');
  const strangers: (Actor | Person)[] = [anonymous, reader, other];
  for (const actor of strangers) {
    expect((await writeComment(actor, article.id, { text: 'x', anchor: null })).ok).toBe(false);
    expect((await answerComment(actor, id, 'x')).ok).toBe(false);
    expect((await resolveComment(actor, id, true)).ok).toBe(false);
    expect((await deleteComment(actor, id)).ok).toBe(false);
  }
  expect(await writeComment(editor, newId(), { text: 'x', anchor: null })).toMatchObject({
    reason: 'not_found',
  });
  expect(await db().$count(comments)).toBe(1);
});
