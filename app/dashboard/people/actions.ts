'use server';

import { refresh } from 'next/cache';
import { done, refused } from '#app/dashboard/answer.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { fail } from '#lib/result.ts';
import { appointStaff, changeRole } from '#lib/users/commands.ts';
import { type StaffRole, staffRoles } from '#lib/users/rules.ts';

const noRole = () => refused(fail('invalid', 'Choose a role.', { role: 'Choose a role.' }));

export async function appoint(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const role = roleOf(textField(form, 'role'));
  if (!role) return noRole();
  const appointed = await appointStaff(await currentActor(), {
    email: textField(form, 'email'),
    name: textField(form, 'name'),
    role,
  });
  if (!appointed.ok) return refused(appointed);
  refresh();
  return done('Appointed: the role counts from the next sign-in or request on.');
}

/** What the pressed button says: `change` or `remove`, with the person's id after a colon. */
export async function changeStaff(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const [intent = '', userId = ''] = textField(form, 'intent').split(':');
  const role = intent === 'remove' ? null : roleOf(textField(form, `role-${userId}`));
  if (intent !== 'remove' && !role) return noRole();
  const changed = await changeRole(await currentActor(), userId, role);
  if (!changed.ok) return refused(changed);
  refresh();
  return done(role ? 'The role was changed.' : 'The role was taken away.');
}

function roleOf(text: string): StaffRole | null {
  return staffRoles.find((role) => role === text) ?? null;
}
