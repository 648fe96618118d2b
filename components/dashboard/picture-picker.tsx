'use client';

import { Dialog } from '@base-ui/react/dialog';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import type { Picture } from '#lib/media/rules.ts';
import type { Result } from '#lib/result.ts';

export type AddPicture = (form: FormData) => Promise<Result<Picture>>;

/**
 * A dialog that takes a picture in and hands it to whoever asked: `pick()` answers the picture, or `null` when the
 * dialog is closed without one.
 */
export function usePicturePicker(addPicture: AddPicture): {
  pick: () => Promise<Picture | null>;
  dialog: ReactNode;
} {
  const [open, setOpen] = useState(false);
  const waiting = useRef<((picture: Picture | null) => void) | null>(null);
  const answer = (picture: Picture | null) => {
    setOpen(false);
    waiting.current?.(picture);
    waiting.current = null;
  };
  return {
    pick: () => {
      setOpen(true);
      return new Promise((resolve) => {
        waiting.current = resolve;
      });
    },
    dialog: (
      <Dialog.Root open={open} onOpenChange={(now) => !now && answer(null)}>
        <Dialog.Portal>
          <Dialog.Backdrop className="fixed inset-0 z-20 bg-black/50" />
          <Dialog.Popup className="fixed top-1/2 left-1/2 z-30 max-h-[90vh] w-[min(34rem,calc(100%-2rem))] -translate-1/2 overflow-y-auto border border-ink bg-paper p-6 font-sans text-[0.95rem]">
            <Dialog.Title className="text-xl font-semibold">Add a picture</Dialog.Title>
            <UploadForm addPicture={addPicture} onAdded={answer} />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    ),
  };
}

function UploadForm({
  addPicture,
  onAdded,
}: {
  addPicture: AddPicture;
  onAdded: (picture: Picture) => void;
}) {
  const [refusal, setRefusal] = useState<{
    message: string;
    fields: Record<string, string>;
  } | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The dialog is drawn inside the article's form as React sees it: its own submit must not reach that one.
    event.stopPropagation();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const added = await addPicture(form).catch(() => null);
    setBusy(false);
    if (added?.ok) return onAdded(added.value);
    setRefusal({
      message: added?.message ?? 'The picture could not be sent. Please try again.',
      fields: added?.fields ?? {},
    });
  };
  return (
    <form onSubmit={send} noValidate className="mt-4 space-y-3">
      <PickerField name="file" label="Picture file" type="file" error={refusal?.fields.file} />
      <PickerField
        name="alt"
        label="What it shows, for who can’t see it"
        error={refusal?.fields.alt}
      />
      <PickerField name="caption" label="Caption" error={refusal?.fields.caption} />
      <PickerField name="credit" label="Credit" error={refusal?.fields.credit} />
      <PickerField name="licence" label="Licence" error={refusal?.fields.licence} />
      <p role="alert" className="min-h-6 text-accent">
        {refusal?.message}
      </p>
      <div className="flex gap-3">
        <button type="submit" className="button" disabled={busy}>
          {busy ? 'Sending…' : 'Add'}
        </button>
        <Dialog.Close className="button button-quiet">Cancel</Dialog.Close>
      </div>
    </form>
  );
}

function PickerField({
  name,
  label,
  type = 'text',
  error,
}: {
  name: string;
  label: string;
  type?: 'text' | 'file';
  error: string | undefined;
}) {
  const id = `picture-${name}`;
  return (
    <div>
      <label htmlFor={id} className="block text-[0.9rem] font-semibold">
        {label}
      </label>
      <input
        id={id}
        name={name}
        type={type}
        accept={type === 'file' ? 'image/jpeg,image/png,image/webp,image/avif' : undefined}
        className="field mt-1"
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
