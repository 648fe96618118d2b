import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { Agent, request as send } from 'node:http';
import { connect, type Socket } from 'node:net';
import { ask, formWith, test as withRaw } from './fixtures/attacks.ts';
import { expect, newAddress, stateOf } from './fixtures/test.ts';

/* More than a house can take: too often, too slowly, too much. Readers go on reading. */

const test = withRaw.extend<{ open: () => Promise<Socket> }>({
  /** Connections of one's own, closed at the end. */
  open: async ({ baseURL }, use) => {
    const { hostname, port } = new URL(baseURL ?? '');
    const opened: Socket[] = [];
    await use(async () => {
      const socket = connect(Number(port), hostname);
      opened.push(socket.on('error', () => {}));
      await once(socket, 'connect');
      return socket;
    });
    for (const socket of opened) socket.destroy();
  },
});

test('the 61st search in a minute is 429 and says when to come back; pages go on', async ({
  raw,
}) => {
  const network = `2001:db8:${randomInt(65_536).toString(16)}:${randomInt(65_536).toString(16)}`;
  const asked = async (n: number) => {
    // Whatever stands further left anybody may have written, and one household has all of its network.
    const headers = { 'x-forwarded-for': `10.1.2.${n}, ${network}::${n.toString(16)}` };
    return raw('/search?q=tern', { headers: n % 2 ? { ...headers, rsc: '1' } : headers });
  };
  for (let n = 1; n <= 60; n += 1) expect((await asked(n)).status).toBeLessThan(400);
  const refused = await asked(61);
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
  expect(refused.text).toContain('wait a minute');
  expect((await raw('/issues')).status).toBe(200);
});

test('a search counts for the person, from whatever network address', async ({ as }) => {
  let last = 0;
  for (let n = 1; n <= 61; n += 1) {
    const asker = await as('writer', { 'x-forwarded-for': `10.3.${n}.${Date.now() % 250}` });
    last = (await asker.get('/search?q=tern')).status();
    if (n < 61) expect(last).toBe(200);
  }
  expect(last).toBe(429);
});

