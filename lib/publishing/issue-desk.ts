import { and, asc, count, desc, eq, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { isId } from '#lib/ids.ts';
import { type IssueState, issueState } from '#lib/issues/rules.ts';
import { findPictures } from '#lib/media/queries.ts';
import type { Picture } from '#lib/media/rules.ts';
import { type DeskArticle, deskQuery, toDesk } from '#lib/publishing/desk.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type DeskIssue = {
  id: string;
  slug: string;
  number: number;
  volume: number | null;
  title: string;
  periodLabel: string;
  onSaleAt: Date;
  state: IssueState;
  scheduledFor: Date | null;
  articleCount: number;
};

/** Every issue, the planned ones too, the highest number first. */
export async function listDeskIssues(actor: Actor): Promise<DeskIssue[]> {
  if (!may(actor, 'issues.plan')) return [];
  const rows = await db()
    .select({
      id: issues.id,
      slug: issues.slug,
      number: issues.number,
      volume: issues.volume,
      title: issues.title,
      periodLabel: issues.periodLabel,
      onSaleAt: issues.onSaleAt,
      publishedAt: issues.publishedAt,
      scheduledFor: issues.scheduledFor,
      articleCount: count(placements.articleId),
    })
    .from(issues)
    .leftJoin(placements, eq(placements.issueId, issues.id))
    .groupBy(issues.id)
    .orderBy(desc(issues.number));
  return rows.map(({ publishedAt, ...row }) => ({
    ...row,
    state: issueState({ publishedAt, scheduledFor: row.scheduledFor }),
  }));
}

/** An issue's plan: its data and what stands in it, in order. */
export type IssuePlan = Omit<DeskIssue, 'articleCount'> & {
  description: string;
  pageCount: number | null;
  cover: Picture | null;
  coverArtistId: string | null;
  placements: (DeskArticle & { department: string; page: number | null })[];
};

/** One issue's plan for who may plan issues, or `null`. */
export async function findIssuePlan(actor: Actor, id: string): Promise<IssuePlan | null> {
  if (!may(actor, 'issues.plan') || !isId(id)) return null;
  const [row] = await db().select().from(issues).where(eq(issues.id, id));
  if (!row) return null;
  const placed = await deskQuery()
    .where(eq(placements.issueId, id))
    .orderBy(asc(placements.position));
  const covers = row.coverId ? await findPictures([row.coverId]) : {};
  return {
    id: row.id,
    slug: row.slug,
    number: row.number,
    volume: row.volume,
    title: row.title,
    periodLabel: row.periodLabel,
    onSaleAt: row.onSaleAt,
    state: issueState(row),
    scheduledFor: row.scheduledFor,
    description: row.description,
    pageCount: row.pageCount,
    cover: row.coverId ? (covers[row.coverId] ?? null) : null,
    coverArtistId: row.coverArtistId,
    placements: placed.map((article) => ({
      ...toDesk(article),
      department: article.department ?? '',
      page: article.page,
    })),
  };
}

/** Articles that stand in no issue yet, for the choice of what to place. */
export async function listUnplaced(actor: Actor): Promise<{ id: string; title: string }[]> {
  if (!may(actor, 'issues.plan')) return [];
  return db()
    .select({ id: articles.id, title: revisions.title })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .leftJoin(placements, eq(placements.articleId, articles.id))
    .where(and(isNull(placements.articleId), eq(articles.kind, 'article')))
    .orderBy(desc(revisions.savedAt))
    .limit(500);
}
