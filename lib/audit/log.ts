import { and, desc, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { users } from '#db/schema/users.ts';
import { isId } from '#lib/ids.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import type { AuditFilter } from './input.ts';
import { namesByKey, namesOf } from './names.ts';
import { type AuditEntry, keysIn } from './rules.ts';

/** The page of the log after an entry, the newest first, and whether there is more. For publishers and administrators. */
export async function readLog(
  actor: Actor,
  filter: AuditFilter,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ entries: AuditEntry[]; more: boolean }> {
  if (!may(actor, 'audit.read')) return { entries: [], more: false };
  const rows = await rowsAfter(whereOf(filter), after, limit + 1);
  return { entries: await named(rows.slice(0, limit)), more: rows.length > limit };
}

/** All that was done to one article, the newest first, for who may edit every article. */
export async function articleHistory(
  actor: Actor,
  articleId: string,
  { after, limit }: { after?: string; limit: number },
): Promise<AuditEntry[]> {
  if (!may(actor, 'articles.edit-any')) return [];
  return named(await rowsAfter(whereOf({ kind: 'article', subject: articleId }), after, limit));
}

/** What there is to choose from: everybody who did something, every action, every kind of subject. */
export async function logChoices(actor: Actor): Promise<{
  people: { id: string; name: string }[];
  actions: string[];
  kinds: string[];
}> {
  if (!may(actor, 'audit.read')) return { people: [], actions: [], kinds: [] };
  const [actors, actions, kinds] = await Promise.all([
    distinct('actor_id'),
    distinct('action'),
    distinct('subject_kind'),
  ]);
  const nameOf = await namesOf(actors.map((id) => ({ kind: 'person', id })));
  const people = actors
    .map((id) => ({ id, name: nameOf({ kind: 'person', id }) ?? 'an account that is gone' }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return { people, actions, kinds };
}

type Row = Awaited<ReturnType<typeof rowsAfter>>[number];

/** Rows of the log behind the entry `after`, the newest first. The trigger keeps them, so a page never shifts. */
export async function rowsAfter(where: SQL | undefined, after: string | undefined, limit: number) {
  const behind =
    after && isId(after)
      ? sql`(${auditEntries.at}, ${auditEntries.id}) < (
          select at, id from audit_entries where id = ${after})`
      : undefined;
  return db()
    .select({
      id: auditEntries.id,
      at: auditEntries.at,
      actorId: auditEntries.actorId,
      email: users.email,
      action: auditEntries.action,
      kind: auditEntries.subjectKind,
      subjectId: auditEntries.subjectId,
      detail: auditEntries.detail,
    })
    .from(auditEntries)
    .leftJoin(users, eq(users.id, auditEntries.actorId))
    .where(and(where, behind))
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit);
}

export function whereOf({ who, action, kind, subject, from, until }: AuditFilter): SQL | undefined {
  return and(
    who === 'system'
      ? isNull(auditEntries.actorId)
      : who
        ? eq(auditEntries.actorId, who)
        : undefined,
    action ? eq(auditEntries.action, action) : undefined,
    kind ? eq(auditEntries.subjectKind, kind) : undefined,
    subject ? eq(auditEntries.subjectId, subject) : undefined,
    from ? gte(auditEntries.at, from) : undefined,
    until ? lt(auditEntries.at, until) : undefined,
  );
}

export async function named(rows: Row[]): Promise<AuditEntry[]> {
  const [nameOf, names] = await Promise.all([
    namesOf(rows.map(({ kind, subjectId }) => ({ kind, id: subjectId }))),
    namesByKey(rows.flatMap(({ detail }) => keysIn(detail))),
  ]);
  return rows.map(({ kind, subjectId, actorId, email, ...entry }) => {
    const subject = { kind, id: subjectId };
    const who = email ?? (actorId ? 'an account that is gone' : 'the system');
    const mentioned = keysIn(entry.detail).flatMap((id) => (names[id] ? [[id, names[id]]] : []));
    return {
      ...entry,
      who,
      subject,
      subjectName: nameOf(subject),
      names: Object.fromEntries(mentioned),
    };
  });
}

/** The values of an indexed column, jumping from one to the next: quick however long the log is. */
async function distinct(column: 'actor_id' | 'action' | 'subject_kind'): Promise<string[]> {
  const name = sql.identifier(column);
  const { rows } = await db().execute<{ value: string }>(sql`
    with recursive known as (
      (select ${name} as value from audit_entries where ${name} is not null order by ${name} limit 1)
      union all
      select (select ${name} from audit_entries where ${name} > known.value order by ${name} limit 1)
      from known where known.value is not null
    )
    select value::text from known where value is not null`);
  return rows.map(({ value }) => value);
}
