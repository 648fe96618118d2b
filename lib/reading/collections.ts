import { cacheLife } from 'next/cache';
import { listPublished } from '#lib/articles/cards.ts';
import type { ArticleCard } from '#lib/articles/rules.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { env } from '#lib/env.ts';
import { noted, pagesEpoch, type Tagged } from '#lib/pages.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { findSeries, publishedParts } from '#lib/series/queries.ts';
import type { Series } from '#lib/series/rules.ts';
import { findTopic } from '#lib/topics/queries.ts';
import type { Topic } from '#lib/topics/rules.ts';

const { everything } = publicationTags;

/** A topic and what has come out on it, the newest first; `null` where nothing has. */
export async function getTopic(
  slug: string,
): Promise<{ topic: Topic; articles: ArticleCard[] } | null> {
  return noted(readTopic(slug, pagesEpoch()));
}

async function readTopic(
  slug: string,
  epoch: number,
): Promise<Tagged<{ topic: Topic; articles: ArticleCard[] } | null>> {
  'use cache';
  cacheLife('max');
  const tags = [everything, articleTags.onTopic(slug)];
  const topic = env().isBuild ? null : await findTopic(slug);
  if (!topic) return { value: null, tags, epoch };
  const articles = await listPublished({ topicSlug: slug, limit: 100 });
  return { value: { topic, articles }, tags, epoch };
}

/** A series with its published articles in their order; `parts` numbers them by their ids. */
export type SeriesView = {
  series: Series;
  articles: ArticleCard[];
  parts: Record<string, number>;
};

export async function getSeries(slug: string): Promise<SeriesView | null> {
  return noted(readSeries(slug, pagesEpoch()));
}

async function readSeries(slug: string, epoch: number): Promise<Tagged<SeriesView | null>> {
  'use cache';
  cacheLife('max');
  const tags = [everything, articleTags.inSeries(slug)];
  const series = env().isBuild ? null : await findSeries(slug);
  if (!series) return { value: null, tags, epoch };
  const [articles, parts] = await Promise.all([
    listPublished({ seriesSlug: slug, order: 'parts', limit: 500 }),
    publishedParts(slug),
  ]);
  return { value: { series, articles, parts }, tags, epoch };
}
