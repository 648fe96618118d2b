import { and, asc, eq, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { users } from '#db/schema/users.ts';
import { assignments } from '#db/schema/workflow.ts';
import { calledName } from '#lib/users/queries.ts';
import { publicationDay } from '#lib/workflow/day.ts';
import { isLate, type Task } from '#lib/workflow/rules.ts';

/** What somebody has still to do for an article, as a list shows it. */
export type OpenTask = { who: string; task: Task; dueOn: string | null; late: boolean };

/** What is still to be done for these articles, the most pressing first. Asks for no right: for lists that have. */
export async function openTasks(articleIds: string[]): Promise<Map<string, OpenTask[]>> {
  const found = new Map<string, OpenTask[]>();
  if (articleIds.length === 0) return found;
  const today = await publicationDay();
  const rows = await db()
    .select({
      articleId: assignments.articleId,
      who: calledName(),
      task: assignments.task,
      dueOn: assignments.dueOn,
      doneAt: assignments.doneAt,
    })
    .from(assignments)
    .innerJoin(users, eq(users.id, assignments.userId))
    .where(and(inArray(assignments.articleId, articleIds), isNull(assignments.doneAt)))
    .orderBy(sql`${assignments.dueOn} asc nulls last`, asc(assignments.createdAt));
  for (const { articleId, doneAt, ...task } of rows) {
    const late = isLate({ ...task, doneAt }, today);
    found.set(articleId, [...(found.get(articleId) ?? []), { ...task, late }]);
  }
  return found;
}

/** Of a query over `articles`: those with something still to do, for this person, or due before this day. */
export function hasOpenTask({ userId, before }: { userId?: string; before?: string }): SQL {
  const open = db()
    .select({ id: assignments.articleId })
    .from(assignments)
    .where(
      and(
        isNull(assignments.doneAt),
        userId ? eq(assignments.userId, userId) : undefined,
        before ? lt(assignments.dueOn, before) : undefined,
      ),
    );
  return inArray(articles.id, open);
}
