'use server';

import { refresh } from 'next/cache';
import { done, refused } from '#app/dashboard/answer.ts';
import { fieldsOf } from '#app/dashboard/form-fields.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import type { ImportAnswer } from '#components/dashboard/site/redirect-import.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { addRedirect, importRedirects, removeRedirect } from '#lib/redirects/commands.ts';
import { parseList, redirectInput } from '#lib/redirects/input.ts';

export async function add(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(redirectInput, fieldsOf(form, ['from', 'to']));
  if (!input.ok) return refused(input);
  const added = await addRedirect(await currentActor(), input.value);
  if (!added.ok) return refused(added);
  await expired();
  return done('Readers are sent there from now on.');
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await removeRedirect(await currentActor(), textField(form, 'from'));
  if (!removed.ok) {
    refresh();
    return refused(removed);
  }
  await expired();
  return done('Removed.');
}

/** Shows what an import would do (`intent` is `preview`), or does it. */
export async function importList(_: ImportAnswer | null, form: FormData): Promise<ImportAnswer> {
  const pairs = parseList(textField(form, 'list'));
  const dryRun = textField(form, 'intent') !== 'import';
  const answer = await importRedirects(await currentActor(), pairs, { dryRun });
  if (!answer.ok) return refused(answer);
  const { added, present, refused: lines } = answer.value;
  const rest = [
    ...(present > 0 ? [`${present} are there already`] : []),
    ...(lines.length > 0 ? [`${lines.length} are refused`] : []),
  ];
  const more = rest.length > 0 ? `; ${rest.join(', ')}.` : '.';
  if (dryRun) {
    return {
      ...done(`${added} of ${pairs.length} lines can be added${more}`),
      report: answer.value,
    };
  }
  await expired();
  return { ...done(`${added} were added${more}`), report: { ...answer.value, added: 0 } };
}
