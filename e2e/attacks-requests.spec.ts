import { expect } from '@playwright/test';
import { test } from './fixtures/attacks.ts';

/* Hostile requests of people who never signed in: addresses, methods, headers, numbers. */

const closed = 'Read on with the issue';

const unreadable = [
  '/articles/%00',
  '/articles/wet-time%00.html',
  '/issues/%00/buy',
  '/search?q=%00',
  '/checkout/thanks?session_id=%00',
  '/media/%00/640.webp',
  '/articles/%ff',
  '/articles/%C0%AE%C0%AE',
  '/sections/%ED%A0%80',
  '/contributors/%zz',
  '/%',
];
for (const path of unreadable) {
  test(`an address that is no text is refused and breaks nothing: ${path}`, async ({ raw }) => {
    expect((await raw(path)).status).toBe(400);
    expect((await raw(path, { method: 'POST' })).status).toBe(400);
    const cookie = 'authjs.session-token=%00; broadside-checkout=%00; broadside-sign-in=%00';
    expect((await raw(path, { headers: { cookie } })).status).toBe(400);
  });
}

const inside = [
  '/member',
  '/member/articles/wet-time',
  '//member/articles/wet-time',
  '/%6dember/articles/wet-time',
  '/%256dember/articles/wet-time',
  '/member%2farticles%2fwet-time',
  '/member//articles/wet-time',
  '/x/../member/articles/wet-time',
  '/./member/./articles/wet-time',
  '/\\member\\articles\\wet-time',
  '/MEMBER/articles/wet-time',
  '/member/articles/wet-time?_rsc=1',
  '/api/internal/expire',
  '//api//internal//expire',
  '/api/%69nternal/expire',
  '/api/internal%2fexpire',
  '/api/x/../internal/expire',
];
for (const path of inside) {
  test(`what is internal has no address: ${path}`, async ({ raw }) => {
    for (const method of ['GET', 'POST']) {
      for (const headers of [
        {},
        { rsc: '1' },
        { 'x-broadside-internal': 'undefined', 'content-type': 'application/json' },
        { cookie: 'authjs.session-token=made-up' },
      ]) {
        let at = path;
        let answer = await raw(at, { method, headers, body: '{"tags":["everything"]}' });
        for (let step = 0; step < 3 && [307, 308].includes(answer.status); step += 1) {
          at = String(answer.headers.location);
          expect(at).toMatch(/^\/(?![/\\])/);
          answer = await raw(at, { method, headers, body: '{"tags":["everything"]}' });
        }
        expect([400, 404, 405], `${method} ${at}`).toContain(answer.status);
        expect(answer.text).not.toContain('class="body"');
      }
    }
  });
}

