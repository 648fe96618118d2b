import type { OutgoingMail } from '#lib/gateways/mail/send.ts';
import { linkMinutes } from './rules.ts';

/** The mail with the sign-in link. */
export function signInMail(to: string, link: string, publicationName: string): OutgoingMail {
  const name = publicationName.replace(/[<>&"]/g, '');
  return {
    to,
    subject: `Your link to ${name}`,
    text: `Press this link to sign in to ${name}:

${link}

It works once, for ${linkMinutes} minutes, in the browser where you asked for it.

If you did not ask for it, leave it: nobody can use it without that browser.
`,
    html: `<p>Press this link to sign in to ${name}:</p>
<p><a href="${link.replaceAll('&', '&amp;')}">Sign in to ${name}</a></p>
<p>It works once, for ${linkMinutes} minutes, in the browser where you asked for it.</p>
<p>If you did not ask for it, leave it: nobody can use it without that browser.</p>`,
  };
}
