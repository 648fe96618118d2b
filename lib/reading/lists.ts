import { cacheLife } from 'next/cache';
import { listAddresses, listPublished, searchPublished } from '#lib/articles/cards.ts';
import type { ArticleCard } from '#lib/articles/rules.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { issueOffers } from '#lib/catalog/queries.ts';
import type { Offer } from '#lib/catalog/rules.ts';
import { findContributor } from '#lib/contributors/queries.ts';
import type { Contributor } from '#lib/contributors/rules.ts';
import { env } from '#lib/env.ts';
import {
  findCurrentIssue,
  findIssue,
  findIssueByFormerSlug,
  listIssues,
  listYears,
} from '#lib/issues/queries.ts';
import { type Issue, type IssueCard, yearsInFront } from '#lib/issues/rules.ts';
import { issueTags } from '#lib/issues/tags.ts';
import type { Currency } from '#lib/money.ts';
import { noted, pagesEpoch, type Tagged } from '#lib/pages.ts';
import { plansOnOffer } from '#lib/plans/queries.ts';
import type { Plan } from '#lib/plans/rules.ts';
import { postageTable } from '#lib/postage/queries.ts';
import type { PostageZone } from '#lib/postage/rules.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { findSection, listSections } from '#lib/sections/queries.ts';
import type { Section } from '#lib/sections/rules.ts';
import { listSeriesSlugs } from '#lib/series/queries.ts';
import { listTopicSlugs } from '#lib/topics/queries.ts';

const { everything } = publicationTags;

export type Home = { issue: Issue | null; latest: ArticleCard[]; news: ArticleCard[] };

/** The current issue whole, the newest articles outside it, and the news. */
export async function getHome(): Promise<Home> {
  return noted(readHome(pagesEpoch()));
}

async function readHome(epoch: number): Promise<Tagged<Home>> {
  'use cache';
  cacheLife('max');
  const tags = [everything, articleTags.latest, articleTags.news, issueTags.all];
  if (env().isBuild) return { value: { issue: null, latest: [], news: [] }, tags, epoch };
  const current = await findCurrentIssue();
  const issue = current && (await findIssue(current.slug));
  const inIssue = issue?.contents.flatMap((department) => department.articles) ?? [];
  const [latest, news] = await Promise.all([
    listPublished({ kind: 'article', exceptIds: inIssue.map((article) => article.id), limit: 12 }),
    listPublished({ kind: 'news', limit: 6 }),
  ]);
  return { value: { issue, latest, news }, tags, epoch };
}

export async function getIssue(slug: string): Promise<Issue | null> {
  return noted(readIssue(slug, pagesEpoch()));
}

async function readIssue(slug: string, epoch: number): Promise<Tagged<Issue | null>> {
  'use cache';
  cacheLife('max');
  const value = env().isBuild ? null : await findIssue(slug);
  return { value, tags: [everything, issueTags.all, issueTags.one(slug)], epoch };
}

/** Where an issue moved to that once had this address, or `null`. */
export async function getNewIssueAddress(slug: string): Promise<string | null> {
  return noted(readNewIssueAddress(slug, pagesEpoch()));
}

async function readNewIssueAddress(slug: string, epoch: number): Promise<Tagged<string | null>> {
  'use cache';
  cacheLife('max');
  const value = env().isBuild ? null : await findIssueByFormerSlug(slug);
  return { value, tags: [everything, issueTags.one(slug)], epoch };
}

/** The issues of one page of the archive, and the years that have a page of their own. */
export type Archive = { issues: IssueCard[]; years: number[] };

/** The archive's first page, with the newest issues, or that of one year: `null` where no issue came out. */
export async function getArchive(year: number | null): Promise<Archive | null> {
  return noted(readArchive(year, pagesEpoch()));
}

async function readArchive(year: number | null, epoch: number): Promise<Tagged<Archive | null>> {
  'use cache';
  cacheLife('max');
  const tags = [everything, issueTags.all];
  if (env().isBuild) return { value: { issues: [], years: [] }, tags, epoch };
  const all = await listYears();
  const front = yearsInFront(all);
  const years = all.slice(front.length).map((one) => one.year);
  if (year !== null && !years.includes(year)) return { value: null, tags, epoch };
  const issues = await listIssues({
    limit: 1_000,
    from: year ?? front.at(-1)?.year,
    to: year ?? undefined,
  });
  return { value: { issues, years }, tags, epoch };
}

/** What an issue is sold as in the publication's own currency, with stock as of the last change. */
export async function getIssueOffers(issueId: string, currency: Currency): Promise<Offer[]> {
  return noted(readIssueOffers(issueId, currency, pagesEpoch()));
}

