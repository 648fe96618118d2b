'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { fieldsOf } from '#app/dashboard/form-fields.ts';
import { ordered } from '#app/dashboard/ordered.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import {
  createSection,
  orderSections,
  removeSection,
  saveSection,
} from '#lib/sections/commands.ts';
import { sectionInput } from '#lib/sections/input.ts';

const names = ['name', 'slug', 'description'];

export async function add(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(sectionInput, fieldsOf(form, names));
  if (!input.ok) return refused(input);
  const added = await createSection(await currentActor(), input.value);
  if (!added.ok) return refused(added);
  await expired();
  redirect(`/dashboard/sections/${added.value.id}`);
}

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(sectionInput, fieldsOf(form, names));
  if (!input.ok) return refused(input);
  const saved = await saveSection(await currentActor(), textField(form, 'id'), input.value);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

export async function order(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  return ordered(form, orderSections);
}

/** `heirId`: the section that its articles go to; empty where there are none. */
export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const heirId = textField(form, 'heirId') || null;
  const removed = await removeSection(await currentActor(), textField(form, 'id'), heirId);
  if (!removed.ok) return refused(removed);
  await expired();
  redirect('/dashboard/sections');
}
