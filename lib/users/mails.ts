import type { SecurityEvent } from '#db/jobs.ts';
import { compose } from '#lib/gateways/mail/compose.ts';
import type { OutgoingMail } from '#lib/gateways/mail/send.ts';
import type { StaffRole } from './rules.ts';

/** `siteUrl` is without a slash at its end. */
type Context = { to: string; publication: string; siteUrl: string };

/** Invites somebody to the office. Its link signs nobody in: it leads to where a sign-in link is asked for. */
export function invitationMail({
  role,
  inviter,
  ...context
}: Context & { role: StaffRole; inviter: string | null }): OutgoingMail {
  const { to, publication, siteUrl } = context;
  const query = new URLSearchParams({ email: to, next: '/dashboard' });
  const article = role === 'editor' || role === 'admin' ? 'an' : 'a';
  return compose(context, `You are invited to work on ${publication}`, [
    {
      kind: 'text',
      text: `${inviter ?? 'An administrator'} invites you to work on ${publication} as ${article} ${roleNames[role]}.`,
    },
    {
      kind: 'text',
      text: 'There is no password. Open the page below, and ask there for a link that signs you in:',
    },
    { kind: 'link', label: 'Go to the office', href: `${siteUrl}/sign-in?${query}` },
    {
      kind: 'text',
      text: 'If you did not expect this, you can leave it: nothing happens without you.',
    },
  ]);
}

const roleNames: Record<StaffRole, string> = {
  writer: 'writer',
  editor: 'editor',
  publisher: 'publisher',
  admin: 'administrator',
};

/** Says what happened to somebody's second factor, in case it wasn't them. */
export function securityMail({
  what,
  ...context
}: Context & { what: SecurityEvent }): OutgoingMail {
  const { publication, siteUrl } = context;
  return compose(context, `Your account at ${publication}: ${subjects[what]}`, [
    { kind: 'text', text: texts[what] },
    {
      kind: 'text',
      text: 'If that was you, there is nothing to do. If it was not, end all other sessions, and tell an administrator of the magazine:',
    },
    { kind: 'link', label: 'Security of your account', href: `${siteUrl}/account/security` },
  ]);
}

const subjects: Record<SecurityEvent, string> = {
  'passkey-added': 'a passkey was added',
  'passkey-removed': 'a passkey was removed',
  'app-added': 'an authenticator app was set up',
  'app-removed': 'an authenticator app was removed',
  'codes-renewed': 'new recovery codes',
  'code-used': 'a recovery code was used',
  'factors-removed': 'your second factor was removed',
};

const texts: Record<SecurityEvent, string> = {
  'passkey-added': 'A passkey was added to your account.',
  'passkey-removed': 'A passkey was removed from your account.',
  'app-added': 'An authenticator app was set up for your account.',
  'app-removed': 'The authenticator app was removed from your account.',
  'codes-renewed': 'Recovery codes were made anew; the old ones are worth nothing now.',
  'code-used': 'One of your recovery codes was used to confirm that it is you.',
  'factors-removed':
    'An administrator removed your passkeys, your authenticator app and your recovery codes, and signed you out everywhere.',
};
