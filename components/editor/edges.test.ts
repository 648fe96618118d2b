import { getSchema, type JSONContent } from '@tiptap/core';
import { type Command, EditorState, NodeSelection, TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { breakAfter, goBelow, joinList, plainAtStart, toEdge } from '#components/editor/edges.ts';
import { bodyExtensions } from '#components/editor/extensions.ts';
import { leaveVerse } from '#components/editor/poems.ts';
import { clearCells, evenRows, moveRow } from '#components/editor/tables.ts';
import { parseBody } from '#lib/articles/body.ts';

const schema = getSchema(bodyExtensions);

const words = (text: string) => (text ? [{ type: 'text', text }] : []);
const p = (text: string) => ({ type: 'paragraph', content: words(text) });
const heading = { type: 'heading', attrs: { level: 2 }, content: words('Head') };
const pullQuote = { type: 'pullQuote', content: words('Pulled') };
const poem = (...lines: string[]) => ({
  type: 'poem',
  content: [
    { type: 'stanza', content: lines.map((l) => ({ type: 'verseLine', content: words(l) })) },
  ],
});
const list = (...items: string[]) => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [p(item)] })),
});
const answer = { type: 'interviewTurn', attrs: { kind: 'answer' }, content: [p('said')] };
const card = { type: 'linkCard', attrs: { url: 'https://example.org/' } };
const row = (...texts: string[]) => ({
  type: 'tableRow',
  content: texts.map((text) => ({ type: 'tableCell', content: words(text) })),
});
const table = (fourth = 'dd') => ({
  type: 'table',
  content: [row('aa', 'bb', 'cc'), row(fourth, 'ee', 'ff')],
});

/** A text of these blocks; `|` in the words is the cursor, two of them a selection. */
function written(...content: JSONContent[]): EditorState {
  const places: number[] = [];
  const { tr } = EditorState.create({ doc: schema.nodeFromJSON({ type: 'doc', content }) });
  for (let at = cursorIn(tr.doc); at !== null; at = cursorIn(tr.doc)) {
    places.push(at);
    tr.delete(at, at + 1);
  }
  const [from, to] = places;
  const state = EditorState.create({ doc: tr.doc });
  if (from === undefined) return state;
  return state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
}

function cursorIn(doc: EditorState['doc']): number | null {
  let found: number | null = null;
  doc.descendants((node, pos) => {
    const at = node.text?.indexOf('|') ?? -1;
    if (found === null && at >= 0) found = pos + at;
  });
  return found;
}

/** The text after the command, `|` where the cursor is; what comes out can be saved. `null` if the command does nothing. */
function after(state: EditorState, command: Command): string | null {
  let next = state;
  if (!command(state, (tr) => (next = state.apply(tr)))) return null;
  expect(parseBody(next.doc.toJSON())).toMatchObject({ ok: true });
  const { tr, selection } = next;
  return (selection.empty ? tr.insertText('|') : tr).doc.toString().slice(4, -1);
}

const typed = (command: Command, ...content: JSONContent[]) => after(written(...content), command);

test('Backspace at the start of a poem takes it apart, and leaves what is above alone', () => {
  expect(typed(plainAtStart, p('up'), poem('|one', 'two'))).toBe(
    'paragraph("up"), paragraph("|one", hardBreak, "two")',
  );
  expect(typed(plainAtStart, poem('one', '|two'))).toBeNull();
});

test('Backspace before the text’s first heading or pull quote makes it a paragraph', () => {
  expect(typed(plainAtStart, heading)).toBe('paragraph("|Head")');
  expect(typed(plainAtStart, pullQuote)).toBe('paragraph("|Pulled")');
  expect(typed(plainAtStart, p('up'), { ...heading, content: words('|Head') })).toBeNull();
});

test('Backspace below a list goes on in its last line', () => {
  expect(typed(joinList, list('one', 'two'), p('|down'))).toBe(
    'bulletList(listItem(paragraph("one")), listItem(paragraph("two|down")))',
  );
  expect(typed(joinList, list('one'), { type: 'paragraph', content: words('|') })).toBe(
    'bulletList(listItem(paragraph("one|")))',
  );
  expect(typed(joinList, p('up'), p('|down'))).toBeNull();
});

