import { describe, expect, test, vi } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { useDatabase } from '#db/testing.ts';
import { body } from './gated.fixture.ts';
import { getArchive, getSitemap, search } from './lists.ts';

// Outside Next there is no cache.
vi.mock('next/cache', () => ({ cacheLife: () => {} }));
useDatabase();

test('the archive shows whole years on its first page while they fit, and each older issue under its year', async () => {
  const inYear = async (year: number, count: number) => {
    for (let at = 0; at < count; at += 1) {
      const onSaleAt = new Date(Date.UTC(year, 11, 31, 23, 59, at));
      await anIssue({ slug: `${year}-${at}`, onSaleAt, publishedAt: onSaleAt });
    }
  };
  await inYear(2003, 30);
  await inYear(2002, 30);
  expect((await getArchive(null))?.issues).toHaveLength(60);
  expect((await getArchive(null))?.years).toEqual([]);
  await inYear(2001, 1);
  await inYear(1999, 2);
  await anIssue({ slug: 'planned', onSaleAt: new Date('1998-01-01'), publishedAt: null });
  const front = await getArchive(null);
  expect([front?.issues.length, front?.issues.at(-1)?.slug]).toEqual([60, '2002-0']);
  expect(front?.years).toEqual([2001, 1999]);
  const old = await getArchive(1999);
  expect(old?.issues.map(({ slug }) => slug)).toEqual(['1999-1', '1999-0']);
  expect(old?.years).toEqual([2001, 1999]);
  for (const year of [2003, 2000, 1998]) expect(await getArchive(year)).toBeNull();
  const paths = (await getSitemap()).map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('/archive/'))).toEqual([
    '/archive/2001',
    '/archive/1999',
  ]);
});

describe('search', () => {
  test('finds by every word of the text, the title first, and takes whatever was typed', async () => {
    const inTitle = await anArticle({
      title: 'The xylophone',
      publishedAt: new Date('2020-01-01'),
    });
    const inText = await anArticle({ title: 'One', body });
    const found = await search('xylophones', 1);
    expect(found.articles.map(({ slug }) => slug)).toEqual([inTitle.slug, inText.slug]);
    for (const typed of ['"', "'; drop table users", 'a & | ! (', '\0', '%', '\\', '-', '🦓']) {
      expect(await search(typed, 1)).toMatchObject({ more: false });
    }
  });

  test('comes in pages of 20, none twice', async () => {
    const slugs: string[] = [];
    for (let count = 0; count < 23; count += 1) {
      slugs.push((await anArticle({ title: `Zebra ${count}` })).slug);
    }
    const [first, second, none] = [
      await search('zebra', 1),
      await search('zebra', 2),
      await search('zebra', 3),
    ];
    expect([first.articles.length, first.more, second.articles.length]).toEqual([20, true, 3]);
    expect([second.more, none]).toEqual([false, { articles: [], more: false }]);
    const all = [...first.articles, ...second.articles].map(({ slug }) => slug);
    expect(all.toSorted()).toEqual(slugs.toSorted());
  });
});
