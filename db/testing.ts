import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, inject, vi } from 'vitest';
import { setClock } from '#lib/clock.ts';
import { closeDatabase, connect, pool } from './client.ts';

let made = 0;

/**
 * Gives a file a migrated PostgreSQL database of its own, empty at the beginning of each test and dropped after the last.
 * A clock that a test set goes right again with its end.
 */
export function useDatabase(): void {
  let name: string;
  let empty: string | undefined;
  beforeAll(async () => {
    made += 1;
    name = `broadside_test_${process.pid}_${process.env.VITEST_POOL_ID}_${made}`;
    await onServer(`create database ${name} template ${inject('template')}`);
  });
  beforeEach(async () => {
    connect(new URL(`/${name}`, inject('postgresUrl')).href);
    empty ??= await emptying();
    await pool().query(empty);
  });
  afterEach(() => {
    setClock(null);
    return closeDatabase();
  });
  afterAll(() => onServer(`drop database ${name} with (force)`));
}

/** The tags of the pages that were written down as stale since this was last asked, sorted, each once. */
export async function expiredTags(): Promise<string[]> {
  const { rows } = await pool().query<{ tag: string }>(`
    with taken as (delete from page_expirations returning tags)
    select distinct unnest(tags) as tag from taken`);
  return rows.map(({ tag }) => tag).toSorted();
}

/** Resolves once somebody in the test's database waits for a lock that another one holds. */
export async function somebodyWaits(): Promise<void> {
  await vi.waitUntil(
    async () => {
      const { rows } = await pool().query(
        'select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0',
      );
      return rows.length > 0;
    },
    { timeout: 5_000, interval: 20 },
  );
}

/** What empties every table, without the triggers that keep the log, and counts from the start again. */
async function emptying(): Promise<string> {
  const { rows } = await pool().query<{ statement: string }>(`
    select format('delete from %I.%I', schemaname, tablename) as statement from pg_tables
    where schemaname in ('public', 'graphile_worker') and tablename not like '%migrations'
    union all
    select format('alter sequence %I.%I restart', schemaname, sequencename) from pg_sequences
    where schemaname = 'public'`);
  const statements = rows.map(({ statement }) => statement);
  return ['begin', 'set local session_replication_role = replica', ...statements, 'commit'].join(
    ';',
  );
}

/** Runs a statement outside of any test's database. */
export async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
