import { State } from '#components/dashboard/heading.tsx';
import { momentIn } from '#components/dashboard/moment-text.ts';
import { formatDay } from '#components/site/day.tsx';
import { type IssueState, issueLine } from '#lib/issues/rules.ts';

type Row = {
  id: string;
  volume: number | null;
  number: number;
  title: string;
  periodLabel: string;
  onSaleAt: Date;
  state: IssueState;
  scheduledFor: Date | null;
  articleCount: number;
  /** How many things hold it up, and how many are to be looked at; `null` for one that is out. */
  readiness: { blockers: number; warnings: number } | null;
};

/** Every issue, the planned ones too; on a narrow screen each row becomes a card. */
export function IssueList({ issues, zone }: { issues: Row[]; zone: string }) {
  if (issues.length === 0) return <p className="text-muted">There is no issue yet.</p>;
  return (
    <ul className="border-t border-rule">
      {issues.map((issue) => (
        <li
          key={issue.id}
          className="group relative grid gap-x-6 border-b border-rule py-3 md:grid-cols-[minmax(0,1fr)_15rem]"
        >
          <div className="min-w-0">
            <a
              href={`/dashboard/issues/${issue.id}`}
              className="font-semibold wrap-anywhere after:absolute after:inset-0 group-hover:text-accent"
            >
              {issue.title}
            </a>
            <p className="wrap-anywhere text-muted">{issueLine(issue)}</p>
            <p className="mt-1">
              <IssueStateMark state={issue.state} scheduledFor={issue.scheduledFor} zone={zone} />
            </p>
          </div>
          <p className="text-muted">
            {issue.articleCount === 1 ? '1 article' : `${issue.articleCount} articles`}
            <span className="block">On sale from {formatDay(issue.onSaleAt)}</span>
            {issue.readiness && (
              <span className="block text-ink">{readinessText(issue.readiness)}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** "planned", "scheduled for …" or "out". */
export function IssueStateMark({
  state,
  scheduledFor,
  zone,
}: {
  state: IssueState;
  scheduledFor: Date | null;
  /** The time zone in which appointments are told, an IANA name. */
  zone: string;
}) {
  switch (state) {
    case 'published':
      return <State>out</State>;
    case 'planned':
      return <State strong>planned</State>;
    case 'scheduled':
      return (
        <State strong>scheduled{scheduledFor && ` for ${momentIn(scheduledFor, zone)}`}</State>
      );
  }
}

function readinessText({ blockers, warnings }: { blockers: number; warnings: number }): string {
  if (blockers > 0) return blockers === 1 ? '1 thing holds it up' : `${blockers} things hold it up`;
  return warnings === 0 ? 'Ready to come out' : `Can come out; ${warnings} to look at`;
}
