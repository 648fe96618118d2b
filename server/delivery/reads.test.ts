import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setClock } from '#lib/clock.ts';
import type { Reads } from '#lib/reads/rules.ts';
import { aSite, session } from './ask.fixture.ts';
import { readCounter } from './reads.ts';

const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};
const at = '2026-11-23T12:00:00.000Z';

beforeEach(() => setClock(() => new Date('2026-11-23T12:07:00Z')));
afterEach(() => setClock(null));

/** A counter whose writing fails while `broken`. */
function aCounter() {
  const written: Reads[] = [];
  const state = { broken: false, written };
  const counter = readCounter({
    log: pino({ level: 'silent' }),
    add: async (batch) => {
      if (state.broken) throw new Error('The database is away');
      written.push(...batch);
    },
  });
  return { ...counter, state };
}

describe('a read is counted', () => {
  test('for what browsers show, and not for robots, for who says no name, or ahead of a click', async () => {
    const { count, close, state } = aCounter();
    const uncounted = [
      {},
      { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
      { 'user-agent': 'curl/8.5.0' },
      { ...browser, 'sec-purpose': 'prefetch' },
      { ...browser, 'sec-purpose': 'prefetch;prerender' },
      { ...browser, purpose: 'prefetch' },
      { ...browser, 'x-moz': 'prefetch' },
      { ...browser, 'sec-fetch-dest': 'empty' },
    ];
    for (const headers of uncounted) count('/articles/tide', headers);
    await close();
    expect(state.written).toEqual([]);

    count('/articles/tide', browser);
    count('/articles/tide', { ...browser, 'sec-fetch-dest': 'document' });
    count('/issues/one', browser);
    for (const path of ['/', '/issues', '/sections/tide', '/articles/']) count(path, browser);
    await close();
    expect(state.written).toEqual([
      { at, kind: 'article', slug: 'tide', count: 2 },
      { at, kind: 'issue', slug: 'one', count: 1 },
    ]);
  });

  test('in the quarter of an hour in which it happened, so that any zone’s midnight parts them', async () => {
    const { count, close, state } = aCounter();
    count('/articles/tide', browser);
    setClock(() => new Date('2026-11-23T12:15:00Z'));
    count('/articles/tide', browser);
    await close();
    expect(state.written.map((reads) => [reads.at, reads.count])).toEqual([
      [at, 1],
      ['2026-11-23T12:15:00.000Z', 1],
    ]);
  });

  test('once, however often writing it down failed before, and together with what came meanwhile', async () => {
    const { count, flush, close, state } = aCounter();
    count('/articles/tide', browser);
    state.broken = true;
    await flush();
    await flush();
    count('/articles/tide', browser);
    expect(state.written).toEqual([]);
    state.broken = false;
    await flush();
    await flush();
    count('/articles/tide', browser);
    await close();
    expect(state.written.map((reads) => reads.count)).toEqual([2, 1]);
  });

  test('in bounded memory: of made-up addresses only so many are held, and known ones go on counting', async () => {
    const { count, close, state } = aCounter();
    count('/articles/tide', browser);
    for (let n = 0; n < 30_000; n += 1) count(`/articles/made-up-${n}`, browser);
    count('/articles/tide', browser);
    await close();
    expect(state.written.length).toBe(20_000);
    expect(state.written[0]?.count).toBe(2);
  });
});

describe('the delivery layer counts', () => {
  const url = '/articles/tide';

  test('a page made, kept, or known already to the browser, by GET alone', async () => {
    const site = aSite();
    const first = await site.ask({ url, headers: browser });
    await site.ask({ url, headers: browser });
    await site.ask({ url: `${url}?from=mail`, headers: browser });
    const etag = String(first.headers['etag']);
    const known = await site.ask({ url, headers: { ...browser, 'if-none-match': etag } });
    expect(known.statusCode).toBe(304);
    expect(site.reads).toEqual([url, url, url, url]);

    await site.ask({ url, method: 'HEAD', headers: browser });
    await site.ask({ url, headers: { ...browser, range: 'bytes=0-9' } });
    await site.ask({ url: '/articles/%2f..', headers: browser });
    expect(site.reads.length).toBe(4);
  });

  test('a signed-in reader’s page, and never one of who works for the magazine', async () => {
    const headers = { ...browser, ...session };
    const reader = aSite();
    await reader.ask({ url, headers });
    expect(reader.reads).toEqual([url]);
    for (const variant of ['staff', 'staff.open.owner']) {
      const staff = aSite({ variantFor: async () => variant });
      await staff.ask({ url, headers });
      await staff.ask({ url });
      await staff.ask({ method: 'POST', url: `/api/shown${url}`, headers });
      expect(staff.reads).toEqual([url]);
    }
  });

  test('a page that came ahead of the click once the browser says that it is shown, if there is such a page', async () => {
    const site = aSite();
    const say = (path: string, headers = {}) =>
      site.ask({ method: 'POST', url: `/api/shown${path}`, headers: { ...browser, ...headers } });
    expect((await say(url)).statusCode).toBe(204);
    expect(site.reads).toEqual([]);
    await site.ask({ url });
    site.reads.length = 0;
    await say(url);
    await say('/articles/made-up');
    await say(url, { 'sec-fetch-site': 'cross-site' });
    expect(site.reads).toEqual([url]);
    // Next was asked for the page alone.
    expect(site.seen.map((seen) => seen.url)).toEqual([url]);
  });
});
