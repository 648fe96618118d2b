import { readFile, rename, writeFile } from 'node:fs/promises';
import type { MailTransport } from '#lib/gateways/mail/send.ts';

type StoredMail = {
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  /** Every address in the text, in order. */
  links: string[];
  sentAt: string;
};

export type Mailbox = {
  /** Takes a mail instead of SMTP. */
  transport: MailTransport;
  /** The answer to a request for one of the mailbox's two addresses; `null` for any other. */
  answer: (url: URL) => { type: string; body: string } | null;
};

const kept = 200;
const link = /(https?:\/\/[^\s<>"]+)/g;

/**
 * Where mails go while no mail server is set: a page for people and JSON for scripts, newest first. `file` keeps the
 * last 200 through a restart. Never to be opened on a site that strangers reach: it holds their sign-in links.
 */
export async function openMailbox(file: string): Promise<Mailbox> {
  let mails: StoredMail[] = JSON.parse(await readFile(file, 'utf8').catch(() => '[]'));
  let writing = Promise.resolve();
  const write = async () => {
    await writeFile(`${file}.new`, JSON.stringify(mails));
    await rename(`${file}.new`, file);
  };
  return {
    transport: async (mail) => {
      const { from, to, subject, text, html } = mail;
      const links = text.match(link) ?? [];
      const stored = { to, from, subject, text, html, links, sentAt: new Date().toISOString() };
      mails = [stored, ...mails].slice(0, kept);
      writing = writing.then(write, write);
      await writing;
    },
    answer: (url) => {
      const to = url.searchParams.get('to')?.trim().toLowerCase();
      const found = to ? mails.filter((mail) => mail.to.toLowerCase() === to) : mails;
      if (url.pathname === '/dev/mailbox.json') {
        return { type: 'application/json; charset=utf-8', body: JSON.stringify(found) };
      }
      if (url.pathname !== '/dev/mailbox') return null;
      return { type: 'text/html; charset=utf-8', body: page(found, to ?? '') };
    },
  };
}

function page(mails: StoredMail[], to: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Mailbox</title>
<style>
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem }
article { border-top: 1px solid; padding: 1rem 0 }
h1, h2 { line-height: 1.2 } h2 { font-size: 1.1rem; margin: 0 }
p { margin: .25rem 0 } pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
a { overflow-wrap: anywhere }
</style>
</head>
<body>
<main>
<h1>Mailbox</h1>
<p>No mail server is set, so mails stay here instead of being sent.${to ? ` Only those to ${encode(to)} are shown; <a href="/dev/mailbox">show all</a>.` : ''}</p>
${mails.map(entry).join('\n') || '<p>No mail yet.</p>'}
</main>
</body>
</html>`;
}

function entry(mail: StoredMail): string {
  return `<article>
<h2>${encode(mail.subject)}</h2>
<p>To ${encode(mail.to)}, <time datetime="${mail.sentAt}">${mail.sentAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
<pre>${linked(mail.text)}</pre>
</article>`;
}

function linked(text: string): string {
  const parts = text.split(link).map(encode);
  return parts.map((part, at) => (at % 2 ? `<a href="${part}">${part}</a>` : part)).join('');
}

function encode(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
