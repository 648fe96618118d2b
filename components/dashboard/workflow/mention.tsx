'use client';

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { FieldMessage } from '#components/dashboard/action-form.tsx';
import { type Colleague, handleOf } from '#lib/workflow/rules.ts';

const shown = 6;
/** An `@` where a word begins, and what was typed behind it so far. */
const asked = /(?:^|[^\p{L}\p{N}.])@([^\s@]{0,60}(?: [^\s@]{0,60})?)$/u;

/**
 * A field for a comment. Behind an `@` it offers who may be mentioned: the arrow keys choose, Enter or Tab takes, Escape
 * goes on without. Ctrl-Enter sends the form.
 */
export function MentionField({
  label,
  people,
  defaultValue = '',
  focused = false,
}: {
  label: string;
  people: readonly Colleague[];
  defaultValue?: string;
  focused?: boolean;
}) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [offer, setOffer] = useState<{ start: number; people: Colleague[] } | null>(null);
  const [at, setAt] = useState(0);
  const chosen = offer?.people[at];

  const look = () => {
    const { current } = field;
    const typed = current?.value.slice(0, current.selectionEnd) ?? '';
    const words = asked.exec(typed)?.[1]?.toLowerCase();
    const found = words === undefined ? [] : people.filter((person) => fits(person, words));
    setAt(0);
    setOffer(
      words === undefined || found.length === 0
        ? null
        : { start: typed.length - words.length, people: found.slice(0, shown) },
    );
  };
  const take = (person: Colleague) => {
    const { current } = field;
    if (!current || !offer) return;
    current.setRangeText(`${handleOf(person, people)} `, offer.start, current.selectionEnd, 'end');
    setOffer(null);
    current.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.currentTarget.form?.requestSubmit();
      return;
    }
    if (!offer || !chosen || event.shiftKey) return;
    const { length } = offer.people;
    switch (event.key) {
      case 'ArrowDown':
        setAt((at + 1) % length);
        break;
      case 'ArrowUp':
        setAt((at + length - 1) % length);
        break;
      case 'Enter':
      case 'Tab':
        take(chosen);
        break;
      case 'Escape':
        setOffer(null);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  return (
    <div className="relative">
      <label htmlFor={id} className="block text-[0.9rem] font-semibold">
        {label}
      </label>
      <textarea
        ref={field}
        id={id}
        name="text"
        rows={3}
        defaultValue={defaultValue}
        // Asked for a moment ago by a button or the shortcut.
        // biome-ignore lint/a11y/noAutofocus: the person has just opened this very field
        autoFocus={focused}
        className="field mt-1"
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={offer ? `${id}-list` : undefined}
        aria-activedescendant={offer ? `${id}-${at}` : undefined}
        aria-describedby={`${id}-hint`}
        onInput={look}
        onClick={look}
        onKeyDown={onKeyDown}
        onBlur={() => setOffer(null)}
      />
      {offer && (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label="People to mention"
          className="absolute inset-x-0 z-5 border border-ink bg-paper"
        >
          {offer.people.map((person, index) => (
            <div
              key={person.userId}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={`cursor-pointer px-3 py-1.5 wrap-anywhere ${index === at ? 'bg-ink text-paper' : ''}`}
              onPointerDown={(event) => {
                event.preventDefault();
                take(person);
              }}
            >
              {person.name ?? person.email}
              {person.name && <span className="block text-[0.8rem]">{person.email}</span>}
            </div>
          ))}
        </div>
      )}
      <p id={`${id}-hint`} className="mt-1 text-[0.85rem] text-muted">
        @ mentions somebody and tells them by mail.
      </p>
      <p role="status" className="sr-only">
        {offer &&
          `${offer.people.length === 1 ? '1 person' : `${offer.people.length} people`} to mention: the arrow keys choose, Enter takes.`}
      </p>
      <FieldMessage name="text" />
    </div>
  );
}

function fits({ name, email }: Colleague, words: string): boolean {
  const called = (name ?? '').toLowerCase();
  return (
    called.startsWith(words) ||
    called.split(/\s+/).some((part) => part.startsWith(words)) ||
    email.startsWith(words)
  );
}
