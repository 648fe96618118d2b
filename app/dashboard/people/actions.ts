'use server';

import { refresh } from 'next/cache';
import { done, refused } from '#app/dashboard/answer.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { endSessionsOf, removeFactorsOf } from '#lib/auth/sessions.ts';
import { fail, type Result } from '#lib/result.ts';
import { appointStaff, changeRole, inviteAgain, requireSecondFactor } from '#lib/users/commands.ts';
import { type Actor, type StaffRole, staffRoles } from '#lib/users/rules.ts';

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
  return done('Appointed. An invitation is on its way to who had no role before.');
}

/** What the pressed button says: what to do, and after a colon the person's id. */
export async function changeStaff(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const [intent = '', userId = ''] = textField(form, 'intent').split(':');
  const role = roleOf(textField(form, `role-${userId}`));
  if (intent === 'change' && !role) return noRole();
  const changed = await change(await currentActor(), intent, userId, role);
  if (!changed.ok) return refused(changed);
  refresh();
  return done(changed.value);
}

/** Does it and says in words what was done. */
async function change(
  actor: Actor,
  intent: string,
  userId: string,
  role: StaffRole | null,
): Promise<Result<string>> {
  const told = (result: Result<unknown>, words: string): Result<string> =>
    result.ok ? { ok: true, value: words } : result;
  switch (intent) {
    case 'change':
      return told(await changeRole(actor, userId, role), 'The role was changed.');
    case 'remove':
      return told(await changeRole(actor, userId, null), 'The role was taken away.');
    case 'withdraw':
      return told(await changeRole(actor, userId, null), 'The invitation was withdrawn.');
    case 'invite':
      return told(await inviteAgain(actor, userId), 'The invitation is on its way again.');
    case 'sessions':
      return told(await endSessionsOf(actor, userId), 'All their sessions were ended.');
    case 'factors':
      return told(
        await removeFactorsOf(actor, userId),
        'Their second factor was removed, and their sessions were ended.',
      );
    default:
      return fail('invalid', 'Press one of the buttons.');
  }
}

export async function demandFactor(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const required = textField(form, 'required') === 'yes';
  const set = await requireSecondFactor(await currentActor(), required);
  if (!set.ok) return refused(set);
  refresh();
  return done('Saved.');
}

function roleOf(text: string): StaffRole | null {
  return staffRoles.find((role) => role === text) ?? null;
}
