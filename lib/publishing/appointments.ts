import { and, eq, inArray, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { alerts } from '#db/schema/audit.ts';
import { issues } from '#db/schema/issues.ts';
import { users } from '#db/schema/users.ts';
import { raiseAlert, recordAudit } from '#lib/audit/commands.ts';
import { clock } from '#lib/clock.ts';
import { log } from '#lib/log.ts';
import { system } from '#lib/users/rules.ts';

/** What comes out by itself at its time. */
export type Appointment = { kind: 'article' | 'issue'; id: string };

/** A release that is held up is tried again so often, in milliseconds … */
export const triedAgainAfter = 5 * 60_000;

/** … and given up so long after its time: what comes out days late surprises more than it helps. */
export const givenUpAfter = 24 * 60 * 60_000;

/** Jobs come by the database's clock, which may be somewhat ahead of ours: what is due in a minute is due. */
const clockDifference = 60_000;

export function isDue(scheduledFor: Date | null): boolean {
  return scheduledFor !== null && scheduledFor.getTime() <= clock.now().getTime() + clockDifference;
}

/** The one alert about a release that is held up. */
export function alertKey({ kind, id }: Appointment): string {
  return `held up ${kind} ${id}`;
}

/** When the thing is to come out, and what it is called; `null` for what is gone. */
export async function findAppointment({
  kind,
  id,
}: Appointment): Promise<{ scheduledFor: Date | null; name: string } | null> {
  if (kind === 'issue') {
    const [row] = await db()
      .select({ scheduledFor: issues.scheduledFor, number: issues.number, title: issues.title })
      .from(issues)
      .where(eq(issues.id, id));
    return row ? { ...row, name: `No. ${row.number}, ${row.title}` } : null;
  }
  const [row] = await db()
    .select({ scheduledFor: articles.scheduledFor, title: revisions.title })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(articles.id, id));
  return row ? { ...row, name: `“${row.title}”` } : null;
}

/**
 * Tells the office that something couldn't come out at its time, by an alert and, the first time, a mail to each who may
 * release it, and tries again a little later. A day after its time the appointment lapses instead.
 */
export async function holdUp(job: Appointment, why: string): Promise<void> {
  const found = await findAppointment(job);
  if (!found?.scheduledFor) return;
  const over = clock.now().getTime() - found.scheduledFor.getTime() > givenUpAfter;
  const message = over
    ? `${found.name} did not come out: ${why}. Its appointment has lapsed; choose a new one.`
    : `${found.name} could not come out at its time: ${why}. Once that is mended, it comes out within five minutes.`;
  log().warn({ kind: job.kind, id: job.id, why, over }, 'A scheduled release is held up');
  await db().transaction(async (tx) => {
    const key = alertKey(job);
    const open = await tx.$count(alerts, and(eq(alerts.key, key), isNull(alerts.resolvedAt)));
    await raiseAlert(tx, { kind: 'release-held-up', level: 'urgent', message, key, subject: job });
    if (open === 0 || over) {
      const told = await tx
        .select({ id: users.id })
        .from(users)
        .where(inArray(users.staffRole, ['publisher', 'admin']));
      for (const { id } of told) {
        await addJob(tx, 'mail.send', { kind: 'alert', alertKey: key, userId: id });
      }
    }
    if (over) {
      const table = job.kind === 'issue' ? issues : articles;
      await tx.update(table).set({ scheduledFor: null }).where(eq(table.id, job.id));
      const detail = { from: found.scheduledFor, to: null };
      await recordAudit(tx, system, `${job.kind}.lapse`, job, detail);
    } else {
      const runAt = new Date(clock.now().getTime() + triedAgainAfter);
      await addJob(tx, 'publishing.release', job, { key: `release ${job.kind} ${job.id}`, runAt });
    }
  });
}
