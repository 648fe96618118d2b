'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { fieldsOf } from '#app/dashboard/form-fields.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import {
  createContributor,
  removeContributor,
  saveContributor,
} from '#lib/contributors/commands.ts';
import { contributorInput } from '#lib/contributors/input.ts';
import { mergeContributors } from '#lib/contributors/merge.ts';
import { parseInput } from '#lib/input.ts';

const names = ['name', 'slug', 'biography', 'city', 'website', 'portraitId', 'userId'];

export async function add(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(contributorInput, fieldsOf(form, names));
  if (!input.ok) return refused(input);
  const added = await createContributor(await currentActor(), input.value);
  if (!added.ok) return refused(added);
  await expired();
  redirect(`/dashboard/contributors/${added.value.id}`);
}

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(contributorInput, fieldsOf(form, names));
  if (!input.ok) return refused(input);
  const saved = await saveContributor(await currentActor(), textField(form, 'id'), input.value);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

export async function merge(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const [fromId, intoId] = [textField(form, 'fromId'), textField(form, 'intoId')];
  const merged = await mergeContributors(await currentActor(), fromId, intoId);
  if (!merged.ok) return refused(merged);
  await expired();
  const { versions, covers } = merged.value;
  return done(`Merged: ${versions} versions of articles and ${covers} covers came here.`);
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await removeContributor(await currentActor(), textField(form, 'id'));
  if (!removed.ok) return refused(removed);
  await expired();
  redirect('/dashboard/contributors');
}
