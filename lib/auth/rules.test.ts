import { describe, expect, it } from 'vitest';
import { mailedHalf, safeNext, signInInput, wholeToken } from './rules.ts';

describe('where to go after signing in', () => {
  it('stays on this site', () => {
    expect(safeNext('/articles/tide?from=mail')).toBe('/articles/tide?from=mail');
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/.//elsewhere.example',
    '/a/..//elsewhere.example',
    '/.\\/elsewhere.example',
    'javascript:alert(1)',
    '',
    undefined,
    ['/a', '/b'],
  ])('never leaves it for %j', (next) => {
    expect(safeNext(next)).toBe('/account/library');
  });
});

it('a token comes apart into the half that was mailed', () => {
  expect(mailedHalf(wholeToken('mailed', 'kept'))).toBe('mailed');
});

it.each(['', 'reader', 'reader@', '@example.org', 'a b@example.org'])(
  'refuses %j as an e-mail address',
  (email) => {
    expect(signInInput.safeParse({ email }).success).toBe(false);
  },
);
