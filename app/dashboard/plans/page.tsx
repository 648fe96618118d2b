import type { Metadata } from 'next';
import { order } from '#app/dashboard/plans/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { PlanRow, PlansOnOffer } from '#components/dashboard/plan/rows.tsx';
import { listDeskPlans } from '#lib/plans/queries.ts';
import { planSentence } from '#lib/plans/texts.ts';
import { postageTable } from '#lib/postage/queries.ts';
import { findPublication } from '#lib/publication/queries.ts';

export const metadata: Metadata = { title: 'Plans' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  const actor = await requireStaff('catalog.price', '/dashboard/plans');
  const [plans, { currency, issuesPerYear }] = await Promise.all([
    listDeskPlans(actor),
    findPublication(),
  ]);
  const zones = await postageTable(currency);
  const rows = plans.map((plan) => ({
    ...plan,
    sentence: planSentence(plan, currency, zones, issuesPerYear),
  }));
  const retired = rows.filter(({ retiredAt }) => retiredAt !== null);
  return (
    <>
      <Heading title="Plans">
        <a href="/dashboard/plans/new" className="button">
          Make a plan
        </a>
      </Heading>
      <Panel
        title="On offer"
        aside={
          <a href="/subscribe" className="link">
            On the site
          </a>
        }
      >
        <p className="mb-3 max-w-2xl text-muted">
          What readers can subscribe to, in the order in which they see it.
        </p>
        <PlansOnOffer plans={rows.filter(({ retiredAt }) => retiredAt === null)} order={order} />
      </Panel>
      {retired.length > 0 && (
        <Panel title="Not on offer">
          <p className="mb-3 max-w-2xl text-muted">
            Made and not offered yet, or retired. Subscriptions that run on a retired plan run on,
            with what was agreed.
          </p>
          <ul className="border-t border-rule">
            {retired.map((plan) => (
              <li key={plan.id} className="border-b border-rule py-2">
                <PlanRow plan={plan} />
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
