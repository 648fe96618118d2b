'use client';

import { type Editor, Extension, type JSONContent, Node } from '@tiptap/core';
import { Fragment } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { EditorContent, useEditor, useEditorState } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { LinkForm } from '#components/editor/address-form.tsx';
import { selectedNode } from '#components/editor/commands.ts';
import { openNote } from '#components/editor/events.ts';
import { ownMarks } from '#components/editor/marks.ts';
import { notesOf } from '#components/editor/note-list.tsx';
import { Tool } from '#components/editor/tool.tsx';

/** The text of the selected note. An empty one, and one that was clicked or opened with Enter, takes the cursor. */
export function NotePanel({ editor, editable }: { editor: Editor; editable: boolean }) {
  const note = useEditorState({
    editor,
    selector: ({ editor: { state } }) => {
      const place = selectedNode(state, 'footnote');
      return (
        place && {
          ...place,
          number: 1 + notesOf(state.doc).findIndex(({ pos }) => pos === place.pos),
        }
      );
    },
    equalityFn: (a, b) => a?.node === b?.node && a?.pos === b?.pos && a?.number === b?.number,
  });
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const open = () => setWanted(true);
    const { dom } = editor.view;
    dom.addEventListener(openNote, open);
    return () => dom.removeEventListener(openNote, open);
  }, [editor]);
  if (!note) return null;
  return (
    <NoteField
      key={note.pos}
      number={note.number}
      editable={editable}
      outer={editor}
      pos={note.pos}
      content={note.node.content.toJSON() ?? []}
      wanted={wanted || note.node.content.size === 0}
      onEntered={() => setWanted(false)}
    />
  );
}

type FieldProps = {
  number: number;
  editable: boolean;
  outer: Editor;
  pos: number;
  content: JSONContent[];
  wanted: boolean;
  onEntered: () => void;
};

function NoteField({ number, editable, outer, pos, content, wanted, onEntered }: FieldProps) {
  const label = useId();
  const [linking, setLinking] = useState(false);
  const leave = () => {
    const end = pos + (outer.state.doc.nodeAt(pos)?.nodeSize ?? 0);
    outer.view.dispatch(outer.state.tr.setSelection(TextSelection.create(outer.state.doc, end)));
    outer.view.focus();
  };
  const remove = () => {
    const end = pos + (outer.state.doc.nodeAt(pos)?.nodeSize ?? 0);
    outer.view.dispatch(outer.state.tr.delete(pos, end));
    outer.view.focus();
  };
  const actions = useRef({ leave, link: () => setLinking(true) });
  actions.current.leave = leave;
  const extensions = useMemo(() => noteExtensions(outer, actions), [outer]);
  const inner = useEditor({
    immediatelyRender: false,
    injectCSS: false,
    extensions,
    content: noteDocument(content),
    editorProps: {
      attributes: { class: 'editor-note', role: 'textbox', 'aria-labelledby': label },
    },
    onUpdate: ({ editor }) => writeNote(outer, pos, editor),
  });
  useEffect(() => {
    inner?.setEditable(editable, false);
  }, [inner, editable]);
  // Undo, in the text or here, changes the note from outside.
  const written = JSON.stringify(content);
  useEffect(() => {
    if (!inner || JSON.stringify(noteContent(inner)) === written) return;
    inner.commands.setContent(noteDocument(JSON.parse(written)), { emitUpdate: false });
  }, [inner, written]);
  useEffect(() => {
    if (!inner || !wanted) return;
    inner.commands.focus('end');
    onEntered();
  }, [inner, wanted, onEntered]);
  if (!inner) return null;
  return (
    <fieldset className="editor-panel">
      <legend className="sr-only">Footnote</legend>
      <div className="editor-field">
        <span id={label}>Note {number}</span>
        <EditorContent editor={inner} />
      </div>
      {editable && linking && <LinkForm editor={inner} close={() => setLinking(false)} />}
      <div className="editor-panel-buttons">
        {editable && <NoteMarks editor={inner} link={() => setLinking(true)} />}
        <button type="button" onClick={leave}>
          Back to the text
        </button>
        {editable && (
          <button type="button" onClick={remove}>
            Remove note
          </button>
        )}
      </div>
    </fieldset>
  );
}

function NoteMarks({ editor, link }: { editor: Editor; link: () => void }) {
  const active = useEditorState({
    editor,
    selector: ({ editor: note }) => ({
      bold: note.isActive('bold'),
      italic: note.isActive('italic'),
      smallCaps: note.isActive('smallCaps'),
      link: note.isActive('link'),
    }),
  });
  const toggle = (mark: string) => () => editor.chain().focus().toggleMark(mark).run();
  return (
    <>
      <Tool label="Bold" pressed={active.bold} onPress={toggle('bold')}>
        <b>B</b>
      </Tool>
      <Tool label="Italic" pressed={active.italic} onPress={toggle('italic')}>
        <i>I</i>
      </Tool>
      <Tool label="Small caps" pressed={active.smallCaps} onPress={toggle('smallCaps')}>
        <span className="small-caps">Sc</span>
      </Tool>
      <Tool label="Link" pressed={active.link} onPress={link} />
    </>
  );
}

const line = Node.create({
  name: 'paragraph',
  content: 'text*',
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: () => ['p', 0],
});

/** One line with a text's marks. Undo is the article's: what is written here is written there. */
function noteExtensions(
  outer: Editor,
  actions: { current: { leave: () => void; link: () => void } },
) {
  const starter = StarterKit.configure({
    blockquote: false,
    bulletList: false,
    code: false,
    codeBlock: false,
    heading: false,
    hardBreak: false,
    horizontalRule: false,
    link: false,
    listItem: false,
    listKeymap: false,
    orderedList: false,
    paragraph: false,
    strike: false,
    trailingNode: false,
    underline: false,
    document: false,
    dropcursor: false,
    gapcursor: false,
    undoRedo: false,
  });
  const keys = Extension.create({
    name: 'note-keys',
    priority: 1_000,
    addKeyboardShortcuts() {
      const done = () => {
        actions.current.leave();
        return true;
      };
      const link = () => {
        actions.current.link();
        return true;
      };
      return {
        Enter: done,
        Escape: done,
        'Mod-k': link,
        'Mod-z': () => outer.commands.undo(),
        'Shift-Mod-z': () => outer.commands.redo(),
        'Mod-y': () => outer.commands.redo(),
      };
    },
  });
  const document = Node.create({ name: 'doc', topNode: true, content: 'paragraph' });
  return [document, starter, ...ownMarks, line, keys];
}

function noteDocument(content: JSONContent[]): JSONContent {
  return { type: 'doc', content: [{ type: 'paragraph', content }] };
}

function noteContent(editor: Editor): JSONContent[] {
  return editor.state.doc.firstChild?.content.toJSON() ?? [];
}

function writeNote(outer: Editor, pos: number, inner: Editor) {
  const { state } = outer;
  const note = state.doc.nodeAt(pos);
  if (note?.type.name !== 'footnote') return;
  const content = Fragment.fromJSON(state.schema, noteContent(inner));
  outer.view.dispatch(state.tr.replaceWith(pos + 1, pos + note.nodeSize - 1, content));
}
