import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { aPage, ask, size, text } from './answer.fixture.ts';

describe('a range', () => {
  const bytes = Buffer.from(text);
  const part = (range: string, more = {}) =>
    ask(aPage(), { range, 'accept-encoding': 'br', ...more });

  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=10-', 10, size - 1],
    ['bytes=-10', size - 10, size - 1],
    [`bytes=-${size + 5}`, 0, size - 1],
    [`bytes=10-${size + 100}`, 10, size - 1],
    [`bytes=${size - 1}-`, size - 1, size - 1],
    [`bytes=0-${'9'.repeat(400)}`, 0, size - 1],
  ])('%s is sent as that part of the plain page', async (range, from, to) => {
    const { statusCode, headers, rawPayload } = await part(range);
    expect(statusCode).toBe(206);
    expect(rawPayload.equals(bytes.subarray(from, to + 1))).toBe(true);
    expect(headers).toMatchObject({
      'content-range': `bytes ${from}-${to}/${size}`,
      'content-length': String(to - from + 1),
      'content-type': 'text/html; charset=utf-8',
      etag: (await ask(aPage())).headers['etag'],
    });
    expect(headers['content-encoding']).toBeUndefined();
  });

  test.each([
    `bytes=${size}-`,
    `bytes=${size + 9}-${size + 10}`,
    'bytes=-0',
    `bytes=${'9'.repeat(400)}-`,
  ])('%s, in which there is nothing, is 416 with the size', async (range) => {
    const { statusCode, headers, rawPayload } = await part(range);
    expect([statusCode, rawPayload.length]).toEqual([416, 0]);
    expect(headers['content-range']).toBe(`bytes */${size}`);
  });

  test.each([
    'bytes=0-1,5-6',
    'bytes=5-4',
    'bytes=-',
    'bytes=a-b',
    'bytes=1',
    'bytes 0-1',
    'lines=0-1',
    'bytes=-1-2',
    '',
  ])('%j, several or none that can be read, gets the whole page', async (range) => {
    const { statusCode, headers, rawPayload } = await part(range);
    expect([statusCode, headers['content-encoding'] ?? '']).toEqual([200, 'br']);
    expect(brotliDecompressSync(rawPayload).equals(bytes)).toBe(true);
  });

  test('of this very version is sent, and of another one the whole page', async () => {
    const etag = String((await ask(aPage())).headers['etag']);
    expect((await part('bytes=0-1', { 'if-range': etag })).statusCode).toBe(206);
    const others = [
      '"x"',
      `W/${etag}`,
      etag.replace(/"$/, '-br"'),
      'Mon, 23 Nov 2026 18:00:00 GMT',
    ];
    for (const other of others)
      expect((await part('bytes=0-1', { 'if-range': other })).statusCode, other).toBe(200);
  });

  test('of a page that the browser has already is 304', async () => {
    const etag = String((await ask(aPage())).headers['etag']);
    expect((await part('bytes=0-1', { 'if-none-match': etag })).statusCode).toBe(304);
    expect((await part('bytes=0-1', { 'if-none-match': '"x"' })).statusCode).toBe(206);
  });

  test('is sent on condition that the page is still this one, and else nothing of it', async () => {
    const tag = String((await ask(aPage())).headers['etag']);
    const br = tag.replace(/"$/, '-br"');
    for (const wanted of [tag, `"x", ${br}`, '*', '']) {
      for (const [range, status] of [
        ['bytes=0-1', 206],
        ['', 200],
      ] as const)
        expect((await part(range, { 'if-match': wanted })).statusCode, wanted).toBe(status);
    }
    for (const wanted of ['"x"', `W/${tag}`, tag.slice(1, -1)]) {
      const other = await part('bytes=0-1', { 'if-match': wanted, 'if-none-match': tag });
      expect([other.statusCode, other.payload], wanted).toEqual([412, '']);
      expect(other.headers['etag']).toBeUndefined();
    }
    const missing = await ask(aPage(404), { 'if-match': '"x"' });
    expect([missing.statusCode, missing.payload]).toEqual([404, text]);
  });

  test('counts for nothing with HEAD or where there is no page: all of the answer comes', async () => {
    const head = await ask(aPage(), { range: 'bytes=0-1' }, 'HEAD');
    expect([head.statusCode, head.headers['content-length']]).toEqual([200, String(size)]);
    for (const status of [404, 503]) {
      const { statusCode, payload } = await ask(aPage(status), { range: 'bytes=0-1' });
      expect([statusCode, payload]).toEqual([status, text]);
    }
  });
});
