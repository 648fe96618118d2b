import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { describe, expect, inject, test, vi } from 'vitest';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { closeDatabase, connect, db } from '#db/client.ts';
import { addJob } from '#db/jobs.ts';
import { alerts } from '#db/schema/audit.ts';
import { pageExpirations } from '#db/schema/expiry.ts';
import { sessions, verificationTokens } from '#db/schema/users.ts';
import { expiredTags } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { setMailTransport } from '#lib/gateways/mail/send.ts';
import { errorLevel, queue, untilDone, useWorker } from './worker.fixture.ts';

const working = useWorker();

async function databaseUrl(): Promise<string> {
  const { rows } = await db().execute<{ name: string }>(sql`select current_database() as name`);
  return new URL(`/${rows[0]?.name}`, inject('postgresUrl')).href;
}

/** A receipt that waits to be sent, and what it is told of. */
async function aReceipt() {
  await aPublication();
  const { id: productId } = await aProduct({ issueId: (await anIssue()).id });
  const order = await anOrder({ productId });
  return { payload: { kind: 'receipt' as const, orderId: order.id }, number: order.number };
}

describe('a job', () => {
  test('is done once with what it carries, soon after it was added, and leaves the queue', async () => {
    const { lines } = await working();
    await addJob(db(), 'publishing.expire', { tags: ['b', 'a', 'b'] });
    await untilDone();
    expect(await db().select().from(pageExpirations)).toMatchObject([{ tags: ['b', 'a'] }]);
    expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([]);
  });

  test('that was added while no worker ran is done when one starts', async () => {
    await addJob(db(), 'publishing.expire', { tags: ['early'] });
    await working();
    await untilDone();
    expect(await expiredTags()).toEqual(['early']);
  });

  test('whose transaction came to nothing is never done', async () => {
    await working();
    await db()
      .transaction(async (tx) => {
        await addJob(tx, 'publishing.expire', { tags: ['undone'] });
        throw new Error('rolled back');
      })
      .catch(() => {});
    await addJob(db(), 'publishing.expire', { tags: ['done'] });
    await untilDone();
    expect(await expiredTags()).toEqual(['done']);
  });

  test('that throws is logged with its name and reason, waits, and is tried again', async () => {
    const { payload, number } = await aReceipt();
    let tries = 0;
    const sent: string[] = [];
    setMailTransport(async ({ subject }) => {
      tries += 1;
      if (tries === 1) throw new Error('the post office does not answer');
      sent.push(subject);
    });
    const { lines } = await working();
    await addJob(db(), 'mail.send', payload);
    await vi.waitUntil(async () => (await queue())[0]?.error, { timeout: 8_000, interval: 20 });
    expect(await queue()).toEqual([
      { task: 'mail.send', attempts: 1, error: 'the post office does not answer', ahead: true },
    ]);
    const errors = lines.filter(({ level }) => level >= errorLevel);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.msg).toMatch(/mail\.send.*the post office does not answer/);
    await untilDone();
    expect(tries).toBe(2);
    expect(sent).toEqual([expect.stringContaining(String(number))]);
  });

  test('that throws does not hold up the others', async () => {
    const { payload } = await aReceipt();
    setMailTransport(async () => {
      throw new Error('no');
    });
    await working();
    for (let count = 0; count < 4; count += 1) await addJob(db(), 'mail.send', payload);
    await addJob(db(), 'publishing.expire', { tags: ['good'] });
    const expirations = () => db().$count(pageExpirations);
    await vi.waitUntil(expirations, { timeout: 8_000, interval: 20 });
    expect(await expiredTags()).toEqual(['good']);
    expect((await queue()).map(({ task }) => task)).toEqual(Array(4).fill('mail.send'));
  });

  test('of buying that is given up shows in the office', async () => {
    await working();
    const payload = { refundId: 'no-such-refund' };
    await addJob(db(), 'orders.refund', payload, { maxAttempts: 1 });
    const found = () => db().select().from(alerts);
    await vi.waitUntil(async () => (await found()).length > 0, { timeout: 8_000, interval: 20 });
    const [alert] = await found();
    expect(alert).toMatchObject({ kind: 'job.failed', level: 'urgent' });
    expect(alert?.message).toContain('orders.refund');
    expect(alert?.message).toContain('no-such-refund');
  });
});

describe('stopping', () => {
  test('waits for the job under way, and takes no other', async () => {
    const { payload } = await aReceipt();
    const finish: (() => void)[] = [];
    setMailTransport(() => new Promise<void>((done) => finish.push(done)));
    const { stop } = await working();
    await addJob(db(), 'mail.send', payload);
    await vi.waitUntil(() => finish.length > 0, { timeout: 8_000, interval: 20 });
    const url = await databaseUrl();
    let stopped = false;
    const stopping = stop().then(async () => {
      stopped = true;
      // As the process does it: what the worker still writes down is written before the database is closed.
      await closeDatabase();
    });
    // A question for jobs that is on its way is answered first, and then there is time for one that must not be.
    await wait(300);
    await addJob(db(), 'mail.send', payload);
    await wait(300);
    expect(stopped).toBe(false);
    for (const done of finish) done();
    await stopping;
    connect(url);
    expect(finish).toHaveLength(1);
    // The one is done and gone, the other waits untouched for the next start.
    expect(await queue()).toMatchObject([{ attempts: 0 }]);
  });
});

describe('house.sweep', () => {
  test('deletes ended sessions, used-up links, counters and old expirations, and nothing else', async () => {
    const now = new Date('2026-03-01T12:00:00Z');
    setClock(() => now);
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
    const { userId } = await aPerson();
    await db()
      .insert(sessions)
      .values([
        { sessionToken: 'ended', userId, expires: at(-1) },
        { sessionToken: 'going on', userId, expires: at(1) },
      ]);
    await db()
      .insert(verificationTokens)
      .values([
        { identifier: 'a@example.org', token: 'old', expires: at(-1) },
        { identifier: 'a@example.org', token: 'fresh', expires: at(1) },
      ]);
    await db().execute(sql`insert into rate_limits (key, points, expire) values
      ('over', 5, ${at(-1).getTime()}), ('counting', 5, ${at(1).getTime()}), ('for ever', 5, null)`);
    await db().execute(sql`insert into page_expirations (tags, expired_at) values
      ('{old}', now() - interval '25 hours'), ('{fresh}', now() - interval '23 hours')`);
    const { lines } = await working();
    await addJob(db(), 'house.sweep', {});
    await untilDone();
    expect(lines.filter(({ level }) => level >= errorLevel)).toEqual([]);
    expect((await db().select().from(sessions)).map((row) => row.sessionToken)).toEqual([
      'going on',
    ]);
    expect((await db().select().from(verificationTokens)).map(({ token }) => token)).toEqual([
      'fresh',
    ]);
    const left = await db().execute(sql`select key from rate_limits order by key`);
    expect(left.rows).toEqual([{ key: 'counting' }, { key: 'for ever' }]);
    expect(await expiredTags()).toEqual(['fresh']);
    const people = await db().execute(sql`select id from users`);
    expect(people.rows).toEqual([{ id: userId }]);
  });
});
