import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { noteTags } from '#lib/pages.ts';
import { aSite, ask, settings } from './ask.fixture.ts';
import type { DeliveryOptions } from './deliver.ts';

/** A Next whose own answer to `/_closed` is the page for what isn't there, and `answer` to all else. */
const besides =
  (answer: RequestListener): RequestListener =>
  (request, response) => {
    if (request.url !== '/_closed') return answer(request, response);
    noteTags(['everything']);
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<p>Nothing is here.</p><script>x</script>');
  };

/** Asks over a real connection: Next's answer is held up on its way there. */
async function asked(
  next: RequestListener,
  url: string,
  { method = 'GET', ...options }: { method?: string } & Partial<DeliveryOptions> = {},
) {
  const { answer } = aSite({ ...options, next: () => besides(next) });
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${url}`, { method, redirect: 'manual' });
    const payload = await response.text();
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), payload };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe('an app page that isn’t there', () => {
  const empty: RequestListener = (_, response) => {
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8', 'x-next': '1' });
    response.write('');
    response.end();
  };

  test('is the page that says so, whole without a script, in the place of Next’s empty one', async () => {
    const answer = await asked(empty, '/account/orders/x');
    expect([answer.statusCode, answer.payload]).toEqual([404, '<p>Nothing is here.</p>']);
    expect(answer.headers['x-next']).toBeUndefined();
    expect(answer.headers['content-length']).toBe(String(Buffer.byteLength(answer.payload)));
  });

  test('stays as Next has it where it is no page, or nobody reads it', async () => {
    const json: RequestListener = (_, response) =>
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
    expect((await asked(json, '/account')).payload).toBe('{}');
    for (const method of ['HEAD', 'POST'] as const) {
      const answer = await asked(empty, '/account', { method });
      expect([answer.statusCode, answer.headers['x-next'], answer.payload]).toEqual([404, '1', '']);
    }
  });
});

describe('an app page that fails', () => {
  test('is a page that needs neither script nor database, at once, and says if the database is away', async () => {
    const endless: RequestListener = (_, response) => {
      response.writeHead(500, { 'content-type': 'text/html', 'x-next': 'stack' });
      response.write('at lib/secret.ts');
    };
    for (const method of ['GET', 'POST'] as const) {
      const broken = await asked(endless, '/account', { method });
      expect(broken.statusCode).toBe(500);
      expect(broken.payload).toContain('Something broke on our side');
      expect(JSON.stringify([broken.payload, broken.headers])).not.toMatch(/secret|stack/);
    }
    const away = await asked(endless, '/account', { away: () => true });
    expect(away.statusCode).toBe(503);
    expect(away.headers['retry-after']).toBe('30');
    expect(away.payload).toContain('nothing was charged');
  });

  test('by throwing is logged with its path alone, and answered all the same', async () => {
    const { ask: again, logged } = aSite({
      next: () => () => {
        throw new Error('no');
      },
    });
    const answer = await again({ url: '/account?token=secret' });
    expect(answer.statusCode).toBe(500);
    expect(answer.payload).toContain('Something broke on our side');
    expect(logged).toMatchObject([{ level: 50, path: '/account', err: { message: 'no' } }]);
    expect(JSON.stringify(logged)).not.toContain('secret');
  });
});

describe('the search page', () => {
  const found: RequestListener = (request, response) => {
    const html = `<p>${request.url}</p><script>next()</script>`;
    response.setHeader('content-type', 'text/html');
    if (!request.headers['accept-encoding']) return response.end(html);
    response.setHeader('content-encoding', 'br');
    return response.end(brotliCompressSync(html));
  };

  test('is made for each request, without scripts and packed for the one who asks', async () => {
    const { ask: again, seen } = aSite({ next: () => found });
    for (const q of ['a', 'b', 'a'.repeat(300)]) {
      const headers = { 'accept-encoding': 'gzip' };
      const answer = await again({ url: `/search?q=${q}`, headers });
      const packed = answer.headers['content-encoding'] === 'gzip';
      const text = packed ? gunzipSync(answer.rawPayload).toString() : answer.payload;
      expect(text).toBe(`<p>/search?q=${q}</p>`);
      expect(answer.headers['cache-control']).toBe('private, no-store');
    }
    expect(seen).toHaveLength(3);
  });

  test('that fails says so, and nothing of what Next says', async () => {
    const failing: RequestListener = (_, response) =>
      response.writeHead(500, { 'content-type': 'text/html' }).end('at lib/secret.ts');
    const answer = await asked(failing, '/search?q=x');
    expect(answer.statusCode).toBe(500);
    expect(answer.payload).not.toContain('secret');
  });

  test('asked for in parts by Next’s own runtime passes by', async () => {
    const answer = await ask({ url: '/search?q=x', headers: { rsc: '1' } }, { next: () => found });
    expect(answer.payload).toContain('<script>');
  });
});

test('in development nothing is kept or taken out, and who is signed in gets the twin itself', async () => {
  const site = aSite({ build: null, settings: { ...settings, mode: 'development' } });
  const cookie = 'authjs.session-token=abc';
  for (const url of ['/issues?x=1', '/issues?x=1', '/anything']) {
    expect((await site.ask({ url })).payload).toContain('<script>');
    await site.ask({ url, headers: { cookie } });
  }
  await site.ask({ url: '/', headers: { cookie } });
  await site.ask({ url: '/issues', method: 'POST', headers: { cookie } });
  expect(site.seen.map(({ url }) => url)).toEqual([
    ...['/issues?x=1', '/member/issues?x=1', '/issues?x=1', '/member/issues?x=1'],
    ...['/anything', '/anything', '/member', '/issues'],
  ]);
});

test('in development a page that isn’t there leads where it was redirected to, and one that is stays', async () => {
  const empty: RequestListener = (_, response) =>
    response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end();
  const leads = new Map([
    ['/über uns', '/issues?from=old'],
    ['/topics/sea', '/topics/oceans'],
  ]);
  const options: Partial<DeliveryOptions> = {
    build: null,
    settings: { ...settings, mode: 'development' },
    leadOf: async (path) => ({ location: leads.get(path) ?? null, tags: [] }),
  };
  for (const [url, location] of [
    ['/%C3%BCber%20uns/?x=1', '/issues?from=old'],
    ['/topics/sea', '/topics/oceans'],
  ] as const) {
    const { statusCode, headers, payload } = await asked(empty, url, options);
    expect([statusCode, headers['location'], payload]).toEqual([308, location, '']);
    expect(headers['cache-control']).toBe('no-cache');
    expect((await ask({ url }, options)).statusCode).toBe(200);
  }
  const nowhere = await asked(empty, '/else', options);
  expect([nowhere.statusCode, nowhere.payload]).toEqual([404, '<p>Nothing is here.</p>']);
  const form = await asked(empty, '/topics/sea', { ...options, method: 'POST' });
  expect(form.statusCode).toBe(404);
});
