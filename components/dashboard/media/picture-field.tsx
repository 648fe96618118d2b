'use client';

import { useState } from 'react';
import { FieldMessage } from '#components/dashboard/action-form.tsx';
import { type AddPicture, usePicturePicker } from '#components/dashboard/media/picker.tsx';
import type { Picture } from '#lib/media/rules.ts';

/** A form's field for one picture or none; the form sends the picture's id, or `''`. */
export function PictureField({
  name,
  label,
  initial,
  addPicture,
  className,
}: {
  name: string;
  label: string;
  initial: Picture | null;
  addPicture: AddPicture;
  /** How large the chosen picture is shown. */
  className: string;
}) {
  const [picture, setPicture] = useState(initial);
  const picker = usePicturePicker(addPicture);
  const choose = async () => {
    const chosen = await picker.pick();
    if (chosen) setPicture(chosen);
  };
  return (
    <fieldset className="mt-4" aria-describedby={`${name}-error`}>
      <legend className="text-[0.9rem] font-semibold">{label}</legend>
      <input type="hidden" name={name} value={picture?.id ?? ''} />
      <div className="mt-1 flex flex-wrap items-end gap-3">
        {picture && (
          <img
            src={picture.url}
            alt={picture.alt}
            className={`max-w-full border border-rule ${className}`}
          />
        )}
        <div className="flex min-w-0 flex-[1_1_10rem] flex-wrap gap-2">
          <button type="button" className="button button-quiet" onClick={choose}>
            {picture ? 'Choose another' : 'Choose a picture'}
          </button>
          {picture && (
            <button type="button" className="button button-quiet" onClick={() => setPicture(null)}>
              Remove
            </button>
          )}
        </div>
      </div>
      <FieldMessage name={name} />
      {picker.dialog}
    </fieldset>
  );
}
