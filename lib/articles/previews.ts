import { and, asc, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { placements } from '#db/schema/issues.ts';
import { mediaIdsIn } from '#lib/articles/body.ts';
import { cardQuery, toCards } from '#lib/articles/cards.ts';
import { contributorsOf, topicsOf } from '#lib/articles/queries.ts';
import type { Article, ArticleCard } from '#lib/articles/rules.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { findPictures } from '#lib/media/queries.ts';

/** Which article: by its id, or by its address within an issue that it is placed in. */
export type DraftKey = { id: string } | { issueId: string; slug: string };

/**
 * An article's working copy, whole, as its page would show it if it came out now. Asks for no right: for previews, which
 * have looked at theirs.
 */
export async function findDraftArticle(key: DraftKey): Promise<Article | null> {
  if (!isId('id' in key ? key.id : key.issueId)) return null;
  const [row] = await cardQuery('draft').where(
    'id' in key
      ? eq(articles.id, key.id)
      : and(eq(placements.issueId, key.issueId), eq(articles.slug, key.slug)),
  );
  if (!row) return null;
  const [text] = await db()
    .select({ body: revisions.body })
    .from(revisions)
    .where(eq(revisions.id, row.revisionId));
  if (!text) throw new Error(`Revision ${row.revisionId} is gone`);
  const [[card], people, names, pictures] = await Promise.all([
    toCards([dated(row)]),
    contributorsOf(row.revisionId),
    topicsOf(row.id),
    findPictures(mediaIdsIn(text.body)),
  ]);
  if (!card) return null;
  return {
    ...card,
    correctedAt: row.correctedAt,
    wordCount: row.wordCount,
    body: text.body,
    complete: true,
    pictures,
    contributors: people,
    topics: names,
  };
}

/** The working copies of all articles of an issue as cards, in its order. For previews, too. */
export async function listDraftContents(issueId: string): Promise<ArticleCard[]> {
  const rows = await cardQuery('draft')
    .where(eq(placements.issueId, issueId))
    .orderBy(asc(placements.position));
  return toCards(rows.map(dated));
}

/** What is not out yet is dated as if it came out now. */
function dated<T extends { publishedAt: Date | null }>(row: T): T {
  return { ...row, publishedAt: row.publishedAt ?? clock.now() };
}
