import { and, eq, isNotNull, isNull, or } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { commentMentions, comments } from '#db/schema/workflow.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may, type Person } from '#lib/users/rules.ts';
import { findInWork } from '#lib/workflow/access.ts';
import type { CommentInput } from '#lib/workflow/input.ts';
import { findReaders } from '#lib/workflow/queries.ts';
import { mentionedIn } from '#lib/workflow/rules.ts';

export type CommentReason = 'forbidden' | 'not_found';

/** Remarks on an article, or on words in it. Whoever is mentioned gets a mail. */
export async function writeComment(
  actor: Actor,
  articleId: string,
  { text, anchor }: CommentInput,
): Promise<Result<{ id: string }, CommentReason>> {
  if (!mayComment(actor)) return refused();
  return db().transaction(async (tx) => {
    if (isId(articleId)) await lockArticle(tx, articleId);
    const article = await findInWork(tx, actor, articleId);
    if (!article) return fail('not_found', 'This article does not exist any more.');
    const id = await insertComment(tx, actor, { articleId, text, anchor, parentId: null });
    await mention(tx, actor, { id, articleId, text });
    return ok({ id });
  });
}

/**
 * Answers a remark; one that was resolved is open again. Whoever wrote in the thread gets a mail, and whoever is
 * mentioned; nobody two.
 */
export async function answerComment(
  actor: Actor,
  parentId: string,
  text: string,
): Promise<Result<{ id: string }, CommentReason>> {
  if (!mayComment(actor)) return refused();
  return changing(actor, parentId, async (tx, thread) => {
    const { articleId } = thread;
    // An answer to an answer belongs to the same thread.
    const first = thread.parentId ?? thread.id;
    await tx
      .update(comments)
      .set({ resolvedAt: null, resolvedBy: null })
      .where(eq(comments.id, first));
    const id = await insertComment(tx, actor, { articleId, text, anchor: null, parentId: first });
    const told = await mention(tx, actor, { id, articleId, text });
    const wrote = await tx
      .selectDistinct({ userId: comments.authorId })
      .from(comments)
      .where(or(eq(comments.id, first), eq(comments.parentId, first)));
    for (const { userId } of wrote) {
      if (userId === null || userId === actor.userId || told.includes(userId)) continue;
      await addJob(tx, 'mail.send', { kind: 'answer', commentId: id, userId });
    }
    return ok({ id });
  });
}

/** Changes one's own words. Only who is mentioned for the first time gets a mail. */
export async function changeComment(
  actor: Actor,
  id: string,
  text: string,
): Promise<Result<undefined, CommentReason>> {
  if (!mayComment(actor)) return refused();
  return changing(actor, id, async (tx, comment) => {
    if (comment.authorId !== actor.userId) {
      return fail('forbidden', 'Only who wrote a comment can change it.');
    }
    if (comment.text === text) return ok();
    await tx.update(comments).set({ text, changedAt: clock.now() }).where(eq(comments.id, id));
    await mention(tx, actor, { id, articleId: comment.articleId, text });
    await audit(tx, actor, 'comment.change', comment, { from: comment.text, to: text });
    return ok();
  });
}

/** Takes a comment away, with its answers. One's own, as long as nobody answered it; editors may take away any. */
export async function deleteComment(
  actor: Actor,
  id: string,
): Promise<Result<undefined, CommentReason>> {
  if (!mayComment(actor)) return refused();
  return changing(actor, id, async (tx, comment) => {
    if (!may(actor, 'articles.edit-any')) {
      if (comment.authorId !== actor.userId) {
        return fail('forbidden', 'Only who wrote a comment, or an editor, can delete it.');
      }
      const answers = await tx.$count(comments, eq(comments.parentId, id));
      if (answers > 0) {
        return fail('forbidden', 'Somebody has answered it: resolve it instead.');
      }
    }
    await tx.delete(comments).where(eq(comments.id, id));
    await audit(tx, actor, 'comment.delete', comment, { text: comment.text });
    return ok();
  });
}

