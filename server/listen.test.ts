import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeServer, listen, makeServer, type Patience } from './listen.ts';

/* Clients that are slow, greedy or broken, on a real socket; patience is shortened, the rules are those of production. */

const short: Patience = { headers: 300, request: 1_200, silence: 900, taking: 1_000, checks: 50 };
const large = Buffer.alloc(32 * 1024 * 1024, 'x');

let server: Server;
let bodies: string[];
const sockets: Socket[] = [];

const answer: RequestListener = (request, response) => {
  if (request.url === '/large') return void response.end(large);
  let body = '';
  request.setEncoding('utf8').on('data', (text) => {
    body += text;
  });
  request.on('error', () => {});
  request.on('end', () => {
    bodies.push(body);
    response.end(`answer to ${request.url}`);
  });
};

beforeEach(async () => {
  bodies = [];
  server = makeServer(answer, false, short);
  await listen(server, { port: 0, host: '127.0.0.1' });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await closeServer(server);
});

async function open(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket.on('error', () => {}));
  await once(socket, 'connect');
  return socket;
}

/** All that comes until the server closes the connection. */
function toEnd(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('latin1').on('data', (part) => {
    text += part;
  });
  return new Promise((done) => socket.once('close', () => done(text)));
}

/** Writes this whole and waits for the end of the connection. */
async function say(text: string): Promise<string> {
  const socket = await open();
  const said = toEnd(socket);
  socket.write(text);
  return said;
}

/** A part now and then, until the connection is closed; answers what came and after how many milliseconds. */
async function trickle(first: string, part: string): Promise<{ said: string; took: number }> {
  const socket = await open();
  const began = performance.now();
  socket.write(first);
  const timer = setInterval(() => socket.write(part), 20);
  const said = await toEnd(socket);
  clearInterval(timer);
  return { said, took: performance.now() - began };
}

async function readersAreAnswered(): Promise<void> {
  const said = await say('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(said).toContain('answer to /');
}

describe('who sends a little now and then is cut off', () => {
  test('with headers that don’t end', async () => {
    const { said, took } = await trickle('GET / HTTP/1.1\r\nHost: x\r\nX-Long: ', 'a');
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(took).toBeLessThan(1_000);
  });

  test('with a request line that doesn’t end', async () => {
    const { said, took } = await trickle('GET /', 'a');
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
    expect(took).toBeLessThan(1_000);
  });

  test('with a body, whether or not it says how long it is', async () => {
    const head = 'POST / HTTP/1.1\r\nHost: x\r\n';
    const ends = await Promise.all([
      trickle(`${head}Content-Length: 100000\r\n\r\n`, 'a'),
      trickle(`${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\na\r\n'),
    ]);
    for (const { took } of ends) expect(Math.abs(took - 1_700)).toBeLessThan(600);
    expect(bodies).toEqual([]);
  });

  test('with nothing at all', async () => {
    expect(await toEnd(await open())).toMatch(/^HTTP\/1\.1 408 |^$/);
  });
});

test('who takes an answer in sips is cut off, and meanwhile others are answered', async () => {
  const sipper = await open();
  const began = performance.now();
  sipper.write('GET /large HTTP/1.1\r\nHost: x\r\n\r\n');
  sipper.pause();
  let taken = 0;
  // Enough at a time that the server can always send on a little.
  const timer = setInterval(() => {
    taken += sipper.read()?.length ?? 0;
  }, 40);
  await wait(200);
  await readersAreAnswered();
  while ((await connections()) > 0 && performance.now() - began < 4_000) await wait(20);
  clearInterval(timer);
  expect(await connections()).toBe(0);
  expect(taken).toBeGreaterThan(100_000);
  expect(taken).toBeLessThan(large.length / 2);
});

test('a thousand connections that say nothing keep no reader out', async () => {
  await Promise.all(Array.from({ length: 1_000 }, open));
  await readersAreAnswered();
});

describe('what is no proper request is refused, and nothing of it answered', () => {
  const many = (header: string, count: number) => Array(count).fill(header).join('');
  const end = '\r\n\r\n';
  test.each([
    ['a header over 16 KB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(17_000)}${end}`, 431],
    ['too many headers', `GET / HTTP/1.1\r\nHost: x\r\n${many('X-Y: z\r\n', 3_000)}\r\n`, 431],
    ['an address over 16 KB', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: x${end}`, 431],
    [
      'two lengths',
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 40${end}abcd`,
      400,
    ],
    [
      'a length and chunks',
      `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked${end}0${end}GET /hidden HTTP/1.1\r\nHost: x${end}`,
      400,
    ],
    [
      'an encoding that hides chunks',
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity${end}0${end}`,
      400,
    ],
    [
      'an encoding written like another',
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked${end}0${end}`,
      400,
    ],
    [
      'a chunk longer than it says',
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked${end}3\r\nabcdef\r\n0${end}`,
      400,
    ],
    [
      'a chunk whose length is no number',
      `POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked${end}-1\r\na\r\n0${end}`,
      400,
    ],
    ['a length that is no number', `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -4${end}`, 400],
    ['a space before the colon', `GET / HTTP/1.1\r\nHost: x\r\nContent-Length : 4${end}abcd`, 400],
    ['a folded header', `GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n Content-Length: 4${end}`, 400],
    ['a line feed alone', 'GET / HTTP/1.1\nHost: x\n\n', 400],
    ['no host', `GET / HTTP/1.1${end}`, 400],
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ])('%s', async (_, text, status) => {
    const said = await say(text);
    expect(said).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(bodies).toEqual([]);
    await readersAreAnswered();
  });
});

test('requests sent in one go are answered in their order', async () => {
  const ask = (path: string, last: boolean) =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\n${last ? 'Connection: close\r\n' : ''}\r\n`;
  const said = await say(ask('/one', false) + ask('/two', false) + ask('/three', true));
  expect(said.match(/answer to \/[a-z]+/g)).toEqual(
    ['/one', '/two', '/three'].map((path) => `answer to ${path}`),
  );
});

test('who wants another protocol is answered in this one, and a tunnel is not opened', async () => {
  server.on('upgrade', () => {});
  const head = 'Host: x\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n';
  expect(await say(`GET /socket HTTP/1.1\r\n${head}`)).toContain('answer to /socket');
  expect(await say('CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
});

test('HTTP/1.0 is answered and the connection closed', async () => {
  expect(await say('GET /old HTTP/1.0\r\n\r\n')).toContain('answer to /old');
});

function connections(): Promise<number> {
  return new Promise((done) => server.getConnections((_, count) => done(count)));
}
