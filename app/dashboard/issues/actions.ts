'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { isId } from '#lib/ids.ts';
import { parseInput } from '#lib/input.ts';
import { createIssue, saveIssue } from '#lib/issues/commands.ts';
import { issueInput } from '#lib/issues/input.ts';
import { publishIssue, scheduleIssue } from '#lib/publishing/issues.ts';
import { fail } from '#lib/result.ts';
import { slugify } from '#lib/slug.ts';

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

export async function saveHead(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const id = textField(form, 'id');
  if (!isId(id)) return gone();
  const input = parseInput(issueInput, headOf(form));
  if (!input.ok) return refused(input);
  const saved = await saveIssue(await currentActor(), id, input.value);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

export async function release(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const id = textField(form, 'id');
  if (!isId(id)) return gone();
  const released = await publishIssue(await currentActor(), id);
  if (!released.ok) return refused(released);
  await expired();
  return done('Published: the issue, its articles and what it is sold as are on the site now.');
}

/** Makes the appointment that the form names, or takes it back (`intent` is `cancel`). */
export async function schedule(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const id = textField(form, 'id');
  if (!isId(id)) return gone();
  const cancel = textField(form, 'intent') === 'cancel';
  const at = cancel ? null : new Date(`${textField(form, 'at')}Z`);
  if (at && Number.isNaN(at.getTime())) {
    const message = 'Choose a day and a time.';
    return refused(fail('invalid', message, { at: message }));
  }
  const scheduled = await scheduleIssue(await currentActor(), id, at);
  if (!scheduled.ok) return refused(scheduled);
  await expired();
  return done(cancel ? 'The appointment was taken back.' : 'Scheduled.');
}
