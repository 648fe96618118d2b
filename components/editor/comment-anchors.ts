import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { type Anchor, findAnchor, flatten, type Range } from '#components/editor/anchor.ts';

/** A thread whose words are marked in the text. */
export type AnchoredThread = { id: string; anchor: Anchor };

type Marks = {
  threads: readonly AnchoredThread[];
  active: string | null;
  /** Where the words of each thread stand; one whose words are gone is missing. */
  ranges: ReadonlyMap<string, Range>;
  drawn: DecorationSet;
};

type Change = { threads?: readonly AnchoredThread[]; active?: string | null; search?: true };

const key = new PluginKey<Marks>('comments');

/** After how many milliseconds of peace words that are gone are looked for again. */
const pause = 400;

export type CommentEvents = {
  /** The words of a thread were pressed, or asked for by the shortcut. */
  onOpen: (id: string, by: 'pointer' | 'keys') => void;
  /** Somebody wants to comment on what is selected. */
  onComment: () => void;
};

/**
 * Marks the words that comments are about. The marks are drawn over the text and are no part of it; they move along with
 * what is written, and words that were gone and came back are found again. Ctrl-Alt-M comments on the selection, or opens
 * the thread that the cursor is in.
 */
export function commentAnchors(events: CommentEvents): Extension {
  return Extension.create({
    name: 'commentAnchors',
    addKeyboardShortcuts() {
      return {
        'Mod-Alt-m': ({ editor: { state } }) => {
          const id = state.selection.empty ? threadAt(state, state.selection.from) : null;
          if (id) events.onOpen(id, 'keys');
          else events.onComment();
          return true;
        },
      };
    },
    addProseMirrorPlugins() {
      return [marking(events)];
    },
  });
}

/** Says which threads there are, or which one is looked at. */
export function changeMarks(state: EditorState, change: Change): Transaction {
  return state.tr.setMeta(key, change).setMeta('addToHistory', false);
}

/** Where the words of each thread stand now; a thread whose words are gone is missing. */
export function markedRanges(state: EditorState): ReadonlyMap<string, Range> {
  return key.getState(state)?.ranges ?? new Map();
}

/** The thread whose words these are; of several, the one with the fewest. */
export function threadAt(state: EditorState, pos: number): string | null {
  const around = [...markedRanges(state)]
    .filter(([, { from, to }]) => from <= pos && pos <= to)
    .toSorted(([, a], [, b]) => a.to - a.from - (b.to - b.from));
  return around[0]?.[0] ?? null;
}

function marking({ onOpen }: CommentEvents): Plugin<Marks> {
  return new Plugin<Marks>({
    key,
    state: {
      init: () => ({ threads: [], active: null, ranges: new Map(), drawn: DecorationSet.empty }),
      apply(tr, before, _, { doc }) {
        const change: Change | undefined = tr.getMeta(key);
        if (!change && !tr.docChanged) return before;
        const { threads = before.threads, active = before.active } = change ?? {};
        const moved = tr.docChanged ? mapped(before.ranges, tr) : before.ranges;
        const search = change?.threads !== undefined || change?.search === true;
        const ranges = search ? located(doc, threads, moved) : moved;
        return { threads, active, ranges, drawn: drawn(doc, ranges, active) };
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.drawn,
      handleClick(view, pos) {
        const id = view.state.selection.empty ? threadAt(view.state, pos) : null;
        if (id) onOpen(id, 'pointer');
        return false;
      },
    },
    view() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      return {
        update(view, before) {
          if (view.state.doc.eq(before.doc)) return;
          const marks = key.getState(view.state);
          if (!marks || marks.ranges.size === marks.threads.length) return;
          clearTimeout(timer);
          // They come back by undoing, or with another state of the text.
          timer = setTimeout(() => view.dispatch(changeMarks(view.state, { search: true })), pause);
        },
        destroy: () => clearTimeout(timer),
      };
    },
  });
}

function mapped(ranges: ReadonlyMap<string, Range>, { mapping }: Transaction): Map<string, Range> {
  const moved = new Map<string, Range>();
  for (const [id, { from, to }] of ranges) {
    const range = { from: mapping.map(from, 1), to: mapping.map(to, -1) };
    if (range.from < range.to) moved.set(id, range);
  }
  return moved;
}

/** The ranges that are known, and those of the other threads as far as their words are found. */
function located(
  doc: Node,
  threads: readonly AnchoredThread[],
  known: ReadonlyMap<string, Range>,
): Map<string, Range> {
  const flat = threads.every(({ id }) => known.has(id)) ? null : flatten(doc);
  const ranges = new Map<string, Range>();
  for (const { id, anchor } of threads) {
    const range = known.get(id) ?? (flat && findAnchor(flat, anchor));
    if (range) ranges.set(id, range);
  }
  return ranges;
}

function drawn(
  doc: Node,
  ranges: ReadonlyMap<string, Range>,
  active: string | null,
): DecorationSet {
  if (ranges.size === 0) return DecorationSet.empty;
  return DecorationSet.create(
    doc,
    [...ranges].map(([id, { from, to }]) =>
      Decoration.inline(from, to, {
        class: id === active ? 'comment-words comment-words-active' : 'comment-words',
      }),
    ),
  );
}
