import { and, eq } from 'drizzle-orm';
import { expirePages } from '#db/expiry.ts';
import { placements } from '#db/schema/issues.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { type IssueReason, planning } from '#lib/issues/commands.ts';
import type { PlacementInput } from '#lib/issues/input.ts';
import { issuePageTags } from '#lib/issues/queries.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Actor } from '#lib/users/rules.ts';

/**
 * Gives articles of an issue other departments and pages, all of them or none; their order stays. What doesn't stand in
 * this issue is left alone. Nothing changed is nothing on record.
 */
export async function arrangeContents(
  actor: Actor,
  issueId: string,
  places: PlacementInput[],
): Promise<Result<undefined, IssueReason>> {
  return planning(actor, issueId, async (tx) => {
    const placed = await tx.select().from(placements).where(eq(placements.issueId, issueId));
    const changed = places.filter(({ articleId, department, page }) =>
      placed.some(
        (before) =>
          before.articleId === articleId &&
          (before.department !== department || before.page !== page),
      ),
    );
    if (changed.length === 0) return ok();
    for (const { articleId, department, page } of changed) {
      await tx
        .update(placements)
        .set({ department, page })
        .where(and(eq(placements.issueId, issueId), eq(placements.articleId, articleId)));
    }
    await recordAudit(tx, actor, 'issue.arrange', { kind: 'issue', id: issueId }, { changed });
    await expirePages(tx, await issuePageTags(tx, issueId));
    return ok();
  });
}
