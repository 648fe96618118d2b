import { and, desc, eq, isNotNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import type { Mail } from '#db/jobs.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { users } from '#db/schema/users.ts';
import { assignments, comments } from '#db/schema/workflow.ts';
import { env } from '#lib/env.ts';
import { type Block, compose } from '#lib/gateways/mail/compose.ts';
import type { OutgoingMail } from '#lib/gateways/mail/send.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { calledNameIfAny } from '#lib/users/queries.ts';
import { taskNames } from '#lib/workflow/rules.ts';

export type WorkflowMail = Extract<
  Mail,
  { kind: 'assignment' | 'mention' | 'answer' | 'sent-back' }
>;

/** Writes a mail of the office as things stand now; `null` where what it is about, or who it is for, is gone. */
export async function workflowMail(mail: WorkflowMail): Promise<OutgoingMail | null> {
  switch (mail.kind) {
    case 'assignment':
      return assignmentMail(mail.assignmentId);
    case 'mention':
    case 'answer':
      return commentMail(mail);
    case 'sent-back':
      return sentBackMail(mail);
  }
}

async function assignmentMail(assignmentId: string): Promise<OutgoingMail | null> {
  const [row] = await db().select().from(assignments).where(eq(assignments.id, assignmentId));
  if (!row || row.doneAt) return null;
  const due = row.dueOn ? ` It is due on ${dueText(row.dueOn)}.` : '';
  const task = taskNames[row.task];
  return write(row, (title) => ({
    subject: `${task}: ${title}`,
    blocks: [
      {
        kind: 'text',
        text: `There is something for you to do for “${title}”: ${task.toLowerCase()}.${due}`,
      },
    ],
    at: '',
  }));
}

async function commentMail({
  kind,
  commentId,
  userId,
}: Extract<WorkflowMail, { commentId: string }>): Promise<OutgoingMail | null> {
  const [row] = await db()
    .select({
      articleId: comments.articleId,
      text: comments.text,
      who: calledNameIfAny(),
    })
    .from(comments)
    .leftJoin(users, eq(users.id, comments.authorId))
    .where(eq(comments.id, commentId));
  if (!row) return null;
  const who = row.who ?? 'Somebody';
  const did =
    kind === 'mention' ? 'mentions you in a comment' : 'has answered in a thread of yours';
  return write({ articleId: row.articleId, userId }, (title) => ({
    subject: `${who} ${kind === 'mention' ? 'mentions you' : 'answered'}: ${title}`,
    blocks: [
      { kind: 'text', text: `${who} ${did} on “${title}”:` },
      { kind: 'address', lines: row.text.split('\n') },
    ],
    at: `#comment-${commentId}`,
  }));
}

async function sentBackMail({
  articleId,
  userId,
}: Extract<WorkflowMail, { kind: 'sent-back' }>): Promise<OutgoingMail | null> {
  const [move] = await db()
    .select({ detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.subjectKind, 'article'),
        eq(auditEntries.subjectId, articleId),
        eq(auditEntries.action, 'article.move'),
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(1);
  // Moved on meanwhile: there is nothing to do for them any more.
  if (move?.detail['to'] !== 'draft') return null;
  const { note } = move.detail;
  return write({ articleId, userId }, (title) => ({
    subject: `Back with you: ${title}`,
    blocks: [
      { kind: 'text', text: `The editors have sent “${title}” back to you. It is a draft again.` },
      ...(typeof note === 'string' ? [{ kind: 'address' as const, lines: note.split('\n') }] : []),
    ],
    at: '',
  }));
}

/** To one who still works here, about an article that is still there. */
async function write(
  { articleId, userId }: { articleId: string; userId: string },
  content: (title: string) => { subject: string; blocks: Block[]; at: string },
): Promise<OutgoingMail | null> {
  const [person] = await db()
    .select({ email: users.email })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.staffRole)));
  const [article] = await db()
    .select({ title: revisions.title })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(articles.id, articleId));
  if (!person || !article) return null;
  const { name } = await findPublication();
  const { subject, blocks, at } = content(article.title);
  const href = `${env().siteUrl}/dashboard/articles/${articleId}${at}`;
  return compose({ publication: name, to: person.email }, subject, [
    ...blocks,
    { kind: 'link', label: 'Open the article', href },
  ]);
}

function dueText(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(date);
}
