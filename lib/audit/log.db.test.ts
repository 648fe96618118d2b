import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { users } from '#db/schema/users.ts';
import { useDatabase } from '#db/testing.ts';
import { type Actor, anonymous, type Person, system } from '#lib/users/rules.ts';
import { recordAudit } from './commands.ts';
import { exportLog } from './export.ts';
import { type AuditFilter, auditFilter, type ExportFormat } from './input.ts';
import { articleHistory, logChoices, readLog } from './log.ts';

useDatabase();

const note = (actor: Actor, action: string, id = 'x', detail: Record<string, unknown> = {}) =>
  db().transaction((tx) =>
    recordAudit(tx, actor, action, { kind: action.split('.')[0] ?? '', id }, detail),
  );

const actionsOf = async (actor: Actor, filter: AuditFilter = {}) =>
  (await readLog(actor, filter, { limit: 50 })).entries.map(({ action }) => action);

async function exported(actor: Actor, format: ExportFormat, filter: AuditFilter = {}) {
  const pieces = await exportLog(actor, filter, format);
  if (!pieces.ok) throw new Error(pieces.message);
  let text = '';
  for await (const piece of pieces.value) text += piece;
  return text;
}

/** More entries than a batch of the export holds, many at the same moment. */
async function fill(count: number, by: Person): Promise<void> {
  await db().execute(sql`
    insert into audit_entries (at, actor_id, action, subject_kind, subject_id)
    select timestamptz '2021-01-01' + (n / 10) * interval '1 second', ${by.userId}::uuid,
      'article.save', 'article', n::text
    from generate_series(1, ${count}) as n`);
}

