import { asc, inArray } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { issues } from '#db/schema/issues.ts';
import { isId } from '#lib/ids.ts';
import { fail, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type IssueReason = 'forbidden' | 'not_found' | 'taken' | 'invalid' | 'removed' | 'in_use';

export type IssueRow = Awaited<ReturnType<typeof lockIssues>>[number];

/**
 * Does `work` on an issue that the actor may plan, in one transaction, its row locked. Refuses everybody else, and what
 * is no issue. `first` runs before the row is locked.
 */
export async function planning<T, R extends string>(
  actor: Actor,
  id: string,
  work: (tx: Transaction, issue: IssueRow) => Promise<Result<T, R>>,
  first?: (tx: Transaction) => Promise<void>,
): Promise<Result<T, R | 'forbidden' | 'not_found'>> {
  if (!may(actor, 'issues.plan')) return fail('forbidden', 'You may not plan issues.');
  if (!isId(id)) return fail('not_found', 'This issue does not exist any more.');
  return db().transaction(async (tx) => {
    await first?.(tx);
    const [issue] = await lockIssues(tx, [id]);
    if (!issue) return fail('not_found', 'This issue does not exist any more.');
    return work(tx, issue);
  });
}

/** Issues, locked in the order of their ids, so that two who need the same ones don't wait for each other. */
export async function lockIssues(tx: Transaction, ids: string[]) {
  return tx
    .select()
    .from(issues)
    .where(inArray(issues.id, ids))
    .orderBy(asc(issues.id))
    .for('update');
}
