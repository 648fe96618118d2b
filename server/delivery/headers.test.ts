import { describe, expect, test } from 'vitest';
import {
  ask,
  broken,
  mailbox,
  megabytes,
  moved,
  session,
  settings,
  starting,
} from './ask.fixture.ts';

describe('the security headers', () => {
  test('are on each answer, whoever gives it', async () => {
    const answers = {
      page: await ask({}),
      head: await ask({ method: 'HEAD' }),
      known: await ask({ headers: { 'if-none-match': '*' } }),
      part: await ask({ headers: { range: 'bytes=0-1' } }),
      noPart: await ask({ headers: { range: 'bytes=99999-' } }),
      other: await ask({ headers: { 'if-match': '"x"' } }),
      post: await ask({ method: 'POST' }),
      twin: await ask({ headers: session }),
      file: await ask({ url: '/feed.xml' }),
      search: await ask({ url: '/search?q=x' }),
      account: await ask({ url: '/account' }),
      closed: await ask({ url: '/member' }),
      moved: await ask({ url: '/articles/x' }, { next: () => moved }),
      broken: await ask({ url: '/articles/x' }, { next: () => broken }),
      brokenAccount: await ask({ url: '/account' }, { next: () => broken }),
      health: await ask({ url: '/api/health' }),
      mailbox: await ask({ url: '/dev/mailbox' }, { mailbox }),
      starting: await ask({}, starting),
      method: await ask({ method: 'DELETE' }),
      address: await ask({ raw: '/%' }),
      body: await ask({ method: 'POST', headers: { 'content-length': megabytes(33) } }),
    };
    for (const [name, { headers }] of Object.entries(answers)) {
      const policy = headers['content-security-policy'];
      expect(policy, name).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
      expect(headers, name).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'permissions-policy': expect.stringContaining('camera=()'),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': expect.stringMatching(/^(?:same|cross)-origin$/),
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
      });
    }
    const { known, part, noPart, other, moved: led } = answers;
    const statuses = [known, part, noPart, other, led].map(({ statusCode }) => statusCode);
    expect(statuses).toEqual([304, 206, 416, 412, 308]);
    expect([answers.broken.statusCode, answers.brokenAccount.statusCode]).toEqual([500, 500]);
  });

  test('let a page for readers run nothing that stands in it, and lead nowhere else', async () => {
    const failing = {
      health: async () => ({ status: 'failing', database: '', worker: '' }) as const,
    };
    for (const answer of [
      await ask({}),
      await ask({ headers: session }),
      await ask({ url: '/search?q=x' }),
      await ask({ url: '/member' }),
      await ask({}, starting),
      await ask({}, { next: () => broken, ...failing }),
    ]) {
      const policy = String(answer.headers['content-security-policy']).split('; ');
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self'",
          "form-action 'self'",
          "base-uri 'none'",
          "frame-ancestors 'none'",
        ]),
      );
      expect(policy.join()).not.toMatch(/unsafe|nonce|\*|https?:/);
    }
  });

  test('let an app page run what carries the nonce of this one answer', async () => {
    const nonces = [];
    for (let time = 0; time < 2; time += 1) {
      const { headers, seen } = await ask({
        url: '/account',
        headers: { 'content-security-policy': "script-src 'nonce-mine'" },
      });
      const policy = String(headers['content-security-policy']);
      const [, nonce] = /script-src 'nonce-([\w+/]{22}==)' 'strict-dynamic'/.exec(policy) ?? [];
      nonces.push(nonce);
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      // It is where Next takes it from, and nothing of a stranger's is.
      expect(seen?.headers['content-security-policy']).toBe(policy);
      expect(headers['cache-control']).toBe('private, no-store');
    }
    expect(nonces[0]).toBeDefined();
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test('let nobody frame a page, and forms lead to this site, Stripe and the stand-in alone', async () => {
    const policy = async (formTargets: string[]) =>
      String(
        (await ask({ url: '/account' }, { formTargets })).headers['content-security-policy'],
      ).split('; ');
    expect(await policy([])).toContain("form-action 'self' https://checkout.stripe.com");
    expect(await policy([])).toContain("frame-ancestors 'none'");
    expect(await policy([])).toContain("base-uri 'none'");
    expect(await policy(['http://localhost:3001'])).toContain(
      "form-action 'self' https://checkout.stripe.com http://localhost:3001",
    );
  });

  test('hold browsers to https only where the site has it, and allow eval only in development', async () => {
    const plain = { settings: { ...settings, siteUrl: 'http://localhost:3000' } };
    const insecure = (await ask({}, plain)).headers;
    expect(insecure['strict-transport-security']).toBeUndefined();
    const policy = (await ask({ url: '/account' })).headers['content-security-policy'];
    expect(policy).not.toContain('unsafe-eval');
    const development = {
      build: null,
      settings: { ...settings, mode: 'development' as const },
    };
    expect((await ask({}, development)).headers['content-security-policy']).toContain(
      'unsafe-eval',
    );
  });
});
