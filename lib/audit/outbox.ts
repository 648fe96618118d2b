import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { alerts } from '#db/schema/audit.ts';
import { users } from '#db/schema/users.ts';
import { env } from '#lib/env.ts';
import { compose } from '#lib/gateways/mail/compose.ts';
import type { OutgoingMail } from '#lib/gateways/mail/send.ts';
import { findPublication } from '#lib/publication/queries.ts';

const places: Record<string, string> = { issue: 'issues', article: 'articles', order: 'orders' };

/**
 * Tells a member of staff of an alert, in its own words; `null` where somebody has seen to it meanwhile, or where the
 * person left the office.
 */
export async function alertMailFor(mail: {
  alertKey: string;
  userId: string;
}): Promise<OutgoingMail | null> {
  const [alert] = await db()
    .select({ message: alerts.message, kind: alerts.subjectKind, id: alerts.subjectId })
    .from(alerts)
    .where(and(eq(alerts.key, mail.alertKey), isNull(alerts.resolvedAt)));
  const [person] = await db()
    .select({ email: users.email })
    .from(users)
    .where(and(eq(users.id, mail.userId), isNotNull(users.staffRole)));
  if (!alert || !person) return null;
  const { name } = await findPublication();
  const place = alert.kind && places[alert.kind];
  const path = place ? `/dashboard/${place}/${alert.id}` : '/dashboard';
  return compose({ publication: name, to: person.email }, `Something needs you at ${name}`, [
    { kind: 'text', text: alert.message },
    { kind: 'link', label: 'Look at it', href: env().siteUrl + path },
  ]);
}
