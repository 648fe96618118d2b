import { type Appointment, findAppointment, holdUp, isDue } from '#lib/publishing/appointments.ts';
import { publishArticle } from '#lib/publishing/articles.ts';
import { publishIssue } from '#lib/publishing/issues.ts';
import { system } from '#lib/users/rules.ts';

/**
 * Does what was scheduled, when its minute has come. An appointment that was moved or taken back since finds nothing due,
 * also where that happens at the same moment. What is held up is told and tried again; a failure throws, and the queue
 * tries again.
 */
export async function releaseScheduled(job: Appointment): Promise<void> {
  const found = await findAppointment(job);
  if (!isDue(found?.scheduledFor ?? null)) return;
  const onlyIfDue = true;
  const done =
    job.kind === 'issue'
      ? await publishIssue(system, job.id, { onlyIfDue })
      : await publishArticle(system, job.id, { onlyIfDue });
  if (!done.ok) await holdUp(job, done.message);
}
