import { and, eq, isNotNull } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { placements } from '#db/schema/issues.ts';
import { addRevision, type Draft, loadText, lockDraft, userIdOf } from '#lib/articles/drafts.ts';
import { endWriting, findWriting } from '#lib/articles/editing.ts';
import { windowPatience } from '#lib/articles/rules.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { type Failure, fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { whyNotEdit } from '#lib/workflow/rules.ts';

export type RevisionReason = 'forbidden' | 'not_found' | 'taken' | 'blocked';

/**
 * Brings an older text back: it becomes a new revision, which is worked on from now on, and all others stay. Refused while
 * somebody else writes in the article.
 */
export async function restoreRevision(
  actor: Actor,
  articleId: string,
  revisionId: string,
): Promise<Result<{ version: number }, RevisionReason>> {
  return withDraft(
    actor,
    articleId,
    async (tx, draft) => {
      const [from] = await tx
        .select({ number: revisions.number })
        .from(revisions)
        .where(and(eq(revisions.articleId, draft.id), eq(revisions.id, revisionId)));
      if (!from) return fail('not_found', 'This article has no such revision.');
      if (revisionId === draft.revisionId) {
        return fail('blocked', 'This is what is worked on already.');
      }
      const version = draft.version + 1;
      const made = await addRevision(tx, draft.id, await loadText(tx, revisionId), {
        version,
        savedBy: userIdOf(actor),
        savedAt: clock.now(),
        origin: 'restored',
      });
      await tx.update(articles).set({ draftRevisionId: made.id }).where(eq(articles.id, draft.id));
      await endWriting(tx, draft.id);
      const detail = { from: from.number, to: made.number };
      await recordAudit(tx, actor, 'article.restore', { kind: 'article', id: draft.id }, detail);
      return ok({ version });
    },
    revisionId,
  );
}

/** Takes the working copy back to what is on the site. The text that is given up stays among the revisions. */
export async function discardChanges(
  actor: Actor,
  articleId: string,
): Promise<Result<{ version: number }, RevisionReason>> {
  return withDraft(actor, articleId, async (tx, draft) => {
    const { publishedRevisionId } = draft;
    if (!publishedRevisionId) return fail('blocked', 'This article is not on the site.');
    if (publishedRevisionId === draft.revisionId) {
      return fail('blocked', 'There is no change since it was published.');
    }
    // A window that still has the discarded text open must not take its save for the next one.
    const version = draft.version + 1;
    await tx.update(revisions).set({ version }).where(eq(revisions.id, publishedRevisionId));
    await tx
      .update(articles)
      .set({ draftRevisionId: publishedRevisionId })
      .where(eq(articles.id, draft.id));
    await endWriting(tx, draft.id);
    const detail = { from: draft.revisionId, to: publishedRevisionId };
    await recordAudit(tx, actor, 'article.discard', { kind: 'article', id: draft.id }, detail);
    return ok({ version });
  });
}

/** Removes an article that no reader ever saw, with all of its revisions. One that stands in an issue is taken out first. */
export async function deleteDraft(
  actor: Actor,
  articleId: string,
): Promise<Result<undefined, RevisionReason>> {
  return withDraft(actor, articleId, async (tx, draft) => {
    const read = await tx.$count(
      revisions,
      and(eq(revisions.articleId, draft.id), isNotNull(revisions.publishedAt)),
    );
    if (read > 0 || draft.publishedAt) {
      return fail('blocked', 'It was on the site once: it can be taken off, not deleted.');
    }
    if (draft.scheduledFor) return fail('blocked', 'It is scheduled: take that back first.');
    const placed = await tx.$count(placements, eq(placements.articleId, draft.id));
    if (placed > 0) return fail('blocked', 'It stands in an issue. Take it out there first.');
    const { title } = await loadText(tx, draft.revisionId);
    await tx.delete(articles).where(eq(articles.id, draft.id));
    const detail = { title, slug: draft.slug };
    await recordAudit(tx, actor, 'article.delete', { kind: 'article', id: draft.id }, detail);
    return ok();
  });
}

/** Runs `work` on an article that the actor may change, its row locked, if nobody else writes in it now. */
async function withDraft<T>(
  actor: Actor,
  articleId: string,
  work: (tx: Transaction, draft: Draft) => Promise<Result<T, RevisionReason>>,
  ...otherIds: string[]
): Promise<Result<T, RevisionReason>> {
  if (!may(actor, 'articles.write')) return fail('forbidden', 'You may not write articles.');
  if (!otherIds.every(isId)) return fail('not_found', 'This article has no such revision.');
  return db().transaction(async (tx) => {
    const draft = await lockDraft(tx, articleId);
    if (!draft) return fail('not_found', 'This article does not exist any more.');
    const whyNot = whyNotEdit(actor, draft);
    if (whyNot) return fail('forbidden', whyNot);
    return (await refuseWhileWritten(tx, actor, draft)) ?? work(tx, draft);
  });
}

async function refuseWhileWritten(
  tx: Transaction,
  actor: Actor,
  draft: Draft,
): Promise<Failure<'taken'> | null> {
  const writing = await findWriting(tx, draft.id);
  if (!writing || writing.userId === userIdOf(actor)) return null;
  if (clock.now().getTime() - writing.seenAt.getTime() > windowPatience) return null;
  return fail(
    'taken',
    `${writing.name} is writing in it now. Open the article and take over first.`,
  );
}
