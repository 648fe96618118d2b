'use client';

import type { Editor } from '@tiptap/core';
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Whether the text can be changed now: `editor.setEditable` is followed, unlike by `useEditorState`. */
export function useEditable(editor: Editor): boolean {
  return useSyncExternalStore(
    (changed) => {
      editor.on('update', changed);
      return () => {
        editor.off('update', changed);
      };
    },
    () => editor.isEditable,
    () => true,
  );
}

/** Calls the handler of an event that a key, a menu or a mark sent on the text. */
export function useEvents(editor: Editor, handlers: Record<string, () => void>): void {
  const current = useRef(handlers);
  current.current = handlers;
  useEffect(() => {
    const { dom } = editor.view;
    const names = Object.keys(current.current);
    const onEvent = ({ type }: Event) => current.current[type]?.();
    for (const name of names) dom.addEventListener(name, onEvent);
    return () => {
      for (const name of names) dom.removeEventListener(name, onEvent);
    };
  }, [editor]);
}
