import type { Metadata } from 'next';
import { resolve } from '#app/dashboard/actions.ts';
import { Figures } from '#app/dashboard/figures.tsx';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Drafts, Late, MyWork, NextIssue, Scheduled, Waiting } from '#app/dashboard/work.tsx';
import { queryValue } from '#app/request.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { OrderList } from '#components/dashboard/order/list.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { AlertList } from '#components/dashboard/today/alert-list.tsx';
import { listAlerts } from '#lib/audit/queries.ts';
import { listOrders } from '#lib/orders/queries.ts';
import { spans } from '#lib/span.ts';
import { may, type Person } from '#lib/users/rules.ts';

export const metadata: Metadata = { title: 'Today' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ searchParams }: PageProps<'/dashboard'>) {
  const actor = await requireStaff('dashboard.enter', '/dashboard');
  const asked = queryValue((await searchParams)['span']);
  const span = spans.find((known) => known === asked) ?? 'days';
  return (
    <>
      <Heading title="Today" />
      {may(actor, 'orders.read') && <Alerts actor={actor} />}
      <div className="gap-x-10 xl:grid xl:grid-cols-2">
        <div className="min-w-0">
          <Waiting actor={actor} />
          <MyWork actor={actor} />
          <Late actor={actor} />
        </div>
        <div className="min-w-0">
          {may(actor, 'issues.plan') && <NextIssue actor={actor} />}
          <Scheduled actor={actor} />
          <Drafts actor={actor} />
        </div>
      </div>
      <Figures actor={actor} span={span} />
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

async function Orders({ actor }: { actor: Person }) {
  const newest = await listOrders(actor, { status: 'paid', page: 1, perPage: 5 });
  const all = (
    <a href="/dashboard/orders" className="link">
      All orders
    </a>
  );
  return (
    <Panel title="The newest paid orders" aside={all}>
      <OrderList orders={newest.ok ? newest.value.orders : []} none="Nothing has been sold yet." />
    </Panel>
  );
}
