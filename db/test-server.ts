import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '#server/postgres.ts';
import { migrate } from './migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PostgreSQL where tests may make databases. */
    postgresUrl: string;
    /** The migrated database that each test's own is copied from. */
    template: string;
  }
}

/**
 * One PostgreSQL for the whole run: the embedded one in a temporary folder, or the server that `TEST_DATABASE_URL` names,
 * where the databases of the run are dropped at its end.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const folder = await mkdtemp(join(tmpdir(), 'broadside-test-'));
  // As root, PostgreSQL runs as another user, who has to reach it.
  await chmod(folder, 0o755);
  const server = given ? null : await startPostgres(folder, { durable: false });
  const url = given ?? server?.url ?? '';
  const template = `broadside_template_${process.pid}`;
  await withClient(url, (client) => client.query(`create database ${template}`));
  await migrate(databaseUrl(url, template));
  project.provide('postgresUrl', url);
  project.provide('template', template);
  return async () => {
    await withClient(url, (client) => client.query(`drop database ${template}`));
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

function databaseUrl(url: string, name: string): string {
  return new URL(`/${name}`, url).href;
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
