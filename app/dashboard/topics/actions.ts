'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { fieldsOf } from '#app/dashboard/form-fields.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { createTopic, mergeTopics, removeTopic, saveTopic } from '#lib/topics/commands.ts';
import { topicInput } from '#lib/topics/input.ts';

const names = ['name', 'slug', 'description'];

export async function add(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(topicInput, fieldsOf(form, names));
  if (!input.ok) return refused(input);
  const added = await createTopic(await currentActor(), input.value);
  if (!added.ok) return refused(added);
  await expired();
  redirect(`/dashboard/topics/${added.value.id}`);
}

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(topicInput, fieldsOf(form, names));
  if (!input.ok) return refused(input);
  const saved = await saveTopic(await currentActor(), textField(form, 'id'), input.value);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

export async function merge(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const [id, intoId] = [textField(form, 'id'), textField(form, 'intoId')];
  const merged = await mergeTopics(await currentActor(), id, intoId);
  if (!merged.ok) return refused(merged);
  await expired();
  redirect(`/dashboard/topics/${intoId}`);
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await removeTopic(await currentActor(), textField(form, 'id'));
  if (!removed.ok) return refused(removed);
  await expired();
  redirect('/dashboard/topics');
}
