import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, NodeSelection, TextSelection } from '@tiptap/pm/state';
import { around } from '#components/editor/commands.ts';

/** The block that is selected as a whole. */
export function selectedBlock({ selection }: EditorState): { node: Node; pos: number } | null {
  if (!(selection instanceof NodeSelection) || selection.node.isInline) return null;
  return { node: selection.node, pos: selection.from };
}

/** Changes places with the block before or after: the item of a list within it, a block of the text else. */
export function moveBlock(step: 1 | -1): Command {
  return (state, dispatch) => {
    const block = selectedBlock(state) ?? around(state, 'listItem') ?? outermost(state);
    if (!block) return false;
    const $pos = state.doc.resolve(block.pos);
    const other = $pos.parent.maybeChild($pos.index() + step);
    if (!other) return false;
    const target = step > 0 ? block.pos + other.nodeSize : block.pos - other.nodeSize;
    const tr = state.tr.delete(block.pos, block.pos + block.node.nodeSize);
    tr.insert(target, block.node);
    const { anchor, head } = state.selection;
    const by = target - block.pos;
    tr.setSelection(
      selectedBlock(state)
        ? NodeSelection.create(tr.doc, target)
        : TextSelection.between(tr.doc.resolve(anchor + by), tr.doc.resolve(head + by)),
    );
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

function outermost({ selection: { $from, $to } }: EditorState) {
  // Over several blocks there is no one to move.
  if ($from.depth === 0 || !$from.sameParent($to)) return null;
  return { node: $from.node(1), pos: $from.before(1) };
}
