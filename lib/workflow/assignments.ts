import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { users } from '#db/schema/users.ts';
import { assignments } from '#db/schema/workflow.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { calledName } from '#lib/users/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { findInWork } from '#lib/workflow/access.ts';
import { publicationDay } from '#lib/workflow/day.ts';
import type { AssignmentInput } from '#lib/workflow/input.ts';

export type AssignmentReason = 'forbidden' | 'not_found' | 'invalid';

/**
 * Gives a member of staff something to do for an article, and tells them by mail. What they have to do already gets the
 * new day, and is open again. A day that has passed is refused.
 */
export async function assignTask(
  actor: Actor,
  articleId: string,
  { userId, task, dueOn }: AssignmentInput,
): Promise<Result<{ id: string }, AssignmentReason>> {
  if (!may(actor, 'articles.assign')) return fail('forbidden', 'Only an editor gives out work.');
  if (!isId(articleId)) return gone();
  return db().transaction(async (tx) => {
    await lockArticle(tx, articleId);
    if (!(await findInWork(tx, actor, articleId))) return gone();
    const [person] = await tx
      .select({ name: calledName() })
      .from(users)
      .where(and(eq(users.id, userId), isNotNull(users.staffRole)))
      .for('share');
    if (!person) {
      const message = 'This person does not work for the magazine any more.';
      return fail('invalid', message, { userId: message });
    }
    if (dueOn !== null && dueOn < (await publicationDay(tx))) {
      const message = 'This day has passed already.';
      return fail('invalid', message, { dueOn: message });
    }
    const self = actor.kind === 'person' ? actor.userId : null;
    const [before] = await tx
      .select()
      .from(assignments)
      .where(
        and(
          eq(assignments.articleId, articleId),
          eq(assignments.userId, userId),
          eq(assignments.task, task),
        ),
      );
    const [row] = await tx
      .insert(assignments)
      .values({ articleId, userId, task, dueOn, createdBy: self })
      .onConflictDoUpdate({
        target: [assignments.articleId, assignments.userId, assignments.task],
        set: { dueOn: sql`excluded.due_on`, doneAt: null },
      })
      .returning({ id: assignments.id });
    if (!row) throw new Error('Nothing was assigned');
    await recordAudit(
      tx,
      actor,
      'article.assign',
      { kind: 'article', id: articleId },
      {
        userId,
        person: person.name,
        task,
        dueOn: { from: before?.dueOn ?? null, to: dueOn },
      },
    );
    if (userId !== self) {
      await addJob(
        tx,
        'mail.send',
        { kind: 'assignment', assignmentId: row.id },
        { key: `assignment ${row.id}` },
      );
    }
    return ok(row);
  });
}

/** Says that something is done, or that it isn't after all. For who has to do it, and for editors. */
export async function finishTask(
  actor: Actor,
  id: string,
  done: boolean,
): Promise<Result<undefined, AssignmentReason>> {
  return changing(actor, id, async (tx, found) => {
    const own = actor.kind === 'person' && actor.userId === found.userId;
    if (!own && !may(actor, 'articles.assign')) {
      return fail('forbidden', 'Only who has to do it, or an editor, can say that.');
    }
    if ((found.doneAt !== null) === done) return ok();
    await tx
      .update(assignments)
      .set({ doneAt: done ? clock.now() : null })
      .where(eq(assignments.id, id));
    await recordAudit(
      tx,
      actor,
      done ? 'article.task-done' : 'article.task-open',
      { kind: 'article', id: found.articleId },
      { userId: found.userId, person: found.person, task: found.task },
    );
    return ok();
  });
}

/** Takes something off somebody's list. */
export async function withdrawTask(
  actor: Actor,
  id: string,
): Promise<Result<undefined, AssignmentReason>> {
  if (!may(actor, 'articles.assign')) return fail('forbidden', 'Only an editor gives out work.');
  return changing(actor, id, async (tx, found) => {
    await tx.delete(assignments).where(eq(assignments.id, id));
    await recordAudit(
      tx,
      actor,
      'article.unassign',
      { kind: 'article', id: found.articleId },
      {
        userId: found.userId,
        person: found.person,
        task: found.task,
        dueOn: { from: found.dueOn, to: null },
      },
    );
    return ok();
  });
}

async function changing(
  actor: Actor,
  id: string,
  change: (
    tx: Transaction,
    found: typeof assignments.$inferSelect & { person: string },
  ) => Promise<Result<undefined, AssignmentReason>>,
): Promise<Result<undefined, AssignmentReason>> {
  if (!may(actor, 'articles.write')) return fail('forbidden', 'You may not do this.');
  if (!isId(id)) return gone();
  return db().transaction(async (tx) => {
    const [found] = await tx.select().from(assignments).where(eq(assignments.id, id)).for('update');
    if (!found) return gone();
    const [person] = await tx
      .select({ name: calledName() })
      .from(users)
      .where(eq(users.id, found.userId));
    return change(tx, { ...found, person: person?.name ?? '' });
  });
}

const gone = () => fail('not_found', 'This is not on the list any more.');
