import { closeDatabase, connect } from '#db/client.ts';
import { seedDemo } from '#db/seed/seed.ts';
import { overrideSettings } from '#lib/env.ts';

/*
 * Makes the demo's magazine in a process of its own, since what drawing takes of memory is not given back before the
 * process ends. Its parent sends where to.
 */

process.once(
  'message',
  async ({ databaseUrl, dataDir }: { databaseUrl: string; dataDir: string }) => {
    overrideSettings({ databaseUrl, dataDir });
    connect(databaseUrl);
    await seedDemo();
    await closeDatabase();
    process.disconnect();
  },
);
