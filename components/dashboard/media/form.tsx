'use client';

import {
  ActionForm,
  type FormAction,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { FocalPoint } from '#components/dashboard/media/focal.tsx';
import type { Picture } from '#lib/media/rules.ts';

const wordFields = ['alt', 'caption', 'credit', 'licence'] as const;

/** A picture, where its subject is, and the words that go with it. */
export function MediaForm({
  picture,
  save,
}: {
  picture: Picture & { licence: string; changeable: boolean };
  save: FormAction;
}) {
  const before = wordFields.map((name) => (
    // What the words were when they were last known to be saved: only what differs from it is changed.
    <input key={name} type="hidden" name={`${name}Before`} value={picture[name]} />
  ));
  return (
    <ActionForm action={save} label="Picture">
      <input type="hidden" name="id" value={picture.id} />
      {before}
      <fieldset disabled={!picture.changeable} className="gap-x-12 xl:grid xl:grid-cols-2">
        <legend className="sr-only">The picture and its words</legend>
        <FocalPoint picture={picture} />
        <div className="space-y-4 max-xl:mt-6">
          {!picture.changeable && (
            <p className="border-l-4 border-rule pl-3 text-muted">
              Only an editor changes pictures of others, and pictures that are on the site.
            </p>
          )}
          <TextArea
            name="alt"
            label="What it shows, for who can’t see it"
            defaultValue={picture.alt}
            rows={2}
          />
          <TextArea
            name="caption"
            label="Caption"
            hint="Stands under it, unless another is written where it is placed."
            defaultValue={picture.caption}
            rows={2}
          />
          <TextField name="credit" label="Credit" defaultValue={picture.credit} />
          <TextField
            name="licence"
            label="Licence"
            hint="For the office: by what right it may be shown."
            defaultValue={picture.licence}
          />
          <button type="submit" className="button">
            Save
          </button>
        </div>
      </fieldset>
    </ActionForm>
  );
}
