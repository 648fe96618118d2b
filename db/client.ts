import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { env } from '#lib/env.ts';

export type Database = NodePgDatabase;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/** A query runs on the pool or inside somebody's transaction. */
export type Executor = Database | Transaction;

type Connection = { pool: Pool; database: Database };

const key = Symbol.for('broadside.database');
const shared = globalThis as typeof globalThis & { [key]?: Connection };

/**
 * Connects this process to PostgreSQL. One pool a process: the server and Next's bundles are separate module instances,
 * so it hangs on `globalThis`. Connecting is lazy; a database that is away shows at the first query. A statement that
 * takes longer than `statementTimeout`, in milliseconds, is ended by the database: nobody waits for it any more.
 */
export function connect(
  url: string,
  { max = 10, statementTimeout = 15_000 }: { max?: number; statementTimeout?: number } = {},
): Pool {
  if (shared[key]) throw new Error('This process is already connected to a database');
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeout,
    application_name: 'broadside',
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  shared[key] = { pool, database: drizzle(pool, { casing: 'snake_case' }) };
  return pool;
}

/** The database of this process. Connects with `DATABASE_URL` where nobody has done so yet; throws without one. */
export function db(): Database {
  if (!shared[key]) {
    const url = env().databaseUrl;
    if (!url) throw new Error('No database: DATABASE_URL is not set and none was started');
    connect(url);
  }
  return (shared[key] as Connection).database;
}

/** A transaction whose statements take the time they need: for jobs over many rows, which nobody waits for. */
export function unhurried<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return db().transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 0`);
    return work(tx);
  });
}

/** The pool under `db()`, for the job queue, which shares it. */
export function pool(): Pool {
  db();
  return (shared[key] as Connection).pool;
}

export async function closeDatabase(): Promise<void> {
  const open = shared[key];
  delete shared[key];
  await open?.pool.end();
}
