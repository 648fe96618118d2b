import type { Node, NodeType, Schema } from '@tiptap/pm/model';
import { liftListItem, sinkListItem, wrapRangeInList } from '@tiptap/pm/schema-list';
import {
  type Command,
  type EditorState,
  NodeSelection,
  TextSelection,
  type Transaction,
} from '@tiptap/pm/state';
import { findWrapping } from '@tiptap/pm/transform';
import type { turnKinds } from '#lib/articles/body-nodes.ts';

export type Place = { node: Node; pos: number; depth: number };

/** The innermost node of one of these names around the cursor. */
export function around(state: EditorState, ...names: string[]): Place | null {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (names.includes(node.type.name)) return { node, pos: $from.before(depth), depth };
  }
  return null;
}

/** The node of this name that is selected as a whole. */
export function selectedNode(state: EditorState, name: string): Place | null {
  const { selection } = state;
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== name) return null;
  return { node: selection.node, pos: selection.from, depth: selection.$from.depth };
}

/** Makes the selected blocks paragraphs, headings or pull quotes. */
export function setBlock(name: string, attrs: Record<string, unknown> = {}): Command {
  return (state, dispatch) => {
    const { from, to } = state.selection;
    const tr = state.tr.setBlockType(from, to, nodeType(state, name), attrs);
    if (!tr.docChanged) return false;
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** Whether `setBlock` can do anything here: not in a verse, in a table's cell, in an interview. */
export function canSetBlock(state: EditorState, name: string): boolean {
  const { $from } = state.selection;
  if (!$from.parent.isTextblock || $from.depth === 0) return false;
  const index = $from.index(-1);
  return $from.node(-1).canReplaceWith(index, index + 1, nodeType(state, name));
}

/** A drop cap for the paragraph under the cursor, or none. */
export const toggleDropCap: Command = (state, dispatch) => {
  const place = around(state, 'paragraph');
  if (!place) return false;
  const { dropCap } = place.node.attrs;
  dispatch?.(state.tr.setNodeAttribute(place.pos, 'dropCap', !dropCap));
  return true;
};

/** Makes the selected blocks a list of this kind, a list of the other kind this one, and this kind no list. */
export function toggleList(name: 'bulletList' | 'orderedList'): Command {
  return (state, dispatch) => {
    const list = around(state, 'bulletList', 'orderedList');
    if (list?.node.type.name === name) {
      return liftItem(state, dispatch);
    }
    if (list) {
      dispatch?.(state.tr.setNodeMarkup(list.pos, nodeType(state, name)));
      return true;
    }
    const { tr, range } = asParagraphs(state);
    if (!range || !wrapRangeInList(tr, range, nodeType(state, name))) return false;
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

export const sinkItem: Command = (state, dispatch) =>
  sinkListItem(nodeType(state, 'listItem'))(state, dispatch);

export const liftItem: Command = (state, dispatch) =>
  liftListItem(nodeType(state, 'listItem'))(state, dispatch);

export const toggleQuote: Command = (state, dispatch) => {
  const quote = around(state, 'blockquote');
  if (quote) return unwrap(quote)(state, dispatch);
  return wrap(state, state.tr, 'blockquote', {}, dispatch);
};

/**
 * Makes the selected paragraphs a question or an answer, an answer a question and the other way round, and what is one
 * already plain paragraphs. The speaker is whoever spoke last in this kind.
 */
export function toggleTurn(kind: (typeof turnKinds)[number]): Command {
  return (state, dispatch) => {
    const turn = around(state, 'interviewTurn');
    if (turn?.node.attrs.kind === kind) return unwrap(turn)(state, dispatch);
    const attrs = { kind, speaker: lastSpeaker(state, kind) };
    if (turn) {
      dispatch?.(state.tr.setNodeMarkup(turn.pos, null, attrs));
      return true;
    }
    return wrap(state, asParagraphs(state).tr, 'interviewTurn', attrs, dispatch);
  };
}

/** Puts a block where the cursor is: in place of an empty paragraph, else after the block. The cursor goes on below it. */
export function insertBlock(block: Node): Command {
  return (state, dispatch) => {
    const place = placeFor(state, block.type);
    if (!place) return false;
    const tr = state.tr.replaceWith(place.from, place.to, block);
    const after = place.from + block.nodeSize;
    const next = tr.doc.resolve(after).nodeAfter;
    // Something to write on in: below a picture at the end of a text there is no line to click on.
    if (!next?.isTextblock) tr.insert(after, nodeType(state, 'paragraph').create());
    const inside = block.isAtom
      ? null
      : TextSelection.findFrom(tr.doc.resolve(place.from + 1), 1, true);
    tr.setSelection(inside ?? TextSelection.create(tr.doc, after + 1));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** Puts an empty note after the selection and selects it. */
export const insertFootnote: Command = (state, dispatch) => {
  const { $to } = state.selection;
  const type = nodeType(state, 'footnote');
  if (!$to.parent.inlineContent || !$to.parent.canReplaceWith($to.index(), $to.index(), type))
    return false;
  const tr = state.tr.insert($to.pos, type.create());
  dispatch?.(tr.setSelection(NodeSelection.create(tr.doc, $to.pos)).scrollIntoView());
  return true;
};

/** Takes a block away and leaves its content. */
function unwrap({ node, pos }: Place): Command {
  return (state, dispatch) => {
    const { anchor, head } = state.selection;
    const end = pos + node.nodeSize;
    const tr = state.tr.replaceWith(pos, end, node.content);
    const moved = (at: number) => tr.doc.resolve(at >= end ? at - 2 : at - 1);
    tr.setSelection(TextSelection.between(moved(anchor), moved(head)));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

function wrap(
  state: EditorState,
  tr: Transaction,
  name: string,
  attrs: Record<string, unknown>,
  dispatch: ((tr: Transaction) => void) | undefined,
): boolean {
  const range = tr.selection.$from.blockRange(tr.selection.$to);
  const wrapping = range && findWrapping(range, nodeType(state, name), attrs);
  if (!wrapping) return false;
  dispatch?.(tr.wrap(range, wrapping).scrollIntoView());
  return true;
}

/** A transaction in which the selected blocks are paragraphs, and where they are. */
function asParagraphs(state: EditorState) {
  const { tr } = state;
  const { from, to } = state.selection;
  const paragraph = nodeType(state, 'paragraph');
  let plain = true;
  state.doc.nodesBetween(from, to, (node) => {
    if (node.isTextblock && node.type !== paragraph) plain = false;
  });
  if (!plain) tr.setBlockType(from, to, paragraph);
  return { tr, range: tr.selection.$from.blockRange(tr.selection.$to) };
}

function placeFor(state: EditorState, type: NodeType): { from: number; to: number } | null {
  const { $from, $to } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const parent = $from.node(depth - 1);
    const index = $from.index(depth - 1);
    const block = $from.node(depth);
    const empty = block.type.name === 'paragraph' && block.content.size === 0;
    if (empty && parent.canReplaceWith(index, index + 1, type)) {
      return { from: $from.before(depth), to: $from.after(depth) };
    }
    if (parent.canReplaceWith(index + 1, index + 1, type)) {
      return { from: $from.after(depth), to: $from.after(depth) };
    }
  }
  // A whole block is selected, or the place between two.
  return $from.depth === 0 ? { from: $to.pos, to: $to.pos } : null;
}

function lastSpeaker(state: EditorState, kind: string): string {
  let speaker = '';
  state.doc.nodesBetween(0, state.selection.from, (node) => {
    if (node.type.name !== 'interviewTurn') return true;
    if (node.attrs.kind === kind && node.attrs.speaker) speaker = node.attrs.speaker;
    return false;
  });
  return speaker;
}

/** The type of this name: one that the schema lacks is a mistake in the editor. */
export function nodeType(state: { schema: Schema }, name: string): NodeType {
  const type = state.schema.nodes[name];
  if (!type) throw new Error(`The editor’s schema has no ${name}`);
  return type;
}
