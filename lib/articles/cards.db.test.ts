import { expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { useDatabase } from '#db/testing.ts';
import { listAddresses } from './cards.ts';

useDatabase();

test('the list of addresses holds what is published and nothing else, the newest first', async () => {
  const [older, newer] = [new Date('2026-03-01T08:00:00Z'), new Date('2026-04-01T08:00:00Z')];
  await anArticle({ slug: 'older', kind: 'news', publishedAt: older });
  await anArticle({ slug: 'newer', access: 'gated', publishedAt: newer });
  await anArticle({ slug: 'draft', publishedAt: null });
  await anArticle({ slug: 'appointed', publishedAt: null, scheduledFor: newer });
  expect(await listAddresses(10)).toEqual([
    { slug: 'newer', publishedAt: newer },
    { slug: 'older', publishedAt: older },
  ]);
  expect(await listAddresses(1)).toEqual([{ slug: 'newer', publishedAt: newer }]);
});
