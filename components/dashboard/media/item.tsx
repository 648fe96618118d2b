'use client';

import { type FormEvent, useId } from 'react';
import type { QueueItem } from '#components/dashboard/media/queue.ts';
import { Thumb } from '#components/dashboard/media/thumb.tsx';
import { fileSize, type Picture } from '#lib/media/rules.ts';

/** A file on its way into the library, and the words that it waits for. */
export function MediaItem({
  item,
  isTwin,
  shared,
  mayRetry,
  onAdd,
  onRetry,
  onDrop,
  onUse,
}: {
  item: QueueItem;
  /** The same file stands above. */
  isTwin: boolean;
  /** What stands for a field that is left empty. */
  shared: { credit: string; licence: string };
  mayRetry: boolean;
  /** Answers whether the words suffice. */
  onAdd: (words: FormData) => boolean;
  onRetry: () => void;
  onDrop: () => void;
  /** Takes the picture that is in the library already, where one can be chosen. */
  onUse: ((picture: Picture) => void) | null;
}) {
  const name = useId();
  const { state, staged, message, fields } = item;
  const known = staged?.known ?? null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // In a dialog this is drawn inside another form, as React sees it: its own submit must not reach that one.
    event.stopPropagation();
    const form = event.currentTarget;
    const words = new FormData(form);
    for (const field of ['credit', 'licence'] as const) {
      if (!words.get(field)) words.set(field, shared[field]);
    }
    if (onAdd(words)) nextField(form)?.focus();
    else form.querySelector<HTMLElement>('[name="alt"]')?.focus();
  };
  return (
    <li>
      <form
        onSubmit={submit}
        noValidate
        aria-labelledby={name}
        aria-busy={state === 'adding'}
        className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-4 border-b border-rule py-4 sm:grid-cols-[8rem_minmax(0,1fr)]"
      >
        <img src={item.preview} alt="" className="aspect-square w-full bg-raised object-contain" />
        <div className="min-w-0">
          <div className="flex items-baseline justify-between gap-3">
            <p id={name} className="min-w-0 truncate font-semibold">
              {item.name}
            </p>
            <button type="button" onClick={onDrop} className="link min-h-6 shrink-0 text-[0.9rem]">
              {state === 'sending' || state === 'waiting' ? 'Cancel' : 'Take out'}
              <span className="sr-only"> {item.name}</span>
            </button>
          </div>
          <Progress item={item} />
          {message && (
            <p role="alert" className="mt-1 text-[0.9rem] text-accent">
              {message}
            </p>
          )}
          {state === 'refused' && mayRetry && (
            <button type="button" onClick={onRetry} className="button button-quiet mt-2">
              Try again
            </button>
          )}
          {state !== 'refused' && (
            <>
              {isTwin && !known && (
                <p className="mt-2 border-l-4 border-accent pl-3 text-[0.9rem]">
                  The same file stands above already.
                </p>
              )}
              {known && <Known picture={known} onUse={onUse} />}
              <Line name="alt" label="What it shows, for who can’t see it" error={fields.alt} />
              <div className="grid gap-x-3 sm:grid-cols-3">
                <Line name="caption" label="Caption" error={fields.caption} />
                <Line
                  name="credit"
                  label="Credit"
                  error={fields.credit}
                  placeholder={shared.credit}
                />
                <Line
                  name="licence"
                  label="Licence"
                  error={fields.licence}
                  placeholder={shared.licence}
                />
              </div>
              <button type="submit" className="button mt-3" disabled={state === 'adding'}>
                {known || isTwin ? 'Add anyway' : 'Add'}
                <span className="sr-only"> {item.name}</span>
              </button>
            </>
          )}
        </div>
      </form>
    </li>
  );
}

/** The description of the next file that has none yet, so that the hands stay on the keys. */
function nextField(form: HTMLFormElement): HTMLElement | null {
  const forms = [...(form.closest('ul')?.querySelectorAll('form') ?? [])];
  const at = forms.indexOf(form);
  const next = [...forms.slice(at + 1), ...forms.slice(0, at)].find(
    (other) => other.querySelector<HTMLInputElement>('[name="alt"]')?.value === '',
  );
  return next?.querySelector<HTMLElement>('[name="alt"]') ?? null;
}

function Progress({ item: { state, sent, bytes, staged, words, name } }: { item: QueueItem }) {
  const size = fileSize(bytes);
  const dimensions = staged ? `, ${staged.width} × ${staged.height} pixels` : '';
  const later = words ? ', is added then' : '';
  const texts = {
    waiting: `${size}, waits`,
    sending:
      sent < 1
        ? `${size}, ${Math.round(sent * 100)} % sent${later}`
        : `${size}, is being read${later}`,
    ready: `${size}${dimensions}`,
    adding: 'Is being added…',
    refused: size,
  };
  return (
    <>
      <p className="text-[0.85rem] text-muted">{texts[state]}</p>
      {state === 'sending' && (
        <progress
          value={sent < 1 ? sent : undefined}
          aria-label={`Sending ${name}`}
          className="mt-1 h-1.5 w-full accent-accent"
        />
      )}
    </>
  );
}

function Known({
  picture,
  onUse,
}: {
  picture: Picture;
  onUse: ((picture: Picture) => void) | null;
}) {
  return (
    <div className="mt-2 flex items-center gap-3 border-l-4 border-accent pl-3">
      <Thumb picture={picture} className="size-14 shrink-0" />
      <p className="min-w-0 text-[0.9rem]">
        The same file is in the library already: “{picture.alt}”.{' '}
        {onUse ? (
          <button type="button" onClick={() => onUse(picture)} className="link min-h-6">
            Use that one
          </button>
        ) : (
          <a
            href={`/dashboard/media/${picture.id}`}
            className="link"
            target="_blank"
            rel="noopener"
          >
            Look at it
          </a>
        )}
      </p>
    </div>
  );
}

function Line({
  name,
  label,
  error,
  placeholder,
}: {
  name: string;
  label: string;
  error: string | undefined;
  placeholder?: string;
}) {
  const id = useId();
  return (
    <div className="mt-2 min-w-0">
      <label htmlFor={id} className="block text-[0.85rem] font-semibold">
        {label}
      </label>
      <input
        id={id}
        name={name}
        placeholder={placeholder}
        autoComplete="off"
        className="field"
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      {error && (
        <p id={`${id}-error`} className="mt-1 text-[0.9rem] text-accent">
          {error}
        </p>
      )}
    </div>
  );
}
