import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import type { Failure } from '#lib/result.ts';

/** A refusal as its form shows it; one for want of a fresh proof has the form ask for it, and send itself again. */
export function refused(failure: Failure): FormAnswer {
  const answer = { ok: false, message: failure.message, fields: failure.fields ?? {} };
  return failure.reason === 'unproved' ? { ...answer, ask: 'proof' } : answer;
}

export function done(message: string): FormAnswer {
  return { ok: true, message, fields: {} };
}
