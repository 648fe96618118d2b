import { Fragment, type Node, type Schema } from '@tiptap/pm/model';
import { type Command, type EditorState, TextSelection } from '@tiptap/pm/state';
import { around, nodeType } from '#components/editor/commands.ts';

/** Makes each selected paragraph a stanza, its line breaks verses; makes a poem paragraphs again. */
export const togglePoem: Command = (state, dispatch) => {
  const poem = around(state, 'poem');
  if (poem) {
    const stanzas = poem.node.children.map((stanza) => asParagraph(state, stanza));
    return replace(state, poem.pos, poem.pos + poem.node.nodeSize, stanzas, dispatch);
  }
  const range = state.selection.$from.blockRange(state.selection.$to);
  if (!range) return false;
  const blocks = range.parent.children.slice(range.startIndex, range.endIndex);
  const type = nodeType(state, 'poem');
  const fits = range.parent.canReplaceWith(range.startIndex, range.endIndex, type);
  if (!fits || !blocks.every((block) => block.isTextblock)) return false;
  const written = blocks.filter((block) => block.content.size > 0);
  const stanzas = (written.length > 0 ? written : blocks.slice(0, 1)).map((block) =>
    asStanza(state, versesOf(block)),
  );
  return replace(state, range.start, range.end, [type.create(null, stanzas)], dispatch);
};

/**
 * A new line in an empty verse: it ends the stanza, in a stanza that is nothing else it ends the poem, and in the poem's
 * first verse it begins a paragraph above. In other verses it does nothing, so that the usual new line follows.
 */
export const leaveVerse: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const verse = $from.parent;
  if (!empty || verse.type.name !== 'verseLine' || verse.content.size > 0) return false;
  const stanza = $from.node(-1);
  const poem = $from.node(-2);
  const index = $from.index(-1);
  const { tr } = state;
  if (stanza.childCount > 1 && index === 0 && $from.index(-2) === 0) {
    const above = $from.before(-2);
    tr.delete($from.before(), $from.after()).insert(above, nodeType(state, 'paragraph').create());
    tr.setSelection(TextSelection.create(tr.doc, above + 1));
  } else if (stanza.childCount > 1) {
    const lines = stanza.children;
    const rest = lines.slice(index + 1);
    const next = asStanza(state, rest.length > 0 ? rest : [verse]);
    const kept = lines.slice(0, index);
    const parts = kept.length > 0 ? [asStanza(state, kept), next] : [next];
    const start = $from.before(-1);
    tr.replaceWith(start, start + stanza.nodeSize, parts);
    const nextStart = start + parts.slice(0, -1).reduce((size, part) => size + part.nodeSize, 0);
    tr.setSelection(TextSelection.create(tr.doc, nextStart + 2));
  } else if ($from.index(-2) === poem.childCount - 1) {
    const paragraph = nodeType(state, 'paragraph').create();
    const whole = poem.childCount === 1;
    const end = $from.after(-2);
    tr.replaceWith(end, end, paragraph);
    if (whole) tr.delete($from.before(-2), end);
    else tr.delete($from.before(-1), $from.after(-1));
    tr.setSelection(TextSelection.create(tr.doc, tr.mapping.map(end, -1) + 1));
  } else {
    return false;
  }
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** A stanza of these lines; every line is made a verse. */
export function asStanza(state: { schema: Schema }, lines: readonly (Node | Fragment)[]): Node {
  const verse = nodeType(state, 'verseLine');
  return nodeType(state, 'stanza').create(
    null,
    lines.map((line) => verse.create(null, line instanceof Fragment ? line : line.content)),
  );
}

/** The inline content of a block, cut at its line breaks. */
export function versesOf(block: Node): Fragment[] {
  const lines: Node[][] = [[]];
  block.forEach((node) => {
    if (node.type.name === 'hardBreak') lines.push([]);
    else lines.at(-1)?.push(node);
  });
  return lines.map((line) => Fragment.from(line));
}

function asParagraph(state: EditorState, stanza: Node): Node {
  const lineBreak = nodeType(state, 'hardBreak');
  const inline = stanza.children.flatMap((verse, index) => [
    ...(index > 0 ? [lineBreak.create()] : []),
    ...verse.children,
  ]);
  return nodeType(state, 'paragraph').create(null, inline);
}

function replace(
  state: EditorState,
  from: number,
  to: number,
  blocks: Node[],
  dispatch: Parameters<Command>[1],
): boolean {
  const tr = state.tr.replaceWith(from, to, blocks);
  const end = from + blocks.reduce((size, block) => size + block.nodeSize, 0);
  tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1));
  dispatch?.(tr.scrollIntoView());
  return true;
}
