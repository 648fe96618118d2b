import { getSchema } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type Command, EditorState, NodeSelection, TextSelection } from '@tiptap/pm/state';
import { describe, expect, test } from 'vitest';
import { choicesFor } from '#components/editor/blocks.ts';
import { bodyExtensions } from '#components/editor/extensions.ts';
import { moved } from '#components/editor/gallery.ts';
import { moveBlock } from '#components/editor/move-block.ts';
import { notesOf } from '#components/editor/note-list.tsx';
import { headingsOf } from '#components/editor/outline.tsx';
import { everyBlock } from '#components/editor/sample.fixture.ts';
import { wordsIn } from '#components/editor/word-count.tsx';
import { parseBody, wordCount } from '#lib/articles/body.ts';

const schema = getSchema(bodyExtensions);
const whole = schema.nodeFromJSON(everyBlock);

function stateAt(doc: Node, text: string): EditorState {
  let at = -1;
  doc.descendants((node, pos) => {
    if (at < 0 && node.isText && node.text?.includes(text)) at = pos + 1;
  });
  const state = EditorState.create({ schema, doc });
  return state.apply(state.tr.setSelection(TextSelection.create(doc, at)));
}

function empty(): EditorState {
  const doc = schema.nodeFromJSON({ type: 'doc', content: [{ type: 'paragraph' }] });
  const state = EditorState.create({ schema, doc });
  return state.apply(state.tr.setSelection(TextSelection.create(doc, 1)));
}

function changed(state: EditorState, command: Command): EditorState {
  let next = state;
  expect(command(state, (tr) => (next = state.apply(tr)))).toBe(true);
  return next;
}

const names = (state: EditorState, query: string) =>
  choicesFor(state, query).map(({ name }) => name);

describe('the menu of blocks', () => {
  test('offers everything in an empty paragraph but the paragraph that it is', () => {
    expect(names(empty(), '')).not.toContain('Paragraph');
    expect(names(empty(), '')).toHaveLength(24);
  });

  test('is looked through by the beginning of any word of a name, or of what else it is called', () => {
    expect(names(empty(), 'QUO')).toEqual(['Quote', 'Pull quote']);
    expect(names(empty(), 'youtube')).toEqual(['Link card']);
    expect(names(empty(), 'uote')).toEqual([]);
  });

  test('offers in a table’s cell and in a verse only what may stand there', () => {
    expect(names(stateAt(whole, 'Day'), 'table')).toEqual([]);
    expect(names(stateAt(whole, 'Day'), 'foot')).toEqual(['Footnote']);
    expect(names(stateAt(whole, 'One line'), 'heading')).toEqual([]);
  });

  test('makes of each choice a text that can be saved', () => {
    for (const { command, name } of choicesFor(empty(), '')) {
      const made = changed(empty(), command);
      expect(parseBody(made.doc.toJSON()), name).toMatchObject({ ok: true });
    }
  });
});

describe('moving a block', () => {
  test('changes places with its neighbour and keeps the cursor in it', () => {
    const down = changed(stateAt(whole, 'A heading'), moveBlock(1));
    expect(down.doc.child(1).attrs.level).toBe(3);
    expect(down.selection.$from.parent.textContent).toBe('A heading');
    expect(changed(down, moveBlock(-1)).doc.eq(whole)).toBe(true);
  });

  test('moves a picture that is selected, and keeps it selected', () => {
    const state = EditorState.create({ schema, doc: whole });
    let pos = -1;
    whole.forEach((node, offset) => {
      if (node.type.name === 'picture') pos = offset;
    });
    const selected = state.apply(state.tr.setSelection(NodeSelection.create(whole, pos)));
    const up = changed(selected, moveBlock(-1));
    expect((up.selection as NodeSelection).node.type.name).toBe('picture');
    expect(changed(up, moveBlock(1)).doc.eq(whole)).toBe(true);
  });

  test('ends at the edge of the text', () => {
    expect(moveBlock(-1)(stateAt(whole, 'Plain'))).toBe(false);
    expect(moveBlock(1)(stateAt(whole, 'The last one'))).toBe(false);
  });
});

test('a gallery’s picture goes one place earlier or later, and no further than the edge', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
});

describe('what is gathered from a text', () => {
  test('are the words that the server counts', () => {
    expect(wordsIn(whole.content)).toBe(wordCount(everyBlock));
    expect(wordsIn(whole.cut(0, whole.content.size).content)).toBe(wordCount(everyBlock));
  });

  test('are its notes in order, each with its place', () => {
    const notes = notesOf(whole);
    expect(notes.map(({ text }) => text)).toEqual(['See The Harbour', '']);
    for (const { pos } of notes) expect(whole.nodeAt(pos)?.type.name).toBe('footnote');
  });

  test('are its headings, each with its place', () => {
    const headings = headingsOf(whole);
    expect(headings.map(({ text, level }) => [text, level])).toEqual([
      ['A heading', 2],
      ['', 3],
    ]);
    for (const { pos } of headings) expect(whole.nodeAt(pos)?.type.name).toBe('heading');
  });
});
