import { cacheLife } from 'next/cache';
import { listPublished } from '#lib/articles/cards.ts';
import type { ArticleCard } from '#lib/articles/rules.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { clock } from '#lib/clock.ts';
import { env } from '#lib/env.ts';
import { noted, pagesEpoch, type Tagged } from '#lib/pages.ts';
import { findPublication } from '#lib/publication/queries.ts';
import type { Publication } from '#lib/publication/rules.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { listSections } from '#lib/sections/queries.ts';
import type { Section } from '#lib/sections/rules.ts';

/** What every page of the site shows around its own content. */
export type Site = {
  publication: Publication;
  sections: Section[];
  /** Absolute, without a slash at its end. */
  origin: string;
};

/**
 * The site's frame. The banner is there only while it runs; the jobs that `saveBanner` puts into the queue expire the
 * tag at both ends of its time. A build has no database: it answers `null`, and what it renders is sent to nobody.
 */
export async function getSite(): Promise<Site | null> {
  return noted(readSite(pagesEpoch()));
}

async function readSite(epoch: number): Promise<Tagged<Site | null>> {
  'use cache';
  cacheLife('max');
  const tags = [publicationTags.everything, publicationTags.publication];
  if (env().isBuild) return { value: null, tags, epoch };
  const [publication, sections] = await Promise.all([findPublication(), listSections()]);
  const { banner } = publication;
  const now = clock.now();
  const running = banner && banner.from <= now && now < banner.until;
  const value = {
    publication: { ...publication, banner: running ? banner : null },
    sections,
    origin: env().siteUrl,
  };
  return { value, tags, epoch };
}

/** Like `getSite`, for a page that is rendered only when there is a magazine to show. */
export async function requireSite(): Promise<Site> {
  const site = await getSite();
  if (!site) throw new Error('A build has no publication to show');
  return site;
}

/** The newest posts outside any issue. */
export async function getLatestNews(limit: number): Promise<ArticleCard[]> {
  return noted(readLatestNews(limit, pagesEpoch()));
}

async function readLatestNews(limit: number, epoch: number): Promise<Tagged<ArticleCard[]>> {
  'use cache';
  cacheLife('max');
  const value = env().isBuild ? [] : await listPublished({ kind: 'news', limit });
  return { value, tags: [publicationTags.everything, articleTags.news], epoch };
}
