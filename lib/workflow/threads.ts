import { asc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { db } from '#db/client.ts';
import { users } from '#db/schema/users.ts';
import { type CommentAnchor, comments } from '#db/schema/workflow.ts';
import { calledNameIfAny } from '#lib/users/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { findInWork } from '#lib/workflow/access.ts';
import { findReaders } from '#lib/workflow/queries.ts';
import type { Colleague } from '#lib/workflow/rules.ts';

/** A comment as the article's page shows it. */
export type Comment = {
  id: string;
  authorId: string | null;
  who: string;
  text: string;
  createdAt: Date;
  changedAt: Date | null;
  mine: boolean;
  mayDelete: boolean;
};

/** A remark with its answers, the first first. */
export type Thread = Comment & {
  anchor: CommentAnchor | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  answers: Comment[];
};

const resolver = alias(users, 'resolver');

/** The comments on an article, the oldest first, and who may be mentioned; for who may look at it, else `null`. */
export async function listComments(
  actor: Actor,
  articleId: string,
): Promise<{ articleId: string; threads: Thread[]; people: Colleague[] } | null> {
  if (!may(actor, 'articles.comment') || actor.kind !== 'person') return null;
  if (!(await findInWork(db(), actor, articleId))) return null;
  const people = await findReaders(db(), articleId);
  const rows = await db()
    .select({
      id: comments.id,
      parentId: comments.parentId,
      authorId: comments.authorId,
      who: calledNameIfAny(),
      text: comments.text,
      anchor: comments.anchor,
      createdAt: comments.createdAt,
      changedAt: comments.changedAt,
      resolvedAt: comments.resolvedAt,
      resolvedBy: calledNameIfAny(resolver),
    })
    .from(comments)
    .leftJoin(users, eq(users.id, comments.authorId))
    .leftJoin(resolver, eq(resolver.id, comments.resolvedBy))
    .where(eq(comments.articleId, articleId))
    .orderBy(asc(comments.createdAt), asc(comments.id));
  const answered = new Set(rows.map(({ parentId }) => parentId));
  const editor = may(actor, 'articles.edit-any');
  const shown = (row: (typeof rows)[number]): Comment => {
    const mine = row.authorId === actor.userId;
    return {
      id: row.id,
      authorId: row.authorId,
      who: row.who ?? 'An account that is gone',
      text: row.text,
      createdAt: row.createdAt,
      changedAt: row.changedAt,
      mine,
      mayDelete: editor || (mine && !answered.has(row.id)),
    };
  };
  const threads = rows
    .filter(({ parentId }) => parentId === null)
    .map((row) => ({
      ...shown(row),
      anchor: row.anchor,
      resolvedAt: row.resolvedAt,
      resolvedBy: row.resolvedBy,
      answers: rows.filter(({ parentId }) => parentId === row.id).map(shown),
    }));
  return { articleId, threads, people };
}
