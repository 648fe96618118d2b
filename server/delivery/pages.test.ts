import { describe, expect, test } from 'vitest';
import { html, settle, somePages, textOf, watch } from './pages.fixture.ts';
import type { Found } from './pages.ts';

const _forOf = (found: Found) =>
  found.kind === 'answer' && new Map(found.answer.headers).get('x-for');

describe('requests for one missing page', () => {
  test('are joined into one rendering, and later ones take what is kept', async () => {
    const { pages, asked } = somePages();
    const readers = [pages.page('/a'), pages.page('/a'), pages.page('/a')];
    await settle();
    readers.push(pages.page('/a'));
    expect(asked).toHaveLength(1);
    asked[0]?.finish(html('one'));
    expect((await Promise.all(readers)).map(textOf)).toEqual(Array(4).fill('one'));
    expect(textOf(await pages.page('/a'))).toBe('one');
    expect(pages.ready('/a')?.body.toString()).toBe('<p>one</p>');
    expect(asked).toHaveLength(1);
  });

  test('never get a page that expired before they asked: they have it made again, together', async () => {
    const { pages, asked } = somePages();
    const first = watch(pages.page('/a'));
    await settle();
    pages.expire(['/a']);
    await settle();
    const later = [watch(pages.page('/a')), watch(pages.page('/a'))];
    asked[0]?.finish(html('old'));
    await settle();
    expect(first.text).toBe('old');
    expect(later).toEqual([{}, {}]);
    expect(pages.ready('/a')).toBeUndefined();
    expect(asked).toHaveLength(2);
    asked[1]?.finish(html('new'));
    await settle();
    expect(later).toEqual([{ text: 'new' }, { text: 'new' }]);
    expect(pages.ready('/a')?.body.toString()).toBe('<p>new</p>');
  });

  test('share one rendering also while something else expires', async () => {
    const { pages, asked } = somePages();
    const first = watch(pages.page('/a'));
    await settle();
    pages.expire(['another']);
    const joined = watch(pages.page('/a'));
    asked[0]?.finish(html('one'));
    await settle();
    expect([first.text, joined.text]).toEqual(['one', 'one']);
    expect(asked).toHaveLength(1);
  });

  test('of which the rendering fails all learn of it, and the next one asks anew', async () => {
    const { pages, asked } = somePages();
    const readers = [watch(pages.page('/a')), watch(pages.page('/a'))];
    await settle();
    const failure = new Error('no');
    asked[0]?.fail(failure);
    await settle();
    expect(readers).toEqual([{ error: failure }, { error: failure }]);
    const next = pages.page('/a');
    await settle();
    asked[1]?.finish(html('one'));
    expect(textOf(await next)).toBe('one');
  });

  test('of which the rendering comes out broken, or with parts missing, leave nothing that is kept', async () => {
    for (const bad of [
      { status: 500 },
      { status: 200, body: Buffer.from('<template></template>') },
    ]) {
      const { pages, asked } = somePages();
      const first = watch(pages.page('/a'));
      await settle();
      asked[0]?.finish(bad);
      await settle();
      expect(first.text ?? String(first.error)).toMatch(/^broken$|later/);
      const next = pages.page('/a');
      await settle();
      asked[1]?.finish(html('well'));
      expect(textOf(await next)).toBe('well');
    }
  });
});

