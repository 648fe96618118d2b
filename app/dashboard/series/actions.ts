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
  createSeries,
  orderParts,
  placeInSeries,
  removeSeries,
  saveSeries,
} from '#lib/series/commands.ts';
import { placeInput, seriesInput } from '#lib/series/input.ts';

const names = ['name', 'slug', 'description'];

export async function add(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(seriesInput, fieldsOf(form, names));
  if (!input.ok) return refused(input);
  const added = await createSeries(await currentActor(), input.value);
  if (!added.ok) return refused(added);
  await expired();
  redirect(`/dashboard/series/${added.value.id}`);
}

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(seriesInput, fieldsOf(form, names));
  if (!input.ok) return refused(input);
  const saved = await saveSeries(await currentActor(), textField(form, 'id'), input.value);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

/** `articleId` goes into `seriesId` as `part`; an empty `seriesId` takes it out, an empty `part` is the next one. */
export async function place(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(placeInput, fieldsOf(form, ['seriesId', 'part']));
  if (!input.ok) return refused(input);
  const placed = await placeInSeries(
    await currentActor(),
    textField(form, 'articleId'),
    input.value,
  );
  if (!placed.ok) return refused(placed);
  await expired();
  return done(placed.value.part ? `It is part ${placed.value.part} now.` : 'It is in no series.');
}

export async function order(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const id = textField(form, 'id');
  return ordered(form, (actor, parts) => orderParts(actor, id, parts), 'Moved, and numbered anew.');
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await removeSeries(await currentActor(), textField(form, 'id'));
  if (!removed.ok) return refused(removed);
  await expired();
  redirect('/dashboard/series');
}
