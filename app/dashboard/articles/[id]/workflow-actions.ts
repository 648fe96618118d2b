'use server';

import { refresh } from 'next/cache';
import { done, refused } from '#app/dashboard/answer.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { fail, type Result } from '#lib/result.ts';
import { assignTask, finishTask, withdrawTask } from '#lib/workflow/assignments.ts';
import { moveArticle } from '#lib/workflow/commands.ts';
import {
  answerComment,
  changeComment,
  deleteComment,
  resolveComment,
  writeComment,
} from '#lib/workflow/comments.ts';
import { assignmentInput, commentInput, commentText, moveInput } from '#lib/workflow/input.ts';
import { stageNames } from '#lib/workflow/rules.ts';

export async function move(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(moveInput, {
    from: textField(form, 'from'),
    to: textField(form, 'to'),
    note: textField(form, 'note'),
  });
  if (!input.ok) return refused(input);
  const moved = await moveArticle(await currentActor(), textField(form, 'id'), input.value);
  refresh();
  return moved.ok
    ? done(`Moved to “${stageNames[input.value.to].toLowerCase()}”.`)
    : refused(moved);
}

export async function assign(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(assignmentInput, {
    userId: textField(form, 'userId'),
    task: textField(form, 'task'),
    dueOn: textField(form, 'dueOn'),
  });
  if (!input.ok) return refused(input);
  const assigned = await assignTask(await currentActor(), textField(form, 'id'), input.value);
  refresh();
  return assigned.ok ? done('Given, and told by mail.') : refused(assigned);
}

/** One form for all rows of the list: `intent` is the button's, as in "done 0f8c…". */
export async function changeTask(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const actor = await currentActor();
  const [intent = '', id = ''] = textField(form, 'intent').split(' ');
  const changes: Record<string, () => Promise<Result<undefined>>> = {
    done: () => finishTask(actor, id, true),
    open: () => finishTask(actor, id, false),
    withdraw: () => withdrawTask(actor, id),
  };
  const changed = await (changes[intent]?.() ?? unknownButton());
  refresh();
  const said: Record<string, string> = { done: 'Done.', open: 'Open again.' };
  return changed.ok ? done(said[intent] ?? 'Taken off the list.') : refused(changed);
}

export async function comment(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(commentInput, {
    text: textField(form, 'text'),
    anchor: textField(form, 'anchor'),
  });
  if (!input.ok) return refused(input);
  const written = await writeComment(await currentActor(), textField(form, 'id'), input.value);
  refresh();
  return written.ok ? done('Your comment stands there.') : refused(written);
}

/** What the buttons of a comment do; `intent` says which: "answer 0f8c…". */
export async function changeThread(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const actor = await currentActor();
  const [intent = '', id = ''] = textField(form, 'intent').split(' ');
  const withText = async (change: (text: string) => Promise<Result<unknown>>) => {
    const text = commentText.safeParse(textField(form, 'text'));
    if (text.success) return change(text.data);
    const message = text.error.issues[0]?.message ?? '';
    return fail('invalid', message, { text: message });
  };
  const changes: Record<string, () => Promise<Result<unknown>>> = {
    answer: () => withText((text) => answerComment(actor, id, text)),
    change: () => withText((text) => changeComment(actor, id, text)),
    delete: () => deleteComment(actor, id),
    resolve: () => resolveComment(actor, id, true),
    reopen: () => resolveComment(actor, id, false),
  };
  const changed = await (changes[intent]?.() ?? unknownButton());
  refresh();
  const said: Record<string, string> = {
    answer: 'Your answer stands there.',
    change: 'Changed.',
    delete: 'Deleted.',
    resolve: 'Resolved.',
    reopen: 'Open again.',
  };
  return changed.ok ? done(said[intent] ?? 'Done.') : refused(changed);
}

const unknownButton = async () => fail('invalid', 'This button is not known.');
