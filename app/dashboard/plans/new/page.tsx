import type { Metadata } from 'next';
import { add } from '#app/dashboard/plans/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading } from '#components/dashboard/heading.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { PlanForm } from '#components/dashboard/plan/form.tsx';
import { findPublication } from '#lib/publication/queries.ts';

export const metadata: Metadata = { title: 'New plan' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page() {
  await requireStaff('catalog.price', '/dashboard/plans/new');
  const { currency } = await findPublication();
  return (
    <>
      <Heading title="New plan" />
      <p className="mb-6 max-w-2xl text-muted">
        Readers don’t see it yet: look at it first, then put it on offer.
      </p>
      <Panel title="The plan">
        <PlanForm plan={null} currency={currency} save={add} />
      </Panel>
    </>
  );
}
