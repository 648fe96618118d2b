import type { Metadata } from 'next';
import { resolve } from '#app/dashboard/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { AlertList } from '#components/dashboard/alert-list.tsx';
import { BlockerList } from '#components/dashboard/blocker-list.tsx';
import { Heading } from '#components/dashboard/heading.tsx';
import { LinkList } from '#components/dashboard/link-list.tsx';
import { formatMoment } from '#components/dashboard/moment.tsx';
import { OrderList } from '#components/dashboard/order-list.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { SalesSummary } from '#components/dashboard/sales-summary.tsx';
import { formatDay } from '#components/site/day.tsx';
import { listAlerts } from '#lib/audit/queries.ts';
import { listOrders } from '#lib/orders/queries.ts';
import { recentSales } from '#lib/orders/sales.ts';
import { listDesk } from '#lib/publishing/desk.ts';
import { listDeskIssues } from '#lib/publishing/issue-desk.ts';
import { findIssueInWork } from '#lib/publishing/plan.ts';
import { may, type Person } from '#lib/users/rules.ts';

export const metadata: Metadata = { title: 'Today' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

const shownDrafts = 10;

export default async function Page() {
  const actor = await requireStaff('dashboard.enter', '/dashboard');
  return (
    <>
      <Heading title="Today" />
      {may(actor, 'orders.read') && <Alerts actor={actor} />}
      <div className="gap-x-10 xl:grid xl:grid-cols-2">
        <div className="min-w-0">
          {may(actor, 'issues.plan') && <Issue actor={actor} />}
          <Scheduled actor={actor} />
        </div>
        <div className="min-w-0">
          <Drafts actor={actor} />
        </div>
      </div>
      {may(actor, 'orders.read') && <Orders actor={actor} />}
    </>
  );
}

async function Alerts({ actor }: { actor: Person }) {
  const alerts = await listAlerts(actor);
  return (
    <Panel title="Alerts">
      <AlertList alerts={alerts} resolve={may(actor, 'alerts.resolve') ? resolve : null} />
    </Panel>
  );
}

async function Drafts({ actor }: { actor: Person }) {
  const { articles, total } = await listDesk(actor, { mine: true, state: 'draft', page: 1 });
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
          note: `${article.wordCount} words, saved on ${formatDay(article.savedAt)}`,
        }))}
      />
    </Panel>
  );
}

async function Scheduled({ actor }: { actor: Person }) {
  const [{ articles }, issues] = await Promise.all([
    listDesk(actor, { state: 'scheduled', page: 1 }),
    listDeskIssues(actor),
  ]);
  const releases = [
    ...articles.map((article) => ({ ...article, href: `/dashboard/articles/${article.id}` })),
    ...issues
      .filter((issue) => issue.state === 'scheduled')
      .map((issue) => ({
        href: `/dashboard/issues/${issue.id}`,
        title: `No. ${issue.number}, ${issue.title}`,
        scheduledFor: issue.scheduledFor,
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
          .map(({ href, name, at }) => ({ href, name, note: formatMoment(at) }))}
      />
    </Panel>
  );
}

async function Issue({ actor }: { actor: Person }) {
  const issue = await findIssueInWork(actor);
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

async function Orders({ actor }: { actor: Person }) {
  const [sales, newest] = await Promise.all([
    recentSales(actor, { days: 7 }),
    listOrders(actor, { status: 'paid', page: 1, perPage: 5 }),
  ]);
  const all = (
    <a href="/dashboard/orders" className="link">
      All orders
    </a>
  );
  return (
    <Panel title="Orders of the last seven days" aside={all}>
      <SalesSummary sales={sales} />
      <h3 className="mt-5 mb-1 font-semibold">The newest paid orders</h3>
      <OrderList orders={newest.ok ? newest.value.orders : []} none="Nothing has been sold yet." />
    </Panel>
  );
}
