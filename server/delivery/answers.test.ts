import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ask, settings } from './ask.fixture.ts';
import { delivery } from './deliver.ts';

const megabytes = (count: number) => String(count * 1024 * 1024);
const starting = { next: () => null };
const mailbox = (url: URL) =>
  url.pathname === '/dev/mailbox' ? { type: 'text/html', body: `to ${url.search}` } : null;

describe('while Next starts', () => {
  test('pages are not there yet, and browsers are told when to come back', async () => {
    for (const method of ['GET', 'HEAD', 'POST'] as const) {
      const answer = await ask({ method, url: '/articles/x' }, starting);
      expect(answer.statusCode).toBe(503);
      expect(answer.headers).toMatchObject({ 'retry-after': '2', 'cache-control': 'no-store' });
    }
  });

  test('health and mailbox answer already', async () => {
    expect((await ask({ url: '/api/health' }, starting)).statusCode).toBe(200);
    expect((await ask({ url: '/dev/mailbox' }, { ...starting, mailbox })).statusCode).toBe(200);
  });
});

describe('health', () => {
  test('is 200 with what is well, never stored', async () => {
    const answer = await ask({ url: '/api/health' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: 'ok', database: 'ok', worker: 'ok' });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.seen).toBeUndefined();
  });

  test('is 503 with what fails', async () => {
    const found = { status: 'failing', database: 'does not answer', worker: 'ok' } as const;
    const answer = await ask({ url: '/api/health' }, { health: async () => found });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toEqual(found);
    const head = await ask({ method: 'HEAD', url: '/api/health' }, { health: async () => found });
    expect(head.statusCode).toBe(503);
    expect(head.payload).toBe('');
  });
});

describe('the mailbox', () => {
  test('answers where there is one, and is never stored', async () => {
    const answer = await ask({ url: '/dev/mailbox?to=a' }, { mailbox });
    expect(answer.payload).toBe('to ?to=a');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html',
      'cache-control': 'no-store',
    });
    expect(answer.seen).toBeUndefined();
  });

  test('is an address like any other where there is none', async () => {
    for (const url of ['/dev/mailbox', '/dev/mailbox.json'])
      expect((await ask({ url })).seen?.url).toBe(url);
  });

  test('leaves other addresses and methods to Next', async () => {
    expect((await ask({ url: '/issues' }, { mailbox })).seen?.url).toBe('/issues');
    expect((await ask({ method: 'POST', url: '/dev/mailbox' }, { mailbox })).seen).toBeDefined();
  });
});

describe('what can’t be answered', () => {
  test('a body over 32 MB is 413 and never reaches Next, up to that it does', async () => {
    const send = (length: string) =>
      ask({ method: 'POST', url: '/', headers: { 'content-length': length } });
    const tooLarge = await send(`${Number(megabytes(32)) + 1}`);
    expect(tooLarge.statusCode).toBe(413);
    expect(tooLarge.seen).toBeUndefined();
    expect((await send(megabytes(32))).seen).toBeDefined();
  });

  test('a body that hides its length loses its connection over 32 MB', async () => {
    let ended = false;
    let bytes = 0;
    const server = createServer(
      delivery({
        settings,
        next: () => (request, response) => {
          request.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
          });
          request.on('end', () => {
            ended = true;
            response.end();
          });
          request.on('error', () => {});
        },
        health: async () => ({ status: 'ok', database: 'ok', worker: 'ok' }),
        mailbox: null,
        formTargets: [],
      }),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const send = (count: number) =>
      fetch(`http://127.0.0.1:${port}/`, {
        method: 'POST',
        body: new Blob(Array(count).fill(new Uint8Array(1024 * 1024))).stream(),
        duplex: 'half',
      } as RequestInit);
    try {
      expect((await send(32)).status).toBe(200);
      expect([bytes, ended]).toEqual([32 * 1024 * 1024, true]);
      [bytes, ended] = [0, false];
      await expect(send(33)).rejects.toThrow();
      expect(bytes).toBeLessThanOrEqual(32 * 1024 * 1024);
      expect(ended).toBe(false);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  test.each([
    '*',
    '',
    'issues',
    '\\issues',
    'ftp://magazine.example/',
    'http://[/',
    'http://:port/',
    'javascript:alert(1)',
    '/%',
    '/articles/%ff',
    '/articles/%c3%28',
    '/articles/x%00',
    '/search?q=%00',
  ])('the address %j is 400 and never reaches Next', async (raw) => {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await ask({ raw, method });
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['content-type']).toMatch(/^text\/plain/);
      expect(answer.seen).toBeUndefined();
    }
  });

  test('an address in other scripts, or with a bare percent in what is searched, is fine', async () => {
    for (const raw of ['/articles/%C3%A9t%C3%A9', '/articles/été', '/search?q=100%', '/a%20b'])
      expect((await ask({ raw })).seen?.url).toBe(raw);
  });

  test('methods that nothing here takes are 405', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
      const answer = await ask({ method: method as 'PUT' });
      expect(answer.statusCode).toBe(405);
      expect(answer.headers['allow']).toBe('GET, HEAD, POST');
      expect(answer.seen).toBeUndefined();
    }
  });
});

describe('the security headers', () => {
  const missing: RequestListener = (request, response) => {
    response.statusCode = 404;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(request.url === '/_closed' ? 'Nothing is here.' : '');
  };

  test('are on each answer, whoever gives it', async () => {
    const answers = {
      page: await ask({}),
      head: await ask({ method: 'HEAD' }),
      post: await ask({ method: 'POST' }),
      twin: await ask({ headers: { cookie: 'authjs.session-token=abc' } }),
      closed: await ask({ url: '/member' }),
      missing: await ask({ url: '/articles/x' }, { next: () => missing }),
      health: await ask({ url: '/api/health' }),
      mailbox: await ask({ url: '/dev/mailbox' }, { mailbox }),
      starting: await ask({}, starting),
      method: await ask({ method: 'DELETE' }),
      address: await ask({ raw: '/%' }),
      body: await ask({ method: 'POST', headers: { 'content-length': megabytes(33) } }),
    };
    for (const [name, { headers }] of Object.entries(answers)) {
      expect(headers['content-security-policy'], name).toContain("default-src 'self'");
      expect(headers, name).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'cross-origin-opener-policy': 'same-origin',
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
      });
    }
    expect(answers.missing.payload).toBe('Nothing is here.');
    expect(answers.missing.statusCode).toBe(404);
  });

  test('let nobody frame a page, and forms lead to this site, Stripe and the stand-in alone', async () => {
    const policy = async (formTargets: string[]) =>
      String((await ask({}, { formTargets })).headers['content-security-policy']).split('; ');
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
    const policy = (await ask({})).headers['content-security-policy'];
    expect(policy).not.toContain('unsafe-eval');
    const development = { settings: { ...settings, mode: 'development' as const } };
    expect((await ask({}, development)).headers['content-security-policy']).toContain(
      'unsafe-eval',
    );
  });
});
