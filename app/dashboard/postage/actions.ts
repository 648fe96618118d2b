'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { fieldsOf, openedField, unreadable } from '#app/dashboard/form-fields.ts';
import { ordered } from '#app/dashboard/ordered.ts';
import { expired } from '#app/expire.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { createZone, orderZones, removeZone, saveZone } from '#lib/postage/commands.ts';
import { zoneFieldNames, zoneInput } from '#lib/postage/input.ts';
import { movedText } from '#lib/postage/rules.ts';

export async function add(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(zoneInput, zoneOf(form));
  if (!input.ok) return refused(input);
  const made = await createZone(await currentActor(), input.value);
  if (!made.ok) return refused(made);
  await expired();
  redirect('/dashboard/postage');
}

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const opened = openedField(form);
  if (!opened) return refused(unreadable());
  const input = parseInput(zoneInput, zoneOf(form));
  if (!input.ok) return refused(input);
  const saved = await saveZone(await currentActor(), textField(form, 'id'), input.value, opened);
  if (!saved.ok) return refused(saved);
  await expired();
  return done(`Saved. ${movedText(saved.value.moved)}`);
}

export async function order(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  return ordered(form, orderZones);
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await removeZone(await currentActor(), textField(form, 'id'));
  if (!removed.ok) return refused(removed);
  await expired();
  redirect('/dashboard/postage');
}

function zoneOf(form: FormData) {
  const countries = form.getAll('country').filter((code) => typeof code === 'string');
  return { ...fieldsOf(form, zoneFieldNames), countries };
}
