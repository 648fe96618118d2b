import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { closeDatabase, connect, db, pool, unhurried } from './client.ts';
import { useDatabase } from './testing.ts';

useDatabase();

const limit = async () => (await pool().query('show statement_timeout')).rows[0].statement_timeout;

describe('a statement', () => {
  test('may take 15 seconds on each connection', async () => {
    expect(await Promise.all([limit(), limit(), limit()])).toEqual(['15s', '15s', '15s']);
  });

  test('that takes longer than it may is ended by the database, and its connection serves the next', async () => {
    const url = pool().options.connectionString ?? '';
    await closeDatabase();
    connect(url, { max: 1, statementTimeout: 100 });
    await expect(db().execute(sql`select pg_sleep(10)`)).rejects.toMatchObject({
      cause: { code: '57014' },
    });
    expect((await db().execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  });

  test('takes its time in a job that asks for it, and no longer after it', async () => {
    const url = pool().options.connectionString ?? '';
    await closeDatabase();
    connect(url, { max: 1, statementTimeout: 100 });
    await unhurried((tx) => tx.execute(sql`select pg_sleep(0.3)`));
    expect(await limit()).toBe('100ms');
  });
});
