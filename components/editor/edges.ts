import {
  type Command,
  NodeSelection,
  Selection,
  TextSelection,
  type Transaction,
} from '@tiptap/pm/state';
import { nodeType, selectedNode, setBlock } from '#components/editor/commands.ts';
import { selectedBlock } from '#components/editor/move-block.ts';
import { togglePoem } from '#components/editor/poems.ts';

/** To the text's start or end, or as far as there selected: browsers stop at a field before the first line. */
export function toEdge(edge: 'start' | 'end', extend = false): Command {
  return ({ doc, selection, tr }, dispatch) => {
    const there = edge === 'start' ? Selection.atStart(doc) : Selection.atEnd(doc);
    const head = edge === 'start' ? there.$from : there.$to;
    const next = extend ? TextSelection.between(selection.$anchor, head) : there;
    dispatch?.(tr.setSelection(next).scrollIntoView());
    return true;
  };
}

/** Below the last line of a poem, an interview, a quotation or a list that ends the text, a paragraph to go on in. */
export const goBelow: Command = (state, dispatch, view) => {
  const { $from, empty } = state.selection;
  const { doc } = state;
  const last = Selection.atEnd(doc).$from;
  if (!empty || $from.depth < 2 || !last.sameParent($from)) return false;
  if (view && !view.endOfTextblock('down')) return false;
  const tr = state.tr.insert(doc.content.size, nodeType(state, 'paragraph').create());
  dispatch?.(tr.setSelection(Selection.atEnd(tr.doc)).scrollIntoView());
  return true;
};

/** A line break with a picture, a card or a note selected comes after it: it must not take its place. */
export const breakAfter: Command = (state, dispatch) => {
  const note = selectedNode(state, 'footnote');
  const block = selectedBlock(state);
  if (!note && !block) return false;
  const after = state.selection.to;
  const name = note ? 'hardBreak' : 'paragraph';
  const $after = state.doc.resolve(after);
  if (!$after.parent.canReplaceWith($after.index(), $after.index(), nodeType(state, name))) {
    return true;
  }
  const tr = state.tr.insert(after, nodeType(state, name).create());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

/** Backspace at the start of a poem takes it apart; before the text's first heading or pull quote it makes that plain. */
export const plainAtStart: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || state.selection instanceof NodeSelection) return false;
  const { name } = $from.parent.type;
  if (name === 'verseLine') {
    if ($from.index(-1) > 0 || $from.index(-2) > 0) return false;
    const start = $from.before(-2) + 1;
    const stay = (tr: Transaction) => tr.setSelection(TextSelection.create(tr.doc, start));
    return togglePoem(state, dispatch && ((tr) => dispatch(stay(tr))));
  }
  if (name !== 'heading' && name !== 'pullQuote') return false;
  return $from.pos === 1 && setBlock('paragraph')(state, dispatch);
};

/** Backspace in front of the paragraph below a list goes on in the list's last line, as it does between paragraphs. */
export const joinList: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  if (!empty || $from.parentOffset > 0 || $from.parent.type.name !== 'paragraph') return false;
  const $before = state.doc.resolve($from.before());
  const { name } = $before.nodeBefore?.type ?? {};
  if (name !== 'bulletList' && name !== 'orderedList') return false;
  const end = Selection.findFrom($before, -1, true)?.$from;
  if (end?.parent.type.name !== 'paragraph') return false;
  const tr = state.tr.delete($before.pos, $from.after()).insert(end.pos, $from.parent.content);
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, end.pos)).scrollIntoView());
  return true;
};
