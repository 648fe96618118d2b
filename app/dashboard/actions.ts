'use server';

import { refresh } from 'next/cache';
import { done, refused } from '#app/dashboard/answer.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { resolveAlert } from '#lib/audit/commands.ts';
import { currentActor } from '#lib/auth/session.ts';

export async function resolve(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const resolved = await resolveAlert(await currentActor(), textField(form, 'id'));
  refresh();
  return resolved.ok ? done('Resolved.') : refused(resolved);
}
