'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import {
  createContributor,
  removeContributor,
  saveContributor,
} from '#lib/contributors/commands.ts';
import { contributorInput, newContributorInput } from '#lib/contributors/input.ts';
import { parseInput } from '#lib/input.ts';

export async function add(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(newContributorInput, fieldsOf(form));
  if (!input.ok) return refused(input);
  const added = await createContributor(await currentActor(), input.value);
  if (!added.ok) return refused(added);
  await expired();
  redirect(`/dashboard/contributors/${added.value.id}`);
}

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(contributorInput, fieldsOf(form));
  if (!input.ok) return refused(input);
  const saved = await saveContributor(await currentActor(), textField(form, 'id'), input.value);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await removeContributor(await currentActor(), textField(form, 'id'));
  if (!removed.ok) return refused(removed);
  await expired();
  redirect('/dashboard/contributors');
}

function fieldsOf(form: FormData) {
  const names = ['name', 'slug', 'biography', 'city', 'website', 'portraitId'];
  return Object.fromEntries(names.map((name) => [name, textField(form, name)]));
}
