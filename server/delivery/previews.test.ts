import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { aSite, ask, session } from './ask.fixture.ts';

const token = `${'aB3_-'.repeat(8)}xyz`;
const url = `/preview/${token}`;

/** A Next that answers everything like this. */
const saying =
  (status: number, html: string): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
    response.end(html);
  };

describe('a preview', () => {
  test('is made for each request and kept by nobody, signed in or not', async () => {
    const { ask: again, seen, state } = aSite();
    for (const headers of [{}, {}, session]) {
      const answer = await again({ url, headers });
      expect(answer.statusCode).toBe(200);
      expect(answer.payload).toBe(`<p>${url} from Next</p>`);
      expect(answer.headers['cache-control']).toBe('private, no-store');
    }
    expect(seen.map((asked) => asked.url)).toEqual([url, url, url]);
    expect(state()).toEqual(aSite().state());
  });

  test('says where it leads to nobody: no referrer, no index, no scripts', async () => {
    for (const path of [url, `${url}/an-article`]) {
      const { headers, payload } = await ask({ url: path });
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-robots-tag']).toBe('noindex, nofollow, noarchive');
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(payload).not.toContain('<script');
    }
  });

  test('that is not open is a 404 with what the page says', async () => {
    const closed = '<meta name="broadside-variant" content="closed"><p>Not open.</p>';
    const answer = await ask({ url }, { next: () => saying(200, closed) });
    expect([answer.statusCode, answer.payload]).toEqual([404, '<p>Not open.</p>']);
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });

  test('asked for too often is refused before anything is looked up, whatever the way to ask', async () => {
    const asked: string[] = [];
    const { ask: again, seen } = aSite({
      countPreview: async (address) => {
        asked.push(address);
        return { ok: false, reason: 'too_many', message: 'Later.', seconds: 60 };
      },
    });
    for (const request of [
      { url },
      { url, headers: { rsc: '1' } },
      { url, method: 'HEAD' as const },
    ]) {
      expect((await again(request)).statusCode).toBe(429);
    }
    expect(asked).toHaveLength(3);
    expect(seen).toEqual([]);
  });

  test('that fails says so, and nothing of what Next says', async () => {
    const answer = await ask({ url }, { next: () => saying(500, 'at lib/secret.ts') });
    expect(answer.statusCode).toBe(500);
    expect(answer.payload).not.toContain('secret');
  });
});