async function readIssueOffers(
  issueId: string,
  currency: Currency,
  epoch: number,
): Promise<Tagged<Offer[]>> {
  'use cache';
  cacheLife('max');
  const value = await issueOffers(issueId, currency);
  return { value, tags: [everything, issueTags.offers(issueId)], epoch };
}

export async function getSection(
  slug: string,
): Promise<{ section: Section; articles: ArticleCard[] } | null> {
  return noted(readSection(slug, pagesEpoch()));
}

async function readSection(
  slug: string,
  epoch: number,
): Promise<Tagged<{ section: Section; articles: ArticleCard[] } | null>> {
  'use cache';
  cacheLife('max');
  const tags = [everything, publicationTags.publication, articleTags.inSection(slug)];
  const section = env().isBuild ? null : await findSection(slug);
  if (!section) return { value: null, tags, epoch };
  const articles = await listPublished({ sectionSlug: slug, limit: 100 });
  return { value: { section, articles }, tags, epoch };
}

export async function getContributor(
  slug: string,
): Promise<{ contributor: Contributor; articles: ArticleCard[] } | null> {
  return noted(readContributor(slug, pagesEpoch()));
}

async function readContributor(
  slug: string,
  epoch: number,
): Promise<Tagged<{ contributor: Contributor; articles: ArticleCard[] } | null>> {
  'use cache';
  cacheLife('max');
  const tags = [everything, articleTags.byContributor(slug)];
  const contributor = env().isBuild ? null : await findContributor(slug);
  if (!contributor) return { value: null, tags, epoch };
  const articles = await listPublished({ contributorSlug: slug, limit: 100 });
  return { value: { contributor, articles }, tags, epoch };
}

/** The plans on offer with their prices and what their post costs, in one currency. */
export async function getPlans(currency: Currency): Promise<Plan[]> {
  return noted(readPlans(currency, pagesEpoch()));
}

async function readPlans(currency: Currency, epoch: number): Promise<Tagged<Plan[]>> {
  'use cache';
  cacheLife('max');
  const value = env().isBuild ? [] : await plansOnOffer(currency);
  // A year's post depends on how many issues it has.
  const { plans, publication } = publicationTags;
  return { value, tags: [everything, plans, publication], epoch };
}

/** Where the magazine is posted to, and for how much, in one currency. */
export async function getPostage(currency: Currency): Promise<PostageZone[]> {
  return noted(readPostage(currency, pagesEpoch()));
}

async function readPostage(currency: Currency, epoch: number): Promise<Tagged<PostageZone[]>> {
  'use cache';
  cacheLife('max');
  const value = env().isBuild ? [] : await postageTable(currency);
  return { value, tags: [everything, publicationTags.plans], epoch };
}

type Address = { path: string; changedAt: Date | null };

/** Every public address with the day of its last change; at most the 50,000 that a sitemap may hold. */
export async function getSitemap(): Promise<Address[]> {
  return noted(readSitemap(pagesEpoch()));
}

async function readSitemap(epoch: number): Promise<Tagged<Address[]>> {
  'use cache';
  cacheLife('max');
  const { publication } = publicationTags;
  const tags = [everything, publication, articleTags.latest, articleTags.news, issueTags.all];
  if (env().isBuild) return { value: [], tags, epoch };
  const [years, issues, articles, sections, topics, series] = await Promise.all([
    listYears(),
    listIssues({ limit: 1_000 }),
    listAddresses(45_000),
    listSections(),
    listTopicSlugs(2_500),
    listSeriesSlugs(500),
  ]);
  const value = [
    ...['/', '/issues', '/subscribe'].map((path) => ({ path, changedAt: null })),
    ...sections.map(({ slug }) => ({ path: `/sections/${slug}`, changedAt: null })),
    ...topics.map((slug) => ({ path: `/topics/${slug}`, changedAt: null })),
    ...series.map((slug) => ({ path: `/series/${slug}`, changedAt: null })),
    ...years
      .slice(yearsInFront(years).length)
      .map(({ year }) => ({ path: `/archive/${year}`, changedAt: null })),
    ...issues.map(({ slug, onSaleAt }) => ({ path: `/issues/${slug}`, changedAt: onSaleAt })),
    ...articles.map(({ slug, publishedAt }) => ({
      path: `/articles/${slug}`,
      changedAt: publishedAt,
    })),
  ];
  return { value, tags, epoch };
}

/** The newest articles and news for feed readers: never more of a text than its standfirst. */
export async function getFeed(): Promise<ArticleCard[]> {
  return noted(readFeed(pagesEpoch()));
}

async function readFeed(epoch: number): Promise<Tagged<ArticleCard[]>> {
  'use cache';
  cacheLife('max');
  const value = env().isBuild ? [] : await listPublished({ limit: 40 });
  return { value, tags: [everything, articleTags.latest, articleTags.news], epoch };
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
