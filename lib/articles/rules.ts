import type { BodyDocument } from '#lib/articles/body.ts';
import type { Contributor } from '#lib/contributors/rules.ts';
import type { Picture } from '#lib/media/rules.ts';

export const articleKinds = ['article', 'news'] as const;
export type ArticleKind = (typeof articleKinds)[number];

/** How an article's revision came to be. */
export type RevisionOrigin = 'work' | 'restored' | 'aside';

/** A window that was silent for so long has let go of the article that it wrote in. In milliseconds. */
export const windowPatience = 30_000;

/** Whoever writes on after such a pause begins a new revision. In milliseconds. */
export const workPause = 10 * 60_000;

/**
 * Whether a save begins a revision of its own. The quick edits of one person go into the one that is worked on; what was
 * read by the public, brought back, written by somebody else or left alone for a while stays as it is.
 */
export function beginsRevision(
  working: { frozen: boolean; origin: RevisionOrigin; savedBy: string | null; savedAt: Date },
  { userId, now }: { userId: string | null; now: Date },
): boolean {
  if (working.frozen || working.origin !== 'work' || working.savedBy !== userId) return true;
  return now.getTime() - working.savedAt.getTime() > workPause;
}

export const accesses = ['free', 'gated'] as const;
export type Access = (typeof accesses)[number];

export const bylineRoles = [
  'author',
  'translator',
  'interviewer',
  'illustrator',
  'photographer',
  'editor',
] as const;
export type BylineRole = (typeof bylineRoles)[number];

export type Byline = { slug: string; name: string; role: BylineRole };

/** What an article is about. */
export type Topic = { slug: string; name: string };

/** The issue that an article stands in, as a line of a page names it. */
export type IssueReference = {
  id: string;
  slug: string;
  number: number;
  title: string;
  periodLabel: string;
};

/** What a list shows of a published article. */
export type ArticleCard = {
  id: string;
  slug: string;
  kind: ArticleKind;
  title: string;
  kicker: string;
  standfirst: string;
  access: Access;
  section: { slug: string; name: string } | null;
  issue: IssueReference | null;
  department: string | null;
  page: number | null;
  bylines: Byline[];
  publishedAt: Date;
  readingMinutes: number;
  picture: Picture | null;
};

/**
 * A published article as its page shows it. `body` is the whole text only where `complete`; otherwise it is the teaser,
 * and the rest was never loaded.
 */
export type Article = ArticleCard & {
  correctedAt: Date | null;
  wordCount: number;
  body: BodyDocument;
  complete: boolean;
  pictures: Record<string, Picture>;
  contributors: (Contributor & { role: BylineRole })[];
  topics: Topic[];
};

export type ArticleState = 'draft' | 'scheduled' | 'published';

/** Where an article stands. Something published with later changes waiting is still published. */
export function articleState(article: {
  publishedAt: Date | null;
  scheduledFor: Date | null;
}): ArticleState {
  if (article.publishedAt) return 'published';
  return article.scheduledFor ? 'scheduled' : 'draft';
}

/** "by Ann Onym and Bo Body", "translated by …": how a role reads before its names. */
export const bylineVerbs: Record<BylineRole, string> = {
  author: 'by',
  translator: 'translated by',
  interviewer: 'interview by',
  illustrator: 'illustrated by',
  photographer: 'photographs by',
  editor: 'edited by',
};
