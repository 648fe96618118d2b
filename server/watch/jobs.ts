import type { Task, TaskList } from 'graphile-worker';
import type { Logger } from 'pino';
import { causedBy } from '#db/jobs.ts';
import { withRequestId } from '#lib/request-id.ts';
import { countJob, expectJob } from './counters.ts';
import { traced } from './tracing.ts';

/**
 * The same jobs, watched: each runs under the id of the request that caused it, or of its own where the clock did, and
 * so does what it adds to the queue. Its start and end are logged and counted, and a failure is thrown on.
 */
export function watchedJobs(tasks: TaskList, log: Logger): TaskList {
  for (const name of Object.keys(tasks)) expectJob(name);
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [name, watched(name, task as Task, log)]),
  );
}

function watched(job: string, task: Task, log: Logger): Task {
  return (payload, helpers) => {
    const { [causedBy]: cause, ...own } = payload as Record<string, unknown>;
    const { id: jobId, attempts: attempt, max_attempts: attempts } = helpers.job;
    const run = async () => {
      const about = { job, jobId, attempt };
      const began = performance.now();
      const ms = () => Math.round(performance.now() - began);
      log.debug(about, `${job} begins`);
      try {
        await task(own as never, helpers);
        countJob(job, 'done');
        log.debug({ ...about, ms: ms() }, `${job} is done`);
      } catch (error) {
        countJob(job, attempt < attempts ? 'failed' : 'given_up');
        const rest = attempt < attempts ? 'failed and is tried again' : 'failed and is given up';
        const why = error instanceof Error ? error.message : String(error);
        log.error({ ...about, ms: ms(), err: error }, `${job} ${rest}: ${why}`);
        throw error;
      }
    };
    return withRequestId(typeof cause === 'string' ? cause : `job-${jobId}`, () =>
      traced(`job ${job}`, { 'broadside.job': job, 'broadside.attempt': attempt }, run),
    );
  };
}
