import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articleFormerSlugs } from '#db/schema/articles.ts';
import { dailyReads } from '#db/schema/reads.ts';
import { useDatabase } from '#db/testing.ts';
import { addReads } from './commands.ts';

useDatabase();

const day = '2026-11-23';
const read = (slug: string, count: number, kind: 'article' | 'issue' = 'article') => ({
  at: `${day}T12:15:00.000Z`,
  kind,
  slug,
  count,
});
const stored = async () =>
  (await db().select().from(dailyReads)).map(({ subjectId, reads }) => [subjectId, reads]);

test('what several instances counted adds up, also where they write at the same moment', async () => {
  const articles = await Promise.all(
    Array.from({ length: 30 }, (_, n) => anArticle({ slug: `tide-${n}` })),
  );
  const slugs = articles.map(({ slug }) => slug);
  const instances = [slugs, slugs.toReversed(), slugs, slugs.toReversed()];
  for (let round = 0; round < 3; round += 1)
    await Promise.all(instances.map((own) => addReads(own.map((slug) => read(slug, 2)))));
  const found = await stored();
  expect(found.length).toBe(30);
  expect(new Set(found.map(([, reads]) => reads))).toEqual(new Set([24]));
});

test('a read belongs to the day that the publication has at that moment, also where its clocks change', async () => {
  await aPublication({ timeZone: 'America/New_York' });
  const { id } = await anArticle({ slug: 'tide' });
  const at = (at: string, count: number) => ({ ...read('tide', count), at });
  // On the first of November the clocks go back, by an hour, at six in UTC.
  await addReads([
    at('2026-11-01T03:45:00.000Z', 1),
    at('2026-11-01T04:00:00.000Z', 2),
    at('2026-11-02T04:45:00.000Z', 4),
    at('2026-11-02T05:00:00.000Z', 8),
  ]);
  const rows = await db().select().from(dailyReads).orderBy(dailyReads.day);
  expect(rows.map((row) => [row.subjectId, row.day, row.reads])).toEqual([
    [id, '2026-10-31', 1],
    [id, '2026-11-01', 6],
    [id, '2026-11-02', 8],
  ]);
});

test('a batch that fails leaves nothing behind, so that it can be tried again', async () => {
  const { id } = await anArticle({ slug: 'tide' });
  await anArticle({ slug: 'wave' });
  await expect(addReads([read('tide', 3), read('wave', -1)])).rejects.toThrow();
  expect(await stored()).toEqual([]);
  await addReads([read('tide', 3)]);
  expect(await stored()).toEqual([[id, 3]]);
});

test('reads at a former address are the article’s, at the issue’s the issue’s, and at none nobody’s', async () => {
  const { id } = await anArticle({ slug: 'tide' });
  const issue = await anIssue({ slug: 'tide' });
  await db().insert(articleFormerSlugs).values({ slug: 'old-tide', articleId: id });
  await addReads([
    read('tide', 1),
    read('old-tide', 2),
    read('tide', 4, 'issue'),
    read('nothing', 8),
  ]);
  expect((await stored()).toSorted()).toEqual(
    [
      [id, 3],
      [issue.id, 4],
    ].toSorted(),
  );
  expect((await db().execute(sql`select distinct day::text from daily_reads`)).rows).toEqual([
    { day },
  ]);
});
