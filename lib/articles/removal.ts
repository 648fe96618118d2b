import { eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { placements } from '#db/schema/issues.ts';
import { lockArticle } from '#lib/articles/commands.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { isId } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type RemoveReason = 'forbidden' | 'not_found' | 'published' | 'planned';

/**
 * Deletes a draft with all its revisions, for good: one that was never on the site and stands in no plan. Writers delete
 * their own, editors any. What was published once is part of the archive and can only be taken off the site.
 */
export async function deleteDraft(
  actor: Actor,
  id: string,
): Promise<Result<undefined, RemoveReason>> {
  if (!may(actor, 'articles.write')) return fail('forbidden', 'You may not delete articles.');
  if (!isId(id)) return gone();
  return db().transaction(async (tx) => {
    await lockArticle(tx, id);
    const [found] = await tx
      .select({
        title: revisions.title,
        createdBy: articles.createdBy,
        scheduledFor: articles.scheduledFor,
        wasOut: sql<boolean>`exists (select from ${revisions} as any_of
          where any_of.article_id = ${articles.id} and any_of.published_at is not null)`,
      })
      .from(articles)
      .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
      .where(eq(articles.id, id));
    if (!found) return gone();
    const own = actor.kind === 'person' && found.createdBy === actor.userId;
    if (!own && !may(actor, 'articles.edit-any')) {
      return fail('forbidden', 'You may delete only your own drafts.');
    }
    if (found.wasOut) return fail('published', 'It was on the site: what was out is not deleted.');
    if (found.scheduledFor) return fail('planned', 'It is scheduled: take that back first.');
    const [placed] = await tx
      .select({ id: placements.articleId })
      .from(placements)
      .where(eq(placements.articleId, id));
    if (placed) return fail('planned', 'It stands in an issue: take it out first.');
    await tx.delete(articles).where(eq(articles.id, id));
    await recordAudit(tx, actor, 'article.delete', { kind: 'article', id }, { title: found.title });
    return ok();
  });
}

function gone() {
  return fail('not_found', 'This article does not exist any more.');
}
