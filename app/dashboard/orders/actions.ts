'use server';

import { refresh } from 'next/cache';
import { done, refused } from '#app/dashboard/answer.ts';
import { textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { currentActor } from '#lib/auth/session.ts';
import { parseMinorUnits } from '#lib/money.ts';
import { acceptHeldOrder, refundOrder } from '#lib/orders/commands.ts';
import { fail } from '#lib/result.ts';

/** Gives a sum back. `seenRefunds` is how many refunds the person saw when they decided. */
export async function giveBack(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const amount = parseMinorUnits(textField(form, 'amount'));
  const seen = textField(form, 'seenRefunds');
  if (amount === null || !/^\d{1,9}$/.test(seen)) {
    const message = 'Write an amount, as in 14.00.';
    return refused(fail('invalid', message, { amount: message }));
  }
  const asked = await refundOrder(await currentActor(), textField(form, 'id'), {
    amount,
    reason: textField(form, 'reason').slice(0, 500),
    seenRefunds: Number(seen),
  });
  refresh();
  return asked.ok ? done('Stripe has been asked to give the money back.') : refused(asked);
}

export async function accept(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const accepted = await acceptHeldOrder(await currentActor(), textField(form, 'id'));
  refresh();
  return accepted.ok ? done('The order is let through.') : refused(accepted);
}
