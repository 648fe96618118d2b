import { describe, expect, it } from 'vitest';
import { quotesOf } from '#components/editor/quotes.ts';

describe('a straight quotation mark', () => {
  it.each([
    ['en', '"', '', '“'],
    ['en-GB', '"', ' ', '“'],
    ['en', '"', 'd', '”'],
    ['en', '"', '.', '”'],
    ['en', '"', '(', '“'],
    ['en', '"', '—', '“'],
    ['en', "'", '“', '‘'],
    ['de', '"', '', '„'],
    ['de', '"', 't', '“'],
    ['fr', '"', ' ', '«\u202f'],
    ['fr', '"', 't', '\u202f»'],
  ] as const)('in %s, %s after “%s” is %s', (language, straight, before, typed) => {
    expect(quotesOf(language, straight, before)).toBe(typed);
  });

  it.each(['en', 'de', 'fr', 'sv'])('after a letter is an apostrophe in %s', (language) => {
    expect(quotesOf(language, "'", 'n')).toBe('’');
  });

  it.each(['', 'ja', 'xx-YY'])('stays as it was typed in “%s”', (language) => {
    expect(quotesOf(language, '"', ' ')).toBeNull();
  });
});
