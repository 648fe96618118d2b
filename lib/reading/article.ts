import { cacheLife } from 'next/cache';
import { listCurated, listPublished } from '#lib/articles/cards.ts';
import { findAccess, findByFormerSlug, findPublished } from '#lib/articles/queries.ts';
import type { Article, ArticleCard } from '#lib/articles/rules.ts';
import { articleTags } from '#lib/articles/tags.ts';
import { clock } from '#lib/clock.ts';
import { grantsOf } from '#lib/entitlements/queries.ts';
import { owns, type Verdict } from '#lib/entitlements/rules.ts';
import { env } from '#lib/env.ts';
import { issueTags } from '#lib/issues/tags.ts';
import { noted, noteTags, pagesEpoch, type Tagged } from '#lib/pages.ts';
import { publicationTags } from '#lib/publication/tags.ts';
import { verdictFor } from '#lib/reading/variant.ts';
import { findSeriesPlace } from '#lib/series/queries.ts';
import type { SeriesPlace } from '#lib/series/rules.ts';
import { type Actor, anonymous, worksHere } from '#lib/users/rules.ts';

/** How many cards stand under an article. */
const cardLimit = 6;

/** An article as somebody may see it, and why: `verdict` says in a sentence what opens or closes the text. */
export type ArticleView = { article: Article; verdict: Verdict; ownsIssue: boolean };

/**
 * An article as anybody may see it: the whole body of a free one, the teaser of a gated one. `null` where nothing is
 * published at that address.
 */
export async function getPublicArticle(slug: string): Promise<ArticleView | null> {
  return noted(readPublicArticle(slug, pagesEpoch()));
}

async function readPublicArticle(slug: string, epoch: number): Promise<Tagged<ArticleView | null>> {
  'use cache';
  cacheLife('max');
  const view = env().isBuild ? null : await viewFor(anonymous, slug);
  return { value: view, tags: viewTags(slug, view), epoch };
}

/** The same article for the person who asks, decided anew at each request: never cached. */
export async function getArticleFor(viewer: Actor, slug: string): Promise<ArticleView | null> {
  const view = await viewFor(viewer, slug);
  noteTags(viewTags(slug, view));
  return view;
}

async function viewFor(viewer: Actor, slug: string): Promise<ArticleView | null> {
  const found = await findAccess(slug);
  if (!found) return null;
  const grants =
    viewer.kind === 'person' && found.issueId ? await grantsOf(viewer.userId, [found.issueId]) : [];
  const now = clock.now();
  const staff = worksHere(viewer);
  const verdict = verdictFor({ staff }, found, grants, now);
  // A free article opens by being free: one that was gated a moment ago is not opened by an older verdict.
  const mayReadGated = verdict.kind === 'yes' && verdict.reason !== 'free';
  const article = await findPublished(slug, { mayReadGated });
  if (!article) return null;
  return {
    article,
    verdict,
    ownsIssue: found.issueId !== null && owns(found.issueId, grants, now),
  };
}

/** Where an article moved to that once had this address, or `null`. */
export async function getNewArticleAddress(slug: string): Promise<string | null> {
  return noted(readNewArticleAddress(slug, pagesEpoch()));
}

async function readNewArticleAddress(slug: string, epoch: number): Promise<Tagged<string | null>> {
  'use cache';
  cacheLife('max');
  const value = env().isBuild ? null : await findByFormerSlug(slug);
  return { value, tags: viewTags(slug, null), epoch };
}

/** The other articles of its issue, in the issue's order. */
export async function getFromThisIssue(article: ArticleCard): Promise<ArticleCard[]> {
  return noted(readFromThisIssue(article, pagesEpoch()));
}

async function readFromThisIssue(
  article: ArticleCard,
  epoch: number,
): Promise<Tagged<ArticleCard[]>> {
  'use cache';
  cacheLife('max');
  const cards = article.issue
    ? await listPublished({
        issueId: article.issue.id,
        exceptIds: [article.id],
        order: 'contents',
        limit: cardLimit,
      })
    : [];
  const tags = [publicationTags.everything, ...tagsAround(article), ...tagsOf(cards)];
  return { value: cards, tags, epoch };
}

/** Which part of a series it is, with the way to the parts before and after it; `null` where it stands by itself. */
export async function getSeriesPlace(article: ArticleCard): Promise<SeriesPlace | null> {
  return noted(readSeriesPlace(article, pagesEpoch()));
}

async function readSeriesPlace(
  article: ArticleCard,
  epoch: number,
): Promise<Tagged<SeriesPlace | null>> {
  'use cache';
  cacheLife('max');
  const value = await findSeriesPlace(article.id);
  const own = [publicationTags.everything, articleTags.one(article.slug)];
  return { value, tags: value ? [...own, articleTags.inSeries(value.slug)] : own, epoch };
}

/** The section whose cards stand under every article, when the publication has one of that address. */
const debateSection = 'ideas-and-debates';

/**
 * Cards of *Ideas & Debates* for an article: what an editor chose first, then the section's pieces in the same issue,
 * then the section's newest. Without such a section, the article's own takes its place.
 */
export async function getDebateCards(article: ArticleCard): Promise<ArticleCard[]> {
  return noted(readDebateCards(article, pagesEpoch()));
}

async function readDebateCards(
  article: ArticleCard,
  epoch: number,
): Promise<Tagged<ArticleCard[]>> {
  'use cache';
  cacheLife('max');
  const cards = await listCurated(article.id, cardLimit);
  const tags = [publicationTags.everything, ...tagsAround(article)];
  const sections = [debateSection, ...(article.section ? [article.section.slug] : [])];
  for (const sectionSlug of sections) {
    tags.push(articleTags.inSection(sectionSlug));
    for (const issueId of [article.issue?.id, undefined]) {
      if (cards.length >= cardLimit) break;
      const exceptIds = [article.id, ...cards.map((card) => card.id)];
      const more = await listPublished({
        kind: 'article',
        sectionSlug,
        exceptIds,
        limit: cardLimit - cards.length,
        ...(issueId ? { issueId } : {}),
      });
      cards.push(...more);
    }
    if (cards.length >= cardLimit / 2) break;
  }
  return { value: cards, tags: [...tags, ...tagsOf(cards)], epoch };
}

function viewTags(slug: string, view: ArticleView | null): string[] {
  const around = view ? tagsAround(view.article) : [];
  return [publicationTags.everything, articleTags.one(slug), ...around];
}

function tagsOf(cards: ArticleCard[]): string[] {
  return cards.map((card) => articleTags.one(card.slug));
}

function tagsAround(article: ArticleCard): string[] {
  return [
    ...(article.issue ? [issueTags.one(article.issue.slug)] : []),
    ...article.bylines.map((byline) => articleTags.byContributor(byline.slug)),
  ];
}
