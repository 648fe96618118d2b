import { setTimeout as wait } from 'node:timers/promises';
import {
  parseCronItems,
  type Runner,
  run,
  type TaskList,
  Logger as WorkerLogger,
} from 'graphile-worker';
import type { Logger } from 'pino';
import { db, pool } from '#db/client.ts';
import { expirePages, sweepExpirations } from '#db/expiry.ts';
import type { JobName, JobPayload } from '#db/jobs.ts';
import { sweepSignIn } from '#lib/auth/commands.ts';
import { checkoutTasks } from '#lib/checkout/tasks.ts';
import { makeAvif } from '#lib/media/sizes.ts';
import { askForPlaceholders, makePlaceholders, sweepStaged, tidyPicture } from '#lib/media/tidy.ts';
import { releaseScheduled } from '#lib/publishing/due.ts';
import { watchedJobs } from './watch/jobs.ts';

type Tasks = { [K in JobName]: (payload: JobPayload<K>, helpers: never) => Promise<void> };

/** Starts working off the queue in this process. `stop()` of what comes back waits for the jobs under way. */
export async function startWorker({ log }: { log: Logger }): Promise<Runner> {
  const tasks: Tasks = {
    ...checkoutTasks,
    'publishing.release': releaseScheduled,
    'media.avif': makeAvif,
    'media.tidy': tidyPicture,
    'media.placeholders': makePlaceholders,
    'publishing.expire': ({ tags }) => db().transaction((tx) => expirePages(tx, tags)),
    'house.sweep': async () => {
      await sweepSignIn();
      await sweepExpirations();
      await sweepStaged();
      await askForPlaceholders();
    },
  };
  const runner = await run({
    pgPool: pool(),
    taskList: watchedJobs(tasks as unknown as TaskList, log),
    concurrency: 3,
    pollInterval: 2_000,
    noHandleSignals: true,
    parsedCronItems: parseCronItems([
      { task: 'checkout.reconcile', match: '*/10 * * * *', options: { maxAttempts: 3 } },
      { task: 'house.sweep', match: '17 * * * *', options: { maxAttempts: 3 } },
    ]),
    logger: new WorkerLogger(() => (level, message, meta) => {
      // A job that failed is in the log already, with the id of the request that caused it.
      if (level === 'error' && !meta?.failure) log.error({ err: meta?.error }, message);
      else if (level === 'warning') log.warn(message);
      else log.debug(message);
    }),
  });
  const stop = async (reason?: string) => {
    await runner.stop(reason);
    // The queue doesn't wait until it is written down that the last jobs are done. Those who close the pool wait for
    // connections in use, but not for those that are still to be given.
    do await wait(10);
    while (pool().waitingCount > 0);
  };
  return { ...runner, stop };
}