/** Puts a thread aside as settled, or takes it up again. Anybody who may comment on the article. */
export async function resolveComment(
  actor: Actor,
  id: string,
  resolved: boolean,
): Promise<Result<undefined, CommentReason>> {
  if (!mayComment(actor)) return refused();
  return changing(actor, id, async (tx, comment) => {
    if (comment.parentId !== null) return fail('not_found', 'Only whole threads are resolved.');
    const changed = await tx
      .update(comments)
      .set({
        resolvedAt: resolved ? clock.now() : null,
        resolvedBy: resolved ? actor.userId : null,
      })
      .where(
        and(
          eq(comments.id, id),
          resolved ? isNull(comments.resolvedAt) : isNotNull(comments.resolvedAt),
        ),
      )
      .returning({ id: comments.id });
    if (changed.length > 0) {
      await audit(tx, actor, resolved ? 'comment.resolve' : 'comment.reopen', comment, {});
    }
    return ok();
  });
}

function mayComment(actor: Actor): actor is Person {
  return actor.kind === 'person' && may(actor, 'articles.comment');
}

const refused = () => fail('forbidden', 'You may not comment on articles.');

/** Locks the article until the transaction ends: its threads are changed by one person after the other. */
async function changing<T>(
  actor: Actor,
  id: string,
  change: (
    tx: Transaction,
    comment: typeof comments.$inferSelect,
  ) => Promise<Result<T, CommentReason>>,
): Promise<Result<T, CommentReason>> {
  const gone = () => fail('not_found', 'This comment is not there any more.');
  if (!isId(id)) return gone();
  return db().transaction(async (tx) => {
    const [known] = await tx
      .select({ articleId: comments.articleId })
      .from(comments)
      .where(eq(comments.id, id));
    if (!known) return gone();
    await lockArticle(tx, known.articleId);
    const [comment] = await tx.select().from(comments).where(eq(comments.id, id));
    if (!comment || !(await findInWork(tx, actor, comment.articleId))) return gone();
    return change(tx, comment);
  });
}

async function insertComment(
  tx: Transaction,
  actor: Person,
  values: Pick<typeof comments.$inferInsert, 'articleId' | 'text' | 'anchor' | 'parentId'>,
): Promise<string> {
  const [row] = await tx
    .insert(comments)
    .values({ ...values, authorId: actor.userId, createdAt: clock.now() })
    .returning({ id: comments.id });
  if (!row) throw new Error('No comment was made');
  const { articleId, parentId = null } = values;
  await audit(tx, actor, parentId ? 'comment.answer' : 'comment.write', {
    id: row.id,
    articleId,
  });
  return row.id;
}

/** Writes down who is mentioned, and mails those who were not told before; answers whom. */
async function mention(
  tx: Transaction,
  actor: Person,
  comment: { id: string; articleId: string; text: string },
): Promise<string[]> {
  const named = mentionedIn(comment.text, await findReaders(tx, comment.articleId));
  if (named.length === 0) return [];
  const fresh = await tx
    .insert(commentMentions)
    .values(named.map((userId) => ({ commentId: comment.id, userId })))
    .onConflictDoNothing()
    .returning({ userId: commentMentions.userId });
  const told = fresh.map(({ userId }) => userId).filter((userId) => userId !== actor.userId);
  for (const userId of told) {
    await addJob(tx, 'mail.send', { kind: 'mention', commentId: comment.id, userId });
  }
  return told;
}

async function audit(
  tx: Transaction,
  actor: Person,
  action: string,
  comment: { id: string; articleId: string },
  detail: Record<string, unknown> = {},
): Promise<void> {
  const subject = { kind: 'article', id: comment.articleId };
  await recordAudit(tx, actor, action, subject, { commentId: comment.id, ...detail });
}
