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
import {
  copyPlan,
  createPlan,
  offerPlan,
  orderPlans,
  removePlan,
  retirePlan,
} from '#lib/plans/commands.ts';
import { planFieldNames, planInput } from '#lib/plans/input.ts';
import { savePlan } from '#lib/plans/save.ts';
import { fail } from '#lib/result.ts';

export async function add(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const input = parseInput(planInput, fieldsOf(form, planFieldNames));
  if (!input.ok) return refused(input);
  const made = await createPlan(await currentActor(), input.value);
  if (!made.ok) return refused(made);
  redirect(`/dashboard/plans/${made.value.id}`);
}

export async function save(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const opened = openedField(form);
  if (!opened) return refused(unreadable());
  const input = parseInput(planInput, fieldsOf(form, planFieldNames));
  if (!input.ok) return refused(input);
  const saved = await savePlan(await currentActor(), textField(form, 'id'), input.value, opened);
  if (!saved.ok) return refused(saved);
  await expired();
  return done('Saved.');
}

export async function order(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  return ordered(form, orderPlans);
}

/** What the pressed button says (`intent`): offer, retire or copy. */
export async function act(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const actor = await currentActor();
  const id = textField(form, 'id');
  switch (textField(form, 'intent')) {
    case 'offer': {
      const offered = await offerPlan(actor, id);
      if (!offered.ok) return refused(offered);
      await expired();
      return done('It is on offer.');
    }
    case 'retire': {
      const retired = await retirePlan(actor, id);
      if (!retired.ok) return refused(retired);
      await expired();
      return done('It is offered no more.');
    }
    case 'copy': {
      const copied = await copyPlan(actor, id);
      if (!copied.ok) return refused(copied);
      return redirect(`/dashboard/plans/${copied.value.id}`);
    }
    default:
      return refused(fail('invalid', 'This button is not known.'));
  }
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await removePlan(await currentActor(), textField(form, 'id'));
  if (!removed.ok) return refused(removed);
  await expired();
  redirect('/dashboard/plans');
}
