import { closeDatabase, connect } from '#db/client.ts';
import { seedDemo } from '#db/seed/seed.ts';
import { overrideSettings } from '#lib/env.ts';

/*
 * Makes the demo's magazine in a process of its own, since what drawing takes of memory is not given back before the
 * process ends. Its parent sends where to; what went wrong is sent back.
 */

process.once(
  'message',
  async ({ databaseUrl, dataDir }: { databaseUrl: string; dataDir: string }) => {
    try {
      overrideSettings({ databaseUrl, dataDir });
      connect(databaseUrl);
      await seedDemo();
      await closeDatabase();
    } catch (error) {
      process.send?.(reasons(error));
      process.exitCode = 1;
    }
    process.disconnect();
  },
);

/** An error's words with those of what caused it: "Could not store …: no space left on device". */
function reasons(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.message}: ${reasons(error.cause)}` : error.message;
}
