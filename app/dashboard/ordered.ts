import { refresh } from 'next/cache';
import { done, refused } from '#app/dashboard/answer.ts';
import { jsonField } from '#app/dashboard/form-fields.ts';
import { expired } from '#app/expire.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { type OrderInput, orderInput, parseInput } from '#lib/input.ts';
import type { Result } from '#lib/result.ts';
import type { Actor } from '#lib/users/rules.ts';

/** What an `OrderedList` sends, given to the command that saves its order. One that is refused is shown as it stands. */
export async function ordered(
  form: FormData,
  command: (actor: Actor, order: OrderInput) => Promise<Result<undefined>>,
  message = 'Moved.',
): Promise<FormAnswer> {
  const lists = { from: jsonField(form, 'from'), to: jsonField(form, 'to') };
  const input = parseInput(orderInput, lists);
  if (!input.ok) return refused(input);
  const saved = await command(await currentActor(), input.value);
  if (saved.ok) {
    await expired();
    return done(message);
  }
  refresh();
  return refused(saved);
}
