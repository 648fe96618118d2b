import { and, eq, ne, sql } from 'drizzle-orm';
import { db, type Executor, type Transaction } from '#db/client.ts';
import { users } from '#db/schema/users.ts';
import { articleEditing } from '#db/schema/workflow.ts';
import { findHead, lockDraft } from '#lib/articles/drafts.ts';
import { windowPatience } from '#lib/articles/rules.ts';
import { recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { isId } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { calledName } from '#lib/users/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import { findInWork } from '#lib/workflow/access.ts';
import { whyNotEdit } from '#lib/workflow/rules.ts';

/** The window that an article is written in, and whose it is. */
export type Writing = {
  userId: string;
  name: string;
  windowId: string;
  since: Date;
  seenAt: Date;
};

export type Presence = {
  /** This window writes. */
  mine: boolean;
  /** Why this person may not write here, in words for them; `null` where they may. */
  whyNot: string | null;
  /** Who writes in another window; `own`: the same person. */
  writer: { name: string; own: boolean; since: Date } | null;
  /** The working text's. */
  version: number;
};

export type EnterReason = 'forbidden' | 'not_found' | 'invalid';

/**
 * A window's word that it is there, repeated while it is open. It writes where no other window does; with `takeOver` also
 * where one does, which then reads along. A window that is silent for `windowPatience` has let go. `windowId` is a name of
 * 8 to 64 letters, digits and hyphens that the window gave itself. `saidAt`: when it said so, by its own clock; a word from
 * before its last one comes too late, and holds nothing.
 */
export async function enterArticle(
  actor: Actor,
  id: string,
  windowId: string,
  { takeOver = false, saidAt = clock.now() }: { takeOver?: boolean; saidAt?: Date } = {},
): Promise<Result<Presence, EnterReason>> {
  if (actor.kind !== 'person' || !may(actor, 'articles.write')) {
    return fail('forbidden', 'You may not write articles.');
  }
  if (!isWindow(windowId)) return fail('invalid', 'This window has no name.');
  const gone = fail('not_found', 'This article does not exist any more.');
  if (!isId(id)) return gone;
  return db().transaction(async (tx) => {
    const writing = await findWriting(tx, id);
    const reads = !takeOver && elsewhere(writing, windowId);
    const draft = await (reads ? findHead(tx, id) : lockDraft(tx, id));
    if (!draft || !(await findInWork(tx, actor, id))) return gone;
    const whyNot = whyNotEdit(actor, draft);
    const { version } = draft;
    if (reads || whyNot) {
      return ok({ mine: false, whyNot, version, writer: told(writing, windowId, actor.userId) });
    }
    // Somebody may have come in while the lock was waited for.
    const before = await findWriting(tx, id);
    if (before && !takeOver && elsewhere(before, windowId)) {
      return ok({ mine: false, whyNot, version, writer: told(before, windowId, actor.userId) });
    }
    await hold(tx, id, { userId: actor.userId, windowId }, before, saidAt);
    if (before && elsewhere(before, windowId)) {
      const detail = { from: before.name, to: actor.name ?? actor.email, since: before.since };
      await recordAudit(tx, actor, 'article.take-over', { kind: 'article', id }, detail);
    }
    return ok({ mine: true, whyNot, version, writer: null });
  });
}

/**
 * A window that is closed lets go at once. Its row stays, so that a word of its that is still on the way finds that it has
 * left. `saidAt`: when it said so, by its own clock.
 */
export async function leaveArticle(
  actor: Actor,
  id: string,
  windowId: string,
  saidAt = left,
): Promise<void> {
  if (actor.kind !== 'person' || !may(actor, 'articles.write')) return;
  if (!isId(id) || !isWindow(windowId)) return;
  const { userId } = actor;
  await db().transaction(async (tx) => {
    // Who comes in meanwhile has locked it, too.
    if (!(await lockDraft(tx, id))) return;
    await tx
      .insert(articleEditing)
      .values({ articleId: id, userId, windowId, since: saidAt, seenAt: left })
      .onConflictDoUpdate({
        target: articleEditing.articleId,
        set: { since: saidAt, seenAt: left },
        setWhere: sql`${articleEditing.windowId} = ${windowId} and ${articleEditing.userId} = ${userId}`,
      });
  });
}

/** When a window was last seen that has left. */
const left = new Date(0);

export const isWindow = (windowId: string): boolean => /^[\w-]{8,64}$/.test(windowId);

/** The window that wrote last, be it still there or not. */
export async function findWriting(executor: Executor, id: string): Promise<Writing | null> {
  const [row] = await executor
    .select({
      userId: articleEditing.userId,
      name: calledName(),
      windowId: articleEditing.windowId,
      since: articleEditing.since,
      seenAt: articleEditing.seenAt,
    })
    .from(articleEditing)
    .innerJoin(users, eq(users.id, articleEditing.userId))
    .where(and(eq(articleEditing.articleId, id), ne(articleEditing.seenAt, left)));
  return row ?? null;
}

/** Whether another window than this one writes now. */
export function elsewhere(writing: Writing | null, windowId: string | null): writing is Writing {
  if (!writing || writing.windowId === windowId) return false;
  return clock.now().getTime() - writing.seenAt.getTime() <= windowPatience;
}

/** The article, whose row is locked, is this window's from now on, or still; unless it left after it had said this. */
export async function hold(
  tx: Transaction,
  articleId: string,
  window: { userId: string; windowId: string },
  before: Writing | null,
  saidAt: Date,
): Promise<void> {
  const seenAt = clock.now();
  const stays = before?.windowId === window.windowId && before.userId === window.userId;
  const row = { ...window, since: stays ? before.since : seenAt, seenAt };
  await tx
    .insert(articleEditing)
    .values({ ...row, articleId })
    .onConflictDoUpdate({
      target: articleEditing.articleId,
      set: row,
      setWhere: sql`not (${articleEditing.windowId} = ${window.windowId}
        and ${articleEditing.seenAt} = ${left.toISOString()} and ${articleEditing.since} >= ${saidAt.toISOString()})`,
    });
}

/** Something happened to the text outside of any window: whoever writes has to look at it first. */
export async function endWriting(tx: Transaction, articleId: string): Promise<void> {
  await tx.delete(articleEditing).where(eq(articleEditing.articleId, articleId));
}

function told(writing: Writing | null, windowId: string, userId: string): Presence['writer'] {
  if (!elsewhere(writing, windowId)) return null;
  return { name: writing.name, own: writing.userId === userId, since: writing.since };
}
