'use server';

import { refresh } from 'next/cache';
import { done, refused } from '#app/dashboard/answer.ts';
import { networkAddress, textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import type { Told } from '#components/security/told.ts';
import type { Me } from '#lib/auth/factors.ts';
import type { CreationOptions } from '#lib/auth/input.ts';
import { addPasskey, beginPasskey, removePasskey, renamePasskey } from '#lib/auth/passkeys.ts';
import { renewRecoveryCodes } from '#lib/auth/recovery.ts';
import { currentSession } from '#lib/auth/session.ts';
import { endOtherSessions, endSession } from '#lib/auth/sessions.ts';
import { type AppOffer, beginApp, confirmApp, removeApp } from '#lib/auth/totp.ts';
import { fail, type Result } from '#lib/result.ts';

export async function beginKey(): Promise<Told<CreationOptions>> {
  return tell(await asMe(beginPasskey));
}

export async function addKey(answer: unknown, name: unknown): Promise<Told<{ codes: string[] }>> {
  return tell(await asMe((me) => addPasskey(me, answer, text(name))), { changed: true });
}

export async function renameKey(id: unknown, name: unknown): Promise<Told<undefined>> {
  return tell(await asMe((me) => renamePasskey(me, text(id), text(name))), { changed: true });
}

export async function beginAuthenticator(): Promise<Told<AppOffer>> {
  return tell(await asMe(beginApp));
}

export async function confirmAuthenticator(code: unknown): Promise<Told<{ codes: string[] }>> {
  const typed = text(code).replaceAll(/\s/g, '').slice(0, 10);
  const address = await networkAddress();
  return tell(await asMe((me) => confirmApp(me, typed, address)), { changed: true });
}

export async function renewCodes(): Promise<Told<{ codes: string[] }>> {
  return tell(await asMe(renewRecoveryCodes), { changed: true });
}

export async function removeKey(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await asMe((me) => removePasskey(me, textField(form, 'id')));
  return answered(removed, 'The passkey was removed.');
}

export async function removeAuthenticator(): Promise<FormAnswer> {
  return answered(await asMe(removeApp), 'The authenticator app was removed.');
}

/** What the pressed button says: `others`, or the id of one session. */
export async function end(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const which = textField(form, 'intent');
  const ended = await asMe(async (me) => {
    if (which !== 'others') return endSession(me, which);
    await endOtherSessions(me);
    return { ok: true as const, value: undefined };
  });
  return answered(ended, which === 'others' ? 'All others were ended.' : 'The session was ended.');
}

const text = (given: unknown): string => (typeof given === 'string' ? given : '');

async function asMe<T, R extends string>(
  work: (me: Me) => Promise<Result<T, R>>,
): Promise<Result<T, R | 'session-over'>> {
  const me = await currentSession();
  return me ? work(me) : fail('session-over', 'You are signed out. Please sign in again.');
}

function tell<T>(result: Result<T>, { changed = false } = {}): Told<T> {
  if (!result.ok) return { ...refused(result), ok: false };
  if (changed) refresh();
  return result;
}

function answered(result: Result<undefined>, message: string): FormAnswer {
  if (!result.ok) return refused(result);
  refresh();
  return done(message);
}
