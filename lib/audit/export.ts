import { stringify } from 'csv-stringify/sync';
import { and, lte } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { clock } from '#lib/clock.ts';
import { fail, ok, type Result } from '#lib/result.ts';
import { type Actor, isFresh, may, unproved } from '#lib/users/rules.ts';
import { recordAudit } from './commands.ts';
import type { AuditFilter, ExportFormat } from './input.ts';
import { named, rowsAfter, whereOf } from './log.ts';
import { type AuditEntry, actionName, changesText } from './rules.ts';

/** So many entries are read and written at a time, however long the log is. */
const batch = 1_000;

/** Whether the log may be taken out now: the right to, and the proof that it is them. Also for other exports' forms. */
export function mayExportLog(actor: Actor): Result<undefined, 'forbidden' | 'unproved'> {
  if (!may(actor, 'audit.read')) return fail('forbidden', 'Only a publisher reads the log.');
  return isFresh(actor, clock.now()) ? ok() : unproved();
}

/**
 * The log as a file, the newest first, in pieces of text; that it was taken out stands in the log before the first one.
 * CSV is for spreadsheets: what one would take for a formula is written as text. JSON lines keep the details as they are.
 */
export async function exportLog(
  actor: Actor,
  filter: AuditFilter,
  format: ExportFormat,
): Promise<Result<AsyncGenerator<string>, 'forbidden' | 'unproved'>> {
  const allowed = mayExportLog(actor);
  if (!allowed.ok) return allowed;
  await db().transaction((tx) =>
    recordAudit(tx, actor, 'audit.export', { kind: 'audit', id: 'audit' }, { format, ...filter }),
  );
  return ok(pieces(filter, format, clock.now()));
}

async function* pieces(
  filter: AuditFilter,
  format: ExportFormat,
  now: Date,
): AsyncGenerator<string> {
  // What happens while it is read belongs to the next export.
  const where = and(whereOf(filter), lte(auditEntries.at, now));
  if (format === 'csv') yield line(columns);
  let after: string | undefined;
  for (;;) {
    const rows = await rowsAfter(where, after, batch);
    const entries = await named(rows);
    if (entries.length > 0) yield entries.map(writers[format]).join('');
    after = rows.at(-1)?.id;
    if (rows.length < batch) return;
  }
}

const columns = [
  'at',
  'who',
  'action',
  'what',
  'subject',
  'subject_id',
  'name',
  'changes',
  'detail',
];

const writers: Record<ExportFormat, (entry: AuditEntry) => string> = {
  csv: ({ at, who, action, subject, subjectName, detail, names }) =>
    line([
      at.toISOString(),
      who,
      action,
      actionName(action),
      subject.kind,
      subject.id,
      subjectName ?? '',
      changesText(detail, names),
      JSON.stringify(detail),
    ]),
  jsonl: ({ at, who, action, subject, subjectName, detail }) =>
    `${JSON.stringify({ at, who, action, subject: { ...subject, name: subjectName }, detail })}\n`,
};

function line(cells: string[]): string {
  return stringify([cells], { escape_formulas: true, record_delimiter: 'windows', quoted: true });
}
