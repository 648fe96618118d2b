'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { fail } from '#lib/result.ts';
import { createSection, moveSection, removeSection, saveSection } from '#lib/sections/commands.ts';
import { newSectionInput, sectionInput } from '#lib/sections/input.ts';

export async function add(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(newSectionInput, fieldsOf(form));
  if (!input.ok) return refused(input);
  const added = await createSection(await currentActor(), input.value);
  if (!added.ok) return refused(added);
  await expired();
  redirect(`/dashboard/sections/${added.value.id}`);
}

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(sectionInput, fieldsOf(form));
  if (!input.ok) return refused(input);
  const saved = await saveSection(await currentActor(), textField(form, 'id'), input.value);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

/** What the pressed button says: `up` or `down`, with the section's id after a colon. */
export async function move(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const [intent = '', id = ''] = textField(form, 'intent').split(':');
  if (intent !== 'up' && intent !== 'down') {
    return refused(fail('invalid', 'This button is not known.'));
  }
  const moved = await moveSection(await currentActor(), id, intent);
  if (!moved.ok) return refused(moved);
  await expired();
  return done(`Moved ${intent}.`);
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await removeSection(await currentActor(), textField(form, 'id'));
  if (!removed.ok) return refused(removed);
  await expired();
  redirect('/dashboard/sections');
}

function fieldsOf(form: FormData) {
  const names = ['name', 'slug', 'description'];
  return Object.fromEntries(names.map((name) => [name, textField(form, name)]));
}
