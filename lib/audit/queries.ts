import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { alerts, auditEntries } from '#db/schema/audit.ts';
import { users } from '#db/schema/users.ts';
import { type Actor, may } from '#lib/users/rules.ts';

export type AlertLevel = 'notice' | 'warning' | 'urgent';

export type Alert = {
  id: string;
  level: AlertLevel;
  message: string;
  createdAt: Date;
  /** The order that it is about, where it is about one. */
  orderId: string | null;
};

/** More than anybody reads at once; what is resolved makes room for the next. */
const alertLimit = 100;

/**
 * What is still open, the urgent first, then the oldest; of one order where it is named. Alerts speak of orders and
 * money, so they are for who may read orders, and nobody else gets any.
 */
export async function listAlerts(
  actor: Actor,
  { orderId }: { orderId?: string } = {},
): Promise<Alert[]> {
  if (!may(actor, 'orders.read')) return [];
  const rows = await db()
    .select({
      id: alerts.id,
      level: alerts.level,
      message: alerts.message,
      createdAt: alerts.createdAt,
      subjectKind: alerts.subjectKind,
      subjectId: alerts.subjectId,
    })
    .from(alerts)
    .where(
      and(
        isNull(alerts.resolvedAt),
        orderId ? and(eq(alerts.subjectKind, 'order'), eq(alerts.subjectId, orderId)) : undefined,
      ),
    )
    .orderBy(desc(alerts.level), asc(alerts.createdAt))
    .limit(alertLimit);
  return rows.map(({ subjectKind, subjectId, ...alert }) => ({
    ...alert,
    orderId: subjectKind === 'order' ? subjectId : null,
  }));
}

/** One line of the log. `who` is an e-mail address, "the system" or "an account that is gone". */
export type HistoryEntry = {
  id: string;
  at: Date;
  who: string;
  action: string;
  detail: Record<string, unknown>;
};

/** All that was written down about an order, the first first, for who may read orders. */
export async function listOrderHistory(actor: Actor, orderId: string): Promise<HistoryEntry[]> {
  if (!may(actor, 'orders.read')) return [];
  const rows = await db()
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      actorId: auditEntries.actorId,
      email: users.email,
      action: auditEntries.action,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .leftJoin(users, eq(users.id, auditEntries.actorId))
    .where(and(eq(auditEntries.subjectKind, 'order'), eq(auditEntries.subjectId, orderId)))
    .orderBy(asc(auditEntries.at), asc(auditEntries.id));
  return rows.map(({ actorId, email, ...entry }) => ({
    ...entry,
    who: email ?? (actorId ? 'an account that is gone' : 'the system'),
  }));
}
