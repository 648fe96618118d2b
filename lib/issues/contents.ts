import { and, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { placements } from '#db/schema/issues.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { isId } from '#lib/ids.ts';
import { type IssueReason, issuePageTags, lockIssue } from '#lib/issues/commands.ts';
import type { PlacementInput } from '#lib/issues/input.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

/**
 * Gives articles of an issue other departments and pages, all of them or none; their order stays. What doesn't stand in
 * this issue is left alone. Nothing changed is nothing on record.
 */
export async function arrangeContents(
  actor: Actor,
  issueId: string,
  places: PlacementInput[],
): Promise<Result<{ tags: string[] }, IssueReason>> {
  if (!may(actor, 'issues.plan')) return fail('forbidden', 'You may not plan issues.');
  if (!isId(issueId)) return fail('not_found', 'This issue does not exist any more.');
  return db().transaction(async (tx) => {
    const issue = await lockIssue(tx, issueId);
    if (!issue) return fail('not_found', 'This issue does not exist any more.');
    const placed = await tx.select().from(placements).where(eq(placements.issueId, issueId));
    const changed = places.filter(({ articleId, department, page }) =>
      placed.some(
        (before) =>
          before.articleId === articleId &&
          (before.department !== department || before.page !== page),
      ),
    );
    if (changed.length === 0) return ok({ tags: [] });
    for (const { articleId, department, page } of changed) {
      await tx
        .update(placements)
        .set({ department, page })
        .where(and(eq(placements.issueId, issueId), eq(placements.articleId, articleId)));
    }
    await recordAudit(tx, actor, 'issue.arrange', { kind: 'issue', id: issueId }, { changed });
    return ok({ tags: await issuePageTags(tx, issue, issue.slug) });
  });
}
