import { index, jsonb, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdAt, id, instant } from './columns.ts';
import { users } from './users.ts';

/** Who did what to what. Written in the transaction of the change; a trigger refuses every update and delete. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    id: id(),
    at: instant().notNull(),
    /** `null`: the system itself (a job, a webhook). No foreign key: the entry outlives the person's account. */
    actorId: uuid(),
    action: text().notNull(),
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  },
  (t) => [
    index('audit_entries_at_idx').on(t.at),
    index('audit_entries_actor_idx').on(t.actorId, t.at),
    index('audit_entries_action_idx').on(t.action, t.at),
    index('audit_entries_subject_idx').on(t.subjectKind, t.subjectId, t.at),
  ],
);

export const alertLevel = pgEnum('alert_level', ['notice', 'warning', 'urgent']);

/** Something that a person in the office has to look at. */
export const alerts = pgTable(
  'alerts',
  {
    id: id(),
    kind: text().notNull(),
    level: alertLevel().notNull(),
    message: text().notNull(),
    subjectKind: text(),
    subjectId: text(),
    /** The same trouble seen twice is one alert. */
    key: text().notNull(),
    createdAt: createdAt(),
    resolvedAt: instant(),
    resolvedBy: uuid().references(() => users.id, { onDelete: 'set null' }),
  },
  (t) => [uniqueIndex('alerts_key_key').on(t.key), index('alerts_created_idx').on(t.createdAt)],
);
