import { describe, expect, test } from 'vitest';
import { slugMaxLength } from '#lib/slug.ts';
import { type Site, wayOf } from './ways.ts';

const site: Site = {
  routes: [/^\/account(?:\/)?$/, /^\/articles\/([^/]+?)(?:\/)?$/, /^\/dashboard(?:\/.*)?$/],
  files: new Set(['/site.js', '/favicon.ico']),
};
const kindOf = (path: string) => wayOf(path, site).kind;

describe('an address', () => {
  test.each([
    ['/', { kind: 'home' }],
    ['/issues', { kind: 'list' }],
    ['/subscribe', { kind: 'list' }],
    ['/archive/1987', { kind: 'list' }],
    ['/sections/poetry', { kind: 'list' }],
    ['/contributors/ada', { kind: 'list' }],
    ['/topics/rivers', { kind: 'list' }],
    ['/series/the-river', { kind: 'list' }],
    ['/articles/a-name', { kind: 'article', slug: 'a-name' }],
    ['/articles/été', { kind: 'article', slug: 'été' }],
    ['/articles/a?b', { kind: 'article', slug: 'a?b' }],
    ['/issues/14', { kind: 'issue', slug: '14' }],
  ])('%s is a public page with its subject', (path, subject) => {
    expect(wayOf(path, site)).toEqual({ kind: 'page', path, subject });
  });

  test.each([
    ['/feed.xml', false],
    ['/sitemap.xml', false],
    ['/robots.txt', false],
    ['/colours/962d1c-own.css', false],
    ['/og/articles/a-name', false],
    ['/media/abc/large.avif', false],
    ['/_next/static/chunks/a.css', false],
    ['/icon.svg', true],
    ['/speculation.json', true],
    ['/site.js', true],
    ['/favicon.ico', true],
  ])('%s is a file, which comes with the build or not: %s', (path, fixed) => {
    expect(wayOf(path, site)).toEqual({ kind: 'file', path, fixed });
  });

  test.each(['/account', '/account/', '/dashboard/articles/x', '/articles/a-name/'])(
    '%s is Next’s',
    (path) => {
      expect(kindOf(path)).toBe('app');
    },
  );

  test('/search is made for each request', () => {
    expect(kindOf('/search')).toBe('search');
  });

  test.each(['/preview/abc', '/preview/abc/a-name'])(
    '%s is a preview: made for each request and kept nowhere',
    (path) => {
      expect(kindOf(path)).toBe('preview');
    },
  );

  test.each([
    '/preview',
    '/preview/',
    '/preview/abc/a-name/more',
    '/preview/../dashboard',
    '/member',
    '/member/',
    '/member/articles/a-name',
    '/_next/static/../../member',
    '/_next/static/../../dashboard',
    '/_next/static/./chunks/a.css',
    '/_next/static/..',
    '/articles/..',
    '/media/../feed.xml',
    '/dashboard/../account',
    '/dashboard/.',
    '/_next/data/build/articles/a-name.json',
    '/_next/image',
    '/wp-login.php',
    '/articles/a/b',
    '/Articles/a-name',
    '/MEMBER/articles/a-name',
    '/site.js.map',
    '/feed.xml/x',
    '',
  ])('%j is nothing', (path) => {
    expect(kindOf(path)).toBe('nowhere');
  });

  test('with dots in a name stays what it is', () => {
    expect(kindOf('/_next/static/chunks/..a.css')).toBe('file');
    expect(kindOf('/articles/...')).toBe('page');
    expect(kindOf('/articles/.a')).toBe('page');
  });

  test('with a name longer than any that can be given is nothing', () => {
    for (const folder of ['articles', 'issues', 'sections', 'contributors']) {
      expect(kindOf(`/${folder}/${'a'.repeat(slugMaxLength)}`)).toBe('page');
      expect(kindOf(`/${folder}/${'a'.repeat(slugMaxLength + 10)}`)).toBe('nowhere');
    }
  });

  test('that begins like a closed one is not closed', () => {
    const open: Site = { routes: [/^/], files: new Set() };
    for (const path of ['/members', '/member-of-parliament', '/x/member'])
      expect(wayOf(path, open).kind).toBe('app');
    expect(wayOf('/articles/member', open).kind).toBe('page');
  });
});
