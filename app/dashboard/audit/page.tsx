import type { Metadata } from 'next';
import { checkExport } from '#app/dashboard/audit/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { queryValue } from '#app/request.ts';
import { AuditExport } from '#components/dashboard/audit/export.tsx';
import { AuditFilters } from '#components/dashboard/audit/filters.tsx';
import { AuditList } from '#components/dashboard/audit/list.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { auditFilter } from '#lib/audit/input.ts';
import { logChoices, readLog } from '#lib/audit/log.ts';
import { findTimeZone } from '#lib/publication/queries.ts';

export const metadata: Metadata = { title: 'Log' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

const perPage = 50;
const names = ['who', 'action', 'kind', 'subject', 'from', 'to'] as const;

export default async function Page({ searchParams }: PageProps<'/dashboard/audit'>) {
  const actor = await requireStaff('audit.read', '/dashboard/audit');
  const query = await searchParams;
  const given = Object.fromEntries(
    names.map((name) => [name, queryValue(query[name])]).filter(([, value]) => value !== ''),
  ) as Record<string, string>;
  const after = queryValue(query.after) || undefined;
  const zone = await findTimeZone();
  const [{ entries, more }, choices] = await Promise.all([
    readLog(actor, auditFilter(zone).parse(given), { after, limit: perPage }),
    logChoices(actor),
  ]);
  const last = entries.at(-1);
  return (
    <>
      <Heading title="Log" />
      <p className="mb-5 max-w-2xl text-muted">
        Who did what, written down with the change itself. Nobody can alter it.
      </p>
      <AuditFilters given={given} choices={choices} />
      <AuditList entries={entries} zone={zone} />
      <nav aria-label="Pages" className="mt-4 mb-10 flex gap-6">
        {after && (
          <a
            href={`/dashboard/audit?${new URLSearchParams(given)}`}
            className="link inline-block py-2"
          >
            Newest entries
          </a>
        )}
        {more && last && (
          <a
            href={`/dashboard/audit?${new URLSearchParams({ ...given, after: last.id })}`}
            className="link inline-block py-2"
          >
            Older entries
          </a>
        )}
      </nav>
      <Panel title="Take it out">
        <p className="mb-3 max-w-2xl">
          Everything that fits the filters above, as a file. That it was taken out stands in the log
          as well.
        </p>
        <AuditExport filter={given} check={checkExport} />
      </Panel>
    </>
  );
}
