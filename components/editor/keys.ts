import { type Editor, Extension } from '@tiptap/core';
import { liftListItem } from '@tiptap/pm/schema-list';
import { type Command, NodeSelection, Plugin, TextSelection } from '@tiptap/pm/state';
import { enterFields } from '#components/editor/block-fields.ts';
import { around, nodeType, selectedNode, setBlock } from '#components/editor/commands.ts';
import { breakAfter, goBelow, joinList, plainAtStart, toEdge } from '#components/editor/edges.ts';
import { announce, openLink, openNote } from '#components/editor/events.ts';
import { moveBlock, selectedBlock } from '#components/editor/move-block.ts';
import { leaveVerse } from '#components/editor/poems.ts';
import { cellAround, clearCells, evenRows, moveCell, moveRow } from '#components/editor/tables.ts';

/** Runs a ProseMirror command on the editor, as a key or a button does. */
export function run(editor: Editor, command: Command): boolean {
  return command(editor.state, editor.view.dispatch, editor.view);
}

/** The keys of the blocks that Tiptap has no keys for. What a command doesn't handle goes on to Tiptap's. */
export const Keys = Extension.create({
  name: 'keys',
  priority: 1_000,
  addKeyboardShortcuts() {
    const { editor } = this;
    const first =
      (...commands: Command[]) =>
      () =>
        commands.some((command) => run(editor, command));
    return {
      'Alt-Enter': first(enterFields),
      'Alt-ArrowUp': first(moveBlock(-1)),
      'Alt-ArrowDown': first(moveBlock(1)),
      'Mod-k': () => announce(editor.view, openLink),
      'Mod-Alt-0': first(setBlock('paragraph')),
      'Mod-Alt-1': first(setBlock('heading', { level: 2 })),
      'Mod-Alt-2': first(setBlock('heading', { level: 3 })),
      Enter: () =>
        selectedNode(editor.state, 'footnote')
          ? announce(editor.view, openNote)
          : first(enterBlock, clearCells, breakCell, leaveVerse, splitDropCap)(),
      'Shift-Enter': first(breakAfter, clearCells, breakCell),
      'Mod-Enter': first(breakAfter, clearCells, breakCell),
      'Mod-Home': first(toEdge('start')),
      'Mod-End': first(toEdge('end')),
      'Shift-Mod-Home': first(toEdge('start', true)),
      'Shift-Mod-End': first(toEdge('end', true)),
      ArrowUp: first(moveRow(-1)),
      ArrowDown: first(moveRow(1), goBelow),
      Tab: first(moveCell(1)),
      'Shift-Tab': first(moveCell(-1)),
      Backspace: first(clearCells, stayInCell('start'), leaveList, joinList, plainAtStart),
      Delete: first(clearCells, stayInCell('end')),
    };
  },
  addProseMirrorPlugins() {
    return [typing, cells];
  },
});

/** Typing over cells empties them first; typing on a selected note goes on behind it instead of replacing it. */
const typing = new Plugin({
  props: {
    handleTextInput(view, _from, _to, text) {
      const { state } = view;
      if (selectedNode(state, 'footnote')) {
        const { to } = state.selection;
        view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, to)).insertText(text));
        return true;
      }
      if (!clearCells(state, view.dispatch, view)) return false;
      view.dispatch(view.state.tr.insertText(text));
      return true;
    },
  },
});

/** What is cut over several cells leaves their walls, and every row as long as the others. */
const cells = new Plugin({
  props: {
    handleDOMEvents: {
      cut(view, event) {
        const { state } = view;
        if (!view.editable || !event.clipboardData || !clearCells(state)) return false;
        const { dom, text } = view.serializeForClipboard(state.selection.content());
        event.clipboardData.clearData();
        event.clipboardData.setData('text/html', dom.innerHTML);
        event.clipboardData.setData('text/plain', text);
        event.preventDefault();
        return clearCells(state, view.dispatch, view);
      },
    },
  },
  appendTransaction: (transactions, _, state) =>
    transactions.some(({ docChanged }) => docChanged) ? evenRows(state) : null,
});

/** Enter on a picture, a gallery or a card goes to its fields. */
const enterBlock: Command = (state, dispatch, view) =>
  selectedBlock(state) !== null && enterFields(state, dispatch, view);

/** A cell is one line of text: a new line is a break in it. */
const breakCell: Command = (state, dispatch) => {
  if (!cellAround(state) || !state.selection.$from.sameParent(state.selection.$to)) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodeType(state, 'hardBreak').create()).scrollIntoView());
  return true;
};

/** At the edge of a cell, deleting does nothing: the browser would pull the next cell in. */
const stayInCell =
  (edge: 'start' | 'end'): Command =>
  (state) => {
    const { $from, empty } = state.selection;
    if (!empty || !cellAround(state)) return false;
    return $from.parentOffset === (edge === 'start' ? 0 : $from.parent.content.size);
  };

/** Backspace at the start of an item takes it out of its list. */
const leaveList: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const item = around(state, 'listItem');
  if (!empty || !item || $from.pos !== item.pos + 2) return false;
  return liftListItem(item.node.type)(state, dispatch);
};

/** A drop cap belongs to one paragraph: neither the new one gets it, nor the empty one before it. */
const splitDropCap: Command = (state, dispatch) => {
  const { $from, $to } = state.selection;
  const inside = $from.sameParent($to) && $from.parent.type.name === 'paragraph';
  if (!inside || !$from.parent.attrs.dropCap || state.selection instanceof NodeSelection)
    return false;
  const plain = { dropCap: false };
  const tr = state.tr.deleteSelection();
  if ($from.parentOffset === 0) tr.insert($from.before(), $from.parent.type.create(plain));
  else tr.split($from.pos, 1, [{ type: $from.parent.type, attrs: plain }]);
  dispatch?.(tr.scrollIntoView());
  return true;
};