describe('the log', () => {
  test('is read by publishers and administrators, and by nobody else', async () => {
    await note(system, 'order.paid');
    for (const role of ['publisher', 'admin'] as const) {
      expect(await actionsOf(await aPerson({ staffRole: role }))).toEqual(['order.paid']);
    }
    const owing = { ...(await aPerson({ factor: { kind: 'setup' } })), staffRole: null };
    const others = [
      anonymous,
      owing,
      await aPerson(),
      await aPerson({ staffRole: 'writer' }),
      await aPerson({ staffRole: 'editor' }),
    ];
    for (const actor of others) {
      expect(await actionsOf(actor)).toEqual([]);
      expect(await logChoices(actor)).toEqual({ people: [], actions: [], kinds: [] });
      expect(await exportLog(actor, {}, 'csv')).toMatchObject({ reason: 'forbidden' });
    }
  });

  test('is never edited: no entry is changed, deleted or emptied away', async () => {
    await note(system, 'order.paid');
    const tries = [
      db().update(auditEntries).set({ action: 'nothing' }),
      db().delete(auditEntries),
      db().execute(sql`truncate audit_entries`),
    ];
    for (const tried of tries) await expect(tried).rejects.toThrow();
    expect(await db().select().from(auditEntries)).toMatchObject([{ action: 'order.paid' }]);
  });

  test('is read page by page, each entry once, also where many fall on one moment', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    await fill(95, admin);
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const { entries, more } = await readLog(admin, {}, { after, limit: 20 });
      seen.push(...entries.map(({ subject }) => subject.id));
      after = entries.at(-1)?.id;
      if (!more) break;
    }
    expect(seen).toHaveLength(95);
    expect(new Set(seen).size).toBe(95);
  });

  test('is filtered by person, action, subject and period', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    await note(admin, 'person.role', 'a');
    await note(system, 'order.paid', 'b');
    const entry = await db().select().from(auditEntries);
    const today = entry[0]?.at.toISOString().slice(0, 10);
    const found = (given: Record<string, string | undefined>) =>
      actionsOf(admin, auditFilter('UTC').parse(given));
    expect(await found({ who: admin.userId })).toEqual(['person.role']);
    expect(await found({ who: 'system' })).toEqual(['order.paid']);
    expect(await found({ action: 'order.paid' })).toEqual(['order.paid']);
    expect(await found({ kind: 'person', subject: 'a' })).toEqual(['person.role']);
    expect(await found({ from: today, to: today })).toHaveLength(2);
    expect(await found({ to: '2020-01-01' })).toEqual([]);
    expect(await found({ from: '2099-01-01' })).toEqual([]);
    expect(await found({ who: "'; drop", action: '%', from: 'x' })).toHaveLength(2);
    expect(await logChoices(admin)).toEqual({
      people: [{ id: admin.userId, name: admin.email }],
      actions: ['order.paid', 'person.role'],
      kinds: ['order', 'person'],
    });
  });

  test('takes days as the magazine’s clocks count them, the longer and the shorter ones too', () => {
    const berlin = (from: string, to = from) => auditFilter('Europe/Berlin').parse({ from, to });
    expect(berlin('2031-07-01')).toEqual({
      from: new Date('2031-06-30T22:00:00Z'),
      until: new Date('2031-07-01T22:00:00Z'),
    });
    expect(berlin('2026-03-29')).toEqual({
      from: new Date('2026-03-28T23:00:00Z'),
      until: new Date('2026-03-29T22:00:00Z'),
    });
  });

  test('names who and what, and says so where an account is gone', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    const member = await aPerson({ email: 'bo@example.org' });
    await note(member, 'person.role', admin.userId);
    expect((await readLog(admin, {}, { limit: 5 })).entries).toMatchObject([
      { who: 'bo@example.org', subjectName: admin.email },
    ]);
    await db().delete(users).where(sql`id = ${member.userId}`);
    expect((await readLog(admin, {}, { limit: 5 })).entries).toMatchObject([
      { who: 'an account that is gone' },
    ]);
  });

  test('names what an entry tells by its key, also in a table, and leaves the keys to scripts', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    const article = await anArticle({ title: 'Low tide' });
    const detail = { from: null, to: article.id };
    await note(admin, 'issue.editorial', 'x', detail);
    expect((await readLog(admin, {}, { limit: 1 })).entries).toMatchObject([
      { detail, names: { [article.id]: 'Low tide' } },
    ]);
    const only = { action: 'issue.editorial' };
    expect(await exported(admin, 'csv', only)).toContain('from nothing to “Low tide”');
    expect(JSON.parse(await exported(admin, 'jsonl', only)).detail).toEqual(detail);
  });

  test('of one article is for who may edit every article', async () => {
    const article = await anArticle();
    await note(system, 'article.publish', article.id);
    await note(system, 'article.publish', 'another');
    const history = async (role: 'writer' | 'editor') =>
      articleHistory(await aPerson({ staffRole: role }), article.id, { limit: 10 });
    expect(await history('editor')).toMatchObject([{ action: 'article.publish' }]);
    expect(await history('writer')).toEqual([]);
  });
});

describe('the export of the log', () => {
  test('holds every entry once, however many batches it takes, and is itself on record', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    await fill(2_345, admin);
    const lines = (await exported(admin, 'jsonl')).trim().split('\n');
    expect(new Set(lines.map((line) => JSON.parse(line).subject.id)).size).toBe(2_345 + 1);
    const csv = await exported(admin, 'csv', { action: 'audit.export' });
    expect(csv.trim().split('\r\n')).toHaveLength(3);
    expect(csv).toContain('Exported the log');
  });

  test('gives a spreadsheet no formula to run', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'];
    for (const id of evil) await note(system, 'order.paid', id, { reason: id });
    const csv = await exported(admin, 'csv', { action: 'order.paid' });
    const cells = [...csv.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell]) => cell ?? '');
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    for (const id of evil) expect(cells).toContain(`'${id}`);
    const lines = (await exported(admin, 'jsonl', { action: 'order.paid' })).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).subject.id).toSorted()).toEqual(evil.toSorted());
  });
});