describe('addresses that lead nowhere or elsewhere', () => {
  test('lead where they are redirected to, page or not, until that changes', async () => {
    const leads = new Map([
      ['/old', '/new'],
      ['/gone', 'https://elsewhere.example/'],
    ]);
    const { pages, asked } = somePages({ leads });
    const moved = (location: string) => ({ kind: 'moved', status: 308, location });
    expect(await pages.lost('/old')).toEqual(moved('/new'));
    expect(await pages.lost('/old/')).toEqual(moved('/new'));
    expect(await pages.lost('/else')).toEqual({ kind: 'nowhere' });
    expect(asked).toEqual([]);
    const page = pages.page('/gone');
    await settle();
    asked[0]?.finish({ status: 404 });
    expect(await page).toEqual(moved('https://elsewhere.example/'));
    expect(await pages.twin('/gone', 'reader', 'c=1')).toEqual(moved('https://elsewhere.example/'));
    leads.clear();
    leads.set('/else', '/new');
    expect(await pages.lost('/old')).toEqual(moved('/new'));
    pages.expire(['redirects']);
    expect(await pages.lost('/old')).toEqual({ kind: 'nowhere' });
    expect(await pages.lost('/else')).toEqual(moved('/new'));
  });

  const nowhere = { status: 404, ...html('x') };
  const moved = { status: 308, headers: { location: '/b' } };

  test('are kept, and dropped when something comes to stand there', async () => {
    const { pages, asked } = somePages();
    const finish = async (parts: object) => {
      await settle();
      asked.at(-1)?.finish(parts);
    };
    await Promise.all([pages.page('/a'), finish(nowhere)]);
    await Promise.all([pages.page('/b'), finish(moved)]);
    expect(await pages.page('/a')).toEqual({ kind: 'nowhere' });
    expect(await pages.page('/b')).toEqual({ kind: 'moved', status: 308, location: '/b' });
    expect(await pages.twin('/a', 'reader', 'c=1')).toEqual({ kind: 'nowhere' });
    expect([asked.length, pages.ready('/a')]).toEqual([2, undefined]);
    pages.expire(['/a']);
    const [found] = await Promise.all([pages.page('/a'), finish(html('there'))]);
    expect(textOf(found)).toBe('there');
    expect(asked).toHaveLength(3);
  });

  test('take no more than their own bytes, and push out no page', async () => {
    const { pages, asked } = somePages({ maxBytes: 20_000 });
    const page = pages.page('/a');
    await settle();
    asked[0]?.finish(html('one'));
    await page;
    const before = pages.state();
    for (let index = 0; index < 12_000; index += 1) {
      const found = pages.page(`/articles/made-up-${index}`);
      asked.at(-1)?.finish(nowhere);
      await found;
    }
    const { entries, bytes } = pages.state();
    expect(textOf(await pages.page('/a'))).toBe('one');
    expect(asked).toHaveLength(12_001);
    expect(entries).toBeLessThan(7_500);
    expect(bytes - before.bytes).toBeLessThanOrEqual(2 * 1024 * 1024);
    expect(bytes - before.bytes).toBeGreaterThan(1.9 * 1024 * 1024);
  });
});

describe('a name in an address', () => {
  test('stays a name where it holds what would begin a query, and is written as addresses are', async () => {
    const { pages, asked } = somePages();
    for (const path of ['/articles/a?b#c', '/articles/é 漢', '/articles/100%'])
      void pages.page(path);
    void pages.twin('/articles/a?b', 'reader', 'c=1');
    void pages.file('/media/a?b/c#d');
    void pages.twin('/', 'reader', 'c=1');
    expect(asked.map(({ path }) => path)).toEqual([
      '/articles/a%3Fb%23c',
      '/articles/%C3%A9%20%E6%BC%A2',
      '/articles/100%25',
      '/member/articles/a%3Fb',
      '/media/a%3Fb/c%23d',
      '/member',
    ]);
  });
});

describe('a file', () => {
  test('is kept with its type and how long it lasts, and nothing else that Next says', async () => {
    const { pages, asked } = somePages();
    const file = pages.file('/_next/static/a.css');
    await settle();
    const headers = { 'content-type': 'text/css', 'cache-control': 'immutable', 'x-nextjs': 'a' };
    asked[0]?.finish({ headers, body: Buffer.from('p {}') });
    expect(await file).toMatchObject({
      answer: {
        headers: [
          ['x-for', 'all'],
          ['content-type', 'text/css'],
          ['cache-control', 'immutable'],
        ],
      },
    });
    expect(pages.ready('/_next/static/a.css')?.body.toString()).toBe('p {}');
  });

  test('that is very large is sent to all who wait for it, and not kept', async () => {
    const { pages, asked } = somePages({ maxBytes: 100 * 1024 * 1024 });
    const readers = [pages.file('/media/a/b'), pages.file('/media/a/b')];
    await settle();
    const headers = { 'content-type': 'application/pdf' };
    asked[0]?.finish({ headers, body: Buffer.alloc(12 * 1024 * 1024) });
    for (const found of await Promise.all(readers)) expect(found.kind).toBe('answer');
    expect(asked).toHaveLength(1);
    expect(pages.state()).toEqual({ entries: 0, bytes: 0 });
  });
});

describe('the page for what isn’t there', () => {
  test('is a 404, made once and kept', async () => {
    const { pages, asked } = somePages();
    const first = pages.missing();
    await settle();
    expect(asked[0]?.path).toBe('/_closed');
    asked[0]?.finish({ status: 404, ...html('Nothing is here.') });
    expect(await first).toMatchObject({ answer: { status: 404 } });
    expect(textOf(await pages.missing())).toBe('Nothing is here.');
    expect(asked).toHaveLength(1);
  });

  test('is not what Next says instead', async () => {
    const { pages, asked } = somePages();
    const first = pages.missing();
    await settle();
    asked[0]?.finish(html('a page'));
    expect(await first).toEqual({ kind: 'broken' });
    void pages.missing();
    expect(asked).toHaveLength(2);
  });
});
