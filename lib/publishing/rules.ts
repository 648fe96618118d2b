import { type BodyDocument, bodyText } from '#lib/articles/body.ts';
import type { ArticleKind } from '#lib/articles/rules.ts';
import type { Plan } from '#lib/issues/board.ts';
import { findingText, flatPlanOf } from '#lib/issues/flat-plan.ts';
import { type Standing, standingNames } from '#lib/workflow/rules.ts';

/** Where something is mended: an article's own page, or a part of the issue's. */
export type Place =
  | { kind: 'article'; id: string }
  | { kind: 'head' }
  | { kind: 'plan' }
  | { kind: 'pages' }
  | { kind: 'offers' };

/** Something that must be mended before publishing, or that is odd about it, in words for the editor. */
export type Blocker = { what: string; why: string; place: Place };

export type ArticleToPublish = {
  id: string;
  title: string;
  kind: ArticleKind;
  body: BodyDocument;
  sectionId: string | null;
  bylineCount: number;
};

/** What keeps an article from being published. Nothing found means it may go out. */
export function articleBlockers(article: ArticleToPublish): Blocker[] {
  const because = (why: string): Blocker => ({
    what: `“${article.title}”`,
    why,
    place: { kind: 'article', id: article.id },
  });
  const blockers: Blocker[] = [];
  if (!bodyText(article.body).trim()) blockers.push(because('has no text yet'));
  if (article.kind === 'article') {
    if (!article.sectionId) blockers.push(because('stands in no section'));
    if (article.bylineCount === 0) blockers.push(because('names no contributor'));
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
  if (!issue.hasCover) {
    blockers.push({ what: 'The cover', why: 'is missing', place: { kind: 'head' } });
  }
  if (issue.articles.length === 0) {
    blockers.push({ what: 'The contents', why: 'are empty', place: { kind: 'plan' } });
  }
  if (issue.priceCount === 0) {
    blockers.push({ what: 'The prices', why: 'are missing', place: { kind: 'offers' } });
  }
  return [...blockers, ...issue.articles.flatMap(articleBlockers)];
}

/** "“Tide” has no text yet; The cover is missing": all of them in one line. */
export function blockersText(blockers: Blocker[]): string {
  return blockers.map(({ what, why }) => `${what} ${why}`).join('; ');
}

/** An article as the board of an issue shows it. */
export type BoardArticle = {
  id: string;
  title: string;
  /** "Ann Onym, Bo Body"; `''` where nobody is named. */
  byline: string;
  standing: Standing;
  /** Published, with later work that the public does not see yet. */
  changed: boolean;
  wordCount: number;
  /** What keeps it from being published: "no text", "no section", "no name". */
  missing: string[];
};

/** What stands where in an issue. `version` names this plan; a change says which one it was made from. */
export type Board = { version: string; plan: Plan; articles: BoardArticle[] };

export type PlannedArticle = {
  id: string;
  title: string;
  standing: Standing;
  wordCount: number;
  /** Pictures that don't say what they show. */
  silentPictures: number;
};

export type PlannedIssue = {
  plan: Plan;
  pageCount: number | null;
  articles: PlannedArticle[];
  coverAlt: string | null;
  /** Copies of the printed edition; `null` where there is none on sale. */
  printStock: number | null;
  description: string;
};

/** What an editor should look at before the release and may let pass. */
export function issueWarnings(issue: PlannedIssue): Blocker[] {
  const warnings: Blocker[] = [];
  const places = new Map(
    issue.plan.flatMap((one) => one.places.map((place) => [place.articleId, place])),
  );
  const titles = new Map(issue.articles.map(({ id, title }) => [id, title]));
  if (issue.coverAlt === '') {
    warnings.push({ what: 'The cover', why: 'doesn’t say what it shows', place: { kind: 'head' } });
  }
  if (issue.description === '') {
    warnings.push({ what: 'The description', why: 'is empty', place: { kind: 'head' } });
  }
  if (issue.printStock === 0) {
    warnings.push({ what: 'The printed edition', why: 'has no stock', place: { kind: 'offers' } });
  }
  for (const article of issue.articles) {
    warnings.push(...articleWarnings(article, places.get(article.id)?.wordBudget ?? null));
  }
  const { findings } = flatPlanOf(issue.plan, issue.pageCount);
  const pages: Place = { kind: 'pages' };
  for (const finding of findings) {
    const why = findingText(finding, (id) => titles.get(id) ?? 'An article').replace(/\.$/, '');
    warnings.push({ what: '', why, place: pages });
  }
  return warnings;
}

function articleWarnings(article: PlannedArticle, budget: number | null): Blocker[] {
  const because = (why: string): Blocker => ({
    what: `“${article.title}”`,
    why,
    place: { kind: 'article', id: article.id },
  });
  const { standing, wordCount, silentPictures } = article;
  const warnings: Blocker[] = [];
  if (standing === 'draft' || standing === 'in_review' || standing === 'copy_edited') {
    warnings.push(because(`is not ready: ${standingNames[standing].toLowerCase()}`));
  }
  if (budget !== null && wordCount > budget) {
    const over = wordCount - budget === 1 ? 'a word' : `${wordCount - budget} words`;
    warnings.push(because(`is ${over} over its budget`));
  }
  if (silentPictures > 0) {
    const pictures = silentPictures === 1 ? 'a picture' : `${silentPictures} pictures`;
    warnings.push(because(`has ${pictures} that nobody described`));
  }
  return warnings;
}