test('a purchase begun too often leads back to the form with what was chosen and why not', async ({
  as,
}) => {
  const asker = await as(null);
  const path = '/issues/a-room-in-the-city/buy?edition=digital';
  const form = await formWith(asker, path, 'name="issue"');
  let location = '';
  for (let n = 0; n < 31; n += 1) {
    const answer = await asker.post(form.action, {
      multipart: { ...form.fields, edition: 'digital', from: 'sublet' },
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(303);
    location = answer.headers()['location'] ?? '';
    expect(location.includes('error=too-many')).toBe(n === 30);
  }
  const page = await (await asker.get(location)).text();
  expect(page).toContain('Nothing was charged; please try again in ten minutes');
  expect(location).toContain('edition=digital');
  expect(location).toContain('from=sublet');
});

test.describe('a form that arrives torn is 400 and says so, whoever sends it', () => {
  const part = '--B\r\nContent-Disposition: form-data; name="email"\r\n\r\na@example.org\r\n';
  for (const [name, type, body] of [
    ['without its end', 'multipart/form-data; boundary=B', part],
    ['without a boundary', 'multipart/form-data', `${part}--B--\r\n`],
    ['with another boundary', 'multipart/form-data; boundary=C', `${part}--B--\r\n`],
    ['without anything', 'multipart/form-data; boundary=B', ''],
    [
      'with a part whose head is none',
      'multipart/form-data; boundary=B',
      `${part.replace('Disposition:', 'Disposition')}--B--\r\n`,
    ],
  ] as const) {
    test(name, async ({ raw }) => {
      const headers = { 'content-type': type };
      const answer = await raw('/sign-in', { method: 'POST', headers, body });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('send it again');
    });
  }
});

test('who sends slowly keeps nobody from signing in', async ({ as, open, baseURL }) => {
  const { host } = new URL(baseURL ?? '');
  const head = (length: number) =>
    `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: ${length}\r\n\r\n`;
  for (let n = 0; n < 60; n += 1) (await open()).write(`${head(1_000)}--B`);
  for (let n = 0; n < 12; n += 1) (await open()).write(head(5_000_000) + 'x'.repeat(200_000));
  const began = Date.now();
  expect((await ask(await as(null), newAddress())).headers()['location']).toContain('/check');
  expect(Date.now() - began).toBeLessThan(5_000);
});

test('nothing gets past the parser: no second request in a body, no other protocol, no tunnel', async ({
  open,
  baseURL,
}) => {
  const { host } = new URL(baseURL ?? '');
  const say = async (text: string) => {
    const socket = await open();
    let said = '';
    socket.setEncoding('latin1').on('data', (part) => {
      said += part;
    });
    socket.write(text);
    await once(socket, 'close');
    return said;
  };
  const hidden = `GET /dashboard HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const smuggled = await say(
    `POST /issues HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  );
  expect(smuggled).toMatch(/^HTTP\/1\.1 400 /);
  expect(smuggled.match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(await say(`GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  for (const path of ['/', '/_next/webpack-hmr', 'http://127.0.0.1:5432/']) {
    const said = await say(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
    expect(said, path).toMatch(/^HTTP\/1\.1 (?:200|404) /);
  }
  expect(await say(`CONNECT 127.0.0.1:5432 HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toBe('');
  const absolute = await say('GET http://evil.example/issues HTTP/1.0\r\n\r\n');
  expect(absolute).toMatch(/^HTTP\/1\.1 200 /);
  expect(absolute).not.toContain('evil.example');
});

test.describe('a crawler of made-up addresses', () => {
  test.use({ storageState: stateOf('reader') });

  test('leaves memory and disk within their bounds, and readers are answered meanwhile', async ({
    raw,
    baseURL,
  }) => {
    const metrics = new URL(baseURL ?? '');
    metrics.hostname = '127.0.0.1';
    metrics.port = String(Number(metrics.port) + 2);
    const measure = async (name: string) => {
      const text = await (await fetch(new URL('/metrics', metrics))).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    };
    const files = async () => (await readdir('.next', { recursive: true })).sort();
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const { hostname, port } = new URL(baseURL ?? '');
    const crawl = (path: string) =>
      new Promise<number>((done, failed) => {
        send({ agent, hostname, port, path }, (answer) => {
          answer.resume().once('end', () => done(answer.statusCode ?? 0));
        })
          .on('error', failed)
          .end();
      });
    const many = async (count: number, path: (n: number) => string) => {
      const statuses = new Set<number>();
      let n = 0;
      const one = async () => {
        while (n < count) {
          n += 1;
          statuses.add(await crawl(path(n)));
        }
      };
      await Promise.all(Array.from({ length: 8 }, one));
      return [...statuses].sort();
    };
    for (const path of ['/', '/issues', '/articles/wet-time', '/x']) await raw(path);
    // Other journeys open pages at the same time, some tens of them.
    const others = 100;
    const grown = async () => (await measure('broadside_cache_entries')) - before.entries;
    const before = { files: await files(), entries: await measure('broadside_cache_entries') };
    expect(await many(2_000, (n) => `/issues?utm=${n}`)).toEqual([200]);
    expect(await many(1_000, (n) => `/%69ssues?${'x'.repeat(n % 500)}=${n}`)).toEqual([200]);
    expect(await grown()).toBeLessThan(others);
    expect(await many(2_000, (n) => `/made-up/${n}`)).toEqual([404]);
    expect(await many(1_000, (n) => `/articles/${'long-'.repeat(50)}${n}`)).toEqual([404]);
    expect(await grown()).toBeLessThan(others);
    const rendered = many(80, (n) => `/articles/made-up-${n}`);
    while ((await raw('/articles/wet-time')).status !== 200) throw new Error('A reader waits');
    expect(await rendered).toEqual([404]);
    expect(await grown()).toBeLessThanOrEqual(others + 80);
    expect(await files()).toEqual(before.files);
    agent.destroy();
  });
});