const files = [
  '/media/../../../../etc/passwd',
  '/media/..%2f..%2f..%2fetc%2fpasswd/640.webp',
  '/media/%2e%2e/%2e%2e/package.json',
  '/_next/static/../../package.json',
  '/_next/static/%2e%2e/%2e%2e/package.json',
  '/_next/image?url=%2Fpackage.json&w=640&q=75',
  '/_next/image?url=http%3A%2F%2F127.0.0.1%3A5432%2F&w=640&q=75',
  '/.env',
  '/server/main.ts',
  '/.data/mailbox.json',
];
for (const path of files) {
  test(`no file of the server can be asked for: ${path}`, async ({ raw }) => {
    const answer = await raw(path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toMatch(/root:|"dependencies"|import |SECRET/);
  });
}

test('a picture exists in its five widths and in no other, whoever asks for more', async ({
  raw,
}) => {
  const id = /\/media\/([0-9a-f-]{36})\/1-640\.webp/.exec((await raw('/')).text)?.[1];
  expect((await raw(`/media/${id}/640.webp`)).headers['content-type']).toBe('image/webp');
  for (const file of [
    '641.webp',
    '0640.webp',
    '99999.webp',
    '-1.webp',
    '6e2.webp',
    'NaN.webp',
    '640.png',
    '640.svg',
    '640.webp%2f..%2f..',
    '0-640.webp',
    '2-640.webp',
    '99999999999999999999-640.webp',
    '-640.webp',
  ]) {
    expect((await raw(`/media/${id}/${file}`)).status, file).toBe(404);
  }
  const unknown = '00000000-0000-4000-8000-000000000000';
  expect((await raw(`/media/${unknown}/640.webp`)).status).toBe(404);
});

const claims: [name: string, value: string][] = [
  ['x-broadside-address', '127.0.0.1'],
  ['x-broadside-internal', 'true'],
  ['x-middleware-subrequest', 'middleware:middleware:middleware:middleware:middleware'],
  ['x-middleware-rewrite', '/member/articles/wet-time'],
  ['x-matched-path', '/member/articles/wet-time'],
  ['x-nextjs-rewritten-path', '/member/articles/wet-time'],
  ['x-original-url', '/member/articles/wet-time'],
  ['x-forwarded-host', 'evil.example'],
  ['x-forwarded-proto', 'javascript'],
  ['x-forwarded-for', '127.0.0.1'],
  ['host', 'evil.example'],
  ['next-resume', '1'],
  ['x-now-route-matches', '1=wet-time'],
  ['x-prerender-revalidate', 'x'],
  ['user-agent', 'broadside-whole-page'],
  ['authorization', 'Bearer admin'],
];
for (const [name, value] of claims) {
  test(`a header that anybody can write opens nothing: ${name}`, async ({ raw }) => {
    const headers = { [name]: value };
    const article = await raw('/articles/wet-time', { headers });
    expect(article.status).toBe(200);
    expect(article.text).toContain(closed);
    expect(article.text).not.toContain('evil.example');
    expect((await raw('/articles/wet-time')).text).not.toContain('evil.example');
    for (const path of ['/dashboard', '/dashboard/orders', '/account']) {
      const answer = await raw(path, { headers });
      expect(answer.status).toBe(307);
      expect(answer.headers.location).toMatch(/^\/sign-in\?/);
    }
    const callback = await raw('/api/auth/callback/email?token=x&email=a%40b.example', { headers });
    expect(callback.headers.location).not.toContain('evil.example');
    expect((await raw('/api/internal/expire', { method: 'POST', headers })).status).toBe(404);
  });
}

test('only reading and sending forms are answered; TRACE tells nothing back', async ({ raw }) => {
  for (const path of ['/', '/articles/wet-time', '/dashboard', '/api/webhooks/stripe', '/feed.xml'])
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS']) {
      const answer = await raw(path, { method, headers: { 'x-told': 'a-secret' } });
      expect(answer.status, `${method} ${path}`).toBe(405);
      expect(answer.headers['allow']).toBe('GET, HEAD, POST');
      expect(answer.text).not.toContain('a-secret');
    }
});

test('the security headers are on every answer, whatever it says', async ({ raw }) => {
  const picture = /\/media\/[0-9a-f-]{36}\/1-640\.webp/.exec((await raw('/')).text)?.[0] ?? '';
  const script = /\/_next\/static\/[^"]+\.js/.exec((await raw('/dashboard/x')).text)?.[0] ?? '/x';
  const paths = [
    '/',
    '/articles/wet-time',
    '/articles/nothing',
    '/%',
    '//x',
    '/feed.xml',
    '/sign-in',
  ];
  for (const path of [
    ...paths,
    '/dashboard',
    '/account',
    '/api/health',
    '/api/auth/session',
    '/x',
  ]) {
    await expectHeaders(path);
  }
  for (const path of [picture, script, '/site.js', '/dev/mailbox', '/og/articles/wet-time']) {
    await expectHeaders(path);
  }
  await expectHeaders('/', 'TRACE');
  await expectHeaders('/api/webhooks/stripe', 'POST');
  for (const path of ['/', '/feed.xml']) {
    for (const range of ['0-1', '99999999-'])
      await expectHeaders(path, 'GET', { range: `bytes=${range}` });
    await expectHeaders(path, 'GET', { 'if-none-match': '*' });
  }

  async function expectHeaders(path: string, method = 'GET', more = {}): Promise<void> {
    const { headers } = await raw(path, { method, headers: more });
    const policy = String(headers['content-security-policy']);
    expect(policy, path).toContain("default-src 'none'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).toContain("base-uri 'none'");
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['referrer-policy'], path).toBe('strict-origin-when-cross-origin');
    expect(headers['permissions-policy'], path).toContain('camera=()');
    expect(headers['cross-origin-opener-policy'], path).toBe('same-origin');
    const isFile = /^\/(?:media|_next\/static|og)\/|\.(?:js|xml)$/.test(path);
    const whose = isFile && method === 'GET' ? 'cross-origin' : 'same-origin';
    expect(headers['cross-origin-resource-policy'], path).toBe(whose);
    // The demo's address is no https; browsers would hold all of localhost to it.
    expect(headers['strict-transport-security'], path).toBeUndefined();
    expect(headers['x-powered-by'], path).toBeUndefined();
  }
});
