import { type Command, NodeSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { selectedBlock } from '#components/editor/move-block.ts';

const fields = '.editor-fields :is(input, select, button:not(:disabled))';

/** Goes to the fields of the block that is selected or around the cursor: a picture's caption, a quotation's source. */
export const enterFields: Command = (state, dispatch, view) => {
  if (!view) return true;
  const { $from } = state.selection;
  const block = selectedBlock(state);
  const places = block
    ? [block.pos]
    : Array.from({ length: $from.depth }, (_, index) => $from.before($from.depth - index));
  for (const pos of places) {
    const dom = view.nodeDOM(pos);
    const field = dom instanceof HTMLElement && dom.querySelector<HTMLElement>(fields);
    if (!field) continue;
    if (dispatch) field.focus();
    return true;
  }
  return false;
};

/** The way back: from a field to the text, its block selected if there is nothing to write in it. */
export function leaveFields(view: EditorView, field: Element): boolean {
  const block = field.closest('[data-node-view-wrapper]');
  if (!block || !view.dom.contains(field) || field === view.dom) return false;
  const pos = view.posAtDOM(block, 0);
  const { state } = view;
  const node = state.doc.nodeAt(pos);
  if (node?.isAtom) {
    view.dispatch(state.tr.setSelection(NodeSelection.create(state.doc, pos)));
  }
  view.focus();
  return true;
}
