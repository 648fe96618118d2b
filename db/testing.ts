import { Client } from 'pg';
import { afterEach, beforeEach, inject } from 'vitest';
import { closeDatabase, connect } from './client.ts';

let made = 0;

/** Gives each test of a file a migrated PostgreSQL database of its own, empty at first, dropped afterwards. */
export function useDatabase(): void {
  let name: string;
  beforeEach(async () => {
    made += 1;
    name = `broadside_test_${process.pid}_${process.env.VITEST_POOL_ID}_${made}`;
    await onServer(`create database ${name} template ${inject('template')}`);
    connect(new URL(`/${name}`, inject('postgresUrl')).href);
  });
  afterEach(async () => {
    await closeDatabase();
    await onServer(`drop database ${name} with (force)`);
  });
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
