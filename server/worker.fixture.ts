import { sql } from 'drizzle-orm';
import type { Runner } from 'graphile-worker';
import { afterEach, vi } from 'vitest';
import { db } from '#db/client.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { setMailTransport } from '#lib/gateways/mail/send.ts';
import { makeLog } from '#lib/log.ts';
import { startWorker } from './worker.ts';

export type Line = { level: number; msg: string; job?: string; jobId?: string; requestId?: string };
export const errorLevel = 50;

/** A database and, once it is asked for, a worker for each test of the file. Answers what starts the worker. */
export function useWorker() {
  useDatabase();
  let worker: Runner | null = null;

  afterEach(async () => {
    await worker?.stop().catch(() => {});
    worker = null;
    setClock(null);
    setMailTransport(null);
  });

  /** Starts the worker; what it logs comes back. */
  async function working() {
    const lines: Line[] = [];
    const log = makeLog('debug', { write: (line) => void lines.push(JSON.parse(line) as Line) });
    const started = await startWorker({ log });
    worker = started;
    const stop = async () => {
      await started.stop();
      worker = null;
    };
    return { lines, stop };
  }

  return working;
}

type Waiting = { task: string; attempts: number; error: string | null; ahead: boolean };

/** The jobs that wait, the first one first. */
export async function queue(): Promise<Waiting[]> {
  const { rows } = await db().execute<Waiting>(sql`
    select task_identifier as task, attempts, last_error as error, run_at > now() as ahead
    from graphile_worker.jobs order by id`);
  return rows;
}

export const untilDone = () =>
  vi.waitUntil(async () => (await queue()).length === 0, { timeout: 8_000, interval: 20 });
