import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import type { Failure } from '#lib/result.ts';

/** A refusal as its form shows it. */
export function refused(failure: Failure): FormAnswer {
  return { ok: false, message: failure.message, fields: failure.fields ?? {} };
}

export function done(message: string): FormAnswer {
  return { ok: true, message, fields: {} };
}
