import { describe, expect, it } from 'vitest';
import {
  doc,
  heading,
  list,
  note,
  paragraph,
  picture,
  poem,
  table,
  text,
  turn,
} from './body.fixture.ts';
import { bodyText, emptyBody, mediaIdsIn, readingMinutes, wordCount } from './body.ts';

describe('the words of a text', () => {
  it('are those of paragraphs, lists, tables, poems and notes, none run together', () => {
    const body = doc(
      heading('Head'),
      paragraph('Rain', note('Or hail.'), 'fell', { type: 'hardBreak' }, 'on.'),
      list('one', 'two'),
      table('Boat', 'Crew'),
      poem('first line', 'second line'),
      turn('Answer'),
      { type: 'blockquote', attrs: { source: '' }, content: [paragraph('Quote')] },
      { type: 'horizontalRule' },
      paragraph('End'),
    );
    expect(bodyText(body).split('\n')).toEqual([
      'Head',
      'Rain Or hail. fell  on.',
      ...['one', 'two', 'Boat', 'Crew', 'first line', 'second line', 'Answer', 'Quote', 'End'],
    ]);
  });

  it('are not torn apart by marks', () => {
    expect(bodyText(doc(paragraph('un', text('believ', { type: 'italic' }), 'able')))).toBe(
      'unbelievable',
    );
  });

  it('are counted as people count them', () => {
    expect(wordCount(doc(paragraph('It’s a well-known 3.5 % – no?')))).toBe(5);
    expect(wordCount(doc(paragraph('cafe\u0301s')))).toBe(1);
    expect(wordCount(doc(list('one', 'two'), paragraph('three', note('four'))))).toBe(4);
    expect(wordCount(doc(picture({ caption: 'Not counted' })))).toBe(0);
    expect(wordCount(emptyBody())).toBe(0);
  });

  it('take whole minutes to read, at least one', () => {
    expect([0, 100, 460, 2_300].map(readingMinutes)).toEqual([1, 1, 2, 10]);
  });
});

describe('the pictures of a text', () => {
  it('are those of pictures and galleries, wherever they stand, each once', () => {
    const body = doc(
      picture({ mediaId: 'm1' }),
      { type: 'gallery', attrs: { mediaIds: ['m2', 'm1'], caption: '' } },
      { type: 'blockquote', attrs: { source: '' }, content: [picture({ mediaId: 'm3' })] },
      picture(),
    );
    expect(mediaIdsIn(body)).toEqual(['m1', 'm2', 'm3']);
  });
});
