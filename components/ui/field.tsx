import type { InputHTMLAttributes } from 'react';

type FieldProps = InputHTMLAttributes<HTMLInputElement> & {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
};

/** A labelled input with its hint and, where the last try was refused, the message beside it. */
export function Field({ name, label, hint, error, ...input }: FieldProps) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={name} className="block font-semibold">
        {label}
      </label>
      {hint && (
        <p id={`${name}-hint`} className="text-[0.9rem] text-muted">
          {hint}
        </p>
      )}
      <input
        {...input}
        id={name}
        name={name}
        className="field mt-1"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
      />
      {error && (
        <p id={`${name}-error`} className="mt-1 text-accent" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
