import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as runDrizzleMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from './migrate.ts';
import { onServer } from './testing.ts';

const name = `broadside_migrated_${process.pid}`;
const url = () => new URL(`/${name}`, inject('postgresUrl')).href;
let client: Client;

beforeAll(async () => {
  await onServer(`create database ${name}`);
  client = new Client({ connectionString: url() });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await onServer(`drop database ${name} with (force)`);
});

test('plans and zones of before tiers are kept: by time they renew, their price is the standard one, and days are put right', async () => {
  await migrateUpTo(5);
  await client.query(`
    insert into publication (name, tagline, description, email, postal_address) values ('A', '', '', 'a@example.org', '');
    insert into plans (slug, name, includes_print, includes_digital, interval, issue_count) values
      ('year', 'Year', true, true, 'year', null), ('four', 'Four', true, false, null, 4);
    insert into plan_prices (plan_id, currency, amount) select id, 'EUR', 4800 from plans;
    insert into postage_zones (name, min_days, max_days) values ('Right', 3, 10), ('Wrong', 5, 0), ('At once', 0, 0)`);
  await migrate(url());
  expect(
    await rows('select slug, renews, trial_days, trial_needs_card from plans order by slug'),
  ).toEqual([
    { slug: 'four', renews: false, trial_days: 0, trial_needs_card: true },
    { slug: 'year', renews: true, trial_days: 0, trial_needs_card: true },
  ]);
  expect(await rows('select distinct tier, amount, minimum, maximum from plan_prices')).toEqual([
    { tier: 'standard', amount: 4800, minimum: null, maximum: null },
  ]);
  expect(await rows('select name, min_days, max_days from postage_zones order by name')).toEqual([
    { name: 'At once', min_days: 1, max_days: 1 },
    { name: 'Right', min_days: 3, max_days: 10 },
    { name: 'Wrong', min_days: 5, max_days: 5 },
  ]);
  expect(await rows('select issues_per_year from publication')).toEqual([{ issues_per_year: 4 }]);
});

test('the version before goes on writing plans and prices as it knows them', async () => {
  await client.query(`
    insert into plans (slug, name, includes_print, includes_digital, interval, issue_count) values
      ('old-year', 'Year', true, true, 'year', null), ('old-four', 'Four', true, false, null, 4);
    insert into plan_prices (plan_id, currency, amount) select id, 'USD', 5400 from plans`);
  expect(await rows(`select count(*)::int from plan_prices where tier = 'standard'`)).toEqual([
    { count: 6 },
  ]);
});

/** Brings the database to where the migration with this number left it. */
async function migrateUpTo(index: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'broadside-migrations-'));
  try {
    await cp(fileURLToPath(new URL('./migrations', import.meta.url)), folder, { recursive: true });
    const path = join(folder, 'meta/_journal.json');
    const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: { idx: number }[] };
    const entries = journal.entries.filter(({ idx }) => idx <= index);
    await writeFile(path, JSON.stringify({ ...journal, entries }));
    await runDrizzleMigrations(drizzle(client), { migrationsFolder: folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function rows(statement: string): Promise<unknown[]> {
  return (await client.query(statement)).rows;
}
