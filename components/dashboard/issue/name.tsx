'use client';

import { type FormEvent, useId, useState } from 'react';

/** One field and one button for a department's name. */
export function NameForm({
  label,
  initial = '',
  button,
  problem,
  onName,
  onCancel,
}: {
  label: string;
  initial?: string;
  button: string;
  problem: (name: string) => string | null;
  onName: (name: string) => void;
  onCancel?: () => void;
}) {
  const id = useId();
  const [wrong, setWrong] = useState<string | null>(null);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get('name')).trim();
    const why = problem(name);
    setWrong(why);
    if (why) return;
    form.reset();
    onName(name);
  };
  return (
    <form onSubmit={send} className="py-2" noValidate>
      <label htmlFor={id} className="block text-[0.85rem]">
        {label}
      </label>
      <div className="mt-0.5 flex flex-wrap gap-2">
        <input
          id={id}
          name="name"
          defaultValue={initial}
          // biome-ignore lint/a11y/noAutofocus: the field appears because somebody asked for it
          autoFocus={onCancel !== undefined}
          autoComplete="off"
          className="field max-w-72"
          aria-invalid={wrong ? true : undefined}
          aria-describedby={wrong ? `${id}-error` : undefined}
          onKeyDown={(event) => event.key === 'Escape' && onCancel?.()}
        />
        <button type="submit" className="button button-quiet">
          {button}
        </button>
        {onCancel && (
          <button type="button" className="button button-quiet" onClick={onCancel}>
            Cancel
          </button>
        )}
      </div>
      {wrong && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-[0.9rem] text-accent">
          {wrong}
        </p>
      )}
    </form>
  );
}
