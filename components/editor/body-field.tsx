'use client';

import type { Editor } from '@tiptap/core';
import { useEffect, useRef } from 'react';
import type { BodyDocument } from '#lib/articles/body.ts';

/**
 * The text for the form around, which keeps it when the page is left. The JSON is made when the form's data are asked for
 * (a submit, a `new FormData(form)`), not at each key: of a long text that takes a while.
 */
export function BodyField({
  name,
  editor,
  initial,
}: {
  name: string;
  editor: Editor | null;
  initial: BodyDocument;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!editor) return;
    const form = input.current?.form;
    const onData = ({ formData }: FormDataEvent) => {
      formData.set(name, JSON.stringify(editor.getJSON()));
    };
    form?.addEventListener('formdata', onData);
    return () => form?.removeEventListener('formdata', onData);
  }, [editor, name]);
  return <input ref={input} type="hidden" name={name} defaultValue={JSON.stringify(initial)} />;
}
