import { getSchema } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type Command, EditorState, TextSelection } from '@tiptap/pm/state';
import { describe, expect, test } from 'vitest';
import { addressFrom } from '#components/editor/address.ts';
import { toggleList, toggleQuote, toggleTurn } from '#components/editor/commands.ts';
import { bodyExtensions } from '#components/editor/extensions.ts';
import { fitSlice, parsePlainText } from '#components/editor/paste.ts';
import { leaveVerse, togglePoem } from '#components/editor/poems.ts';
import {
  addColumn,
  addRow,
  clearCells,
  insertTable,
  moveCell,
  removeColumn,
  removeRow,
  toggleHeaderRow,
} from '#components/editor/tables.ts';
import { parseBody } from '#lib/articles/body.ts';

const schema = getSchema(bodyExtensions);

/** A text of these paragraphs, a `/` in one a line break, with the cursor at the end. */
function written(...paragraphs: string[]): EditorState {
  const doc = schema.nodeFromJSON({
    type: 'doc',
    content: paragraphs.map((text) => ({ type: 'paragraph', content: inline(text) })),
  });
  const state = EditorState.create({ schema, doc });
  return state.apply(state.tr.setSelection(TextSelection.atEnd(doc)));
}

const inline = (text: string) =>
  text
    .split('/')
    .flatMap((line, index) => [
      ...(index > 0 ? [{ type: 'hardBreak' }] : []),
      ...(line ? [{ type: 'text', text: line }] : []),
    ]);

/** The text after these commands, each of which has to do something; what comes out can be saved. */
function changed(state: EditorState, ...commands: Command[]): EditorState {
  const end = commands.reduce((now, command) => {
    let next = now;
    expect(command(now, (tr) => (next = now.apply(tr)))).toBe(true);
    return next;
  }, state);
  expect(parseBody(end.doc.toJSON())).toMatchObject({ ok: true });
  return end;
}

const type =
  (text: string): Command =>
  (state, dispatch) => {
    dispatch?.(state.tr.insertText(text));
    return true;
  };

const cells = ({ doc }: EditorState) =>
  doc.firstChild?.children.map((row) =>
    row.children.map((cell) =>
      cell.type.name === 'tableHeader' ? `*${cell.textContent}` : cell.textContent,
    ),
  );

describe('a table', () => {
  const table = changed(written(''), insertTable, type('a'), moveCell(1), type('b'));

  test('begins as three rows of three under a heading, and stands in place of an empty paragraph', () => {
    expect(cells(table)).toEqual([
      ['*a', '*b', '*'],
      ['', '', ''],
      ['', '', ''],
    ]);
    expect(table.doc.childCount).toBe(2);
  });

  test('gets rows and columns beside the cursor, which goes there', () => {
    const grown = changed(table, addColumn, type('new'), addRow, type('below'));
    expect(cells(grown)?.slice(0, 2)).toEqual([
      ['*a', '*b', '*new', '*'],
      ['', '', 'below', ''],
    ]);
  });

  test('goes with its last row or column', () => {
    const gone = changed(table, removeRow, removeRow, removeRow);
    expect(gone.doc.firstChild?.type.name).toBe('paragraph');
    expect(changed(table, removeColumn, removeColumn, removeColumn).doc.firstChild?.type.name).toBe(
      'paragraph',
    );
  });

  test('loses its heading and gets it back', () => {
    const plain = changed(table, toggleHeaderRow);
    expect(cells(plain)?.[0]).toEqual(['a', 'b', '']);
    expect(cells(changed(plain, toggleHeaderRow))).toEqual(cells(table));
  });

  test('keeps its cells when a selection over several is deleted', () => {
    const { doc } = table;
    const selected = table.apply(
      table.tr.setSelection(TextSelection.create(doc, 3, table.selection.from)),
    );
    expect(cells(changed(selected, clearCells))?.[0]).toEqual(['*', '*', '*']);
    expect(clearCells(table)).toBe(false);
  });
});

describe('a poem', () => {
  const lines = ({ doc }: EditorState) =>
    doc.firstChild?.children.map((stanza) => stanza.children.map((verse) => verse.textContent));

  test('is made of lines, and of paragraphs again', () => {
    const poem = changed(written('one/two'), togglePoem);
    expect(lines(poem)).toEqual([['one', 'two']]);
    expect(changed(poem, togglePoem).doc.eq(written('one/two').doc)).toBe(true);
  });

  test('is left from an empty stanza, after an empty verse has begun it', () => {
    const poem = changed(written('one/'), togglePoem);
    const stanza = changed(poem, leaveVerse);
    expect(lines(stanza)).toEqual([['one'], ['']]);
    const left = changed(stanza, leaveVerse);
    expect(lines(left)).toEqual([['one']]);
    expect(left.selection.$from.parent.type.name).toBe('paragraph');
  });
});

test('lists, quotes and interviews are made and taken back', () => {
  const start = written('one');
  for (const command of [
    toggleList('bulletList'),
    toggleList('orderedList'),
    toggleQuote,
    toggleTurn('answer'),
  ]) {
    expect(changed(start, command).doc.eq(start.doc)).toBe(false);
    expect(changed(start, command, command).doc.eq(start.doc)).toBe(true);
  }
});

describe('pasted plain text', () => {
  const at = ({ selection }: EditorState) => selection.$from;
  const pasted = (text: string) => {
    const { content } = parsePlainText(text, at(written('')), schema);
    return content.content.map(flat);
  };
  const flat = (block: Node) => block.children.map((node) => node.text ?? '/').join('');

  test('is paragraphs where blank lines part it, and a paragraph a line where none does', () => {
    expect(pasted('One\r\ntwo\r\n \r\n\r\nThree\n')).toEqual(['One/two', 'Three']);
    expect(pasted('One\ntwo')).toEqual(['One', 'two']);
  });

  test('stays in a cell, and becomes verses in a poem', () => {
    const slice = parsePlainText('One\n\ntwo', at(written('')), schema);
    const table = changed(written(''), insertTable);
    expect(fitSlice(slice, at(table), schema)?.content.childCount).toBe(3);
    const poem = changed(written('x'), togglePoem);
    expect(fitSlice(slice, at(poem), schema)?.content.firstChild?.type.name).toBe('stanza');
    expect(fitSlice(slice, at(written('')), schema)).toBeNull();
  });
});

test('an address may lack its beginning, and an unsafe one stays unsafe', () => {
  expect(addressFrom(' example.org/a?b ')).toBe('https://example.org/a?b');
  expect(addressFrom('desk@example.org')).toBe('mailto:desk@example.org');
  expect(addressFrom('/issues')).toBe('/issues');
  for (const unsafe of [
    'javascript:alert(1)',
    'JavaScript:x',
    '//example.org',
    'data:text/html,x',
    'word',
    '',
  ]) {
    expect(addressFrom(unsafe)).toBeNull();
  }
});
