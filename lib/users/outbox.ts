import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import type { Mail } from '#db/jobs.ts';
import { users } from '#db/schema/users.ts';
import { env } from '#lib/env.ts';
import type { OutgoingMail } from '#lib/gateways/mail/send.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { invitationMail, securityMail } from './mails.ts';

type MailOf<K extends Mail['kind']> = Extract<Mail, { kind: K }>;

/** The invitation as things stand now; `null` where it was withdrawn meanwhile. */
export async function invitationFor({
  userId,
  invitedBy,
}: MailOf<'invitation'>): Promise<OutgoingMail | null> {
  const [person, inviter, { name }] = await Promise.all([
    findPerson(userId),
    invitedBy ? findPerson(invitedBy) : null,
    findPublication(),
  ]);
  if (!person?.staffRole) return null;
  return invitationMail({
    to: person.email,
    publication: name,
    siteUrl: env().siteUrl,
    role: person.staffRole,
    inviter: inviter ? (inviter.name ?? inviter.email) : null,
  });
}

/** Tells somebody what happened to their second factor; `null` where the account is gone. */
export async function securityNoticeFor({
  userId,
  what,
}: MailOf<'security'>): Promise<OutgoingMail | null> {
  const [person, { name }] = await Promise.all([findPerson(userId), findPublication()]);
  if (!person) return null;
  return securityMail({ to: person.email, publication: name, siteUrl: env().siteUrl, what });
}

async function findPerson(id: string) {
  const [person] = await db()
    .select({ email: users.email, name: users.name, staffRole: users.staffRole })
    .from(users)
    .where(eq(users.id, id));
  return person ?? null;
}
