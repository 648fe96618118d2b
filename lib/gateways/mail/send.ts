import { createTransport } from 'nodemailer';
import { env } from '#lib/env.ts';
import { tally } from '#lib/tally.ts';

export type OutgoingMail = { to: string; subject: string; text: string; html: string };
export type MailTransport = (mail: OutgoingMail & { from: string }) => Promise<void>;

const key = Symbol.for('broadside.mail-transport');
const shared = globalThis as typeof globalThis & { [key]?: MailTransport };

/**
 * Takes the place of SMTP where none is set: the development mailbox, a test's list. `null` takes it away. It hangs on
 * `globalThis`, since the server and Next's bundles are separate module instances.
 */
export function setMailTransport(transport: MailTransport | null): void {
  if (transport) shared[key] = transport;
  else delete shared[key];
}

/**
 * Sends one mail, by SMTP where `SMTP_URL` is set, else by the transport that was registered. Throws where there is
 * neither or where the other side doesn't take it: the caller is a job that tries again.
 */
export async function sendMail(mail: OutgoingMail): Promise<void> {
  const { smtpUrl, mailFrom } = env();
  const message = { ...mail, from: mailFrom };
  try {
    await (smtpUrl ? sendBySmtp(smtpUrl, message) : sendByTransport(message));
    tally()['mail.sent'] += 1;
  } catch (error) {
    tally()['mail.failed'] += 1;
    throw error;
  }
}

async function sendByTransport(message: OutgoingMail & { from: string }): Promise<void> {
  const transport = shared[key];
  if (!transport) throw new Error('No mail can be sent: SMTP_URL is not set');
  await transport(message);
}

async function sendBySmtp(url: string, message: OutgoingMail & { from: string }): Promise<void> {
  const transport = createTransport(url);
  try {
    await transport.sendMail(message);
  } finally {
    transport.close();
  }
}
