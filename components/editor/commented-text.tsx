'use client';

import './comments.css';
import { autoUpdate, computePosition, flip, offset, shift } from '@floating-ui/dom';
import type { Editor, Extensions } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type Anchor, anchorOf } from '#components/editor/anchor.ts';
import {
  type AnchoredThread,
  changeMarks,
  commentAnchors,
  markedRanges,
  threadAt,
} from '#components/editor/comment-anchors.ts';

type CommentedText = {
  /** For `BodyEditor`. */
  extensions: Extensions;
  onEditor: (editor: Editor | null) => void;
  editor: Editor | null;
  /** The thread that is looked at, and whether its panel is to come to it. */
  active: { id: string; by: 'pointer' | 'keys' | 'panel' } | null;
  setActive: (active: CommentedText['active']) => void;
  /** What a comment that is being begun is about; `null` where none is. */
  draft: { anchor: Anchor | null } | null;
  setDraft: (draft: CommentedText['draft']) => void;
};

const nobody: CommentedText = {
  extensions: [],
  onEditor: () => {},
  editor: null,
  active: null,
  setActive: () => {},
  draft: null,
  setDraft: () => {},
};

const Shared = createContext<CommentedText>(nobody);

/** What the text's editor and the comments beside it know of each other. Without `CommentedText` around, nothing. */
export const useCommentedText = (): CommentedText => useContext(Shared);

/** Stands around an article's form and its comments, wherever each of them is on the page. */
export function CommentedText({ children }: { children: ReactNode }) {
  const [editor, setEditor] = useState<Editor | null>(null);
  const [active, setActive] = useState<CommentedText['active']>(null);
  const [draft, setDraft] = useState<CommentedText['draft']>(null);
  const begin = useRef(() => {});
  begin.current = () => {
    if (!editor) return;
    const { doc, selection } = editor.state;
    setActive(null);
    setDraft({ anchor: anchorOf(doc, selection) });
  };
  // The editor takes its extensions once.
  const [extensions] = useState<Extensions>(() => [
    commentAnchors({
      onOpen: (id, by) => setActive({ id, by }),
      onComment: () => begin.current(),
    }),
  ]);
  const onEditor = useCallback((handed: Editor | null) => setEditor(handed), []);
  const value = useMemo(
    () => ({ extensions, onEditor, editor, active, setActive, draft, setDraft }),
    [extensions, onEditor, editor, active, draft],
  );
  return (
    <Shared value={value}>
      {children}
      {editor && <CommentHere editor={editor} onComment={() => begin.current()} />}
    </Shared>
  );
}

/** Keeps the marks in the text in step with the threads, and answers where each one's words stand. */
export function useMarks(threads: readonly AnchoredThread[]): ReadonlyMap<string, number> | null {
  const { editor, active } = useCommentedText();
  const id = active?.id ?? null;
  useEffect(() => {
    editor?.view.dispatch(changeMarks(editor.state, { threads }));
  }, [editor, threads]);
  useEffect(() => {
    editor?.view.dispatch(changeMarks(editor.state, { active: id }));
  }, [editor, id]);
  const places = useEditorState({
    editor,
    selector: ({ editor: current }) =>
      current
        ? [...markedRanges(current.state)].map(([of, { from }]) => `${of} ${from}`).join()
        : null,
  });
  return useMemo(
    () =>
      places === null
        ? null
        : new Map(
            places
              .split(',')
              .filter(Boolean)
              .map((place) => {
                const [of = '', from] = place.split(' ');
                return [of, Number(from)] as const;
              }),
          ),
    [places],
  );
}

/** A button beside what is selected, for hands that don't know the shortcut. */
function CommentHere({ editor, onComment }: { editor: Editor; onComment: () => void }) {
  const { setActive } = useCommentedText();
  const button = useRef<HTMLButtonElement>(null);
  const here = useEditorState({
    editor,
    selector: ({ editor: { state, isFocused } }) => {
      if (!isFocused) return null;
      const { empty, from, to } = state.selection;
      if (!empty) {
        return /[\p{L}\p{N}]/u.test(state.doc.textBetween(from, to, ' '))
          ? `words ${from} ${to}`
          : null;
      }
      const id = threadAt(state, from);
      return id && `thread ${id} ${from}`;
    },
  });
  const isThread = here?.startsWith('thread') ?? false;
  useEffect(() => {
    const floating = button.current;
    if (!here || !floating) return;
    const { view } = editor;
    const reference = {
      getBoundingClientRect: () => {
        const { left, top, bottom } = view.coordsAtPos(view.state.selection.to);
        return new DOMRect(left, top, 0, bottom - top);
      },
      contextElement: view.dom,
    };
    return autoUpdate(reference, floating, async () => {
      const { x, y } = await computePosition(reference, floating, {
        placement: 'bottom-end',
        middleware: [offset(6), flip(), shift({ padding: 8 })],
      });
      floating.style.left = `${x}px`;
      floating.style.top = `${y}px`;
    });
  }, [here, editor]);
  if (!here) return null;
  return (
    <button
      ref={button}
      type="button"
      // Within reach of the keys is the shortcut; a stop here would come between the text and what follows.
      tabIndex={-1}
      className="button comment-here"
      title="Ctrl+Alt+M"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => {
        if (isThread) setActive({ id: here.split(' ')[1] ?? '', by: 'keys' });
        else onComment();
      }}
    >
      {isThread ? 'Show the comment' : 'Comment'}
    </button>
  );
}