test('below a poem, an interview or a list at the end of a text there is a way out', () => {
  expect(typed(goBelow, poem('one', 'two|'))).toBe(
    'poem(stanza(verseLine("one"), verseLine("two"))), paragraph("|")',
  );
  expect(typed(goBelow, { ...answer, content: [p('said|')] })).toBe(
    'interviewTurn(paragraph("said")), paragraph("|")',
  );
  expect(typed(goBelow, list('one|'))).toMatch(/, paragraph\("\|"\)$/);
  expect(typed(goBelow, list('one|'), p('down'))).toBeNull();
  expect(typed(goBelow, p('down|'))).toBeNull();
});

test('a new line in an empty first verse begins a paragraph above the poem', () => {
  expect(typed(leaveVerse, poem('|', 'one'))).toBe(
    'paragraph("|"), poem(stanza(verseLine("one")))',
  );
});

test('a line break with a card or a note selected comes after it', () => {
  const select = (state: EditorState, pos: number) =>
    state.apply(state.tr.setSelection(NodeSelection.create(state.doc, pos)));
  expect(after(select(written(card, p('down')), 0), breakAfter)).toBe(
    'linkCard, paragraph("|"), paragraph("down")',
  );
  const note = { type: 'footnote', content: words('See there.') };
  const noted = { type: 'paragraph', content: [...words('a'), note, ...words('b')] };
  expect(after(select(written(noted), 2), breakAfter)).toBe(
    'paragraph("a", footnote("See there."), hardBreak, "|b")',
  );
});

test('the way to the text’s edges goes into what has fields before its first line', () => {
  expect(typed(toEdge('start'), answer, p('down|'))).toMatch(/^interviewTurn\(paragraph\("\|said/);
  const selected = written(answer, p('do|wn'));
  let next = selected;
  toEdge('start', true)(selected, (tr) => (next = selected.apply(tr)));
  expect(next.selection).toMatchObject({ from: 2, to: selected.selection.from });
});

test('deleting over a table’s edge empties the cells and leaves their walls', () => {
  expect(typed(clearCells, p('u|p'), table('d|d'))).toBe(
    'paragraph("u|"), table(tableRow(tableCell, tableCell, tableCell), tableRow(tableCell("d"), tableCell("ee"), tableCell("ff")))',
  );
  expect(typed(clearCells, table('d|d'), p('up'), p('do|wn'))).toBe(
    'table(tableRow(tableCell("aa"), tableCell("bb"), tableCell("cc")), tableRow(tableCell("d|"), tableCell, tableCell)), paragraph("wn")',
  );
  expect(typed(clearCells, table('d|d'), p('up'), table('d|d'))).toMatch(
    /tableRow\(tableCell\("d\|"\), tableCell, tableCell\)\), table\(tableRow\(tableCell, tableCell, tableCell\), tableRow\(tableCell\("d"\), /,
  );
  expect(typed(clearCells, p('u|p'), table(), p('do|wn'))).toBeNull();
});

test('a row that became shorter than others is filled up', () => {
  const short = { type: 'table', content: [row('a'), row('b', 'c', 'd')] };
  const even = evenRows(written(p('up'), short, short));
  const filled =
    'table(tableRow(tableCell("a"), tableCell, tableCell), tableRow(tableCell("b"), tableCell("c"), tableCell("d")))';
  expect(even?.doc.toString()).toBe(`doc(paragraph("up"), ${filled}, ${filled})`);
  expect(evenRows(written(table()))).toBeNull();
});

test('the arrow keys go from row to row of a table in its column, and out of it above and below', () => {
  expect(typed(moveRow(-1), p('up'), table('|dd'))).toContain('"|aa"');
  expect(typed(moveRow(-1), p('up'), { ...table(), content: [row('a', '|b')] })).toMatch(
    /^paragraph\("up\|"\)/,
  );
  expect(typed(moveRow(1), table('|dd'), p('down'))).toMatch(/paragraph\("\|down"\)$/);
  expect(typed(moveRow(1), p('|down'))).toBeNull();
  // The writing goes on below the table.
  expect(typed(moveRow(1), p('up'), table('|dd'))).toMatch(/\), (paragraph\()?"\|"\)?$/);
});
