import { Schema } from '@tiptap/pm/model';
import { describe, expect, test } from 'vitest';
import { markSpecs, nodeSpecs } from '#lib/articles/body-nodes.ts';
import { anchorOf, findAnchor, flatten } from './anchor.ts';

const schema = new Schema({ nodes: nodeSpecs, marks: markSpecs });

const docOf = (...paragraphs: string[]) =>
  schema.node(
    'doc',
    null,
    paragraphs.map((text) => schema.node('paragraph', null, text ? [schema.text(text)] : [])),
  );

type Doc = ReturnType<typeof docOf>;

/** Where the words stand, as the editor counts; the `nth` time that they do. */
function selectionOf(doc: Doc, words: string, nth = 0) {
  const { text, positions } = flatten(doc);
  let at = -1;
  for (let count = 0; count <= nth; count += 1) at = text.indexOf(words, at + 1);
  return { from: positions[at] ?? 0, to: (positions[at + words.length - 1] ?? 0) + 1 };
}

function anchorIn(doc: Doc, words: string, nth = 0) {
  const anchor = anchorOf(doc, selectionOf(doc, words, nth));
  if (!anchor) throw new Error('No anchor');
  return anchor;
}

/** The words at which the anchor is found, with where; `null` where they are gone. */
function found(doc: Doc, anchor: ReturnType<typeof anchorIn>) {
  const range = findAnchor(flatten(doc), anchor);
  return range && { ...range, words: doc.textBetween(range.from, range.to, '\n', '\uFFFC') };
}

const first = 'The ferry left the harbour at dawn with nobody aboard but the crew.';
const second = 'By noon the tide had turned and the crew were asleep below.';
const third = 'A gull sat on the mast, as gulls do, and looked at the town.';
const doc = docOf(first, second, third);

describe('words that were commented on', () => {
  test('are found where they were', () => {
    const anchor = anchorIn(doc, 'the tide had turned');
    expect(found(doc, anchor)).toEqual({
      ...selectionOf(doc, 'the tide had turned'),
      words: 'the tide had turned',
    });
  });

  test('are found where they moved to, by themselves or with their paragraph', () => {
    const anchor = anchorIn(doc, 'the tide had turned');
    const later = docOf('A new beginning, quite long.', first, third, second);
    expect(found(later, anchor)).toEqual({
      ...selectionOf(later, 'the tide had turned'),
      words: 'the tide had turned',
    });
    const elsewhere = docOf(first, third, 'They say the tide had turned by then.');
    expect(found(elsewhere, anchor)?.words).toBe('the tide had turned');
  });

  test('of several alike are those between the same others', () => {
    const twice = docOf('One: the crew slept here.', 'Two: the crew rowed there.', 'the crew');
    for (const nth of [0, 1, 2]) {
      const anchor = anchorIn(twice, 'the crew', nth);
      const later = docOf(
        'Zero.',
        'One: the crew slept here.',
        'Two: the crew rowed there.',
        'the crew',
      );
      expect(found(later, anchor)).toMatchObject(selectionOf(later, 'the crew', nth));
    }
  });

  test('are found when what stands around them was edited', () => {
    const anchor = anchorIn(doc, 'looked at the town');
    const later = docOf(
      first,
      second,
      'A herring gull sat up there, and looked at the town below.',
    );
    expect(found(later, anchor)?.words).toBe('looked at the town');
  });

  test('are found, as they are now, when they were edited themselves', () => {
    const anchor = anchorIn(doc, 'left the harbour at dawn');
    const later = docOf(first.replace('harbour at dawn', 'old harbour before dawn'), second, third);
    expect(found(later, anchor)?.words).toBe('left the old harbour before dawn');
  });

  test('are gone when they were deleted, and when others took their place', () => {
    const anchor = anchorIn(doc, 'the tide had turned');
    expect(
      found(docOf(first, 'By noon and the crew were asleep below.', third), anchor),
    ).toBeNull();
    expect(found(docOf(first, third), anchor)).toBeNull();
    expect(
      found(
        docOf(first, 'By noon everyone drank 12 beers and the crew were asleep below.', third),
        anchor,
      ),
    ).toBeNull();
    expect(found(docOf(''), anchor)).toBeNull();
  });

  test('that are short don’t turn up in another sentence once theirs is gone', () => {
    const anchor = anchorIn(doc, 'noon');
    expect(found(docOf(first, third, 'They met again at noon, years later.'), anchor)).toBeNull();
  });

  test('may run over paragraphs and past what is no text', () => {
    const noted = schema.node('doc', null, [
      schema.node('paragraph', null, [
        schema.text('Before '),
        schema.node('hardBreak'),
        schema.text('after the break.'),
      ]),
      schema.node('paragraph', null, [schema.text('And more.')]),
    ]);
    const anchor = anchorOf(noted, { from: 1, to: noted.content.size - 1 });
    expect(anchor?.quote).toBe('Before \uFFFCafter the break.\nAnd more.');
    expect(anchor && findAnchor(flatten(noted), anchor)).toEqual({
      from: 1,
      to: noted.content.size - 1,
    });
  });
});

test('a selection without words is nothing to comment on', () => {
  expect(anchorOf(doc, { from: 1, to: 1 })).toBeNull();
  expect(anchorOf(docOf('— … —'), { from: 1, to: 6 })).toBeNull();
  expect(anchorOf(docOf(''), { from: 0, to: 2 })).toBeNull();
});

test('a long selection is kept by its beginning, and no character is cut in two', () => {
  const long = docOf(`a${'😀'.repeat(900)} end`);
  const anchor = anchorOf(long, { from: 1, to: long.content.size - 1 });
  expect(anchor?.quote.length).toBeLessThanOrEqual(1_000);
  expect(anchor?.quote.isWellFormed() && anchor.after.isWellFormed()).toBe(true);
});
