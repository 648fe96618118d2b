import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { slugMaxLength } from '#lib/slug.ts';
import nextConfig from '../../next.config.js';
import { ask, type Seen, settings } from './ask.fixture.ts';

const session = { cookie: 'a=b; authjs.session-token=abc' };

/** A path for each page in a folder of `app/`, such as `/issues/a-name` for `issues/[slug]/page.tsx`. */
function pagesIn(folder: string): string[] {
  const root = fileURLToPath(new URL(`../../app/${folder}`, import.meta.url));
  return globSync('**/page.tsx', { cwd: root })
    .map((file) => `/${file.replaceAll('\\', '/').replace(/\/?page\.tsx$/, '')}`)
    .map((path) => path.replace(/\[\w+\]/g, 'a-name'))
    .sort();
}

const twins = pagesIn('(member)/member');

describe('a public page', () => {
  test('has a personal twin and a twin has a public page', () => {
    expect(twins).toContain('/');
    expect(twins).toEqual(pagesIn('(reader)'));
  });

  test.each(twins)('%s is the twin with a session, and itself without one', async (path) => {
    const twin = `/member${path === '/' ? '' : path}`;
    expect((await ask({ url: `${path}?a=1&b=%20` })).seen?.url).toBe(`${path}?a=1&b=%20`);
    expect((await ask({ url: path, headers: { cookie: 'theme=dark' } })).seen?.url).toBe(path);
    expect((await ask({ url: `${path}?a=1&b=%20`, headers: session })).seen?.url).toBe(
      `${twin}?a=1&b=%20`,
    );
    expect((await ask({ method: 'HEAD', url: path, headers: session })).seen?.url).toBe(twin);
  });

  test.each(twins)('%s takes a POST itself, session or not', async (path) => {
    expect((await ask({ method: 'POST', url: path, headers: session })).seen?.url).toBe(path);
    expect((await ask({ method: 'POST', url: path })).seen?.url).toBe(path);
  });

  test('is the twin with each name of the cookie, but not with an empty or a foreign one', async () => {
    const url = async (cookie: string) =>
      (await ask({ url: '/issues', headers: { cookie } })).seen?.url;
    expect(await url('authjs.session-token=abc')).toBe('/member/issues');
    expect(await url('__Secure-authjs.session-token=abc')).toBe('/member/issues');
    expect(await url('x=1;authjs.session-token=abc; y=2')).toBe('/member/issues');
    for (const other of [
      'authjs.session-token=',
      'authjs.session-token=; x=1',
      'my-authjs.session-token=abc',
      'x=authjs.session-token=abc',
      'authjs.csrf-token=abc',
    ])
      expect(await url(other), other).toBe('/issues');
  });

  test('is not looked for under a name longer than any that can be given', async () => {
    const [fits, tooLong] = [slugMaxLength, slugMaxLength + 40].map((length) => 'a'.repeat(length));
    expect((await ask({ url: `/articles/${fits}` })).seen?.url).toBe(`/articles/${fits}`);
    expect((await ask({ url: `/articles/${tooLong}` })).seen?.url).toBe('/_closed');
  });

  test('with no twin stays as it is, with a session too', async () => {
    for (const url of [
      '/account',
      '/search?q=x',
      '/issues/a/buy',
      '/dashboard',
      '/feed.xml',
      '/a/b',
    ])
      expect((await ask({ url, headers: session })).seen?.url).toBe(url);
  });
});

