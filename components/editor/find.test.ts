import { getSchema } from '@tiptap/core';
import { type Command, EditorState, TextSelection } from '@tiptap/pm/state';
import { search } from 'prosemirror-search';
import { describe, expect, test } from 'vitest';
import { bodyExtensions } from '#components/editor/extensions.ts';
import {
  goToMatch,
  look,
  matchAt,
  matchesIn,
  replaceMatch,
  replaceMatches,
} from '#components/editor/find.ts';

const schema = getSchema(bodyExtensions);

/** “The tide, ” and in bold “Tide”, a note “Tidemark, tide”, “ tide ”; then “ebb” with a note right behind; then a path. */
const doc = schema.nodeFromJSON({
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'The tide, ' },
        { type: 'text', text: 'Tide', marks: [{ type: 'bold' }] },
        { type: 'footnote', content: [{ type: 'text', text: 'Tidemark, tide' }] },
        { type: 'text', text: ' tide' },
      ],
    },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'ebb' },
        { type: 'footnote', content: [{ type: 'text', text: 'Or not' }] },
      ],
    },
    { type: 'paragraph', content: [{ type: 'text', text: ' C:\\new' }] },
  ],
});

function looking(text: string, options: { matchCase?: boolean; wholeWord?: boolean } = {}) {
  const state = EditorState.create({ schema, doc, plugins: [search()] });
  const start = state.apply(state.tr.setSelection(TextSelection.create(doc, 1)));
  return changed(start, look({ text, matchCase: false, wholeWord: false, ...options }));
}

function changed(state: EditorState, ...commands: Command[]): EditorState {
  return commands.reduce((now, command) => {
    let next = now;
    expect(command(now, (tr) => (next = now.apply(tr)))).toBe(true);
    return next;
  }, state);
}

const place = (state: EditorState) => matchAt(state, matchesIn(state));

describe('finding', () => {
  test('finds what is asked for in the text’s order; a note is one place, however often it is in it', () => {
    const matches = matchesIn(looking('tide'));
    expect(matches.map(({ note, ranges }) => [note, ranges.length])).toEqual([
      [false, 1],
      [false, 1],
      [true, 2],
      [false, 1],
    ]);
  });

  test('minds case and whole words when told to', () => {
    expect(matchesIn(looking('tide', { matchCase: true }))).toHaveLength(3);
    expect(matchesIn(looking('tide', { wholeWord: true }))).toHaveLength(4);
    expect(matchesIn(looking('tide', { wholeWord: true }))[2]?.ranges).toHaveLength(1);
  });

  test('looks for the very characters: no pattern, no escape', () => {
    expect(matchesIn(looking('t.de'))).toEqual([]);
    expect(matchesIn(looking('\\n'))).toHaveLength(1);
  });

  test('takes the wall of a note for no blank', () => {
    expect(matchesIn(looking('ebb '))).toEqual([]);
    expect(matchesIn(looking('ebb'))).toHaveLength(1);
  });

  test('goes on from the cursor, from the last match to the first, and back again', () => {
    const next = goToMatch(1);
    const steps = [looking('tide')];
    for (let step = 0; step < 5; step++) steps.push(changed(steps.at(-1) as EditorState, next));
    expect(steps.map(place)).toEqual([-1, 0, 1, 2, 3, 0]);
    expect(place(changed(steps[1] as EditorState, goToMatch(-1)))).toBe(3);
  });

  test('of nothing leads nowhere', () => {
    expect(goToMatch(1)(looking('absent'))).toBe(false);
    expect(replaceMatches('x')(looking('absent'))).toBe(false);
  });
});

describe('replacing', () => {
  test('first goes to a match, then replaces it and nothing else, keeping its marks', () => {
    const found = changed(looking('tide'), replaceMatch('ebb'));
    expect(found.doc.eq(doc)).toBe(true);
    const once = changed(found, goToMatch(1), replaceMatch('ebb'));
    expect(once.doc.textContent).toBe('The tide, ebbTidemark, tide tideebbOr not C:\\new');
    expect(once.doc.firstChild?.child(1).marks.map(({ type }) => type.name)).toEqual(['bold']);
  });

  test('replaces all, in notes too, by the very characters', () => {
    const all = changed(looking('tide'), replaceMatches('$&1'));
    expect(all.doc.textContent).toBe('The $&1, $&1$&1mark, $&1 $&1ebbOr not C:\\new');
    all.doc.check();
  });

  test('by nothing takes the words out', () => {
    const all = changed(looking('tide'), replaceMatches(''));
    expect(all.doc.textContent).toBe('The , mark,  ebbOr not C:\\new');
    all.doc.check();
  });
});
