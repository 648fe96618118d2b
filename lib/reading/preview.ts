import { findDraftArticle } from '#lib/articles/previews.ts';
import type { Article } from '#lib/articles/rules.ts';
import { findDraftIssue } from '#lib/issues/drafts.ts';
import type { Issue } from '#lib/issues/rules.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { findSeriesPlace } from '#lib/series/queries.ts';
import type { SeriesPlace } from '#lib/series/rules.ts';
import { findPreview } from '#lib/workflow/previews.ts';

/** What a preview link shows, as it stands now. */
export type Preview = {
  expiresAt: Date;
  /** In which its end is told. */
  timeZone: string;
  shows:
    | { kind: 'article'; article: Article; series: SeriesPlace | null; inIssue: boolean }
    | { kind: 'issue'; issue: Issue; released: boolean };
};

/**
 * What the token of a preview link opens: its article, its issue, or, with `slug`, an article of that issue. `null` for
 * everything else, alike for a token that is wrong, over or closed. Never cached, and never under a tag.
 */
export async function getPreview(token: string, slug: string | null): Promise<Preview | null> {
  const found = await findPreview(token);
  if (!found) return null;
  const shows = await shownBy(found.subject, slug);
  return shows && { expiresAt: found.expiresAt, timeZone: await findTimeZone(), shows };
}

async function shownBy(
  subject: { articleId: string } | { issueId: string },
  slug: string | null,
): Promise<Preview['shows'] | null> {
  if ('articleId' in subject) {
    if (slug !== null) return null;
    const article = await findDraftArticle({ id: subject.articleId });
    return shownArticle(article, false);
  }
  if (slug !== null) {
    const article = await findDraftArticle({ issueId: subject.issueId, slug });
    return shownArticle(article, true);
  }
  const found = await findDraftIssue(subject.issueId);
  return found && { kind: 'issue', ...found };
}

async function shownArticle(
  article: Article | null,
  inIssue: boolean,
): Promise<Preview['shows'] | null> {
  if (!article) return null;
  return { kind: 'article', article, series: await findSeriesPlace(article.id), inIssue };
}
