import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { noteTags } from '#lib/pages.ts';
import { aSite, revalidate, session } from './ask.fixture.ts';

/** A Next that answers when it is told to. */
function waitingNext() {
  const open: { url: string; response: ServerResponse; finish: () => void }[] = [];
  const next: RequestListener = (request, response) => {
    noteTags(['everything']);
    const finish = () => {
      response.setHeader('content-type', 'text/html');
      response.end(`<p>${request.url}</p>`);
    };
    open.push({ url: request.url ?? '', response, finish });
  };
  return { open, options: { next: () => next } };
}

describe('a public page', () => {
  test('is made once, whatever is asked besides, and sent without scripts', async () => {
    const { ask, seen } = aSite();
    for (const url of ['/issues', '/issues?utm=1', '/issues?utm=2&x', '//issues', '/%69ssues#x']) {
      const { payload, statusCode, headers } = await ask({ url });
      expect([statusCode, payload]).toEqual([200, '<p>/issues from Next</p>']);
      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=0, must-revalidate',
        vary: 'accept-encoding, cookie',
      });
    }
    expect(seen).toHaveLength(1);
  });

  test('is made from our own words alone: nothing that a stranger sends reaches Next', async () => {
    const { ask, seen } = aSite();
    const forged = {
      'x-prerender-revalidate': 'guess',
      'x-prerender-revalidate-if-generated': '1',
      'x-broadside-address': '198.51.100.1',
      'x-middleware-subrequest': 'middleware:middleware',
      'x-middleware-rewrite': '/dashboard',
      'x-nextjs-data': '1',
      'x-matched-path': '/dashboard',
      'x-forwarded-host': 'evil.example',
      'next-router-prefetch': '1',
      'next-action': 'abc',
      'content-security-policy': "script-src 'nonce-mine'",
      'accept-encoding': 'br',
      'accept-language': 'xx',
      'user-agent': 'broadside-whole-page',
      cookie: `theme=dark; x=y; ${session.cookie}; __prerender_bypass=1`,
      authorization: 'Basic x',
    };
    const { cookie: _, ...withoutCookie } = forged;
    await ask({ url: '/issues', headers: withoutCookie });
    await ask({ url: '/issues', headers: forged });
    await ask({ url: '/feed.xml', headers: forged });
    await ask({ url: '/nothing/here', headers: forged });
    const agent = { 'user-agent': 'lightMyRequest', host: 'localhost:80' };
    const own = { 'x-prerender-revalidate': revalidate };
    const cookie = '__Secure-authjs.session-token=abc';
    expect(seen).toEqual([
      { url: '/issues', headers: { ...agent, ...own } },
      {
        url: '/member/issues',
        headers: { ...agent, ...own, cookie, 'user-agent': 'broadside-whole-page' },
      },
      { url: '/feed.xml', headers: { ...agent, ...own } },
      { url: '/_closed', headers: { ...agent, ...own } },
    ]);
  });

  test('asked for in parts by Next’s own runtime passes by, kept or not', async () => {
    const { ask, seen } = aSite();
    for (const time of [1, 2]) {
      await ask({ url: '/issues' });
      expect((await ask({ url: '/issues', headers: { rsc: '1' } })).payload).toContain('<script>');
      expect(seen.filter(({ headers }) => headers['rsc'])).toHaveLength(time);
    }
    expect(seen).toHaveLength(3);
  });

  test('that expires is made again, and others are not', async () => {
    const { ask, seen, expire } = aSite();
    await ask({ url: '/issues' });
    await ask({ url: '/subscribe' });
    expire(['/issues']);
    await ask({ url: '/issues' });
    await ask({ url: '/subscribe' });
    expect(seen.map(({ url }) => url)).toEqual(['/issues', '/subscribe', '/issues']);
  });

  test('that was moved or isn’t there costs Next one look', async () => {
    const next: RequestListener = (request, response) => {
      noteTags(['everything']);
      if (request.url === '/articles/old') response.writeHead(308, { location: '/articles/new' });
      else response.writeHead(404, { 'content-type': 'text/html' });
      response.end('<p>Nothing is here.</p><script>x</script>');
    };
    const { ask, seen } = aSite({ next: () => next });
    for (let time = 0; time < 2; time += 1) {
      const moved = await ask({ url: '/articles/old?x=1' });
      expect([moved.statusCode, moved.headers['location']]).toEqual([308, '/articles/new']);
      const missing = await ask({ url: '/articles/none', headers: session });
      expect([missing.statusCode, missing.payload]).toEqual([404, '<p>Nothing is here.</p>']);
      expect((await ask({ url: '/made/up' })).statusCode).toBe(404);
    }
    expect(seen.map(({ url }) => url)).toEqual([
      '/articles/old',
      '/member/articles/none',
      '/_closed',
    ]);
  });

  test('that fails is logged with its path alone', async () => {
    const { ask, logged } = aSite({
      next: () => () => {
        throw new Error('no');
      },
    });
    expect((await ask({ url: '/issues?of=ann' })).statusCode).toBe(500);
    expect(logged).toMatchObject([{ level: 50, path: '/issues', err: { message: 'no' } }]);
    expect(JSON.stringify(logged)).not.toContain('ann');
  });
});