describe('what is internal is closed', () => {
  const folders = ['/member', '/member/issues', '/member/articles/x', '/api/internal/expire'];
  const spellings = folders.flatMap((path) => [
    path,
    `${path}/`,
    `${path}?x=1`,
    `${path}#x`,
    `/${path}`,
    `///${path}`,
    `\\${path}`.replace('\\/', '/\\'),
    path.replaceAll('/', '//'),
    path.replace(/.\//g, '$&\\'),
    path.replaceAll('/', '%2f').replace('%2f', '/'),
    path.replaceAll('/', '%5C').replace('%5C', '/'),
    path.replace('e', '%65'),
    `/%2F${path}`,
    `/.${path}`,
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `http://magazine.example${path}`,
    `HTTP://magazine.example/${path}`,
    `http://user:password@elsewhere.example${path}`,
  ]);

  test.each(spellings)('%s', async (raw) => {
    for (const headers of [{}, session, { 'x-broadside-internal': 'guess' }]) {
      for (const method of ['GET', 'HEAD', 'POST'] as const)
        expect((await ask({ raw, method, headers })).seen?.url, method).toBe('/_closed');
    }
  });

  test('but a name that only begins alike is not', async () => {
    for (const url of ['/members', '/api/internally', '/articles/member', '/member-of-parliament'])
      expect((await ask({ url })).seen?.url).toBe(url);
  });
});

describe('Next is told', () => {
  test('who asks, and nothing that a stranger calls ours', async () => {
    const forged = {
      'x-broadside-address': '198.51.100.1',
      'X-Broadside-Internal': 'guess',
      'x-broadside-anything': '1',
      'x-forwarded-for': '198.51.100.1, 203.0.113.5',
    };
    const names = ({ seen }: { seen: Seen | undefined }) =>
      Object.keys(seen?.headers ?? {}).filter((name) => name.startsWith('x-broadside'));
    const direct = await ask({ headers: forged, remoteAddress: '192.0.2.7' });
    expect(names(direct)).toEqual(['x-broadside-address']);
    expect(direct.seen?.headers['x-broadside-address']).toBe('192.0.2.7');
    const proxied = await ask(
      { headers: forged, remoteAddress: '192.0.2.7' },
      { settings: { ...settings, trustedProxyHops: 1 } },
    );
    expect(names(proxied)).toEqual(['x-broadside-address']);
    expect(proxied.seen?.headers['x-broadside-address']).toBe('203.0.113.5');
  });

  test('no other name of the site than its own', async () => {
    const told = async (host: string) =>
      (await ask({ headers: { 'x-forwarded-host': host } })).seen?.headers['x-forwarded-host'];
    expect(await told('evil.example')).toBeUndefined();
    expect(await told('magazine.example, evil.example')).toBeUndefined();
    expect(await told('magazine.example')).toBe('magazine.example');
  });

  test('no way to itself that a stranger names', async () => {
    const { seen } = await ask({ headers: { 'x-forwarded-proto': 'http://evil.example/' } });
    expect(seen?.headers['x-forwarded-proto']).toBeUndefined();
  });

  test('to send pages whole, unless they are stored or asked for in parts, whoever asks', async () => {
    for (const agent of ['Mozilla/5.0', 'Googlebot/2.1', 'broadside-whole-page']) {
      const told = async (url: string, headers = {}) =>
        (await ask({ url, headers: { 'user-agent': agent, ...headers } })).seen?.headers[
          'user-agent'
        ];
      expect(await told('/issues')).toBeUndefined();
      for (const whole of [await told('/account'), await told('/issues', session)])
        expect(whole).toMatch(nextConfig.htmlLimitedBots ?? 'set in next.config.js');
      expect(await told('/account', { rsc: '1' })).toBeUndefined();
      expect(await told('/issues', { ...session, rsc: '1' })).toBeUndefined();
    }
  });
});

describe('a form', () => {
  const send = (headers: Record<string, string>) =>
    ask({ method: 'POST', url: '/issues/a/buy', headers: { host: 'localhost:3000', ...headers } });

  test('that was sent from another site is refused and never reaches Next', async () => {
    const origins = ['https://evil.example', 'null', '', 'https://magazine.example.evil.example'];
    for (const origin of [...origins, 'https://magazine.example:8443', 'magazine.example']) {
      const answer = await send({ origin });
      expect(answer.statusCode, origin).toBe(403);
      expect(answer.seen).toBeUndefined();
      // What an upstream is said to have been called makes no difference.
      const forged = await send({ origin, 'x-forwarded-host': 'evil.example' });
      expect(forged.statusCode, origin).toBe(403);
    }
  });

  test('of this site is taken, by its own name or the one it was asked under', async () => {
    for (const origin of ['https://magazine.example', 'http://localhost:3000'])
      expect((await send({ origin })).seen?.url).toBe('/issues/a/buy');
  });

  test('without an origin is taken: Stripe’s webhooks have none', async () => {
    expect((await send({})).seen?.url).toBe('/issues/a/buy');
  });
});
