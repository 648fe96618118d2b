import { CallbackRouteError, Verification } from '@auth/core/errors';
import { describe, expect, it } from 'vitest';
import { deviceOf, isSpentLink, mailedHalf, safeNext, signInInput, wholeToken } from './rules.ts';

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

describe('a link that was used or is too old', () => {
  it('is told apart by the library’s own word, whatever its class is called once minified', () => {
    const a = { e: class e extends Verification {} }.e;
    const error = new a();
    error.name = 'e';
    expect(isSpentLink(error)).toBe(true);
  });

  it('is not taken for another failure', () => {
    expect(isSpentLink(new CallbackRouteError())).toBe(false);
    expect(isSpentLink(new Error('Verification'))).toBe(false);
  });
});

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Edge on Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['curl/8.5.0', 'An unknown device'],
  [null, 'An unknown device'],
])('tells of %j what people would call it', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});
