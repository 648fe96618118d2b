'use server';

import { done, refused } from '#app/dashboard/answer.ts';
import { networkAddress } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import type { Me } from '#lib/auth/factors.ts';
import type { RequestOptions } from '#lib/auth/input.ts';
import { beginProof, proveByCode, proveByPasskey } from '#lib/auth/proof.ts';
import { currentSession } from '#lib/auth/session.ts';
import { fail, type Result } from '#lib/result.ts';

export async function begin(): Promise<
  { ok: true; options: RequestOptions } | { ok: false; message: string }
> {
  const me = await currentSession();
  if (!me) return signedOut();
  const begun = await beginProof(me);
  return begun.ok ? { ok: true, options: begun.value } : { ok: false, message: begun.message };
}

export async function byPasskey(answer: unknown): Promise<FormAnswer> {
  return prove((me) => proveByPasskey(me, answer));
}

export async function byCode(code: unknown): Promise<FormAnswer> {
  const typed = typeof code === 'string' ? code : '';
  return prove(async (me) => proveByCode(me, typed, await networkAddress()));
}

async function prove(how: (me: Me) => Promise<Result<undefined>>): Promise<FormAnswer> {
  const me = await currentSession();
  const proved = me ? await how(me) : signedOut();
  return proved.ok ? done('Confirmed.') : refused(proved);
}

const signedOut = () => fail('session-over', 'You are signed out. Please sign in again.');
