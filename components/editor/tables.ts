import { GapCursor } from '@tiptap/pm/gapcursor';
import type { Node, ResolvedPos } from '@tiptap/pm/model';
import {
  type Command,
  type EditorState,
  Selection,
  TextSelection,
  type Transaction,
} from '@tiptap/pm/state';
import { insertBlock, nodeType } from '#components/editor/commands.ts';

type Cell = { table: Node; tablePos: number; row: number; column: number };
type Table = { node: Node; pos: number };
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

/** The cursor into the cell above or below, and from the outer rows out of the table. */
export function moveRow(step: 1 | -1): Command {
  return (state, dispatch, view) => {
    const at = cellAround(state);
    if (!at || !state.selection.empty) return false;
    if (view && !view.endOfTextblock(step > 0 ? 'down' : 'up')) return false;
    const rows = at.table.children;
    const edge = step > 0 ? at.tablePos + at.table.nodeSize : at.tablePos;
    const { tr, doc } = state;
    const next = rows[at.row + step]
      ? TextSelection.create(doc, startOf(rows, at.tablePos, at.row + step, at.column))
      : (Selection.findFrom(doc.resolve(edge), step) ?? new GapCursor(doc.resolve(edge)));
    dispatch?.(tr.setSelection(next).scrollIntoView());
    return true;
  };
}

/**
 * Empties the selected part of each cell where a selection goes over several, or over a table's edge: the walls of a table
 * that isn't selected as a whole stay.
 */
export const clearCells: Command = (state, dispatch) => {
  const { $from, $to, from, to, empty } = state.selection;
  const first = tableAround($from);
  const last = tableAround($to);
  if (empty || !(first || last) || $from.sameParent($to)) return false;
  const { tr } = state;
  const clear = (table: Table) => {
    for (const start of cellStarts(table.node, table.pos).reverse()) {
      const end = state.doc.resolve(start).end();
      if (start <= to && end >= from) tr.delete(Math.max(start, from), Math.min(end, to));
    }
  };
  // From the end on, so that the places before stay where they are.
  if (last) clear(last);
  if (first?.pos !== last?.pos) {
    const between = { from: first ? first.pos + first.node.nodeSize : from, to: last?.pos ?? to };
    if (between.from < between.to) tr.delete(between.from, between.to);
    if (first) clear(first);
  }
  tr.setSelection(TextSelection.create(tr.doc, from));
  dispatch?.(tr.scrollIntoView());
  return true;
};

/** Empty cells for the rows that a change left shorter than others; `null` if there are none. */
export function evenRows(state: EditorState): Transaction | null {
  const { tr } = state;
  state.doc.descendants((table, pos) => {
    if (table.type.name !== 'table' || even.has(table)) return !table.isTextblock;
    const columns = Math.max(...table.children.map(({ childCount }) => childCount));
    table.forEach((cells, offset) => {
      const type = cells.lastChild?.type ?? nodeType(state, 'tableCell');
      const missing = Array.from({ length: columns - cells.childCount }, () => type.create());
      if (missing.length > 0) tr.insert(tr.mapping.map(pos + offset + cells.nodeSize), missing);
    });
    if (!tr.docChanged) even.add(table);
    return false;
  });
  return tr.docChanged ? tr : null;
}

/** Tables that were found to be even before. */
const even = new WeakSet<Node>();

/** Whether a row is all heading. */
export function isHeading(cells: readonly Node[] | undefined): boolean {
  return !!cells?.length && cells.every((cell) => cell.type.name === 'tableHeader');
}

export function gridOf(table: Node): Grid {
  return table.children.map((cells) => [...cells.children]);
}

function tableAround($pos: ResolvedPos): Table | null {
  for (let depth = $pos.depth; depth > 0; depth--) {
    const node = $pos.node(depth);
    if (node.type.name === 'table') return { node, pos: $pos.before(depth) };
  }
  return null;
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

function startOf(
  rows: readonly Node[],
  tablePos: number,
  rowIndex: number,
  columnIndex: number,
): number {
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
