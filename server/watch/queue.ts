import { setTimeout as wait } from 'node:timers/promises';
import { pool } from '#db/client.ts';

/** Jobs by what they wait for, and for how many seconds the one that is due longest has been so. */
export type QueueState = {
  /** Its time has come and nobody works on it. */
  due: number;
  /** Its time is still to come: planned, or to be tried again. */
  scheduled: number;
  running: number;
  given_up: number;
  oldestDueSeconds: number;
};

const patience = 2_000;
const freshFor = 10_000;

let asked: { at: number; state: Promise<QueueState | null> } | null = null;

/**
 * The state of the queue, from the database at most every 10 s however often it is wanted; `null` where the database
 * doesn't answer within 2 s.
 */
export function queueState(): Promise<QueueState | null> {
  if (!asked || performance.now() - asked.at > freshFor) {
    asked = { at: performance.now(), state: ask() };
  }
  return asked.state;
}

async function ask(): Promise<QueueState | null> {
  const found = pool()
    .query<QueueState>(
      `select
        count(*) filter (where waits and run_at <= now())::int as due,
        count(*) filter (where waits and run_at > now())::int as scheduled,
        count(*) filter (where locked_at is not null)::int as running,
        count(*) filter (where locked_at is null and not waits)::int as given_up,
        coalesce(extract(epoch from now() - min(run_at) filter (where waits and run_at <= now())), 0)::float
          as "oldestDueSeconds"
      from (
        select run_at, locked_at, locked_at is null and attempts < max_attempts as waits
        from graphile_worker.jobs
      ) as jobs`,
    )
    .then(
      ({ rows }) => rows[0] ?? null,
      () => null,
    );
  return Promise.race([found, wait(patience, null, { ref: false })]);
}