describe('the page of somebody signed in', () => {
  test('is theirs alone to keep: no proxy may', async () => {
    const { headers, payload } = await aSite().ask({ url: '/issues', headers: session });
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(payload).toBe('<p>/member/issues from Next</p>');
  });

  test('depends on what is asked of the database each time', async () => {
    const variantFor = vi
      .fn<() => Promise<string | null>>()
      .mockResolvedValueOnce('reader.open')
      .mockResolvedValue(null);
    const { ask } = aSite({ variantFor });
    const url = '/articles/a';
    expect((await ask({ url, headers: session })).payload).toContain('/member/articles/a');
    expect((await ask({ url, headers: session })).payload).toBe('<p>/articles/a from Next</p>');
    expect(variantFor.mock.calls).toEqual(
      Array(2).fill([{ session: 'abc', subject: { kind: 'article', slug: 'a' } }]),
    );
  });

  test('is the strangers’ while the database is away, and the operator is told', async () => {
    const { ask, logged } = aSite({ variantFor: () => Promise.reject(new Error('away')) });
    const { statusCode, payload } = await ask({ url: '/issues', headers: session });
    expect([statusCode, payload]).toEqual([200, '<p>/issues from Next</p>']);
    expect(logged).toMatchObject([{ level: 40, err: { message: 'away' } }]);
    expect(JSON.stringify(logged)).not.toContain('abc');
  });
});

test('nothing that is kept is served before it is sure that it still holds', async () => {
  let isSure = () => {};
  const unsure = new Promise<void>((done) => {
    isSure = done;
  });
  const sure = vi
    .fn<() => Promise<void> | null>()
    .mockReturnValueOnce(null)
    .mockReturnValue(unsure);
  const { ask, seen, expire } = aSite({ sure });
  await ask({ url: '/issues' });
  const answered = vi.fn();
  const readers = [
    ask({ url: '/issues' }).then(answered),
    ask({ url: '/issues', headers: session }).then(answered),
  ];
  await new Promise((done) => setTimeout(done, 20));
  expect(answered).not.toHaveBeenCalled();
  expire(['everything']);
  isSure();
  await Promise.all(readers);
  expect(seen.map(({ url }) => url)).toEqual(['/issues', '/issues', '/member/issues']);
});

describe('when more is asked for than can be made', () => {
  test('the rest is told to come back, while what is kept goes on being served', async () => {
    const { open, options } = waitingNext();
    const { ask, state } = aSite(options);
    const kept = ask({ url: '/issues' });
    await vi.waitFor(() => expect(open).toHaveLength(1));
    open.shift()?.finish();
    await kept;
    const many = Array.from({ length: 254 }, (_, index) =>
      ask({ url: `/articles/a-${index}` }).then(),
    );
    await vi.waitFor(() => expect(state().pages).toMatchObject({ running: 4, waiting: 250 }));
    const refused = await ask({ url: '/articles/one-more' });
    expect(refused.statusCode).toBe(503);
    expect(refused.headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' });
    expect(refused.payload).toContain('could not be made in time');
    expect((await ask({ url: '/issues' })).payload).toBe('<p>/issues</p>');
    expect(open).toHaveLength(4);
    while (state().pages.running > 0) {
      for (const { finish } of open.splice(0)) finish();
      await new Promise((done) => setImmediate(done));
    }
    for (const { statusCode } of await Promise.all(many)) expect(statusCode).toBe(200);
  });

  test('who goes away while waiting for a place takes none with them', async () => {
    const { open, options } = waitingNext();
    const { answer, state } = aSite(options);
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const ask = () => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('GET /account HTTP/1.1\r\nhost: magazine.example\r\n\r\n'),
      );
      return socket.on('error', () => {}).resume();
    };
    try {
      const running = Array.from({ length: 24 }, ask);
      await vi.waitFor(() => expect(open).toHaveLength(24));
      const impatient = Array.from({ length: 5 }, ask);
      await vi.waitFor(() => expect(state().others.waiting).toBe(5));
      for (const socket of impatient) socket.destroy();
      await new Promise((done) => setTimeout(done, 50));
      for (const { finish } of open.splice(0)) finish();
      await vi.waitFor(() => expect(state().others).toMatchObject({ running: 0, waiting: 0 }));
      expect(open).toHaveLength(0);
      for (const socket of running) socket.destroy();
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
