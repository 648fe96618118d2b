'use client';

import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { NodeSelection, TextSelection } from '@tiptap/pm/state';
import { useEditorState } from '@tiptap/react';
import { announce, openNote } from '#components/editor/events.ts';
import { show } from '#components/editor/find.ts';

type Note = { text: string; pos: number };

/** The text's notes below it, as the page has them: each is a way to its text and, by the arrow, to its mark. */
export function NoteList({ editor }: { editor: Editor }) {
  const notes = useEditorState({
    editor,
    selector: ({ editor: { state } }) => notesOf(state.doc),
  });
  if (notes.length === 0) return null;
  const write = ({ pos }: Note) => {
    const { state, view } = editor;
    view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, pos)));
    show(view, pos);
    announce(view, openNote);
  };
  const goBack = ({ pos }: Note) => {
    const { state, view } = editor;
    const after = pos + (state.doc.nodeAt(pos)?.nodeSize ?? 0);
    view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, after)));
    view.focus();
    show(view, pos);
  };
  return (
    <section className="editor-notes" aria-label="Notes">
      <ol>
        {notes.map((note, index) => (
          <li key={note.pos}>
            <button type="button" title="Write in this note" onClick={() => write(note)}>
              {note.text || <i>Empty note</i>}
            </button>
            <button
              type="button"
              className="editor-notes-back"
              aria-label={`To the mark of note ${index + 1}`}
              onClick={() => goBack(note)}
            >
              ↩
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

const found = new WeakMap<Node, Note[]>();

/** In the order of their numbers. A block that was searched before is not searched again. */
export function notesOf(doc: Node): Note[] {
  const notes: Note[] = [];
  doc.forEach((block, start) => {
    for (const { text, pos } of notesIn(block)) notes.push({ text, pos: start + 1 + pos });
  });
  return notes;
}

/** With places counted from the block's start. */
function notesIn(block: Node): Note[] {
  const known = found.get(block);
  if (known) return known;
  const notes: Note[] = [];
  block.descendants((node, pos) => {
    if (node.type.name === 'footnote') notes.push({ text: node.textContent, pos });
  });
  found.set(block, notes);
  return notes;
}
