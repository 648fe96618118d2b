'use client';

import type { Editor } from '@tiptap/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { addressFrom, addressRefusal } from '#components/editor/address.ts';
import { insertBlock, nodeType } from '#components/editor/commands.ts';
import { onEnter } from '#components/editor/fields.tsx';
import { run } from '#components/editor/keys.ts';

/** Asks for the address of the selected words, or of the link under the cursor; without either, the address is written. */
export function LinkForm({ editor, close }: { editor: Editor; close: () => void }) {
  const [before] = useState<string>(() => editor.getAttributes('link').href ?? '');
  const set = (href: string, typed: string) => {
    const chain = editor.chain().focus().extendMarkRange('link');
    const mark = { type: 'link', attrs: { href } };
    if (editor.state.selection.empty && !before) {
      chain.insertContent({ type: 'text', text: typed, marks: [mark] }).run();
    } else {
      chain.setMark('link', { href }).run();
    }
    close();
  };
  const remove = () => {
    editor.chain().focus().extendMarkRange('link').unsetMark('link').run();
    close();
  };
  const cancel = () => {
    close();
    editor.commands.focus();
  };
  return (
    <AddressForm
      label="Address of the link"
      initial={before}
      action={before ? 'Change link' : 'Set link'}
      onAddress={set}
      onCancel={cancel}
      {...(before && { onRemove: remove })}
    />
  );
}

/** Asks for the address of a link card, whose title and description are then written in the card. */
export function CardForm({ editor, close }: { editor: Editor; close: () => void }) {
  const insert = (url: string) => {
    close();
    editor.view.focus();
    run(editor, insertBlock(nodeType(editor.state, 'linkCard').create({ url })));
  };
  const cancel = () => {
    close();
    editor.commands.focus();
  };
  return (
    <AddressForm
      label="Address of the card"
      initial=""
      action="Insert card"
      onAddress={insert}
      onCancel={cancel}
    />
  );
}

/** One field and its buttons. Not a form: it stands inside the article's. */
function AddressForm({
  label,
  initial,
  action,
  onAddress,
  onRemove,
  onCancel,
}: {
  label: string;
  initial: string;
  action: string;
  onAddress: (href: string, typed: string) => void;
  onRemove?: () => void;
  onCancel: () => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState(initial);
  const [refused, setRefused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const send = () => {
    const address = addressFrom(typed);
    if (address) return onAddress(address, typed.trim());
    setRefused(true);
    input.current?.focus();
  };
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <fieldset className="editor-panel" onKeyDown={onEscape}>
      <legend className="sr-only">{label}</legend>
      <div className="editor-field">
        <label htmlFor={id}>{label}</label>
        <input
          ref={input}
          id={id}
          type="text"
          inputMode="url"
          className="field"
          value={typed}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="https://"
          aria-invalid={refused ? true : undefined}
          aria-describedby={refused ? `${id}-error` : undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            setRefused(false);
          }}
          onKeyDown={onEnter(send)}
        />
        {refused && (
          <p id={`${id}-error`} role="alert" className="editor-error">
            {addressRefusal}
          </p>
        )}
      </div>
      <div className="editor-panel-buttons">
        <button type="button" onClick={send}>
          {action}
        </button>
        {onRemove && (
          <button type="button" onClick={onRemove}>
            Remove link
          </button>
        )}
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </fieldset>
  );
}
