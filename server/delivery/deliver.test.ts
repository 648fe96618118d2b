import { describe, expect, test } from 'vitest';
import { slugMaxLength } from '#lib/slug.ts';
import nextConfig from '../../next.config.js';
import { aSite, ask, pagesIn, type Seen, session, settings } from './ask.fixture.ts';

const twins = pagesIn('(member)/member');

describe('a public page', () => {
  test('has a personal twin and a twin has a public page', () => {
    expect(twins).toContain('/');
    expect(twins).toEqual(pagesIn('(reader)'));
  });

  test.each(twins.filter((path) => path !== '/search'))(
    '%s is the twin with a session, and itself without one, whatever else is asked',
    async (path) => {
      const twin = `/member${path === '/' ? '' : path}`;
      expect((await ask({ url: `${path}?a=1&b=%20` })).seen?.url).toBe(path);
      expect((await ask({ url: path, headers: { cookie: 'theme=dark' } })).seen?.url).toBe(path);
      expect((await ask({ url: `${path}?a=1&b=%20`, headers: session })).seen?.url).toBe(twin);
      expect((await ask({ method: 'HEAD', url: path, headers: session })).seen?.url).toBe(twin);
    },
  );

  test.each(twins)('%s takes a POST itself, session or not', async (path) => {
    expect((await ask({ method: 'POST', url: `${path}?a=1`, headers: session })).seen?.url).toBe(
      `${path}?a=1`,
    );
    expect((await ask({ method: 'POST', url: path })).seen?.url).toBe(path);
  });

  test('is the twin with the session cookie of this site, but not with an empty or a foreign one', async () => {
    const asked = async (cookie: string, siteUrl = settings.siteUrl) => {
      const options = { settings: { ...settings, siteUrl } };
      return (await ask({ url: '/issues', headers: { cookie } }, options)).seen;
    };
    const own = '__Secure-authjs.session-token';
    for (const cookie of [
      `${own}=abc`,
      `x=1;${own}=abc; y=2`,
      `authjs.session-token=x; ${own}=abc`,
    ]) {
      expect((await asked(cookie))?.url, cookie).toBe('/member/issues');
      expect((await asked(cookie))?.headers['cookie'], cookie).toBe(`${own}=abc`);
    }
    for (const other of [
      `${own}=`,
      `${own}= ; x=1`,
      `my-${own}=abc`,
      `x=${own}=abc`,
      `${own.replace('.', 'x')}=abc`,
      `${own}=a%00b`,
      '__Secure-authjs.csrf-token=abc',
      // Anybody on the way of a plain connection may have set this one.
      'authjs.session-token=abc',
    ])
      expect((await asked(other))?.url, other).toBe('/issues');
    const plain = 'http://localhost:3000';
    expect((await asked('authjs.session-token=abc', plain))?.url).toBe('/member/issues');
    expect((await asked(`${own}=abc`, plain))?.url).toBe('/issues');
  });

  test('is not looked for under a name longer than any that can be given', async () => {
    const [fits, tooLong] = [slugMaxLength, slugMaxLength + 40].map((length) => 'a'.repeat(length));
    expect((await ask({ url: `/articles/${fits}` })).seen?.url).toBe(`/articles/${fits}`);
    expect((await ask({ url: `/articles/${tooLong}` })).seen?.url).toBe('/_closed');
  });

  test('with no twin stays as it is, with a session too', async () => {
    for (const url of ['/account', '/search?q=x', '/issues/a/buy', '/dashboard', '/feed.xml'])
      expect((await ask({ url, headers: session })).seen?.url).toBe(url);
  });
});

describe('what is internal is closed', () => {
  const folders = ['/member', '/member/issues', '/member/articles/x'];
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
    `/x/..%2f${path.slice(1)}`,
    `/_next/static/..%2f..${path}`,
    `/_next/static/%2e%2e%2f..%5C${path}`,
    `/media/x/..%2f..${path}`,
    `http://magazine.example${path}`,
    `HTTP://magazine.example/${path}`,
    `http://user:password@elsewhere.example${path}`,
  ]);

  test.each(spellings)('%s', async (raw) => {
    const site = aSite();
    for (const headers of [{}, session, { 'x-broadside-internal': 'guess' }, { rsc: '1' }]) {
      for (const method of ['GET', 'HEAD', 'POST'] as const)
        expect((await site.ask({ raw, method, headers })).statusCode, method).toBe(404);
    }
    // Next was asked for the page that says so, and nothing else.
    expect(site.seen.map(({ url }) => url)).toEqual(['/_closed']);
    const inDevelopment = { build: null, settings: { ...settings, mode: 'development' as const } };
    expect((await ask({ raw }, inDevelopment)).seen?.url).toBe('/_closed');
  });

  test('but a name that only begins alike is not', async () => {
    const everything = { site: { routes: [/^/], files: new Set<string>() }, revalidate: '' };
    for (const url of ['/members', '/articles/member', '/member-of-parliament'])
      expect((await ask({ url }, { build: everything })).seen?.url).toBe(url);
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
    const direct = await ask({ url: '/account', headers: forged, remoteAddress: '192.0.2.7' });
    expect(names(direct)).toEqual(['x-broadside-address']);
    expect(direct.seen?.headers['x-broadside-address']).toBe('192.0.2.7');
    const proxied = await ask(
      { url: '/account', headers: forged, remoteAddress: '192.0.2.7' },
      { settings: { ...settings, trustedProxyHops: 1 } },
    );
    expect(names(proxied)).toEqual(['x-broadside-address']);
    expect(proxied.seen?.headers['x-broadside-address']).toBe('203.0.113.5');
  });

  test('no other name of the site than its own', async () => {
    const told = async (host: string) =>
      (await ask({ url: '/account', headers: { 'x-forwarded-host': host } })).seen?.headers[
        'x-forwarded-host'
      ];
    expect(await told('evil.example')).toBeUndefined();
    expect(await told('magazine.example, evil.example')).toBeUndefined();
    expect(await told('magazine.example')).toBe('magazine.example');
  });

  test('no way to itself that a stranger names', async () => {
    const { seen } = await ask({
      url: '/account',
      headers: { 'x-forwarded-proto': 'http://evil.example/' },
    });
    expect(seen?.headers['x-forwarded-proto']).toBeUndefined();
  });

  test('in which browser a session begins, by that browser alone', async () => {
    const { seen } = await ask({
      url: '/api/auth/callback/email',
      headers: { 'user-agent': 'Mozilla/5.0', 'x-broadside-agent': 'forged' },
    });
    expect(seen?.headers['x-broadside-agent']).toBe('Mozilla/5.0');
  });

  test('to send pages whole, unless they are stored or asked for in parts, whoever asks', async () => {
    for (const agent of ['Mozilla/5.0', 'Googlebot/2.1', 'broadside-whole-page']) {
      const told = async (url: string, headers = {}) =>
        (await ask({ url, headers: { 'user-agent': agent, ...headers } })).seen?.headers[
          'user-agent'
        ];
      expect(await told('/issues')).not.toBe('broadside-whole-page');
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
