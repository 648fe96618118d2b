const inCell = 'p, div, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, table, tbody, tr, td';

/**
 * Brings tables into a grid of cells that each hold a line: blocks inside a cell become lines with breaks between them, a
 * cell over several columns or rows stands in the first and leaves the others empty.
 */
export function tablesOfLines(body: HTMLElement): void {
  for (const cell of body.querySelectorAll('thead td')) {
    const heading = cell.ownerDocument.createElement('th');
    for (const { name, value } of cell.attributes) heading.setAttribute(name, value);
    heading.append(...cell.childNodes);
    cell.replaceWith(heading);
  }
  for (const table of body.querySelectorAll('table')) {
    if (table.parentElement?.closest('table')) continue;
    for (const row of table.rows) for (const cell of row.cells) flatten(cell);
    fillGrid(table);
  }
}

function flatten(cell: HTMLTableCellElement): void {
  for (const block of [...cell.querySelectorAll(inCell)].reverse()) {
    const written = block.textContent?.trim();
    if (written && hasText(block, 'previousSibling')) block.before(newBreak(cell));
    if (written && hasText(block, 'nextSibling')) block.after(newBreak(cell));
    block.replaceWith(...block.childNodes);
  }
  for (const lineBreak of cell.querySelectorAll('br')) {
    const next = nextWritten(lineBreak);
    if (!next || next.nodeName === 'BR') lineBreak.remove();
  }
}

function hasText(block: Node, side: 'previousSibling' | 'nextSibling'): boolean {
  for (let node = block[side]; node; node = node[side]) {
    if (node.nodeName === 'BR') return false;
    if (node.textContent?.trim()) return true;
  }
  return false;
}

function nextWritten(node: Node): Node | null {
  let next = node.nextSibling;
  while (next && next.nodeName !== 'BR' && !next.textContent?.trim()) next = next.nextSibling;
  return next;
}

function newBreak(cell: Element): Element {
  return cell.ownerDocument.createElement('br');
}

function fillGrid(table: HTMLTableElement): void {
  const rows = [...table.rows];
  rows.forEach((row, at) => {
    for (const cell of [...row.cells]) {
      const { colSpan, rowSpan, cellIndex } = cell;
      cell.removeAttribute('colspan');
      cell.removeAttribute('rowspan');
      const empty = () => table.ownerDocument.createElement(cell.tagName);
      for (let column = 1; column < Math.min(colSpan, 50); column++) cell.after(empty());
      for (const below of rows.slice(at + 1, at + rowSpan)) {
        for (let column = 0; column < Math.min(colSpan, 50); column++) {
          below.insertBefore(empty(), below.cells[cellIndex] ?? null);
        }
      }
    }
  });
  const columns = Math.max(0, ...rows.map((row) => row.cells.length));
  for (const row of rows) {
    while (row.cells.length < columns) {
      row.append(table.ownerDocument.createElement(row.cells[0]?.tagName ?? 'td'));
    }
  }
}
