import { setTimeout as wait } from 'node:timers/promises';
import { pool } from '#db/client.ts';

export type Health = { status: 'ok' | 'failing'; database: string; worker: string };

const patience = 3_000;

/** Asks database and worker whether they answer. Each is `ok` or says in a few words what is wrong. Never throws. */
export async function checkHealth(workerRuns: () => boolean): Promise<Health> {
  const database = await askDatabase();
  const worker = workerRuns() ? 'ok' : 'not running';
  const status = database === 'ok' && worker === 'ok' ? 'ok' : 'failing';
  return { status, database, worker };
}

async function askDatabase(): Promise<string> {
  const asked = (async () => {
    try {
      await pool().query('select 1');
      return 'ok';
    } catch {
      // Why is in the log of whoever needed it; a stranger learns only that it is so.
      return 'does not answer';
    }
  })();
  return Promise.race([asked, wait(patience, 'does not answer', { ref: false })]);
}
