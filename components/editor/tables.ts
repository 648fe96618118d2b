import type { Node } from '@tiptap/pm/model';
import { type Command, type EditorState, TextSelection } from '@tiptap/pm/state';
import { insertBlock, nodeType } from '#components/editor/commands.ts';

type Cell = { table: Node; tablePos: number; row: number; column: number };
type Grid = Node[][];

/** The cell that the cursor is in. */
export function cellAround(state: EditorState): Cell | null {
  const { $from } = state.selection;
  const { name } = $from.parent.type;
  if (name !== 'tableCell' && name !== 'tableHeader') return null;
  return {
    table: $from.node(-2),
    tablePos: $from.before(-2),
    row: $from.index(-2),
    column: $from.index(-1),
  };
}

/** A table of three rows and three columns, the first row its heading. */
export const insertTable: Command = (state, dispatch) => {
  const rows = ['tableHeader', 'tableCell', 'tableCell'].map((name) =>
    row(
      state,
      Array.from({ length: 3 }, () => nodeType(state, name).create()),
    ),
  );
  return insertBlock(nodeType(state, 'table').create(null, rows))(state, dispatch);
};

export const addRow: Command = editTable((state, grid, at) => {
  const cells = (grid[at.row] ?? []).map((cell) => {
    // Only a heading at the side goes on downwards.
    const side = cell.type.name === 'tableHeader' && !isHeading(grid[at.row]);
    return nodeType(state, side ? 'tableHeader' : 'tableCell').create();
  });
  return { grid: grid.toSpliced(at.row + 1, 0, cells), row: at.row + 1, column: at.column };
});

export const addColumn: Command = editTable((state, grid, at) => ({
  grid: grid.map((cells) => {
    const cell = nodeType(state, isHeading(cells) ? 'tableHeader' : 'tableCell').create();
    return cells.toSpliced(at.column + 1, 0, cell);
  }),
  row: at.row,
  column: at.column + 1,
}));

/** Takes the cursor's row away, and with the last one the table. */
export const removeRow: Command = editTable((_, grid, at) => ({
  grid: grid.toSpliced(at.row, 1),
  row: Math.max(0, at.row - 1),
  column: at.column,
}));

/** Takes the cursor's column away, and with the last one the table. */
export const removeColumn: Command = editTable((_, grid, at) => ({
  grid: grid.map((cells) => cells.toSpliced(at.column, 1)).filter((cells) => cells.length > 0),
  row: at.row,
  column: Math.max(0, at.column - 1),
}));

export const toggleHeaderRow: Command = editTable((state, grid, at) => {
  const type = nodeType(state, isHeading(grid[0]) ? 'tableCell' : 'tableHeader');
  const first = (grid[0] ?? []).map((cell) => type.create(null, cell.content));
  return { grid: [first, ...grid.slice(1)], row: at.row, column: at.column };
});

export const removeTable: Command = editTable(() => ({ grid: [], row: 0, column: 0 }));

/** The cursor into the next cell, or the one before. In the last one there is nowhere to go. */
export function moveCell(step: 1 | -1): Command {
  return (state, dispatch) => {
    const at = cellAround(state);
    if (!at) return false;
    const cells = cellStarts(at.table, at.tablePos);
    const here = cells.indexOf(state.selection.$from.start());
    const next = cells[here + step];
    if (next === undefined) return false;
    const end = next + state.doc.resolve(next).parent.content.size;
    dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, end)).scrollIntoView());
    return true;
  };
}

/** Empties the selected part of each cell where a selection goes over several: their walls stay. */
export const clearCells: Command = (state, dispatch) => {
  const { $from, $to, from, to } = state.selection;
  const at = cellAround(state);
  if (!at || $from.sameParent($to) || $to.pos > at.tablePos + at.table.nodeSize) return false;
  const { tr } = state;
  for (const start of cellStarts(at.table, at.tablePos).reverse()) {
    const end = state.doc.resolve(start).end();
    if (start <= to && end >= from) tr.delete(Math.max(start, from), Math.min(end, to));
  }
  tr.setSelection(TextSelection.create(tr.doc, from));
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Whether a row is all heading. */
export function isHeading(cells: readonly Node[] | undefined): boolean {
  return !!cells?.length && cells.every((cell) => cell.type.name === 'tableHeader');
}

export function gridOf(table: Node): Grid {
  return table.children.map((cells) => [...cells.children]);
}

function editTable(
  change: (state: EditorState, grid: Grid, at: Cell) => { grid: Grid; row: number; column: number },
): Command {
  return (state, dispatch) => {
    const at = cellAround(state);
    if (!at) return false;
    const { tr } = state;
    const next = change(state, gridOf(at.table), at);
    const end = at.tablePos + at.table.nodeSize;
    if (next.grid.length === 0) {
      tr.replaceWith(at.tablePos, end, nodeType(state, 'paragraph').create());
      tr.setSelection(TextSelection.create(tr.doc, at.tablePos + 1));
    } else {
      const rows = next.grid.map((cells) => row(state, cells));
      tr.replaceWith(at.tablePos, end, at.table.type.create(at.table.attrs, rows));
      tr.setSelection(
        TextSelection.create(tr.doc, startOf(rows, at.tablePos, next.row, next.column)),
      );
    }
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

function startOf(rows: Node[], tablePos: number, rowIndex: number, columnIndex: number): number {
  const before = (nodes: readonly Node[]) => nodes.reduce((size, node) => size + node.nodeSize, 0);
  const atRow = Math.min(rowIndex, rows.length - 1);
  const cells = rows[atRow]?.children ?? [];
  const atColumn = Math.min(columnIndex, cells.length - 1);
  return tablePos + 1 + before(rows.slice(0, atRow)) + 1 + before(cells.slice(0, atColumn)) + 1;
}

function cellStarts(table: Node, tablePos: number): number[] {
  const starts: number[] = [];
  table.descendants((node, pos) => {
    if (node.isTextblock) starts.push(tablePos + 1 + pos + 1);
    return !node.isTextblock;
  });
  return starts;
}

function row(state: EditorState, cells: Node[]): Node {
  return nodeType(state, 'tableRow').create(null, cells);
}
