'use server';

import { redirect } from 'next/navigation';
import { done, refused } from '#app/dashboard/answer.ts';
import { expired } from '#app/expire.ts';
import { networkAddress, textField } from '#app/request.ts';
import type { FormAnswer } from '#components/dashboard/action-form.tsx';
import { consumeBoth } from '#lib/auth/limits.ts';
import { currentActor } from '#lib/auth/session.ts';
import { parseInput } from '#lib/input.ts';
import { describePicture, removePicture, replacePicture } from '#lib/media/changes.ts';
import { pictureInput } from '#lib/media/input.ts';
import type { Picture } from '#lib/media/rules.ts';
import { takeInStaged } from '#lib/media/staging.ts';
import { fail, type Result } from '#lib/result.ts';

const wordFields = ['alt', 'caption', 'credit', 'licence'] as const;
const missing = () => fail('invalid', 'Choose a picture.', { file: 'Choose a picture.' });

/** Takes a picture into the library that was sent before (`staged`), with its words. The answer says what is missing. */
export async function addPicture(form: FormData): Promise<Result<Picture>> {
  const staged = textField(form, 'staged');
  if (!staged) return missing();
  return takeInStaged(await currentActor(), staged, {
    alt: textField(form, 'alt'),
    caption: textField(form, 'caption'),
    credit: textField(form, 'credit'),
    licence: textField(form, 'licence'),
  });
}

export async function describe(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const fields = [...wordFields, 'focalX', 'focalY'].map((name) => [name, textField(form, name)]);
  const input = parseInput(pictureInput, Object.fromEntries(fields));
  if (!input.ok) return refused(input);
  const before = Object.fromEntries(
    wordFields.map((name) => [name, textField(form, `${name}Before`)]),
  ) as Record<(typeof wordFields)[number], string>;
  const id = textField(form, 'id');
  const described = await describePicture(await currentActor(), id, input.value, before);
  if (!described.ok) return refused(described);
  await expired();
  return done('Saved.');
}

export async function replace(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const actor = await currentActor();
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return refused(missing());
  const counted = await consumeBoth('upload', {
    address: await networkAddress(),
    userId: actor.kind === 'person' ? actor.userId : null,
  });
  if (!counted.ok) return refused(counted);
  const replaced = await replacePicture(
    actor,
    textField(form, 'id'),
    Number(textField(form, 'version')),
    { bytes: new Uint8Array(await file.arrayBuffer()), filename: file.name },
  );
  if (!replaced.ok) return refused(replaced);
  await expired();
  return done('Replaced, wherever it stands.');
}

export async function remove(_: FormAnswer | null, form: FormData): Promise<FormAnswer> {
  const removed = await removePicture(await currentActor(), textField(form, 'id'));
  if (!removed.ok) return refused(removed);
  await expired();
  redirect('/dashboard/media');
}
