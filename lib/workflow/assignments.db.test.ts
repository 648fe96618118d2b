import { describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { publication } from '#db/schema/publication.ts';
import { assignments } from '#db/schema/workflow.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { listDesk } from '#lib/publishing/desk.ts';
import { anonymous } from '#lib/users/rules.ts';
import { assignTask, finishTask, withdrawTask } from './assignments.ts';
import { anOffice, forgetMails, recordOf, waitingMails } from './office.fixture.ts';
import { listAssignments } from './queries.ts';
import type { Task } from './rules.ts';

useDatabase();

type Office = Awaited<ReturnType<typeof anOffice>>;

async function given(
  { editor, article }: Office,
  { userId }: { userId: string },
  task: Task = 'edit',
  dueOn: string | null = null,
): Promise<string> {
  const done = await assignTask(editor, article.id, { userId, task, dueOn });
  if (!done.ok) throw new Error(done.message);
  return done.value.id;
}

const at = (instant: string) => setClock(() => new Date(instant));

describe('a task', () => {
  test('is told by mail to who gets it, with the day, and is on record', async () => {
    at('2026-11-23T12:00:00Z');
    const office = await anOffice();
    const { writer, editor, article } = office;
    await given(office, writer, 'check_facts', '2026-12-01');
    expect((await waitingMails()).map(({ mail }) => mail)).toMatchObject([
      {
        to: writer.email,
        subject: 'Check facts: Tide',
        text: expect.stringMatching(/Tuesday,? 1 December 2026[\s\S]*\/dashboard\/articles\//),
      },
    ]);
    expect(await recordOf(article.id)).toEqual([
      {
        action: 'article.assign',
        actorId: editor.userId,
        detail: {
          userId: writer.userId,
          person: 'Wanda Writer',
          task: 'check_facts',
          dueOn: { from: null, to: '2026-12-01' },
        },
      },
    ]);
    await forgetMails();
    await given(office, editor);
    expect(await waitingMails()).toEqual([]);
  });

  test('given twice to one person, even at once, is one with the later word, open again', async () => {
    const office = await anOffice();
    const { writer, editor, article } = office;
    const id = await given(office, writer, 'edit', '2098-01-01');
    await finishTask(writer, id, true);
    const twice = await Promise.all([
      given(office, writer, 'edit', '2099-01-01'),
      given(office, writer, 'edit', '2099-01-01'),
    ]);
    expect(twice).toEqual([id, id]);
    expect(await listAssignments(editor, article.id)).toMatchObject([
      { id, dueOn: '2099-01-01', doneAt: null },
    ]);
    expect((await recordOf(article.id)).at(-1)?.detail).toMatchObject({
      dueOn: { from: '2099-01-01', to: '2099-01-01' },
    });
    expect((await waitingMails()).filter(({ mail }) => mail)).toHaveLength(1);
  });

  test('is finished by who has it and by editors, by nobody else, and once', async () => {
    const office = await anOffice();
    const { writer, other, reader, editor, article } = office;
    const id = await given(office, writer);
    await given(office, other, 'find_pictures');
    for (const actor of [anonymous, reader, other]) {
      expect(await finishTask(actor, id, true)).toMatchObject({ reason: 'forbidden' });
    }
    await finishTask(writer, id, true);
    await finishTask(editor, id, true);
    await finishTask(editor, id, false);
    const actions = (await recordOf(article.id)).map(({ action }) => action);
    expect(actions.slice(2)).toEqual(['article.task-done', 'article.task-open']);
    expect(await withdrawTask(writer, id)).toMatchObject({ reason: 'forbidden' });
    expect(await withdrawTask(editor, id)).toMatchObject({ ok: true });
    expect(await withdrawTask(editor, id)).toMatchObject({ reason: 'not_found' });
    expect(await finishTask(editor, 'x', true)).toMatchObject({ reason: 'not_found' });
  });

  test('is for who works here, from today on, for an article that is there', async () => {
    at('2026-11-23T12:00:00Z');
    const office = await anOffice();
    const { reader, writer, editor, article } = office;
    const ask = (userId: string, dueOn: string | null, id = article.id) =>
      assignTask(editor, id, { userId, task: 'edit', dueOn });
    expect(await ask(reader.userId, null)).toMatchObject({
      fields: { userId: expect.any(String) },
    });
    expect(await ask(newId(), null)).toMatchObject({ fields: { userId: expect.any(String) } });
    expect(await ask(writer.userId, '2026-11-22')).toMatchObject({
      fields: { dueOn: expect.any(String) },
    });
    expect(await ask(writer.userId, null, newId())).toMatchObject({ reason: 'not_found' });
    expect(await db().$count(assignments)).toBe(0);
    expect(await ask(writer.userId, '2026-11-23')).toMatchObject({ ok: true });
  });
});

describe('the list of articles', () => {
  test('finds what is for the one who asks, and what is late where the publication is', async () => {
    at('2026-11-23T12:00:00Z');
    const office = await anOffice();
    const { writer, editor, publisher } = office;
    const id = await given(office, publisher, 'copy_edit', '2026-11-23');
    const titles = async (...[actor, filters]: [typeof writer, object]) =>
      (await listDesk(actor, { page: 1, ...filters })).articles.map(({ title }) => title);
    expect(await titles(publisher, { assigned: true })).toEqual(['Tide']);
    expect(await titles(editor, { assigned: true })).toEqual([]);
    expect(await titles(editor, { late: true })).toEqual([]);
    at('2026-11-23T23:00:00Z');
    await db().update(publication).set({ timeZone: 'Europe/Berlin' });
    expect(await titles(editor, { late: true })).toEqual(['Tide']);
    expect((await listDesk(editor, { page: 1 })).articles).toMatchObject([
      { tasks: [{ who: 'Pia Publisher', task: 'copy_edit', dueOn: '2026-11-23', late: true }] },
    ]);
    await finishTask(publisher, id, true);
    expect(await titles(editor, { late: true })).toEqual([]);
    expect(await titles(publisher, { assigned: true })).toEqual([]);
  });

  test('finds articles by where they stand', async () => {
    const { editor } = await anOffice();
    const found = async (standing: 'draft' | 'in_review' | 'published') =>
      (await listDesk(editor, { page: 1, standing })).total;
    expect(await found('draft')).toBe(1);
    expect(await found('in_review')).toBe(0);
    expect(await found('published')).toBe(0);
  });
});
