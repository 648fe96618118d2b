'use client';

import { useEffect, useEffectEvent, useId, useState } from 'react';
import { acceptedTypes } from '#lib/media/rules.ts';

/** Where files come in: dropped anywhere on the page, pasted, or chosen. */
export function MediaDrop({
  several,
  onFiles,
}: {
  several: boolean;
  onFiles: (files: File[]) => void;
}) {
  const [over, setOver] = useState(false);
  const hint = useId();
  const take = useEffectEvent((list: FileList | null | undefined) => {
    const files = [...(list ?? [])];
    if (files.length > 0) onFiles(several ? files : files.slice(0, 1));
    return files.length > 0;
  });
  useEffect(() => {
    const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files');
    const drag = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      // Without this the browser would leave the page for the file.
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!holdsFiles(event)) return;
      event.preventDefault();
      take(event.dataTransfer?.files);
    };
    const paste = (event: ClipboardEvent) => {
      // Office programs put a picture of the words beside them.
      if (isText(event.target) && event.clipboardData?.types.includes('text/plain')) return;
      if (take(event.clipboardData?.files)) event.preventDefault();
    };
    const listeners = { dragenter: drag, dragover: drag, dragleave: leave, drop, paste };
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name, listener as EventListener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name, listener as EventListener);
      }
    };
  }, []);
  return (
    <div
      className={`flex flex-wrap items-center gap-x-5 gap-y-2 border border-dashed p-4 ${over ? 'border-accent bg-raised' : 'border-muted'}`}
    >
      <label className="button button-quiet has-focus-visible:outline-3 has-focus-visible:outline-offset-3 has-focus-visible:outline-accent">
        {several ? 'Choose files' : 'Choose a file'}
        <input
          type="file"
          multiple={several}
          accept={acceptedTypes.join()}
          className="sr-only"
          aria-label={several ? 'Picture files' : 'Picture file'}
          aria-describedby={hint}
          onChange={(event) => {
            take(event.currentTarget.files);
            // The same file may be chosen again.
            event.currentTarget.value = '';
          }}
        />
      </label>
      <p id={hint} className="min-w-0 flex-[1_1_14rem] text-[0.9rem] text-muted">
        {over
          ? 'Let go to send.'
          : `Or drop ${several ? 'them' : 'it'} anywhere on this page, or paste. JPEG, PNG, WebP, AVIF or SVG, up to 25 MB.`}
      </p>
    </div>
  );
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}
