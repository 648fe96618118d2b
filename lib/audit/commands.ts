import { and, eq, isNull, sql } from 'drizzle-orm';
import { db, type Executor, type Transaction } from '#db/client.ts';
import { alerts, auditEntries } from '#db/schema/audit.ts';
import { clock } from '#lib/clock.ts';
import { isId, newOrderedId } from '#lib/ids.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type Subject = { kind: string; id: string };

/**
 * Writes who did what, in the transaction of the change itself. `action` is the command's verb (`issue.publish`);
 * `detail` holds what a reader of the log needs, from what to what, never a secret and never a body.
 */
export async function recordAudit(
  tx: Transaction,
  actor: Actor,
  action: string,
  subject: Subject,
  detail: Record<string, unknown> = {},
): Promise<void> {
  const at = clock.now();
  await tx.insert(auditEntries).values({
    id: newOrderedId(at),
    at,
    actorId: actor.kind === 'person' ? actor.userId : null,
    action,
    subjectKind: subject.kind,
    subjectId: subject.id,
    detail,
  });
}

/**
 * Tells the office of something that a person has to look at. The same `key` twice is one alert; one that was resolved
 * and happens again is opened again.
 */
export async function raiseAlert(
  executor: Executor,
  alert: {
    kind: string;
    level: 'notice' | 'warning' | 'urgent';
    message: string;
    key: string;
    subject?: Subject;
  },
): Promise<void> {
  const { subject, ...rest } = alert;
  await executor
    .insert(alerts)
    .values({ ...rest, subjectKind: subject?.kind ?? null, subjectId: subject?.id ?? null })
    .onConflictDoUpdate({
      target: alerts.key,
      set: {
        message: sql`excluded.message`,
        level: sql`excluded.level`,
        resolvedAt: null,
        resolvedBy: null,
      },
    });
}

/** Takes an alert off the list because its trouble is over; nothing happens where none is open. */
export async function settleAlert(tx: Transaction, key: string): Promise<void> {
  await tx
    .update(alerts)
    .set({ resolvedAt: clock.now() })
    .where(and(eq(alerts.key, key), isNull(alerts.resolvedAt)));
}

/** Takes an alert off the list: somebody has seen to it. The log keeps who and what it said. */
export async function resolveAlert(
  actor: Actor,
  id: string,
): Promise<Result<undefined, 'forbidden' | 'not_found'>> {
  if (!may(actor, 'alerts.resolve')) return fail('forbidden', 'Only a publisher resolves alerts.');
  if (!isId(id)) return fail('not_found', 'There is no such alert.');
  return db().transaction(async (tx) => {
    const [resolved] = await tx
      .update(alerts)
      .set({
        resolvedAt: clock.now(),
        resolvedBy: actor.kind === 'person' ? actor.userId : null,
      })
      .where(and(eq(alerts.id, id), isNull(alerts.resolvedAt)))
      .returning({ kind: alerts.kind, message: alerts.message });
    if (!resolved) return fail('not_found', 'Somebody has seen to this already.');
    await recordAudit(tx, actor, 'alert.resolve', { kind: 'alert', id }, resolved);
    return ok();
  });
}
