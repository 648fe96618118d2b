import { isDeepStrictEqual } from 'node:util';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { revisions } from '#db/schema/articles.ts';
import { users } from '#db/schema/users.ts';
import {
  addRevision,
  type Draft,
  loadText,
  type RevisionText,
  userIdOf,
} from '#lib/articles/drafts.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { type Failure, fail } from '#lib/result.ts';
import { calledName } from '#lib/users/queries.ts';
import type { Actor } from '#lib/users/rules.ts';

/**
 * A save that came too late (`conflict`), out of a window that doesn't write any more (`taken`), or from somebody who might
 * write here until just now (`forbidden`).
 */
export type SaveConflict = Failure<'conflict' | 'taken' | 'forbidden'> & {
  /** The revision that holds the text which was not saved as the working copy. */
  asideId: string;
  /** The revision that is the working copy, who saved it and when. */
  draftId: string;
  by: string | null;
  at: Date;
};

/**
 * Keeps a text that can't become the working copy as a revision beside it. The same text sent twice, as after a lost
 * answer, is kept once.
 */
export async function keepAside(
  tx: Transaction,
  actor: Actor,
  draft: Draft,
  text: RevisionText,
  { reason, by }: { reason: SaveConflict['reason']; by: string | null },
): Promise<SaveConflict> {
  const asideId = (await findAside(tx, actor, draft, text)) ?? (await add(tx, actor, draft, text));
  const name = by ?? (await nameOf(tx, draft.savedBy)) ?? 'Somebody';
  return {
    ...fail(reason, messageOf(reason, name)),
    asideId,
    draftId: draft.revisionId,
    by: name,
    at: draft.savedAt,
  };
}

function messageOf(reason: SaveConflict['reason'], name: string): string {
  switch (reason) {
    case 'taken':
      return `${name} has taken over this article. Your text is kept beside it.`;
    case 'conflict':
      return 'Somebody else saved this article since you opened it. Both texts are kept.';
    case 'forbidden':
      return 'This article was moved on while you wrote, so its text rests. Your text is kept beside it.';
  }
}

async function findAside(
  tx: Transaction,
  actor: Actor,
  draft: Draft,
  text: RevisionText,
): Promise<string | null> {
  const savedBy = userIdOf(actor);
  const [last] = await tx
    .select({ id: revisions.id })
    .from(revisions)
    .where(
      and(
        eq(revisions.articleId, draft.id),
        eq(revisions.origin, 'aside'),
        savedBy ? eq(revisions.savedBy, savedBy) : isNull(revisions.savedBy),
      ),
    )
    .orderBy(desc(revisions.number))
    .limit(1);
  if (!last) return null;
  return isDeepStrictEqual(await loadText(tx, last.id), text) ? last.id : null;
}

async function add(
  tx: Transaction,
  actor: Actor,
  draft: Draft,
  text: RevisionText,
): Promise<string> {
  const { id, number } = await addRevision(tx, draft.id, text, {
    version: draft.version,
    savedBy: userIdOf(actor),
    savedAt: clock.now(),
    origin: 'aside',
  });
  const subject = { kind: 'article', id: draft.id };
  await recordAudit(tx, actor, 'article.keep-aside', subject, { revision: number });
  return id;
}

async function nameOf(tx: Transaction, userId: string | null): Promise<string | null> {
  if (!userId) return null;
  const [user] = await tx.select({ name: calledName() }).from(users).where(eq(users.id, userId));
  return user?.name ?? null;
}
