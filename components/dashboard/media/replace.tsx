'use client';

import { useId } from 'react';
import { ActionForm, FieldMessage, type FormAction } from '#components/dashboard/action-form.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { acceptedTypes } from '#lib/media/rules.ts';

/** Other bytes in the picture's place: its words and every place where it stands are kept. */
export function MediaReplace({
  id,
  version,
  publicUses,
  replace,
}: {
  id: string;
  version: number;
  publicUses: number;
  replace: FormAction;
}) {
  const field = useId();
  return (
    <Panel title="Replace the file">
      <ActionForm action={replace} label="Replace">
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="version" value={version} />
        <p id={`${field}-hint`} className="mb-3">
          Its words stay, and it changes everywhere at once
          {publicUses > 0 &&
            `, in ${publicUses === 1 ? 'one place' : `${publicUses} places`} on the site`}
          . The former file is not kept.
        </p>
        <label htmlFor={field} className="block text-[0.9rem] font-semibold">
          New file
        </label>
        <input
          // A new one, empty again, once it was replaced.
          key={version}
          id={field}
          name="file"
          type="file"
          accept={acceptedTypes.join()}
          className="field mt-1 mb-3"
          aria-describedby={`${field}-hint file-error`}
        />
        <FieldMessage name="file" />
        <button type="submit" className="button button-quiet mt-1">
          Replace
        </button>
      </ActionForm>
    </Panel>
  );
}
