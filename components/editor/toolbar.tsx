'use client';

import type { Editor } from '@tiptap/core';
import type { Command } from '@tiptap/pm/state';
import { useEditorState } from '@tiptap/react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { enterFields } from '#components/editor/block-fields.ts';
import {
  BlockTools,
  FrequentTools,
  ListTools,
  TableTools,
} from '#components/editor/block-tools.tsx';
import { insertBlock, nodeType, setBlock } from '#components/editor/commands.ts';
import { run } from '#components/editor/keys.ts';
import { moveBlock } from '#components/editor/move-block.ts';
import { keepOneStop, onArrowKeys } from '#components/editor/roving.ts';
import { Tool } from '#components/editor/tool.tsx';
import { blockKinds, type ToolbarState, toolbarState } from '#components/editor/toolbar-state.ts';
import { WordCount } from '#components/editor/word-count.tsx';

export type ToolProps = {
  state: ToolbarState;
  /** Runs a command and puts the cursor back into the text. */
  act: (command: Command) => () => void;
};

/** What opens below the toolbar. */
export type Panel = 'link' | 'card' | 'find' | 'outline';

type BarProps = {
  editor: Editor;
  controls: string;
  panel: Panel | null;
  onPanel: (panel: Panel) => void;
};

/**
 * The editor's toolbar: one stop for Tab, the arrow keys go on inside it, Escape goes back to the text. What
 * is needed less often waits behind “More”.
 */
export function Toolbar({
  editor,
  controls,
  panel,
  onPanel,
  onPicture,
  onGallery,
}: BarProps & { onPicture: () => void; onGallery: () => void }) {
  const [more, setMore] = useState(false);
  const state = useEditorState({ editor, selector: toolbarState });
  const act = (command: Command) => () => {
    run(editor, command);
    editor.view.focus();
  };
  const mark = (name: string) => () => editor.chain().focus().toggleMark(name).run();
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') editor.view.focus();
    else onArrowKeys(event);
  };
  const insert = (name: string) => act(insertBlock(nodeType(editor.state, name).create()));
  return (
    <Bar label="Formatting" controls={controls} onKeyDown={onKeyDown}>
      <div className="editor-row">
        <BlockKind editor={editor} state={state} />
        <Marks state={state} mark={mark} />
        <Tool
          label="Link"
          hint="Ctrl+K"
          pressed={state.link}
          disabled={!state.text}
          expanded={panel === 'link'}
          onPress={() => onPanel('link')}
        />
        <FrequentTools state={state} act={act} />
        <Tool label="Picture" onPress={onPicture} />
        <Tool label="More" className="editor-more" expanded={more} onPress={() => setMore(!more)} />
      </div>
      <div className="editor-row-end">
        <Tool
          label="Undo"
          hint="Ctrl+Z"
          disabled={!state.undo}
          onPress={() => editor.chain().focus().undo().run()}
        >
          ↶
        </Tool>
        <Tool
          label="Redo"
          hint="Ctrl+Y"
          disabled={!state.redo}
          onPress={() => editor.chain().focus().redo().run()}
        >
          ↷
        </Tool>
        <PanelTools panel={panel} onPanel={onPanel} />
        <WordCount editor={editor} />
      </div>
      {state.list && <ListTools act={act} />}
      {state.fields && (
        <div className="editor-context">
          <Tool label={state.fields} hint="Alt+Enter" onPress={() => run(editor, enterFields)} />
        </div>
      )}
      {state.cell && <TableTools state={state} act={act} />}
      {more && (
        <div className="editor-context">
          <RareMarks state={state} mark={mark} />
          <BlockTools state={state} act={act} />
          <Tool label="Gallery" onPress={onGallery} />
          <Tool label="Link card" expanded={panel === 'card'} onPress={() => onPanel('card')} />
          <Tool label="Break" onPress={insert('horizontalRule')} />
          <Tool label="Buy this issue" onPress={insert('buyIssue')} />
          <Tool label="Subscribe" onPress={insert('subscribe')} />
          <Tool label="Move up" hint="Alt+↑" onPress={act(moveBlock(-1))} />
          <Tool label="Move down" hint="Alt+↓" onPress={act(moveBlock(1))} />
        </div>
      )}
    </Bar>
  );
}

/** What is left of the toolbar for who only reads. */
export function ReadingBar({ editor, controls, panel, onPanel }: BarProps) {
  return (
    <Bar label="Reading" controls={controls} onKeyDown={onArrowKeys}>
      <div className="editor-row-end">
        <PanelTools panel={panel} onPanel={onPanel} />
        <WordCount editor={editor} />
      </div>
    </Bar>
  );
}

function Bar({
  label,
  controls,
  onKeyDown,
  children,
}: {
  label: string;
  controls: string;
  onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
  children: ReactNode;
}) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (bar.current) keepOneStop(bar.current);
  });
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={label}
      aria-controls={controls}
      className="editor-toolbar"
      onKeyDown={onKeyDown}
      onFocus={(event) => bar.current && keepOneStop(bar.current, event.target)}
    >
      {children}
    </div>
  );
}

type MarkProps = { state: ToolbarState; mark: (name: string) => () => void };

function Marks({ state, mark }: MarkProps) {
  return (
    <>
      <Tool label="Bold" hint="Ctrl+B" pressed={state.bold} onPress={mark('bold')}>
        <b>B</b>
      </Tool>
      <Tool label="Italic" hint="Ctrl+I" pressed={state.italic} onPress={mark('italic')}>
        <i>I</i>
      </Tool>
      <Tool label="Small caps" pressed={state.smallCaps} onPress={mark('smallCaps')}>
        <span className="small-caps">Sc</span>
      </Tool>
    </>
  );
}

function RareMarks({ state, mark }: MarkProps) {
  return (
    <>
      <Tool label="Subscript" hint="Ctrl+," pressed={state.subscript} onPress={mark('subscript')}>
        <span>
          x<sub>2</sub>
        </span>
      </Tool>
      <Tool
        label="Superscript"
        hint="Ctrl+."
        pressed={state.superscript}
        onPress={mark('superscript')}
      >
        <span>
          x<sup>2</sup>
        </span>
      </Tool>
    </>
  );
}

function PanelTools({ panel, onPanel }: Pick<BarProps, 'panel' | 'onPanel'>) {
  return (
    <>
      <Tool
        label="Find"
        hint="Ctrl+F"
        expanded={panel === 'find'}
        onPress={() => onPanel('find')}
      />
      <Tool label="Outline" expanded={panel === 'outline'} onPress={() => onPanel('outline')} />
    </>
  );
}

/** Chosen with the mouse, the text has the cursor again; with the keys, the next choice may follow. */
function BlockKind({ editor, state }: { editor: Editor; state: ToolbarState }) {
  const byPointer = useRef(false);
  return (
    <select
      data-tool=""
      className="editor-kind"
      aria-label="Kind of block"
      aria-disabled={!state.kindChangeable || undefined}
      value={state.kind}
      onPointerDown={() => {
        byPointer.current = true;
      }}
      onKeyDown={() => {
        byPointer.current = false;
      }}
      onChange={(event) => {
        const kind = blockKinds.find(({ value }) => value === event.target.value);
        if (kind && state.kindChangeable) run(editor, setBlock(kind.name, kind.attrs));
        if (byPointer.current) editor.view.focus();
      }}
    >
      {state.kind === '' && <option value="">Other</option>}
      {blockKinds.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
