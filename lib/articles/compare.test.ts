import { expect, test } from 'vitest';
import type { BlockNode, BodyDocument } from './body.ts';
import { type Comparable, compareTexts, isSame } from './compare.ts';

const paragraph = (text: string): BlockNode => ({
  type: 'paragraph',
  attrs: { dropCap: false },
  content: [{ type: 'text', text }],
});
const doc = (...content: BlockNode[]): BodyDocument => ({ type: 'doc', content });
const text = (body: BodyDocument, parts: Partial<Comparable> = {}): Comparable => ({
  title: 'Tide',
  kicker: '',
  standfirst: '',
  access: 'free',
  section: null,
  bylines: [],
  ...parts,
  body,
});
const blocks = (before: BodyDocument, after: BodyDocument) =>
  compareTexts(text(before), text(after)).blocks;

test('equal texts have nothing that differs', () => {
  const body = doc(paragraph('The water rose.'), { type: 'horizontalRule' });
  expect(isSame(compareTexts(text(body), text(body)))).toBe(true);
});

test('a changed word is marked in its paragraph, and the paragraphs around it are not', () => {
  const before = doc(paragraph('One.'), paragraph('The water rose at ten.'), paragraph('Three.'));
  const after = doc(paragraph('One.'), paragraph('The water fell at ten.'), paragraph('Three.'));
  expect(blocks(before, after)).toEqual([
    { kind: 'same', label: null, pieces: [{ kind: 'same', text: 'One.' }] },
    {
      kind: 'changed',
      label: null,
      pieces: [
        { kind: 'same', text: 'The water ' },
        { kind: 'removed', text: 'rose' },
        { kind: 'added', text: 'fell' },
        { kind: 'same', text: ' at ten.' },
      ],
    },
    { kind: 'same', label: null, pieces: [{ kind: 'same', text: 'Three.' }] },
  ]);
});

test('a paragraph that was put in, taken out or written anew is marked as a whole', () => {
  const old = paragraph('The column of figures goes down the page.');
  const fresh = paragraph('Nobody saw her leave, not even Hanne’s dog.');
  expect(blocks(doc(paragraph('One.')), doc(old, paragraph('One.'))).map((b) => b.kind)).toEqual([
    'added',
    'same',
  ]);
  expect(blocks(doc(old, paragraph('One.')), doc(paragraph('One.'))).map((b) => b.kind)).toEqual([
    'removed',
    'same',
  ]);
  expect(blocks(doc(old), doc(fresh)).map((b) => b.kind)).toEqual(['removed', 'added']);
});

test('the same words set otherwise are told apart from untouched ones, also behind a removed block', () => {
  const bold: BlockNode = {
    type: 'paragraph',
    attrs: { dropCap: false },
    content: [{ type: 'text', text: 'Two.', marks: [{ type: 'bold' }] }],
  };
  const before = doc(paragraph('Gone altogether.'), paragraph('One.'), paragraph('Two.'));
  expect(blocks(before, doc(paragraph('One.'), bold)).map((b) => b.kind)).toEqual([
    'removed',
    'same',
    'restyled',
  ]);
});

test('lines around the text are named where they differ, and only there', () => {
  const body = doc(paragraph('One.'));
  const after = text(body, { title: 'High Tide', bylines: [{ name: 'Ann', role: 'author' }] });
  expect(compareTexts(text(body), after).heads).toEqual([
    {
      name: 'Title',
      pieces: [
        { kind: 'added', text: 'High ' },
        { kind: 'same', text: 'Tide' },
      ],
    },
    { name: 'Bylines', pieces: [{ kind: 'added', text: 'Ann (author)' }] },
  ]);
});

test('a picture is compared by its words', () => {
  const picture = (caption: string): BlockNode => ({
    type: 'picture',
    attrs: { mediaId: 'x', alt: 'A quay.', caption, credit: '', licence: '', width: 'text' },
  });
  expect(blocks(doc(picture('Low water')), doc(picture('High water')))).toMatchObject([
    { kind: 'changed', label: 'Picture' },
  ]);
});
