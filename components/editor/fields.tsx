'use client';

import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { useSurroundings } from '#components/editor/surroundings.tsx';

/** Enter in a field of the editor must not send the article's form. */
export function onEnter(act: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    act();
  };
}

/**
 * A labelled line beside the running text. What is typed goes to `onChange` at once; while `refusal` answers a message
 * the value stays here, and the message beside it; a `note` is only shown. A `value` that changes from outside (undo) is shown.
 */
export function LineField({
  label,
  value,
  onChange,
  maxLength,
  placeholder,
  note,
  refusal,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  maxLength: number;
  placeholder?: string | undefined;
  note?: string;
  refusal?: (value: string) => string | null;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    if (typed !== value) setTyped(value);
  }
  const { editable } = useSurroundings();
  const message = refusal?.(typed) ?? note ?? null;
  return (
    <div className="editor-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        className="field"
        value={typed}
        maxLength={maxLength}
        readOnly={!editable}
        placeholder={placeholder}
        autoComplete="off"
        aria-invalid={message ? true : undefined}
        aria-describedby={message ? `${id}-error` : undefined}
        onKeyDown={onEnter(() => {})}
        onChange={(event) => {
          const next = event.target.value;
          setTyped(next);
          if (!refusal?.(next)) onChange(next);
        }}
      />
      {message && (
        <p id={`${id}-error`} className="editor-error">
          {message}
        </p>
      )}
    </div>
  );
}

/** The head of a block that isn't text: what it is, a handle to drag it by, and a way to take it out. */
export function BlockHead({
  label,
  remove,
  children,
}: {
  label: string;
  remove: () => void;
  children?: ReactNode;
}) {
  const { editable } = useSurroundings();
  if (!editable) return null;
  return (
    <div className="editor-block-head">
      <span data-drag-handle="" draggable="true" title="Drag to move">
        {label}
      </span>
      {children}
      <button type="button" onClick={remove}>
        Remove<span className="sr-only"> {label.toLowerCase()}</span>
      </button>
    </div>
  );
}
