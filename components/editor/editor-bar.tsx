'use client';

import type { Editor } from '@tiptap/core';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { CardForm, LinkForm } from '#components/editor/address-form.tsx';
import { useEvents } from '#components/editor/editable.ts';
import {
  onHint,
  openCard,
  openFind,
  openGallery,
  openLink,
  openPicture,
} from '#components/editor/events.ts';
import { FindPanel } from '#components/editor/find-panel.tsx';
import { NotePanel } from '#components/editor/note-panel.tsx';
import { Outline } from '#components/editor/outline.tsx';
import { type Panel, ReadingBar, Toolbar } from '#components/editor/toolbar.tsx';

/** The toolbar with the panel that was asked for below it; it stays in sight. */
export function EditorBar({
  editor,
  controls,
  editable,
  onPicture,
  onGallery,
}: {
  editor: Editor;
  controls: string;
  editable: boolean;
  onPicture: () => void;
  onGallery: () => void;
}) {
  const [panel, setPanel] = useState<Panel | null>(null);
  const findField = useRef<HTMLInputElement>(null);
  const close = () => setPanel(null);
  const toggle = (wanted: Panel) => setPanel(panel === wanted ? null : wanted);
  const find = () => {
    // What is typed next is for the field.
    flushSync(() => setPanel('find'));
    findField.current?.focus();
    findField.current?.select();
  };
  useEvents(editor, {
    [openLink]: () => setPanel('link'),
    [openCard]: () => setPanel('card'),
    [openPicture]: onPicture,
    [openGallery]: onGallery,
    [openFind]: find,
    // Back in the text, what a form was asked for may be another place.
    focusin: () => setPanel((now) => (now === 'link' || now === 'card' ? null : now)),
  });
  const tools = { editor, controls, panel, onPanel: toggle };
  return (
    <div className="editor-bar">
      {editable ? (
        <Toolbar {...tools} onPicture={onPicture} onGallery={onGallery} />
      ) : (
        <ReadingBar {...tools} />
      )}
      {editable && panel === 'link' && <LinkForm editor={editor} close={close} />}
      {editable && panel === 'card' && <CardForm editor={editor} close={close} />}
      {panel === 'find' && (
        <FindPanel editor={editor} editable={editable} field={findField} close={close} />
      )}
      {panel === 'outline' && (
        <nav className="editor-panel editor-headings" aria-label="Headings of the text">
          <Outline editor={editor} onGo={close} />
        </nav>
      )}
      <NotePanel editor={editor} editable={editable} />
      <Hint editor={editor} />
    </div>
  );
}

/** What the editor has to say, until the writer goes on. */
function Hint({ editor }: { editor: Editor }) {
  const [message, setMessage] = useState('');
  useEffect(() => {
    const hear = (said: string) => setMessage(said);
    const forget = () => setMessage('');
    const { dom } = editor.view;
    const stop = onHint(editor.view, hear);
    dom.addEventListener('beforeinput', forget);
    dom.addEventListener('paste', forget, { capture: true });
    return () => {
      stop();
      dom.removeEventListener('beforeinput', forget);
      dom.removeEventListener('paste', forget, { capture: true });
    };
  }, [editor]);
  return (
    <div role="status" className={message ? 'editor-hint' : undefined}>
      {message && (
        <>
          <p>{message}</p>
          <button type="button" onClick={() => setMessage('')}>
            Close
          </button>
        </>
      )}
    </div>
  );
}
