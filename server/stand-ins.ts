import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Mailbox } from '#dev/mailbox/mailbox.ts';
import { overrideSettings, type Settings } from '#lib/env.ts';
import { log } from '#lib/log.ts';

export type StandIns = { mailbox: Mailbox; formTargets: string[]; close: () => Promise<void> };

/**
 * Stands in for the outside world where development, demo and tests have none: a mailbox instead of SMTP and, unless a
 * key of Stripe's is set, a local Stripe beside us on the next free port. Both are loaded here and not before: a live site
 * is installed without the packages that they need.
 */
export async function startStandIns(settings: Settings): Promise<StandIns> {
  const { openMailbox } = await import('#dev/mailbox/mailbox.ts');
  const mailbox = await openMailbox(join(settings.dataDir, 'mailbox.json'));
  if (settings.stripe) return { mailbox, formTargets: [], close: async () => {} };
  const secret = 'whsec_local_stand_in';
  const port = await portFrom(settings.port + 1);
  const publicOrigin = `http://${new URL(settings.siteUrl).hostname}:${port}`;
  const { startStandInHost } = await import('#dev/stripe/host.ts');
  const host = await startStandInHost({
    port,
    host: settings.host,
    publicOrigin,
    webhook: { url: `http://127.0.0.1:${settings.port}/api/webhooks/stripe`, secrets: [secret] },
    stateFile: join(settings.dataDir, 'stripe.json'),
    log: (line) => log().info(line),
    mode: settings.mode,
    demo: settings.mode === 'demo',
  });
  overrideSettings({
    stripe: {
      secretKey: 'sk_test_stand_in',
      apiUrl: `http://127.0.0.1:${port}`,
      webhookSecrets: [secret],
      tax: 'none',
    },
  });
  return { mailbox, formTargets: [publicOrigin], close: host.close };
}

/** The first port from `first` on that is free. */
async function portFrom(first: number): Promise<number> {
  for (let port = first; port < first + 50; port += 1) {
    const free = await new Promise<boolean>((done) => {
      const probe = createServer()
        .once('error', () => done(false))
        .listen(port, () => probe.close(() => done(true)));
    });
    if (free) return port;
  }
  throw new Error(`No free port from ${first} on for the Stripe stand-in`);
}
