'use client';

import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { useEditorState } from '@tiptap/react';
import { show } from '#components/editor/find.ts';

type Heading = { text: string; level: number; pos: number };

/**
 * The text's headings, each a way to it, the one that the cursor is under marked. `onGo` is called after the cursor went
 * there, for whoever wants to close.
 */
export function Outline({ editor, onGo }: { editor: Editor; onGo?: () => void }) {
  const { headings, here } = useEditorState({
    editor,
    selector: ({ editor: { state } }) => {
      const all = headingsOf(state.doc);
      return { headings: all, here: all.findLast(({ pos }) => pos < state.selection.from)?.pos };
    },
  });
  if (headings.length === 0) return <p className="editor-outline-empty">No headings yet.</p>;
  const go = (pos: number) => {
    const end = pos + 1 + (editor.state.doc.nodeAt(pos)?.content.size ?? 0);
    editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, end)));
    editor.view.focus();
    show(editor.view, pos + 1);
    onGo?.();
  };
  return (
    <ol className="editor-outline">
      {headings.map(({ text, level, pos }) => (
        <li key={pos} className={level > 2 ? 'editor-outline-sub' : undefined}>
          <button
            type="button"
            aria-current={pos === here ? 'location' : undefined}
            onClick={() => go(pos)}
          >
            {text || 'Empty heading'}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Headings stand between the blocks of a text; inside a quotation they are the quotation's. */
export function headingsOf(doc: Node): Heading[] {
  const headings: Heading[] = [];
  doc.forEach((node, pos) => {
    if (node.type.name !== 'heading') return;
    headings.push({ text: wordsOf(node), level: node.attrs.level, pos });
  });
  return headings;
}

/** Without its notes. */
function wordsOf(heading: Node): string {
  return heading.children
    .map((node) => (node.isText ? node.text : node.type.name === 'hardBreak' ? ' ' : ''))
    .join('')
    .trim();
}
