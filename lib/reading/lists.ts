import { cacheLife, cacheTag } from 'next/cache';
import { listAddresses, listPublished, searchPublished } from '#lib/articles/cards.ts';
import type { ArticleCard } from '#lib/articles/rules.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { issueOffers, plansOnOffer } from '#lib/catalog/queries.ts';
import type { Offer, Plan } from '#lib/catalog/rules.ts';
import { findContributor } from '#lib/contributors/queries.ts';
import type { Contributor } from '#lib/contributors/rules.ts';
import { env } from '#lib/env.ts';
import {
  findCurrentIssue,
  findIssue,
  findIssueByFormerSlug,
  listIssues,
} from '#lib/issues/queries.ts';
import type { Issue, IssueCard } from '#lib/issues/rules.ts';
import { issueTags } from '#lib/issues/tags.ts';
import type { Currency } from '#lib/money.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { findSection, listSections } from '#lib/sections/queries.ts';
import type { Section } from '#lib/sections/rules.ts';

const { everything } = publicationTags;

export type Home = { issue: Issue | null; latest: ArticleCard[]; news: ArticleCard[] };

/** The current issue whole, the newest articles outside it, and the news. */
export async function getHome(): Promise<Home> {
  'use cache';
  cacheLife('max');
  cacheTag(everything, articleTags.latest, articleTags.news, issueTags.all);
  if (env().isBuild) return { issue: null, latest: [], news: [] };
  const current = await findCurrentIssue();
  const issue = current && (await findIssue(current.slug));
  const inIssue = issue?.contents.flatMap((department) => department.articles) ?? [];
  const [latest, news] = await Promise.all([
    listPublished({ kind: 'article', exceptIds: inIssue.map((article) => article.id), limit: 12 }),
    listPublished({ kind: 'news', limit: 6 }),
  ]);
  return { issue, latest, news };
}

export async function getIssue(slug: string): Promise<Issue | null> {
  'use cache';
  cacheLife('max');
  cacheTag(everything, issueTags.all, issueTags.one(slug));
  return env().isBuild ? null : findIssue(slug);
}

/** Where an issue moved to that once had this address, or `null`. */
export async function getNewIssueAddress(slug: string): Promise<string | null> {
  'use cache';
  cacheLife('max');
  cacheTag(everything, issueTags.one(slug));
  return env().isBuild ? null : findIssueByFormerSlug(slug);
}

/** Every published issue, the newest first. */
export async function getArchive(): Promise<IssueCard[]> {
  'use cache';
  cacheLife('max');
  cacheTag(everything, issueTags.all);
  return env().isBuild ? [] : listIssues({ limit: 1_000 });
}

/** What an issue is sold as in the publication's own currency, with stock as of the last change. */
export async function getIssueOffers(
  issue: { id: string; slug: string },
  currency: Currency,
): Promise<Offer[]> {
  'use cache';
  cacheLife('max');
  cacheTag(everything, issueTags.offers(issue.slug));
  return issueOffers(issue.id, currency);
}

export async function getSection(
  slug: string,
): Promise<{ section: Section; articles: ArticleCard[] } | null> {
  'use cache';
  cacheLife('max');
  cacheTag(everything, publicationTags.publication, articleTags.inSection(slug));
  if (env().isBuild) return null;
  const section = await findSection(slug);
  if (!section) return null;
  return { section, articles: await listPublished({ sectionSlug: slug, limit: 100 }) };
}

export async function getContributor(
  slug: string,
): Promise<{ contributor: Contributor; articles: ArticleCard[] } | null> {
  'use cache';
  cacheLife('max');
  cacheTag(everything, articleTags.byContributor(slug));
  if (env().isBuild) return null;
  const contributor = await findContributor(slug);
  if (!contributor) return null;
  return { contributor, articles: await listPublished({ contributorSlug: slug, limit: 100 }) };
}

/** The plans on offer with their prices in one currency. */
export async function getPlans(currency: Currency): Promise<Plan[]> {
  'use cache';
  cacheLife('max');
  cacheTag(everything, publicationTags.plans);
  return env().isBuild ? [] : plansOnOffer(currency);
}

/** Every public address with the day of its last change; at most the 50,000 that a sitemap may hold. */
export async function getSitemap(): Promise<{ path: string; changedAt: Date | null }[]> {
  'use cache';
  cacheLife('max');
  cacheTag(
    everything,
    publicationTags.publication,
    articleTags.latest,
    articleTags.news,
    issueTags.all,
  );
  if (env().isBuild) return [];
  const [issues, articles, sections] = await Promise.all([
    listIssues({ limit: 1_000 }),
    listAddresses(48_000),
    listSections(),
  ]);
  return [
    ...['/', '/issues', '/subscribe'].map((path) => ({ path, changedAt: null })),
    ...sections.map(({ slug }) => ({ path: `/sections/${slug}`, changedAt: null })),
    ...issues.map(({ slug, onSaleAt }) => ({ path: `/issues/${slug}`, changedAt: onSaleAt })),
    ...articles.map(({ slug, publishedAt }) => ({
      path: `/articles/${slug}`,
      changedAt: publishedAt,
    })),
  ];
}

/** The newest articles and news for feed readers: never more of a text than its standfirst. */
export async function getFeed(): Promise<ArticleCard[]> {
  'use cache';
  cacheLife('max');
  cacheTag(everything, articleTags.latest, articleTags.news);
  return env().isBuild ? [] : listPublished({ limit: 40 });
}

/** Search is asked anew each time: its addresses are endless. `page` counts from 1. */
export async function search(
  terms: string,
  page: number,
): Promise<{ articles: ArticleCard[]; more: boolean }> {
  const size = 20;
  const trimmed = terms.trim().slice(0, 200);
  if (!trimmed) return { articles: [], more: false };
  const found = await searchPublished(trimmed, { limit: size + 1, offset: (page - 1) * size });
  return { articles: found.slice(0, size), more: found.length > size };
}
