import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { db, type Executor } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { users } from '#db/schema/users.ts';
import { assignments, previewLinks } from '#db/schema/workflow.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { calledName, calledNameIfAny } from '#lib/users/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { findInWork } from '#lib/workflow/access.ts';
import { publicationDay } from '#lib/workflow/day.ts';
import {
  type Colleague,
  isLate,
  mayMove,
  type Stage,
  type Standing,
  stages,
  standingOf,
  type Task,
  whyNotEdit,
} from '#lib/workflow/rules.ts';

/** One move of an article through the stages. */
export type Move = { id: string; at: Date; who: string; from: Stage; to: Stage; note: string };

/** Where an article stands, where the actor may move it, and how it came there. */
export type Workflow = {
  articleId: string;
  stage: Stage;
  standing: Standing;
  moves: Stage[];
  /** Why the actor may not change the text; `null` where they may. */
  whyNot: string | null;
  mayPublish: boolean;
  mayAssign: boolean;
  /** The newest first. */
  history: Move[];
};

const shownMoves = 50;

/** An article's way through the office, for who may look at it; else `null`. */
export async function findWorkflow(actor: Actor, articleId: string): Promise<Workflow | null> {
  const article = await findInWork(db(), actor, articleId);
  if (!article) return null;
  const rows = await db()
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      actorId: auditEntries.actorId,
      who: calledNameIfAny(),
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .leftJoin(users, eq(users.id, auditEntries.actorId))
    .where(
      and(
        eq(auditEntries.subjectKind, 'article'),
        eq(auditEntries.subjectId, articleId),
        eq(auditEntries.action, 'article.move'),
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(shownMoves);
  return {
    articleId,
    stage: article.stage,
    standing: standingOf(article),
    moves: stages.filter((to) => mayMove(actor, article, to)),
    whyNot: whyNotEdit(actor, article),
    mayPublish: may(actor, 'articles.publish'),
    mayAssign: may(actor, 'articles.assign'),
    history: rows.map(({ id, at, actorId, who, detail }) => ({
      id,
      at,
      who: who ?? (actorId ? 'an account that is gone' : 'the system'),
      from: detail['from'] as Stage,
      to: detail['to'] as Stage,
      note: typeof detail['note'] === 'string' ? detail['note'] : '',
    })),
  };
}

/** Something that somebody has to do for an article. */
export type Assignment = {
  id: string;
  userId: string;
  who: string;
  task: Task;
  dueOn: string | null;
  doneAt: Date | null;
  late: boolean;
  /** Whether the actor may say that it is done. */
  mayFinish: boolean;
};

/** What is to be done for an article, the open and the pressing first, for who may look at it. */
export async function listAssignments(actor: Actor, articleId: string): Promise<Assignment[]> {
  if (!(await findInWork(db(), actor, articleId))) return [];
  const today = await publicationDay();
  const rows = await db()
    .select({
      id: assignments.id,
      userId: assignments.userId,
      who: calledName(),
      task: assignments.task,
      dueOn: assignments.dueOn,
      doneAt: assignments.doneAt,
    })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(eq(assignments.articleId, articleId))
    .orderBy(
      sql`${assignments.doneAt} desc nulls first`,
      sql`${assignments.dueOn} asc nulls last`,
      asc(assignments.createdAt),
    );
  return rows.map((row) => ({
    ...row,
    late: isLate(row, today),
    mayFinish:
      may(actor, 'articles.assign') || (actor.kind === 'person' && actor.userId === row.userId),
  }));
}

/** Everybody who works for the magazine, by name, for the choice of who does something; for who gives out work. */
export async function listColleagues(actor: Actor): Promise<Colleague[]> {
  if (!may(actor, 'articles.assign')) return [];
  return staff(db());
}

/** Who may look at an article in the office, and so may be mentioned in its comments. */
export async function findReaders(executor: Executor, articleId: string): Promise<Colleague[]> {
  if (!isId(articleId)) return [];
  const given = executor
    .select({ userId: assignments.userId })
    .from(assignments)
    .where(eq(assignments.articleId, articleId));
  const began = executor
    .select({ userId: articles.createdBy })
    .from(articles)
    .where(eq(articles.id, articleId));
  return executor
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(users)
    .where(
      or(
        inArray(users.staffRole, ['editor', 'publisher', 'admin']),
        and(eq(users.staffRole, 'writer'), or(inArray(users.id, given), inArray(users.id, began))),
      ),
    )
    .orderBy(sql`lower(${calledName()})`, asc(users.email));
}

/** A link that was given to somebody without an account; the address itself is known only to who made it. */
export type PreviewLink = {
  id: string;
  note: string;
  createdAt: Date;
  expiresAt: Date;
  who: string;
};

/** The preview links that still open an article or an issue, for who may make one; else `null`. */
export async function listPreviews(
  actor: Actor,
  of: { articleId: string } | { issueId: string },
): Promise<PreviewLink[] | null> {
  if ('issueId' in of) {
    if (!may(actor, 'issues.plan') || !isId(of.issueId)) return null;
  } else {
    const article = await findInWork(db(), actor, of.articleId);
    if (!article || whyNotEdit(actor, article)) return null;
  }
  const rows = await db()
    .select({
      id: previewLinks.id,
      note: previewLinks.note,
      createdAt: previewLinks.createdAt,
      expiresAt: previewLinks.expiresAt,
      who: calledNameIfAny(),
    })
    .from(previewLinks)
    .leftJoin(users, eq(users.id, previewLinks.createdBy))
    .where(
      and(
        'issueId' in of
          ? eq(previewLinks.issueId, of.issueId)
          : eq(previewLinks.articleId, of.articleId),
        isNull(previewLinks.revokedAt),
        gt(previewLinks.expiresAt, clock.now()),
      ),
    )
    .orderBy(desc(previewLinks.createdAt));
  return rows.map((row) => ({ ...row, who: row.who ?? 'an account that is gone' }));
}

function staff(executor: Executor): Promise<Colleague[]> {
  return executor
    .select({ userId: users.id, name: users.name, email: users.email })
    .from(users)
    .where(isNotNull(users.staffRole))
    .orderBy(sql`lower(${calledName()})`, asc(users.email));
}
