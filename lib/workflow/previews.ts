import { createHash } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { db, type Transaction } from '#db/client.ts';
import { issues } from '#db/schema/issues.ts';
import { previewLinks } from '#db/schema/workflow.ts';
import { lockArticle } from '#lib/articles/drafts.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId, newToken } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { findInWork } from '#lib/workflow/access.ts';
import type { PreviewInput } from '#lib/workflow/input.ts';
import { whyNotEdit } from '#lib/workflow/rules.ts';

export type PreviewReason = 'forbidden' | 'not_found';

/** What a link shows: an article, or an issue with everything in it. */
export type PreviewSubject = { articleId: string } | { issueId: string };

const tokenBytes = 32;
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;
const dayLength = 24 * 60 * 60 * 1000;

/**
 * Makes a link under which somebody without an account reads what is not published yet, for so many days. Answers its
 * token, which is kept nowhere: the table holds its hash. For who may change the article, or plan the issue.
 */
export async function createPreview(
  actor: Actor,
  of: PreviewSubject,
  { days, note }: PreviewInput,
): Promise<Result<{ token: string; expiresAt: Date }, PreviewReason>> {
  return db().transaction(async (tx) => {
    const refused = await refuse(tx, actor, of);
    if (refused) return refused;
    const token = newToken(tokenBytes);
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + days * dayLength);
    const [row] = await tx
      .insert(previewLinks)
      .values({
        ...of,
        tokenHash: hashOf(token),
        note,
        expiresAt,
        createdAt: now,
        createdBy: actor.kind === 'person' ? actor.userId : null,
      })
      .returning({ id: previewLinks.id });
    await recordAudit(tx, actor, 'preview.create', subjectOf(of), {
      previewId: row?.id,
      note,
      until: expiresAt.toISOString(),
    });
    return ok({ token, expiresAt });
  });
}

/** Closes a link at once. For everybody who may make one of its kind. */
export async function revokePreview(
  actor: Actor,
  id: string,
): Promise<Result<undefined, PreviewReason>> {
  if (!may(actor, 'articles.write')) return fail('forbidden', 'You may not close preview links.');
  if (!isId(id)) return gone();
  return db().transaction(async (tx) => {
    const [link] = await tx.select().from(previewLinks).where(eq(previewLinks.id, id));
    if (!link) return gone();
    const { articleId, issueId } = link;
    const of = articleId ? { articleId } : { issueId: issueId ?? '' };
    const refused = await refuse(tx, actor, of);
    if (refused) return refused;
    const closed = await tx
      .update(previewLinks)
      .set({ revokedAt: clock.now() })
      .where(and(eq(previewLinks.id, id), isNull(previewLinks.revokedAt)))
      .returning({ id: previewLinks.id });
    if (closed.length === 0) return ok();
    await recordAudit(tx, actor, 'preview.revoke', subjectOf(of), {
      previewId: id,
      note: link.note,
    });
    return ok();
  });
}

/** What a token opens now, and until when; `null` alike for one that is wrong, over or closed. */
export async function findPreview(
  token: string,
): Promise<{ subject: PreviewSubject; expiresAt: Date } | null> {
  if (!tokenPattern.test(token)) return null;
  const [link] = await db()
    .select({
      articleId: previewLinks.articleId,
      issueId: previewLinks.issueId,
      expiresAt: previewLinks.expiresAt,
    })
    .from(previewLinks)
    .where(
      and(
        eq(previewLinks.tokenHash, hashOf(token)),
        isNull(previewLinks.revokedAt),
        gt(previewLinks.expiresAt, clock.now()),
      ),
    );
  if (!link) return null;
  const { articleId, issueId, expiresAt } = link;
  if (articleId) return { subject: { articleId }, expiresAt };
  return issueId ? { subject: { issueId }, expiresAt } : null;
}

const gone = () => fail('not_found', 'This link is not there any more.');

/** Why the actor may not show it; what they may stays there until the transaction ends. */
async function refuse(tx: Transaction, actor: Actor, of: PreviewSubject) {
  if ('issueId' in of) {
    if (!may(actor, 'issues.plan')) return fail('forbidden', 'You may not show this issue.');
    const [issue] = isId(of.issueId)
      ? await tx
          .select({ id: issues.id })
          .from(issues)
          .where(eq(issues.id, of.issueId))
          .for('key share')
      : [];
    return issue ? null : fail('not_found', 'This issue does not exist any more.');
  }
  if (!may(actor, 'articles.write')) return fail('forbidden', 'You may not show this article.');
  if (isId(of.articleId)) await lockArticle(tx, of.articleId);
  const article = await findInWork(tx, actor, of.articleId);
  if (!article) return fail('not_found', 'This article does not exist any more.');
  const whyNot = whyNotEdit(actor, article);
  return whyNot ? fail('forbidden', whyNot) : null;
}

function subjectOf(of: PreviewSubject) {
  return 'issueId' in of
    ? { kind: 'issue', id: of.issueId }
    : { kind: 'article', id: of.articleId };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
