import { compose } from '#lib/gateways/mail/compose.ts';
import type { OutgoingMail } from '#lib/gateways/mail/send.ts';
import { linkMinutes } from './rules.ts';

/** The mail with the sign-in link. */
export function signInMail(to: string, link: string, publication: string): OutgoingMail {
  return compose({ publication, to }, `Your link to ${publication}`, [
    { kind: 'text', text: `Press this link to sign in to ${publication}:` },
    { kind: 'link', label: 'Sign in', href: link },
    {
      kind: 'text',
      text: `It works once, for ${linkMinutes} minutes, in the browser where you asked for it.`,
    },
    {
      kind: 'text',
      text: 'If you did not ask for it, leave it: nobody can use it without that browser.',
    },
  ]);
}
