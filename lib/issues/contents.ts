import { and, eq } from 'drizzle-orm';
import { placements } from '#db/schema/issues.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { type IssueReason, issuePageTags, planning } from '#lib/issues/commands.ts';
import type { PlacementInput } from '#lib/issues/input.ts';
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
): Promise<Result<{ tags: string[] }, IssueReason>> {
  return planning(actor, issueId, async (tx, issue) => {
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
