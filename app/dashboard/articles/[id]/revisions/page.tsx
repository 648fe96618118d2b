import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { requireStaff } from '#app/dashboard/staff.ts';
import { queryValue } from '#app/request.ts';
import { RevisionCompare } from '#components/dashboard/article/revision-compare.tsx';
import { RevisionList } from '#components/dashboard/article/revision-list.tsx';
import { AuditList } from '#components/dashboard/audit/list.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { Pages } from '#components/dashboard/pages.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { compareTexts, isSame } from '#lib/articles/compare.ts';
import { findRevisions, listRevisions } from '#lib/articles/revisions.ts';
import { articleHistory } from '#lib/audit/log.ts';
import { findTimeZone } from '#lib/publication/queries.ts';
import { restore } from '../../actions.ts';

export const metadata: Metadata = { title: 'Revisions' };

/** An article's history; with `from` and `to`, what differs between two of its revisions. */
export default async function Page({
  params,
  searchParams,
}: PageProps<'/dashboard/articles/[id]/revisions'>) {
  const { id } = await params;
  const place = `/dashboard/articles/${encodeURIComponent(id)}`;
  const actor = await requireStaff('articles.write', `${place}/revisions`);
  const query = await searchParams;
  const page = Math.min(Math.max(1, Number.parseInt(queryValue(query.page), 10) || 1), 100_000);
  const chosen = [queryValue(query.from), queryValue(query.to)];
  const [history, [from, to], zone, log] = await Promise.all([
    listRevisions(actor, id, page),
    findRevisions(actor, id, chosen),
    findTimeZone(),
    articleHistory(actor, id, { limit: 50 }),
  ]);
  if (!history) notFound();
  if (chosen.some(Boolean) && !(from && to)) notFound();
  const comparison = from && to ? compareTexts(from, to) : null;
  return (
    <>
      <Heading title={history.title}>
        <p className="flex flex-wrap gap-x-5">
          <a href={place} className="link py-1">
            Back to the article
          </a>
          {comparison && (
            <a href={`${place}/revisions`} className="link py-1">
              All revisions
            </a>
          )}
        </p>
      </Heading>
      {from && to && comparison ? (
        <RevisionCompare
          articleId={id}
          from={from}
          to={to}
          comparison={isSame(comparison) ? null : comparison}
          restore={restore}
        />
      ) : (
        <>
          <p className="mb-3 text-muted">
            {history.total === 1 ? '1 revision' : `${history.total} revisions`}. A new one begins
            with each publication, after each pause and when somebody else writes. None is ever
            lost.
          </p>
          <RevisionList
            articleId={id}
            lines={history.lines}
            earlierId={history.earlierId}
            draftId={history.draftId}
          />
          <Pages
            page={page}
            pages={history.pages}
            address={(to) => `${place}/revisions?page=${to}`}
            names={['Newer revisions', 'Older revisions']}
          />
          {log.length > 0 && (
            <Panel title="What was done">
              <AuditList entries={log} zone={zone} />
            </Panel>
          )}
        </>
      )}
    </>
  );
}
