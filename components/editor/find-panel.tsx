'use client';

import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { onEnter } from '#components/editor/fields.tsx';
import {
  goToMatch,
  look,
  matchAt,
  matchesIn,
  replaceMatch,
  replaceMatches,
  show,
} from '#components/editor/find.ts';
import { run } from '#components/editor/keys.ts';

const nothing = { text: '', matchCase: false, wholeWord: false };

/** Find and, where the text can be changed, replace. Escape goes back to the text, to what was found last. */
export function FindPanel({
  editor,
  editable,
  field,
  close,
}: {
  editor: Editor;
  editable: boolean;
  field: RefObject<HTMLInputElement | null>;
  close: () => void;
}) {
  const [wanted, setWanted] = useState(() => ({ ...nothing, text: selectedWords(editor) }));
  const [replacement, setReplacement] = useState('');
  const [replaced, setReplaced] = useState<number | null>(null);
  const { total, index } = useEditorState({
    editor,
    selector: ({ editor: { state } }) => {
      const matches = matchesIn(state);
      return { total: matches.length, index: matchAt(state, matches) };
    },
  });
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [field]);
  useEffect(() => {
    run(editor, look(wanted));
    setReplaced(null);
  }, [editor, wanted]);
  useEffect(
    () => () => {
      if (!editor.isDestroyed) run(editor, look(nothing));
    },
    [editor],
  );
  const go = (step: 1 | -1) => {
    setReplaced(null);
    run(editor, goToMatch(step));
  };
  const replace = () => {
    setReplaced(null);
    run(editor, replaceMatch(replacement));
  };
  const replaceAll = () => {
    setReplaced(matchesIn(editor.state).reduce((sum, { ranges }) => sum + ranges.length, 0));
    run(editor, replaceMatches(replacement));
  };
  const leave = () => {
    close();
    editor.view.focus();
    show(editor.view, editor.state.selection.from);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    leave();
  };
  return (
    <fieldset className="editor-panel editor-find" onKeyDown={onKeyDown}>
      <legend className="sr-only">Find and replace</legend>
      <Line
        label="Find"
        value={wanted.text}
        input={field}
        onChange={(text) => setWanted({ ...wanted, text })}
        onEnter={(back) => go(back ? -1 : 1)}
      />
      {editable && (
        <Line
          label="Replace with"
          value={replacement}
          onChange={setReplacement}
          onEnter={replace}
        />
      )}
      <div className="editor-panel-buttons">
        <button type="button" onClick={() => go(-1)}>
          Previous
        </button>
        <button type="button" onClick={() => go(1)}>
          Next
        </button>
        {editable && (
          <>
            <button type="button" onClick={replace}>
              Replace
            </button>
            <button type="button" onClick={replaceAll}>
              Replace all
            </button>
          </>
        )}
        <button type="button" onClick={leave}>
          Close
        </button>
      </div>
      <div className="editor-find-options">
        <Option
          label="Match case"
          checked={wanted.matchCase}
          onChange={(matchCase) => setWanted({ ...wanted, matchCase })}
        />
        <Option
          label="Whole words"
          checked={wanted.wholeWord}
          onChange={(wholeWord) => setWanted({ ...wanted, wholeWord })}
        />
        <p role="status">{found(wanted.text, total, index, replaced)}</p>
      </div>
    </fieldset>
  );
}

function Line({
  label,
  value,
  input,
  onChange,
  onEnter: act,
}: {
  label: string;
  value: string;
  input?: RefObject<HTMLInputElement | null>;
  onChange: (value: string) => void;
  onEnter: (shift: boolean) => void;
}) {
  const id = useId();
  const shift = useRef(false);
  const enter = onEnter(() => act(shift.current));
  return (
    <div className="editor-field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={input}
        id={id}
        type="text"
        className="field"
        value={value}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          shift.current = event.shiftKey;
          enter(event);
        }}
      />
    </div>
  );
}

function Option({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        onKeyDown={onEnter(() => onChange(!checked))}
      />
      {label}
    </label>
  );
}

function found(text: string, total: number, index: number, replaced: number | null): string {
  if (replaced !== null) return `${replaced.toLocaleString('en')} replaced`;
  if (!text) return '';
  if (total === 0) return 'Not found';
  if (index >= 0) return `${index + 1} of ${total.toLocaleString('en')}`;
  return `${total.toLocaleString('en')} found`;
}

/** A few selected words of one line are what is looked for. */
function selectedWords(editor: Editor): string {
  const { $from, $to, from, to } = editor.state.selection;
  if (!$from.sameParent($to) || to - from > 100) return '';
  return editor.state.doc.textBetween(from, to);
}
