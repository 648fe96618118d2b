'use client';

import type { Editor } from '@tiptap/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Desk, type DeskState } from '#components/dashboard/desk/desk.ts';
import type { Snapshot } from '#components/dashboard/desk/saver.ts';
import { onFlush } from '#components/dashboard/flush.ts';

type Shown = { version: number; whyNot: string | null };

/** A window on an article, as long as this page is shown. `show` has to stay the same function. */
export function useDesk<D extends Shown>({
  articleId,
  userId,
  first,
  form,
  editor,
  show,
}: {
  articleId: string;
  userId: string;
  first: D;
  form: RefObject<HTMLFormElement | null>;
  editor: RefObject<Editor | null>;
  show: (draft: D) => void;
}) {
  const desk = useRef<Desk<D> | null>(null);
  const begun = useRef(first);
  const [state, setState] = useState<DeskState>({
    mode: first.whyNot === null ? 'writing' : 'reading',
    whyNot: first.whyNot,
    writer: null,
    save: { kind: 'unchanged' },
    refused: {},
    aside: null,
  });
  useEffect(() => {
    const opened = new Desk<D>({
      articleId,
      userId,
      first: begun.current,
      snapshot: (base) => snapshotOf(form.current, editor.current, base),
      show: (draft) => {
        begun.current = draft;
        show(draft);
      },
      onState: (part) => setState((before) => ({ ...before, ...part })),
    });
    desk.current = opened;
    opened.start();
    const deaf = onFlush(async () => {
      opened.saver.look();
      await opened.saver.flush();
    });
    return () => {
      deaf();
      opened.stop();
    };
  }, [articleId, userId, form, editor, show]);
  const dismiss = () => setState((before) => ({ ...before, aside: null }));
  return { state, desk, dismiss };
}

/** Fields whose half-typed value would be seen elsewhere at once: they are saved when they are left. */
const lasting = ['slug', 'topics'];
/** What is not the article's own, but goes along. */
const around = ['id', 'intent', 'at', 'body', 'version', 'window'];

/** What the form holds now. A field that is being typed in and shouldn't be saved yet counts as `base` says. */
export function snapshotOf(
  form: HTMLFormElement | null,
  editor: Editor | null,
  base: (name: string) => string | undefined,
): Snapshot {
  if (!form) return { head: [], body: null };
  const focused = document.activeElement;
  const typed =
    focused instanceof HTMLInputElement && lasting.includes(focused.name) ? focused : null;
  const head: Snapshot['head'] = [];
  // A form that is only read has its controls switched off, which hides them from `FormData`.
  for (const control of form.elements) {
    if (!isField(control) || !control.name || around.includes(control.name)) continue;
    const before = control === typed ? base(control.name) : undefined;
    head.push([control.name, before ?? control.value]);
  }
  return { head, body: editor && !editor.isDestroyed ? textOf(editor) : null };
}

const isField = (
  element: Element,
): element is HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement =>
  (element instanceof HTMLInputElement && (element.type !== 'checkbox' || element.checked)) ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLTextAreaElement;

const texts = new WeakMap<object, string>();

/** The text as JSON, made once for each state of it. */
function textOf({ state: { doc } }: Editor): string {
  const known = texts.get(doc);
  if (known !== undefined) return known;
  const text = JSON.stringify(doc.toJSON());
  texts.set(doc, text);
  return text;
}
