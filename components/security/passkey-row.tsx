'use client';

import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Moment } from '#components/dashboard/moment.tsx';
import { Refusal } from './codes.tsx';
import { type Told, useTold } from './told.ts';

export type Passkey = { id: string; name: string; createdAt: Date; usedAt: Date | null };

type Rename = (id: string, name: string) => Promise<Told<undefined>>;

/** A passkey in its owner's list: a line of the form that removes them, with a field for another name at hand. */
export function PasskeyRow({ passkey, rename }: { passkey: Passkey; rename: Rename }) {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const closing = useRef(false);
  const close = () => {
    closing.current = true;
    setOpen(false);
  };
  useEffect(() => {
    if (open || !closing.current) return;
    closing.current = false;
    opener.current?.focus();
  }, [open]);
  return (
    <li className="border-b border-rule py-3">
      {open ? (
        <NameField passkey={passkey} rename={rename} close={close} />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="min-w-0">
            <p className="font-semibold wrap-anywhere">{passkey.name}</p>
            <p className="text-[0.9rem] text-muted">
              Added <Moment date={passkey.createdAt} />
              {passkey.usedAt && (
                <>
                  , last used <Moment date={passkey.usedAt} />
                </>
              )}
            </p>
          </div>
          <div className="flex flex-wrap gap-3">
            <button
              ref={opener}
              type="button"
              className="button button-quiet"
              onClick={() => setOpen(true)}
            >
              Rename<span className="sr-only"> {passkey.name}</span>
            </button>
            <button type="submit" name="id" value={passkey.id} className="button button-quiet">
              Remove<span className="sr-only"> {passkey.name}</span>
            </button>
          </div>
        </div>
      )}
    </li>
  );
}

function NameField({
  passkey,
  rename,
  close,
}: {
  passkey: Passkey;
  rename: Rename;
  close: () => void;
}) {
  const { busy, message, call } = useTold();
  const [name, setName] = useState(passkey.name);
  const id = useId();
  const save = async () => {
    if (await call(async () => renamed(await rename(passkey.id, name)))) close();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    if (event.key !== 'Enter') return;
    // The form around belongs to the buttons that remove.
    event.preventDefault();
    void save();
  };
  return (
    <>
      <label htmlFor={id} className="block text-[0.9rem] font-semibold wrap-anywhere">
        New name of {passkey.name}
      </label>
      <div className="mt-1 flex flex-wrap gap-3">
        <input
          id={id}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={press}
          maxLength={60}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: who pressed “Rename” is about to write here.
          autoFocus
          onFocus={(event) => event.target.select()}
          className="field min-w-0 flex-[1_1_12rem]"
          aria-describedby={`${id}-refusal`}
          aria-invalid={message ? true : undefined}
        />
        <button type="button" className="button" onClick={save} disabled={busy}>
          Save the name
        </button>
        <button type="button" className="button button-quiet" onClick={close}>
          Cancel
        </button>
      </div>
      <div id={`${id}-refusal`}>
        <Refusal message={message} />
      </div>
    </>
  );
}

/** Something to tell a success by. */
function renamed(told: Told<undefined>): Told<true> {
  return told.ok ? { ok: true, value: true } : told;
}
