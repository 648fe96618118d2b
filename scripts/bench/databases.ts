import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import { type Postgres, startPostgres } from '#server/postgres.ts';
import { folder } from './place.ts';
import { startBroadside } from './servers.ts';

let postgres: Postgres | null = null;
let plans: ((line: string) => void) | null = null;

/** The database server of the whole run: the embedded one, with its usual settings, on the second core. */
export async function startDatabases(): Promise<void> {
  postgres = await startPostgres(join(folder, 'postgres'), { log: (line) => plans?.(line) });
  await query('postgres', 'create database demo');
  const server = await startBroadside({ name: 'broadside', databaseUrl: urlOf('demo') });
  await server.stop();
  await query('postgres', 'create database seeded template demo');
}

export async function stopDatabases(): Promise<void> {
  await postgres?.stop();
  postgres = null;
}

/** What the server logs goes to `listener` until `null` is given. */
export function onDatabaseLog(listener: ((line: string) => void) | null): void {
  plans = listener;
}

export function urlOf(database: string): string {
  if (!postgres) throw new Error('No database server runs');
  return Object.assign(new URL(postgres.url), { pathname: `/${database}` }).href;
}

/** A database of its own with the demo's magazine in it. */
export async function newMagazine(name: string): Promise<string> {
  await query('postgres', `create database ${name} template seeded`);
  return urlOf(name);
}

/**
 * Lets the database use both cores while `work` runs, for what is made and not measured. Connections that were open
 * before stay on the second core, and so do those that come after.
 */
export async function onBothCores(work: () => Promise<void>): Promise<void> {
  const [row] = await query<{ folder: string }>(
    'postgres',
    "select setting as folder from pg_settings where name = 'data_directory'",
  );
  const pid = readFileSync(join(row?.folder ?? '', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  const pin = (cores: string) => execFileSync('taskset', ['-p', '-c', cores, pid]);
  pin('0,1');
  try {
    await work();
  } finally {
    pin('1');
  }
}

/** Asks a database on a connection of its own; several statements where there are no values. */
export async function query<T extends QueryResultRow>(
  database: string,
  text: string,
  values?: unknown[],
): Promise<T[]> {
  const client = new Client({ connectionString: urlOf(database) });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}
