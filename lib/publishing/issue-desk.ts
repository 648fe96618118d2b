import { and, asc, count, desc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { holds } from '#db/holds.ts';
import { articles, bylines, revisions } from '#db/schema/articles.ts';
import { contributors } from '#db/schema/contributors.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { fingerprint } from '#lib/fingerprint.ts';
import { isId } from '#lib/ids.ts';
import { placesOf } from '#lib/issues/board.ts';
import { planVersion, readPlan } from '#lib/issues/places.ts';
import { type IssueState, issueState } from '#lib/issues/rules.ts';
import { findPictures } from '#lib/media/queries.ts';
import type { Picture } from '#lib/media/rules.ts';
import type { Board, BoardArticle } from '#lib/publishing/rules.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { standingOf } from '#lib/workflow/rules.ts';

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

/** Issues with an appointment to come out, the next first: for who may plan issues. */
export async function listScheduledIssues(
  actor: Actor,
): Promise<{ id: string; number: number; title: string; scheduledFor: Date }[]> {
  if (!may(actor, 'issues.plan')) return [];
  const rows = await db()
    .select({
      id: issues.id,
      number: issues.number,
      title: issues.title,
      scheduledFor: issues.scheduledFor,
    })
    .from(issues)
    .where(and(isNull(issues.publishedAt), isNotNull(issues.scheduledFor)))
    .orderBy(asc(issues.scheduledFor));
  return rows.flatMap(({ scheduledFor, ...issue }) =>
    scheduledFor ? [{ ...issue, scheduledFor }] : [],
  );
}

/** Issues that are not out, besides this one: where an article can be moved to. */
export async function listOtherIssues(
  actor: Actor,
  exceptId: string,
): Promise<{ id: string; name: string }[]> {
  if (!may(actor, 'issues.plan')) return [];
  const rows = await db()
    .select({ id: issues.id, number: issues.number, title: issues.title })
    .from(issues)
    .where(and(isNull(issues.publishedAt), ne(issues.id, exceptId)))
    .orderBy(asc(issues.number))
    .limit(8);
  return rows.map(({ id, number, title }) => ({ id, name: `No. ${number}, ${title}` }));
}

/** An issue's data, as its office page shows it. */
export type IssueHead = Omit<DeskIssue, 'articleCount'> & {
  description: string;
  pageCount: number | null;
  cover: Picture | null;
  coverArtistId: string | null;
  editorialId: string | null;
};

/** One issue's data for who may plan issues, or `null`. */
export async function findIssueHead(actor: Actor, id: string): Promise<IssueHead | null> {
  if (!may(actor, 'issues.plan') || !isId(id)) return null;
  const [row] = await db().select().from(issues).where(eq(issues.id, id));
  if (!row) return null;
  const { coverId, publishedAt: _at, createdBy: _by, createdAt: _on, ...head } = row;
  const covers = coverId ? await findPictures([coverId]) : {};
  return {
    ...head,
    state: issueState(row),
    cover: coverId ? (covers[coverId] ?? null) : null,
  };
}

/** What stands where in an issue, with what the board shows of each article. */
export async function findBoard(actor: Actor, issueId: string): Promise<Board | null> {
  if (!may(actor, 'issues.plan') || !isId(issueId)) return null;
  const plan = await readPlan(db(), issueId);
  const ids = placesOf(plan).map(({ articleId }) => articleId);
  const found =
    ids.length > 0 ? await boardQuery().where(inArray(articles.id, ids)).orderBy(articles.id) : [];
  return { version: planVersion(plan), plan, articles: found.map(toBoard) };
}

/** A short name of an issue and its board: whenever something of them is another, the name is. */
export function markOf(head: IssueHead, board: Board): string {
  return fingerprint([head, board]);
}

/** How many articles the tray shows at once. */
export const traySize = 30;

/** Articles that stand in no issue, the unpublished first, then the last worked on; `search`: a part of the title. */
export async function listUnplaced(
  actor: Actor,
  search: string,
): Promise<{ articles: BoardArticle[]; more: boolean }> {
  if (!may(actor, 'issues.plan')) return { articles: [], more: false };
  const part = search.trim().slice(0, 200);
  const rows = await boardQuery()
    .leftJoin(placements, eq(placements.articleId, articles.id))
    .where(
      and(
        isNull(placements.articleId),
        eq(articles.kind, 'article'),
        part ? holds(revisions.title, part) : undefined,
      ),
    )
    .orderBy(sql`${articles.publishedAt} is not null`, desc(revisions.savedAt), articles.id)
    .limit(traySize + 1);
  return { articles: rows.slice(0, traySize).map(toBoard), more: rows.length > traySize };
}

function boardQuery() {
  const names = db()
    .select({
      names: sql<string>`string_agg(${contributors.name}, ', ' order by ${bylines.position})`,
    })
    .from(bylines)
    .innerJoin(contributors, eq(contributors.id, bylines.contributorId))
    .where(eq(bylines.revisionId, revisions.id));
  return db()
    .select({
      id: articles.id,
      title: revisions.title,
      byline: sql<string | null>`(${names})`,
      stage: articles.stage,
      publishedAt: articles.publishedAt,
      scheduledFor: articles.scheduledFor,
      changed: sql<boolean>`coalesce(${articles.publishedRevisionId} <> ${articles.draftRevisionId}, false)`,
      wordCount: revisions.wordCount,
      sectionId: revisions.sectionId,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .$dynamic();
}

function toBoard(row: Awaited<ReturnType<typeof boardQuery>>[number]): BoardArticle {
  const { stage, publishedAt, scheduledFor, sectionId, byline, ...article } = row;
  const { changed, wordCount } = article;
  return {
    ...article,
    byline: byline ?? '',
    standing: standingOf({ stage, publishedAt, scheduledFor, changed }),
    missing: [
      ...(wordCount === 0 ? ['no text'] : []),
      ...(sectionId ? [] : ['no section']),
      ...(byline ? [] : ['no name']),
    ],
  };
}
