'use client';

import type { Editor } from '@tiptap/core';
import { useEffect, useRef } from 'react';
import type { BodyDocument } from '#lib/articles/body.ts';

/**
 * The text for the form around, and the warning when the page is left before that form was sent. The JSON is made when
 * the form's data are asked for (a submit, a `new FormData(form)`), not at each key: of a long text that takes a while.
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
    let sent = editor.state.doc;
    const form = input.current?.form;
    const onData = ({ formData }: FormDataEvent) => {
      formData.set(name, JSON.stringify(editor.getJSON()));
    };
    const onSubmit = () => {
      sent = editor.state.doc;
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!sent.eq(editor.state.doc)) event.preventDefault();
    };
    form?.addEventListener('formdata', onData);
    form?.addEventListener('submit', onSubmit);
    window.addEventListener('beforeunload', onLeave);
    return () => {
      form?.removeEventListener('formdata', onData);
      form?.removeEventListener('submit', onSubmit);
      window.removeEventListener('beforeunload', onLeave);
    };
  }, [editor, name]);
  return <input ref={input} type="hidden" name={name} defaultValue={JSON.stringify(initial)} />;
}
