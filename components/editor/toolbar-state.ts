import type { Editor } from '@tiptap/core';
import type { EditorState } from '@tiptap/pm/state';
import { around, canSetBlock, selectedNode } from '#components/editor/commands.ts';
import { selectedBlock } from '#components/editor/move-block.ts';
import { cellAround, isHeading } from '#components/editor/tables.ts';

export const blockKinds = [
  { value: 'paragraph', label: 'Paragraph', name: 'paragraph', attrs: {} },
  { value: 'heading', label: 'Heading', name: 'heading', attrs: { level: 2 } },
  { value: 'subheading', label: 'Subheading', name: 'heading', attrs: { level: 3 } },
] as const;

export type ToolbarState = ReturnType<typeof toolbarState>;

/** What the toolbar shows as pressed, chosen and possible where the cursor is. */
export function toolbarState({ editor }: { editor: Editor }) {
  const { state } = editor;
  const cell = cellAround(state);
  const block = state.selection.$from.parent;
  const turn = around(state, 'interviewTurn');
  const can = editor.can();
  return {
    kind: kindOf(block.type.name, block.attrs.level),
    kindChangeable: canSetBlock(state, 'heading') || canSetBlock(state, 'paragraph'),
    text: block.inlineContent,
    bold: editor.isActive('bold'),
    italic: editor.isActive('italic'),
    smallCaps: editor.isActive('smallCaps'),
    subscript: editor.isActive('subscript'),
    superscript: editor.isActive('superscript'),
    link: editor.isActive('link'),
    list: around(state, 'bulletList', 'orderedList')?.node.type.name,
    quote: Boolean(around(state, 'blockquote')),
    pullQuote: block.type.name === 'pullQuote',
    pullQuotable: canSetBlock(state, 'pullQuote'),
    poem: Boolean(around(state, 'poem')),
    turn: turn?.node.attrs.kind as string | undefined,
    note: Boolean(selectedNode(state, 'footnote')),
    paragraph: block.type.name === 'paragraph',
    dropCap: Boolean(block.attrs.dropCap),
    cell: Boolean(cell),
    fields: fieldsOf(state),
    headerRow: isHeading(cell?.table.firstChild?.children),
    undo: can.undo(),
    redo: can.redo(),
  };
}

/** What the fields of the selected block, or of the one around the cursor, are called. */
function fieldsOf(state: EditorState): string | undefined {
  const name =
    selectedBlock(state)?.node.type.name ??
    around(state, 'blockquote', 'interviewTurn', 'table')?.node.type.name;
  return name === undefined ? undefined : fieldNames[name];
}

const fieldNames: Record<string, string> = {
  blockquote: 'Source',
  interviewTurn: 'Speaker',
  table: 'Title of the table',
  picture: 'Details of the picture',
  gallery: 'Details of the gallery',
  linkCard: 'Details of the card',
};

function kindOf(name: string, level: unknown): string {
  const kind = blockKinds.find(
    ({ name: kindName, attrs }) =>
      kindName === name && (!('level' in attrs) || attrs.level === level),
  );
  return kind?.value ?? '';
}
