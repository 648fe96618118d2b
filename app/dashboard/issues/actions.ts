'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import type { HeadAnswer } from '#components/dashboard/issue/form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { isId } from '#lib/ids.ts';
import { parseInput } from '#lib/input.ts';
import { createIssue, deleteIssue, saveIssue } from '#lib/issues/commands.ts';
import { issueInput } from '#lib/issues/input.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { zonedInstant } from '#lib/publication/rules.ts';
import { findIssueHead } from '#lib/publishing/issue-desk.ts';
import { publishIssue, scheduleIssue, withdrawIssue } from '#lib/publishing/issues.ts';
import { fail } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';
import { headBase } from './base.ts';

const gone = () => refused(fail('not_found', 'This issue does not exist any more.'));

/** The issue's fields as its input takes them; what a form doesn't have is empty. */
function headOf(form: FormData) {
  const names = ['title', 'volume', 'number', 'periodLabel', 'onSaleAt', 'description'];
  const others = ['pageCount', 'coverId', 'coverArtistId'];
  return {
    ...Object.fromEntries([...names, ...others].map((name) => [name, textField(form, name)])),
    slug: textField(form, 'slug').trim() || slugify(textField(form, 'title')),
  };
}

export async function beginIssue(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(issueInput, headOf(form));
  if (!input.ok) return refused(input);
  const begun = await createIssue(await currentActor(), input.value);
  if (!begun.ok) return refused(begun);
  redirect(`/dashboard/issues/${begun.value.id}`);
}

/** Saves the head; `base` is what the form began from, as `headBase` wrote it. */
export async function saveHead(_: FormAnswer | null, form: FormData): Promise<HeadAnswer> {
  const id = textField(form, 'id');
  if (!isId(id)) return gone();
  const input = parseInput(issueInput, headOf(form));
  if (!input.ok) return refused(input);
  const base = parseInput(issueInput, parsed(textField(form, 'base')));
  if (!base.ok) return refused(fail('invalid', 'Open this page anew: it is from another time.'));
  const actor = await currentActor();
  const saved = await saveIssue(actor, id, input.value, base.value);
  if (!saved.ok && saved.reason !== 'conflict') return refused(saved);
  await expired();
  const now = await findIssueHead(actor, id);
  return { ...(saved.ok ? done('Saved.') : refused(saved)), ...(now && { base: headBase(now) }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export async function release(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const id = textField(form, 'id');
  if (!isId(id)) return gone();
  const released = await publishIssue(await currentActor(), id);
  if (!released.ok) return refused(released);
  await expired();
  return done('Published: the issue, its articles and what it is sold as are on the site now.');
}

/** Makes the appointment that the form names, in the publication's time zone, or takes it back (`intent` is `cancel`). */
export async function schedule(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const id = textField(form, 'id');
  if (!isId(id)) return gone();
  const cancel = textField(form, 'intent') === 'cancel';
  const at = cancel ? null : zonedInstant(textField(form, 'at'), await findTimeZone());
  if (!at && !cancel) {
    const message = 'Choose a day and a time.';
    return refused(fail('invalid', message, { at: message }));
  }
  const scheduled = await scheduleIssue(await currentActor(), id, at);
  if (!scheduled.ok) return refused(scheduled);
  await expired();
  return done(cancel ? 'The appointment was taken back.' : 'Scheduled.');
}

export async function withdraw(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const id = textField(form, 'id');
  if (!isId(id)) return gone();
  const withdrawn = await withdrawIssue(await currentActor(), id);
  if (!withdrawn.ok) return refused(withdrawn);
  await expired();
  return done('Taken back: the issue and its articles have left the site.');
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const id = textField(form, 'id');
  if (!isId(id)) return gone();
  const removed = await deleteIssue(await currentActor(), id);
  if (!removed.ok) return refused(removed);
  redirect('/dashboard/issues');
}
