'use server';

import { refresh } from 'next/cache';
import { done, refused } from '#app/dashboard/answer.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { requireSite } from '#lib/reading/site.ts';
import { previewInput } from '#lib/workflow/input.ts';
import { createPreview, revokePreview } from '#lib/workflow/previews.ts';

/** Makes a link; the answer holds its address, this once. */
export async function makePreview(form: FormData): Promise<FormAnswer & { address?: string }> {
  const input = parseInput(previewInput, {
    days: textField(form, 'days'),
    note: textField(form, 'note'),
  });
  if (!input.ok) return refused(input);
  const issueId = textField(form, 'issueId');
  const of = issueId ? { issueId } : { articleId: textField(form, 'articleId') };
  const made = await createPreview(await currentActor(), of, input.value);
  refresh();
  if (!made.ok) return refused(made);
  const { origin } = await requireSite();
  return {
    ...done('Here is the link. It is shown this once only: copy it now.'),
    address: `${origin}/preview/${made.value.token}`,
  };
}

export async function closePreview(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const closed = await revokePreview(await currentActor(), textField(form, 'previewId'));
  refresh();
  return closed.ok ? done('The link is closed.') : refused(closed);
}
