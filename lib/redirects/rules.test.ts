import { describe, expect, test } from 'vitest';
import { parseList } from './input.ts';
import { fromPath, pathOf, planRedirects, targetAddress } from './rules.ts';

const site = 'https://magazine.example';
const plan = (
  pairs: [string, string][],
  present: Record<string, string> = {},
  live: string[] = [],
) => {
  const { changes, refused } = planRedirects(
    pairs.map(([from, to]) => ({ from, to })),
    new Map(Object.entries(present)),
    (path) => live.includes(path),
  );
  return { changes: Object.fromEntries(changes), refused: refused.map(({ from }) => from) };
};

describe('an old address', () => {
  test.each([
    ['/about-us', '/about-us'],
    [' /2019/04/a-post/?p=1#top ', '/2019/04/a-post'],
    ['/caf%C3%A9', '/café'],
    ['//double//slash', null],
    ['/a//b', '/a/b'],
    ['https://magazine.example/old/', '/old'],
    ['https://elsewhere.example/old', null],
    ['about', null],
    ['', null],
    ['/', null],
    ['/dashboard/x', null],
    ['/api/health', null],
    ['/issues/14/buy', null],
    ['/issues/14', '/issues/14'],
    ['/a/../b', null],
    ['/a%2f..%2fb', null],
    ['/a\r\nset-cookie: x', null],
    ['/a%0d%0ab', null],
    ['/\\evil.example', null],
    ['/%', null],
    [`/${'a'.repeat(1_000)}`, null],
  ])('%j is the path %j', (text, path) => {
    const found = fromPath(text, site);
    expect(found.ok ? found.value : null).toBe(path);
  });
});

describe('a target', () => {
  test.each([
    ['/issues', '/issues'],
    ['/issues/?a=b#c', '/issues?a=b#c'],
    ['/café', '/caf%C3%A9'],
    ['https://magazine.example/issues', '/issues'],
    ['https://elsewhere.example/a b', 'https://elsewhere.example/a%20b'],
    ['//evil.example', null],
    ['/\\evil.example', null],
    ['/\t/evil.example', null],
    ['https:evil.example', null],
    ['http://elsewhere.example', null],
    ['https://me:secret@elsewhere.example', null],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['/a\r\nset-cookie: x', null],
    ['/a%0d%0aset-cookie: x', null],
    ['issues', null],
    ['', null],
  ])('%j is sent as %j', (text, target) => {
    const found = targetAddress(text, site);
    expect(found.ok ? found.value : null).toBe(target);
  });
});

describe('redirects', () => {
  test('never chain, whichever of two is entered first', () => {
    expect(plan([['/a', '/b']], { '/b': '/c' }).changes).toEqual({ '/a': '/c' });
    expect(plan([['/b', '/c']], { '/a': '/b', '/z': '/b?x=1' }).changes).toEqual({
      '/b': '/c',
      '/a': '/c',
      '/z': '/c',
    });
    const list: [string, string][] = [
      ['/a', '/b'],
      ['/b', '/c'],
      ['/c', 'https://d.example/'],
    ];
    for (const pairs of [list, list.toReversed()]) {
      const { changes } = plan(pairs);
      expect(Object.values(changes)).toEqual(Array(3).fill('https://d.example/'));
    }
  });

  test('never lead in a circle', () => {
    expect(plan([['/a', '/a#top']]).refused).toEqual(['/a']);
    expect(plan([['/b', '/a']], { '/a': '/b' }).refused).toEqual(['/b']);
    expect(plan([['/c', '/a']], { '/a': '/c', '/b': '/c' }).refused).toEqual(['/c']);
  });

  test('leave alone what is there already, and what a page stands at', () => {
    expect(plan([['/a', '/b']], { '/a': '/b' })).toEqual({ changes: {}, refused: [] });
    expect(plan([['/a', '/c']], { '/a': '/b' }).refused).toEqual(['/a']);
    expect(plan([['/a', '/c']], {}, ['/a']).refused).toEqual(['/a']);
  });

  test('whatever they are, lead in one step to where no redirect is', () => {
    const names = ['/a', '/b', '/c', '/d', '/e', '/f'];
    let seed = 7;
    const next = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return names[seed % names.length] ?? '/a';
    };
    for (let round = 0; round < 300; round += 1) {
      const known = new Map<string, string>();
      for (let count = 0; count < 8; count += 1) {
        const { changes } = planRedirects([{ from: next(), to: next() }], known, () => false);
        for (const [from, to] of changes) known.set(from, to);
        for (const [from, to] of known) {
          expect(to).not.toBe(from);
          expect(known.has(pathOf(to) ?? '')).toBe(false);
        }
      }
    }
  });
});

test('a list is read with commas, semicolons, tabs or blanks, quoted or not, with a head or without', () => {
  expect(
    parseList(
      '\uFEFFfrom,to\r\n/a,/b\n\n"/c";"/d"\n/e\t/f\n/g   https://h.example\n"/i,j", /k\n/alone',
    ),
  ).toEqual([
    { from: '/a', to: '/b' },
    { from: '/c', to: '/d' },
    { from: '/e', to: '/f' },
    { from: '/g', to: 'https://h.example' },
    { from: '/i,j', to: '/k' },
    { from: '/alone', to: '' },
  ]);
});
