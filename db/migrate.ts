import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runDrizzleMigrations } from 'drizzle-orm/node-postgres/migrator';
import { runMigrations as runWorkerMigrations } from 'graphile-worker';
import { Client } from 'pg';

/** Any number that nothing else in the database locks on. */
const migrationLock = 7_305_114;

const folder = fileURLToPath(new URL('./migrations', import.meta.url));

/**
 * Brings the database at `url` to this version's schema: our own migrations and the job queue's. Several processes may
 * call it at once; an advisory lock lets one do the work and the others find it done.
 */
export async function migrate(url: string): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'broadside-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await runDrizzleMigrations(drizzle(client), { migrationsFolder: folder });
    await runWorkerMigrations({ connectionString: url });
  } finally {
    await client.end();
  }
}
