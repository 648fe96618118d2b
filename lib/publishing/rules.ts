import { type BodyDocument, bodyText } from '#lib/articles/body.ts';
import type { ArticleKind } from '#lib/articles/rules.ts';

/** Something that must be mended before publishing, in words for the editor. */
export type Blocker = { what: string; why: string };

export type ArticleToPublish = {
  title: string;
  kind: ArticleKind;
  body: BodyDocument;
  sectionId: string | null;
  bylineCount: number;
};

/** What keeps an article from being published. Nothing found means it may go out. */
export function articleBlockers(article: ArticleToPublish): Blocker[] {
  const name = `“${article.title}”`;
  const blockers: Blocker[] = [];
  if (!bodyText(article.body).trim()) blockers.push({ what: name, why: 'has no text yet' });
  if (article.kind === 'article') {
    if (!article.sectionId) blockers.push({ what: name, why: 'stands in no section' });
    if (article.bylineCount === 0) blockers.push({ what: name, why: 'names no contributor' });
  }
  return blockers;
}

export type IssueToPublish = {
  title: string;
  hasCover: boolean;
  articles: ArticleToPublish[];
  priceCount: number;
};

/** What keeps an issue from being released: its own gaps and those of every article in it. */
export function issueBlockers(issue: IssueToPublish): Blocker[] {
  const blockers: Blocker[] = [];
  if (!issue.hasCover) blockers.push({ what: 'The cover', why: 'is missing' });
  if (issue.articles.length === 0) blockers.push({ what: 'The contents', why: 'are empty' });
  if (issue.priceCount === 0) blockers.push({ what: 'The prices', why: 'are missing' });
  return [...blockers, ...issue.articles.flatMap(articleBlockers)];
}

/** "“Tide” has no text yet; The cover is missing": all of them in one line. */
export function blockersText(blockers: Blocker[]): string {
  return blockers.map(({ what, why }) => `${what} ${why}`).join('; ');
}
