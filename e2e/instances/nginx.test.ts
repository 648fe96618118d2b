import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freePort } from '#lib/gateways/storage/s3.fixture.ts';
import { hasNginx, startNginx } from './nginx.ts';

/* What deploy/nginx.conf makes of requests, seen by two servers behind it. */

type Behaviour = 'answers' | 'breaks off' | 'starts';
let behaviours: [Behaviour, Behaviour];
let seen: { method: string; headers: IncomingMessage['headers'] }[];
let servers: Server[];
let front: Awaited<ReturnType<typeof startNginx>>;

beforeEach(async ({ skip }) => {
  skip(!hasNginx, 'nginx is not installed');
  behaviours = ['answers', 'answers'];
  seen = [];
  const ports = [await freePort(), await freePort()];
  servers = ports.map((port, index) =>
    createServer((request, response) => {
      if (request.url !== '/api/health') {
        seen.push({ method: request.method ?? '', headers: request.headers });
        if (behaviours[index] === 'breaks off') return request.socket.destroy();
        if (behaviours[index] === 'starts') response.writeHead(503, { 'retry-after': '2' });
      }
      response.end(`server ${index}`);
    }).listen(port, '127.0.0.1'),
  );
  front = await startNginx(ports);
});

afterEach(async () => {
  await front?.stop();
  for (const server of servers ?? []) {
    server.closeAllConnections();
    server.close();
  }
});

const ask = (method = 'GET', headers: Record<string, string> = {}) =>
  fetch(`${front.origin}/x`, { method, headers, ...(method === 'POST' ? { body: 'x' } : {}) });

const methods = () => seen.map(({ method }) => method);

test('a reader’s own X-Forwarded-For and X-Request-Id are written over', async () => {
  await ask('GET', { 'x-forwarded-for': '203.0.113.7', 'x-request-id': 'of-my-own' });
  expect(seen[0]?.headers['x-forwarded-for']).toBe('127.0.0.1');
  expect(seen[0]?.headers['x-forwarded-proto']).toBe('http');
  expect(seen[0]?.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  expect(seen[0]?.headers.host).toBe(new URL(front.origin).host);
});

describe.each<Behaviour>(['breaks off', 'starts'])('where one instance %s', (behaviour) => {
  beforeEach(() => {
    behaviours = [behaviour, 'answers'];
  });

  test('reading is answered by the other, every time', async () => {
    for (let times = 0; times < 12; times += 1) {
      const answer = await ask();
      expect([answer.status, await answer.text()]).toEqual([200, 'server 1']);
    }
    expect(seen.length).toBeGreaterThan(12);
  });

  test('a form is sent once, and never to the other as well', async () => {
    const statuses = [];
    for (let times = 0; times < 12; times += 1) statuses.push((await ask('POST')).status);
    expect(methods()).toEqual(Array(12).fill('POST'));
    expect(statuses).toContain(behaviour === 'starts' ? 503 : 502);
  });
});

test('where both are overloaded, a reader is told when to come again, and no third try is made', async () => {
  behaviours = ['starts', 'starts'];
  for (let times = 0; times < 12; times += 1) {
    const answer = await ask();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
  }
  expect(seen).toHaveLength(24);
  behaviours = ['answers', 'answers'];
  expect((await ask()).status).toBe(200);
});

test('a dead instance costs neither reading nor forms anything', async () => {
  await new Promise((done) => {
    servers[0]?.closeAllConnections();
    servers[0]?.close(done);
  });
  for (let times = 0; times < 6; times += 1) {
    expect((await ask()).status).toBe(200);
    expect((await ask('POST')).status).toBe(200);
  }
});

test('a body beyond 32 MB is refused before it reaches an instance', async () => {
  const body = new Uint8Array(33 * 1024 * 1024);
  const answer = await fetch(`${front.origin}/x`, { method: 'POST', body }).catch(() => null);
  expect(answer?.status ?? 413).toBe(413);
  expect(seen).toEqual([]);
});
