import { and, eq, isNotNull, notExists } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { expirePages } from '#db/expiry.ts';
import { issues, placements } from '#db/schema/issues.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { type IssueReason, planning } from '#lib/issues/lock.ts';
import { issuePageTags } from '#lib/issues/queries.ts';
import { titlesOf } from '#lib/issues/titles.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import type { Actor } from '#lib/users/rules.ts';

/** Lets one of an issue's articles open it on its page; `null` for none. */
export async function chooseEditorial(
  actor: Actor,
  issueId: string,
  articleId: string | null,
): Promise<Result<undefined, IssueReason>> {
  return planning(actor, issueId, async (tx, issue) => {
    if (articleId !== null) {
      const [standing] = await tx
        .select({ id: placements.articleId })
        .from(placements)
        .where(and(eq(placements.issueId, issueId), eq(placements.articleId, articleId)))
        .for('share');
      if (!standing) {
        const why = 'Choose an article that stands in this issue.';
        return fail('invalid', why, { editorialId: why });
      }
    }
    if (issue.editorialId === articleId) return ok();
    await tx.update(issues).set({ editorialId: articleId }).where(eq(issues.id, issueId));
    await recordChoice(tx, actor, issueId, { from: issue.editorialId, to: articleId });
    await expirePages(tx, await issuePageTags(tx, issueId));
    return ok();
  });
}

/** An article that left the issue opens it no more. */
export async function dropLostEditorial(
  tx: Transaction,
  actor: Actor,
  issueId: string,
): Promise<void> {
  const [before] = await tx
    .select({ id: issues.editorialId })
    .from(issues)
    .where(
      and(
        eq(issues.id, issueId),
        isNotNull(issues.editorialId),
        notExists(
          tx
            .select({ id: placements.articleId })
            .from(placements)
            .where(
              and(eq(placements.issueId, issueId), eq(placements.articleId, issues.editorialId)),
            ),
        ),
      ),
    );
  if (!before) return;
  await tx.update(issues).set({ editorialId: null }).where(eq(issues.id, issueId));
  await recordChoice(tx, actor, issueId, { from: before.id, to: null });
}

async function recordChoice(
  tx: Transaction,
  actor: Actor,
  issueId: string,
  { from, to }: { from: string | null; to: string | null },
): Promise<void> {
  const titles = await titlesOf(
    tx,
    [from, to].filter((id) => id !== null),
  );
  const titleOf = (id: string | null) => (id === null ? null : (titles.get(id) ?? ''));
  const detail = { articleId: to ?? from, from: titleOf(from), to: titleOf(to) };
  await recordAudit(tx, actor, 'issue.editorial', { kind: 'issue', id: issueId }, detail);
}
