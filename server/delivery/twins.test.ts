import { describe, expect, test } from 'vitest';
import { html, settle, somePages, textOf, watch } from './pages.fixture.ts';
import type { Found } from './pages.ts';

const forOf = (found: Found) =>
  found.kind === 'answer' && new Map(found.answer.headers).get('x-for');

describe('the page of a signed-in reader', () => {
  const twin = (
    pages: ReturnType<typeof somePages>['pages'],
    by: string,
    variant = 'reader.open',
  ) => pages.twin('/articles/a', variant, `session=${by}`);

  test('is made once for all of one standing, with the session of who asked first', async () => {
    const { pages, asked } = somePages();
    const readers = [
      twin(pages, 'ann'),
      twin(pages, 'bob'),
      twin(pages, 'eve', 'reader.not-owned'),
    ];
    await settle();
    expect(asked.map(({ path, headers }) => [path, headers])).toEqual([
      ['/member/articles/a', { cookie: 'session=ann', 'user-agent': 'broadside-whole-page' }],
      ['/member/articles/a', { cookie: 'session=eve', 'user-agent': 'broadside-whole-page' }],
    ]);
    asked[0]?.finish(html('whole', 'reader.open'));
    asked[1]?.finish(html('teaser', 'reader.not-owned'));
    const found = await Promise.all(readers);
    expect(found.map(textOf)).toEqual(['whole', 'whole', 'teaser']);
    expect(found.map(forOf)).toEqual(['one', 'one', 'one']);
    expect(textOf(await twin(pages, 'dan'))).toBe('whole');
    expect(asked).toHaveLength(2);
  });

  test('that turns out another’s goes to who it was made for alone: a grant between question and rendering leaks nothing', async () => {
    const { pages, asked } = somePages();
    const ann = watch(twin(pages, 'ann', 'reader.not-owned'));
    const bob = watch(twin(pages, 'bob', 'reader.not-owned'));
    await settle();
    asked[0]?.finish(html('whole', 'reader.open'));
    await settle();
    expect(ann.text).toBe('whole');
    expect(bob).toEqual({});
    expect(asked[1]?.headers['cookie']).toBe('session=bob');
    asked[1]?.finish(html('teaser', 'reader.not-owned'));
    await settle();
    expect(bob.text).toBe('teaser');
    expect(textOf(await twin(pages, 'eve', 'reader.not-owned'))).toBe('teaser');
    // Nor is it kept for those whose it is: who asks for theirs has it made.
    const dan = watch(twin(pages, 'dan', 'reader.open'));
    await settle();
    expect([dan, asked.length]).toEqual([{}, 3]);
  });

  test('that doesn’t say whose it is is nobody else’s', async () => {
    const { pages, asked } = somePages();
    const ann = watch(twin(pages, 'ann'));
    const bob = watch(twin(pages, 'bob'));
    await settle();
    asked[0]?.finish(html('whose?'));
    await settle();
    expect([ann.text, bob.text, asked.length]).toEqual(['whose?', undefined, 2]);
  });

  test('is no stranger’s, by whatever address', async () => {
    const { pages, asked } = somePages();
    const made = twin(pages, 'ann');
    await settle();
    asked[0]?.finish(html('whole', 'reader.open'));
    await made;
    for (const path of ['/articles/a', '/member/articles/a', 'reader.open /articles/a'])
      expect(pages.ready(path), path).toBeUndefined();
    const stranger = watch(pages.page('/articles/a'));
    await settle();
    expect(asked[1]).toMatchObject({ path: '/articles/a', headers: {} });
    asked[1]?.finish(html('teaser'));
    await settle();
    expect(stranger.text).toBe('teaser');
  });
});

test('a tag that expires drops exactly its pages, in all variants', async () => {
  const { pages, asked } = somePages({
    tags: (path) => [path.replace('/member', ''), 'everything'],
  });
  const all = () => [
    pages.page('/a'),
    pages.page('/b'),
    pages.twin('/a', 'reader', 'c=1'),
    pages.twin('/a', 'staff', 'c=2'),
    pages.twin('/b', 'reader', 'c=1'),
    pages.file('/feed.xml'),
  ];
  const make = async () => {
    const found = all();
    await settle();
    const begun = asked.splice(0);
    for (const { finish, headers } of begun)
      finish(html('x', headers['cookie'] === 'c=2' ? 'staff' : 'reader'));
    await Promise.all(found);
    return begun.map(({ path, headers }) => `${path} ${headers['cookie'] ?? ''}`.trim());
  };
  expect(await make()).toHaveLength(6);
  expect(await make()).toEqual([]);
  pages.expire(['/a']);
  expect(await make()).toEqual(['/a', '/member/a c=1', '/member/a c=2']);
  pages.expire(['/feed.xml', 'unknown']);
  expect(await make()).toEqual(['/feed.xml']);
  pages.expire(['everything']);
  expect(await make()).toHaveLength(6);
});
