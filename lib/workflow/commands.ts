import { eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { articles } from '#db/schema/articles.ts';
import { users } from '#db/schema/users.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { endWriting } from '#lib/articles/editing.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { isId } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { findInWork } from '#lib/workflow/access.ts';
import type { MoveInput } from '#lib/workflow/input.ts';
import { isBack, mayMove, stageNames, whyNotEdit } from '#lib/workflow/rules.ts';

export type MoveReason = 'forbidden' | 'not_found' | 'conflict';

/**
 * Moves an article to another stage. `from` is where the actor saw it: of two who move it at once, the second is told.
 * Whoever wrote it gets a mail when somebody else sends it back to draft.
 */
export async function moveArticle(
  actor: Actor,
  id: string,
  { from, to, note }: MoveInput,
): Promise<Result<undefined, MoveReason>> {
  if (!may(actor, 'articles.write')) return fail('forbidden', 'You may not move articles.');
  if (!isId(id)) return fail('not_found', 'This article does not exist any more.');
  return db().transaction(async (tx) => {
    await lockArticle(tx, id);
    const article = await findInWork(tx, actor, id);
    if (!article) return fail('not_found', 'This article does not exist any more.');
    if (article.stage !== from) {
      const now = stageNames[article.stage].toLowerCase();
      return fail('conflict', `Somebody else has moved it meanwhile: it is “${now}” now.`);
    }
    if (!mayMove(actor, article, to)) {
      return fail('forbidden', `You may not move it to “${stageNames[to].toLowerCase()}”.`);
    }
    await tx.update(articles).set({ stage: to }).where(eq(articles.id, id));
    // Who hands a text in lets go of it, so that whoever has it next need not wait for their window to fall silent.
    if (whyNotEdit(actor, { ...article, stage: to })) await endWriting(tx, id);
    const back = isBack(from, to);
    await recordAudit(
      tx,
      actor,
      'article.move',
      { kind: 'article', id },
      { from, to, ...(note ? { note } : {}), title: article.title },
    );
    if (back && to === 'draft') {
      const self = actor.kind === 'person' ? actor.userId : null;
      const own = [article.createdBy, ...article.writers].filter(
        (userId): userId is string => userId !== null && userId !== self,
      );
      const people = await tx
        .select({ userId: users.id })
        .from(users)
        .where(inArray(users.id, [...new Set(own)]));
      for (const { userId } of people) {
        await addJob(tx, 'mail.send', { kind: 'sent-back', articleId: id, userId });
      }
    }
    return ok();
  });
}
