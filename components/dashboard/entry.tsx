import type { ComponentProps } from 'react';
import { FieldMessage } from '#components/dashboard/action-form.tsx';

/**
 * A small labelled input for a row of a longer form. `about` tells rows apart for who can't see them side by side; what
 * it doesn't name is an ordinary attribute of the input.
 */
export function Entry({
  name,
  label,
  about,
  hint,
  className,
  ...input
}: {
  name: string;
  label: string;
  about?: string;
  hint?: string;
} & Omit<ComponentProps<'input'>, 'id' | 'name'>) {
  const described = [hint && `${name}-hint`, `${name}-error`].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label htmlFor={name} className="block text-[0.85rem]">
        {label}
        {about && <span className="sr-only"> of {about}</span>}
      </label>
      <input
        {...input}
        id={name}
        name={name}
        className="field mt-0.5"
        aria-describedby={described}
      />
      {hint && (
        <p id={`${name}-hint`} className="mt-1 text-[0.85rem] text-muted">
          {hint}
        </p>
      )}
      <FieldMessage name={name} />
    </div>
  );
}
