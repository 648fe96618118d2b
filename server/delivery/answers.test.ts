import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { aSite, ask, mailbox, megabytes, starting } from './ask.fixture.ts';

describe('while Next starts', () => {
  test('pages are not there yet, and browsers are told when to come back', async () => {
    for (const method of ['GET', 'HEAD', 'POST'] as const) {
      const answer = await ask({ method, url: '/articles/x' }, starting);
      expect(answer.statusCode).toBe(503);
      expect(answer.headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' });
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
      expect((await ask({ url })).statusCode).toBe(404);
  });

  test('answers at no other address, and no other method', async () => {
    expect((await ask({ url: '/issues' }, { mailbox })).seen?.url).toBe('/issues');
    expect((await ask({ method: 'POST', url: '/dev/mailbox' }, { mailbox })).statusCode).toBe(404);
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
    const { answer } = aSite({
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
    });
    const server = createServer(answer);
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
    for (const raw of ['/articles/%C3%A9t%C3%A9', '/articles/été'])
      expect((await ask({ raw })).seen?.url).toBe('/articles/%C3%A9t%C3%A9');
    expect((await ask({ raw: '/search?q=100%' })).seen?.url).toBe('/search?q=100%');
    expect((await ask({ raw: '/articles/a%20b' })).seen?.url).toBe('/articles/a%20b');
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
