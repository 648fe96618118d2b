import {
  and,
  asc,
  count,
  desc,
  eq,
  isNotNull,
  isNull,
  lt,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { placements } from '#db/schema/issues.ts';
import { users } from '#db/schema/users.ts';
import { assignments, commentMentions, comments } from '#db/schema/workflow.ts';
import { isId } from '#lib/ids.ts';
import { calledName, calledNameIfAny } from '#lib/users/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { publicationDay } from '#lib/workflow/day.ts';
import { isLate, type Stage, type Standing, standings, type Task } from '#lib/workflow/rules.ts';

/** Something to do for an article. `dueOn` is a day (`2026-11-23`) in the publication's time zone, `late` since it passed. */
export type Work = {
  id: string;
  articleId: string;
  title: string;
  task: Task;
  dueOn: string | null;
  late: boolean;
  /** Who has to do it. */
  who: string;
};

/** As much as anybody reads of one list; the list of articles has the rest. */
export const mostShown = 12;

/** What the actor has to do, the earliest due first; what has no day comes last. */
export async function listMyWork(actor: Actor): Promise<Work[]> {
  if (!may(actor, 'articles.write') || actor.kind !== 'person') return [];
  return listWork(await publicationDay(), eq(assignments.userId, actor.userId));
}

/** What others are late with, the latest first, for who may change every article. */
export async function listLate(actor: Actor): Promise<Work[]> {
  if (!may(actor, 'articles.edit-any') || actor.kind !== 'person') return [];
  const today = await publicationDay();
  return listWork(today, and(ne(assignments.userId, actor.userId), lt(assignments.dueOn, today)));
}

async function listWork(today: string, where: SQL | undefined): Promise<Work[]> {
  const rows = await db()
    .select({
      id: assignments.id,
      articleId: articles.id,
      title: revisions.title,
      task: assignments.task,
      dueOn: assignments.dueOn,
      doneAt: assignments.doneAt,
      who: calledName(),
    })
    .from(assignments)
    .innerJoin(articles, eq(articles.id, assignments.articleId))
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(and(isNull(assignments.doneAt), where))
    .orderBy(sql`${assignments.dueOn} asc nulls last`, asc(assignments.createdAt))
    .limit(mostShown);
  return rows.map(({ doneAt, ...work }) => ({ ...work, late: isLate({ ...work, doneAt }, today) }));
}

export type WaitingArticle = { id: string; title: string; stage: Stage; savedAt: Date };

/** Texts that were handed on and wait for an editor, the longest untouched first, and how many there are in all. */
export async function listWaiting(
  actor: Actor,
): Promise<{ articles: WaitingArticle[]; total: number }> {
  if (!may(actor, 'articles.edit-any')) return { articles: [], total: 0 };
  const where = and(
    ne(articles.stage, 'draft'),
    isNull(articles.scheduledFor),
    or(
      isNull(articles.publishedRevisionId),
      ne(articles.publishedRevisionId, articles.draftRevisionId),
    ),
  );
  const rows = await db()
    .select({
      id: articles.id,
      title: revisions.title,
      stage: articles.stage,
      savedAt: revisions.savedAt,
      // Counted in passing. It also keeps PostgreSQL from walking all revisions, the oldest first, until it met enough of these.
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(where)
    .orderBy(asc(revisions.savedAt))
    .limit(mostShown);
  return {
    articles: rows.map(({ total: _, ...article }) => article),
    total: rows[0]?.total ?? 0,
  };
}

export type Mention = {
  commentId: string;
  articleId: string;
  title: string;
  text: string;
  by: string | null;
  createdAt: Date;
};

/** Remarks that name the actor and are not resolved, the newest first. A writer sees those on what they write or work on. */
export async function listMentions(actor: Actor): Promise<Mention[]> {
  if (!may(actor, 'articles.write') || actor.kind !== 'person') return [];
  const working = sql`exists (select from ${assignments}
    where ${assignments.articleId} = ${articles.id} and ${assignments.userId} = ${actor.userId})`;
  return db()
    .select({
      commentId: comments.id,
      articleId: articles.id,
      title: revisions.title,
      text: sql<string>`left(${comments.text}, 160)`,
      by: calledNameIfAny(),
      createdAt: comments.createdAt,
    })
    .from(commentMentions)
    .innerJoin(comments, eq(comments.id, commentMentions.commentId))
    .innerJoin(articles, eq(articles.id, comments.articleId))
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .leftJoin(users, eq(users.id, comments.authorId))
    .where(
      and(
        eq(commentMentions.userId, actor.userId),
        isNull(comments.resolvedAt),
        // An answer is settled with the remark that it answers.
        sql`not exists (select from ${comments} as asked
          where asked.id = ${comments.parentId} and asked.resolved_at is not null)`,
        may(actor, 'articles.edit-any')
          ? undefined
          : or(eq(articles.createdBy, actor.userId), working),
      ),
    )
    .orderBy(desc(comments.createdAt))
    .limit(mostShown);
}

/** How far an issue's articles are: how many stand where, the words they have and the words planned for them. */
export type Progress = {
  standing: Standing;
  articles: number;
  words: number;
  /** Of the articles that have a budget. */
  budget: number;
}[];

/** How far an issue's contents are, from draft to published, for who may plan issues. */
export async function issueProgress(actor: Actor, issueId: string): Promise<Progress> {
  if (!may(actor, 'issues.plan') || !isId(issueId)) return [];
  const standing = sql<Standing>`case
    when ${articles.publishedRevisionId} = ${articles.draftRevisionId} then 'published'
    when ${isNotNull(articles.scheduledFor)} then 'scheduled'
    else ${articles.stage}::text end`;
  const rows = await db()
    .select({
      standing,
      articles: count(),
      words: sql`sum(${revisions.wordCount})`.mapWith(Number),
      budget: sql`coalesce(sum(${placements.wordBudget}), 0)`.mapWith(Number),
    })
    .from(placements)
    .innerJoin(articles, eq(articles.id, placements.articleId))
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(placements.issueId, issueId))
    .groupBy(standing);
  return standings.flatMap((name) => rows.find((row) => row.standing === name) ?? []);
}
