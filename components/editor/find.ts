import { Extension } from '@tiptap/core';
import { closeHistory } from '@tiptap/pm/history';
import {
  type Command,
  type EditorState,
  NodeSelection,
  TextSelection,
  type Transaction,
} from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { getMatchHighlights, SearchQuery, search, setSearchState } from 'prosemirror-search';
import { announce, openFind } from '#components/editor/events.ts';
import { run } from '#components/editor/keys.ts';

type Range = { from: number; to: number };

/** Where something was found: words of the text, or a note with all that was found in it. */
type Match = Range & { ranges: Range[]; note: boolean };

type Wanted = { text: string; matchCase: boolean; wholeWord: boolean };

/** Ctrl+F, Cmd+F on a Mac, opens the panel; F3 and Ctrl+G go from match to match. */
export const Find = Extension.create({
  name: 'find',
  addProseMirrorPlugins: () => [search()],
  addKeyboardShortcuts() {
    const { editor } = this;
    const go = (step: 1 | -1) => () => run(editor, goToMatch(step));
    return {
      'Mod-f': () => announce(editor.view, openFind),
      F3: go(1),
      'Shift-F3': go(-1),
      'Mod-g': go(1),
      'Mod-Shift-g': go(-1),
    };
  },
});

/** Marks what is looked for in the text; an empty text unmarks all. */
export function look({ text, matchCase, wholeWord }: Wanted): Command {
  return (state, dispatch) => {
    const query = new SearchQuery({
      search: text,
      caseSensitive: matchCase,
      wholeWord,
      literal: true,
      filter: ({ doc }, { from, to }) => doc.textBetween(from, to).length === to - from,
    });
    dispatch?.(setSearchState(state.tr, query));
    return true;
  };
}

/** What is marked, in the text's order. */
export function matchesIn(state: EditorState): Match[] {
  const found = getMatchHighlights(state)
    .find()
    .map(({ from, to }) => ({ from, to }))
    .sort((a, b) => a.from - b.from);
  const matches: Match[] = [];
  for (const range of found) {
    const $from = state.doc.resolve(range.from);
    const note = $from.parent.type.name === 'footnote';
    const place = note ? { from: $from.before(), to: $from.after() } : range;
    const last = matches.at(-1);
    if (note && last?.from === place.from) last.ranges.push(range);
    else matches.push({ ...place, ranges: [range], note });
  }
  return matches;
}

/** The index of the match that is selected, or -1. */
export function matchAt({ selection }: EditorState, matches: Match[]): number {
  return matches.findIndex(({ from, to }) => from === selection.from && to === selection.to);
}

/** Selects the next match or the one before, from the end on at the beginning. */
export function goToMatch(step: 1 | -1): Command {
  return (state, dispatch, view) => {
    const matches = matchesIn(state);
    const { from, to } = state.selection;
    const match =
      step > 0
        ? (matches.find((next) => next.from >= to && next.to > from) ?? matches[0])
        : (matches.findLast((before) => before.to <= from) ?? matches.at(-1));
    if (!match) return false;
    dispatch?.(selectMatch(state.tr, match));
    if (dispatch && view) show(view, match.from);
    return true;
  };
}

/** Replaces the selected match and goes to the next one; where none is selected, only goes there. */
export function replaceMatch(text: string): Command {
  return (state, dispatch, view) => {
    const matches = matchesIn(state);
    const match = matches[matchAt(state, matches)];
    if (!match) return goToMatch(1)(state, dispatch, view);
    const { tr } = state;
    replaceRanges(tr, match.ranges, text);
    const end = tr.mapping.map(match.to);
    tr.setSelection(TextSelection.create(tr.doc, end));
    dispatch?.(closeHistory(tr));
    if (dispatch && view) goToMatch(1)(view.state, dispatch, view);
    return true;
  };
}

/** Replaces all that is marked, in one step for undo. */
export function replaceMatches(text: string): Command {
  return (state, dispatch) => {
    const ranges = matchesIn(state).flatMap((match) => match.ranges);
    if (ranges.length === 0) return false;
    const { tr } = state;
    replaceRanges(tr, ranges, text);
    dispatch?.(closeHistory(tr));
    return true;
  };
}

/** Brings a place of the text to the middle of the window: the library does so only while the text has the focus. */
export function show(view: EditorView, pos: number): void {
  const { node } = view.domAtPos(pos);
  const element = node instanceof Element ? node : node.parentElement;
  element?.scrollIntoView({ block: 'center' });
}

function selectMatch(tr: Transaction, { from, to, note }: Match): Transaction {
  return tr.setSelection(
    note ? NodeSelection.create(tr.doc, from) : TextSelection.create(tr.doc, from, to),
  );
}

/** Word for word, with the marks of what was there; from the back, so that the places before stay true. */
function replaceRanges(tr: Transaction, ranges: Range[], text: string): void {
  for (const { from, to } of ranges.toReversed()) {
    const marks = tr.doc.resolve(from).marksAcross(tr.doc.resolve(to)) ?? [];
    if (text) tr.replaceWith(from, to, tr.doc.type.schema.text(text, marks));
    else tr.delete(from, to);
  }
}
