import { BlockerList } from '#components/dashboard/issue/blocker-list.tsx';
import { LinkList } from '#components/dashboard/link-list.tsx';
import { formatMoment } from '#components/dashboard/moment-text.ts';
import { Panel } from '#components/dashboard/panel.tsx';
import { TodayProgress } from '#components/dashboard/today/progress.tsx';
import { TodayWork } from '#components/dashboard/today/work.tsx';
import { formatDay } from '#components/site/day.tsx';
import { findTimeZone } from '#lib/publication/queries.ts';
import { listDesk } from '#lib/publishing/desk.ts';
import { listScheduledIssues } from '#lib/publishing/issue-desk.ts';
import { findIssueInWork } from '#lib/publishing/plan.ts';
import {
  issueProgress,
  listLate,
  listMentions,
  listMyWork,
  listWaiting,
  mostShown,
  type Work,
} from '#lib/publishing/today.ts';
import type { Person } from '#lib/users/rules.ts';
import { standingNames, taskNames } from '#lib/workflow/rules.ts';

const shownDrafts = 10;

export async function MyWork({ actor }: { actor: Person }) {
  const work = await listMyWork(actor);
  return (
    <Panel
      title="My assignments"
      aside={
        <Rest of={work} name="that I have a task for" href="/dashboard/articles?assigned=on" />
      }
    >
      <TodayWork none="Nothing was given to you." lines={work.map((one) => workLine(one))} />
    </Panel>
  );
}

/** What colleagues are late with; nothing where nobody is. */
export async function Late({ actor }: { actor: Person }) {
  const work = await listLate(actor);
  if (work.length === 0) return null;
  return (
    <Panel
      title="Late"
      aside={<Rest of={work} name="that are late" href="/dashboard/articles?late=on" />}
    >
      <TodayWork none="" lines={work.map((one) => workLine(one, one.who))} />
    </Panel>
  );
}

/** The way to all of it, where a list may have been cut off. */
function Rest({ of: { length }, name, href }: { of: Work[]; name: string; href: string }) {
  if (length < mostShown) return null;
  return (
    <a href={href} className="link">
      All<span className="sr-only"> articles {name}</span>
    </a>
  );
}

function workLine({ id, articleId, title, task, dueOn, late }: Work, who?: string) {
  const due = dueOn ? `due on ${formatDay(new Date(`${dueOn}T00:00:00Z`))}` : 'without a day';
  return {
    key: id,
    href: `/dashboard/articles/${articleId}`,
    name: title,
    note: [taskNames[task], due, who].filter(Boolean).join(', '),
    mark: late ? 'late' : undefined,
  };
}

/** Remarks that name the actor, and texts that were handed on and wait for an editor. */
export async function Waiting({ actor }: { actor: Person }) {
  const [mentions, { articles, total }, zone] = await Promise.all([
    listMentions(actor),
    listWaiting(actor),
    findTimeZone(),
  ]);
  const more = total > articles.length && <span className="text-muted">{total} texts</span>;
  return (
    <Panel title="Waiting for you" aside={more}>
      <TodayWork
        none="Nobody waits for you."
        lines={[
          ...mentions.map(({ commentId, articleId, title, text, by, createdAt }) => ({
            key: commentId,
            href: `/dashboard/articles/${articleId}#comment-${commentId}`,
            name: title,
            note: `${by ?? 'Somebody'}, ${formatDay(createdAt, zone)}: “${text}”`,
            mark: 'asks you',
          })),
          ...articles.map(({ id, title, stage, savedAt }) => ({
            key: id,
            href: `/dashboard/articles/${id}`,
            name: title,
            note: `saved on ${formatDay(savedAt, zone)}`,
            mark: standingNames[stage].toLowerCase(),
          })),
        ]}
      />
    </Panel>
  );
}

export async function Drafts({ actor }: { actor: Person }) {
  const [{ articles, total }, zone] = await Promise.all([
    listDesk(actor, { mine: true, state: 'draft', page: 1 }),
    findTimeZone(),
  ]);
  const more = total > shownDrafts && (
    <a href="/dashboard/articles?state=draft&mine=on" className="link">
      All {total}
    </a>
  );
  return (
    <Panel title="My drafts" aside={more}>
      <LinkList
        none="You have no draft."
        links={articles.slice(0, shownDrafts).map((article) => ({
          href: `/dashboard/articles/${article.id}`,
          name: article.title,
          note: `${article.wordCount.toLocaleString('en')} words, saved on ${formatDay(article.savedAt, zone)}`,
        }))}
      />
    </Panel>
  );
}

export async function Scheduled({ actor }: { actor: Person }) {
  const [{ articles }, issues, zone] = await Promise.all([
    listDesk(actor, { state: 'scheduled', page: 1 }),
    listScheduledIssues(actor),
    findTimeZone(),
  ]);
  const releases = [
    ...articles.map((article) => ({ ...article, href: `/dashboard/articles/${article.id}` })),
    ...issues.map(({ id, number, title, scheduledFor }) => ({
      href: `/dashboard/issues/${id}`,
      title: `No. ${number}, ${title}`,
      scheduledFor,
    })),
  ].flatMap(({ href, title, scheduledFor }) =>
    scheduledFor ? [{ href, name: title, at: scheduledFor }] : [],
  );
  return (
    <Panel title="Scheduled releases">
      <LinkList
        none="Nothing is scheduled."
        links={releases
          .toSorted((a, b) => a.at.getTime() - b.at.getTime())
          .map(({ href, name, at }) => ({ href, name, note: formatMoment(at, zone) }))}
      />
    </Panel>
  );
}

export async function NextIssue({ actor }: { actor: Person }) {
  const issue = await findIssueInWork(actor);
  const progress = issue ? await issueProgress(actor, issue.id) : [];
  return (
    <Panel title="The issue in work">
      {issue ? (
        <>
          <p className="mb-2 wrap-anywhere">
            <a href={`/dashboard/issues/${issue.id}`} className="link font-semibold">
              No. {issue.number}, {issue.title}
            </a>
            <span className="block text-muted">On sale on {formatDay(issue.onSaleAt)}</span>
          </p>
          <BlockerList blockers={issue.blockers} issueId={issue.id} />
          <TodayProgress
            rows={progress.map(({ standing, ...row }) => ({
              ...row,
              name: standingNames[standing],
            }))}
          />
        </>
      ) : (
        <p className="text-muted">
          Every issue is out.{' '}
          <a href="/dashboard/issues" className="link">
            Begin the next
          </a>
        </p>
      )}
    </Panel>
  );
}
