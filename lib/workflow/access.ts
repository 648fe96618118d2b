import { and, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { db, type Executor } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { assignments } from '#db/schema/workflow.ts';
import { isId } from '#lib/ids.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import type { ArticleInWork } from '#lib/workflow/rules.ts';

/** A column of a query over `articles`: those who were asked to write the article. */
export const writersOfArticle = sql<string[]>`array(
  select ${assignments.userId} from ${assignments}
  where ${assignments.articleId} = ${articles.id} and ${assignments.task} = 'write')`;

/**
 * Which articles the actor may look at in the office, as the condition of a query over `articles`: editors all, writers
 * what is theirs and what they have something to do for. `undefined` is no condition; nobody else sees any.
 */
export function seenBy(actor: Actor): SQL | undefined {
  if (may(actor, 'articles.edit-any')) return undefined;
  if (!may(actor, 'articles.write') || actor.kind !== 'person') return sql`false`;
  const given = db()
    .select({ id: assignments.articleId })
    .from(assignments)
    .where(eq(assignments.userId, actor.userId));
  return or(eq(articles.createdBy, actor.userId), inArray(articles.id, given));
}

/** Where an article stands, if the actor may look at it; else `null`. */
export async function findInWork(
  executor: Executor,
  actor: Actor,
  id: string,
): Promise<(ArticleInWork & { id: string; title: string }) | null> {
  if (!isId(id)) return null;
  const [row] = await executor
    .select({
      id: articles.id,
      title: revisions.title,
      createdBy: articles.createdBy,
      writers: writersOfArticle,
      stage: articles.stage,
      publishedAt: articles.publishedAt,
      scheduledFor: articles.scheduledFor,
      changed: sql<boolean>`${articles.publishedRevisionId} is not null
        and ${articles.publishedRevisionId} <> ${articles.draftRevisionId}`,
    })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(and(eq(articles.id, id), seenBy(actor)));
  return row ?? null;
}
