import { and, asc, eq, sql } from 'drizzle-orm';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import type { Mail } from '#db/jobs.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mailFor } from '#lib/orders/outbox.ts';

/** Everybody who has to do with a writer's draft, and a writer who hasn't. */
export async function anOffice() {
  await aPublication();
  const people = {
    reader: await aPerson(),
    writer: await aPerson({ name: 'Wanda Writer', staffRole: 'writer' }),
    other: await aPerson({ name: 'Otto Other', staffRole: 'writer' }),
    editor: await aPerson({ name: 'Ed Editor', staffRole: 'editor' }),
    publisher: await aPerson({ name: 'Pia Publisher', staffRole: 'publisher' }),
    admin: await aPerson({ name: 'Ada Admin', staffRole: 'admin' }),
  };
  const article = await anArticle({
    title: 'Tide',
    body: aBody('The water rose.'),
    publishedAt: null,
    createdBy: people.writer.userId,
  });
  return { ...people, article };
}

/** Every mail that waits to be sent, as it would be sent now; a `null` is one that would not. */
export async function waitingMails() {
  const { rows } = await db().execute<{ payload: Mail }>(sql`
    select jobs.payload from graphile_worker._private_jobs jobs
    join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
    where tasks.identifier = 'mail.send' order by jobs.id`);
  return Promise.all(
    rows.map(async ({ payload }) => ({ job: payload, mail: await mailFor(payload) })),
  );
}

/** Forgets the mails so far. */
export async function forgetMails(): Promise<void> {
  await db().execute(sql`delete from graphile_worker._private_jobs`);
}

/** What is on record of an article, in order: each action with its detail. */
export async function recordOf(articleId: string) {
  const rows = await db()
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.subjectKind, 'article'), eq(auditEntries.subjectId, articleId)))
    .orderBy(asc(auditEntries.at));
  return rows.map(({ action, actorId, detail }) => ({ action, actorId, detail }));
}
