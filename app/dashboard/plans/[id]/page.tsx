import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { act, remove, save } from '#app/dashboard/plans/actions.ts';
import { requireStaff } from '#app/dashboard/staff.ts';
import { Heading, State } from '#components/dashboard/heading.tsx';
import { Panel } from '#components/dashboard/panel.tsx';
import { PlanActs } from '#components/dashboard/plan/acts.tsx';
import { PlanForm } from '#components/dashboard/plan/form.tsx';
import { PlanPreview } from '#components/dashboard/plan/preview.tsx';
import { RemoveForm } from '#components/dashboard/remove-form.tsx';
import { findDeskPlan } from '#lib/plans/queries.ts';
import { readersPlan } from '#lib/plans/rules.ts';
import { offerGaps, planSentence } from '#lib/plans/texts.ts';
import { listDeskZones, postageTable } from '#lib/postage/queries.ts';
import { servedIn } from '#lib/postage/rules.ts';
import { findPublication } from '#lib/publication/queries.ts';

export const metadata: Metadata = { title: 'Plan' };

/** Who asks decides what there is to see, so nothing can be shown before that is known. */
export const instant = false;

export default async function Page({ params }: PageProps<'/dashboard/plans/[id]'>) {
  const { id } = await params;
  const path = `/dashboard/plans/${encodeURIComponent(id)}`;
  const actor = await requireStaff('catalog.price', path);
  const plan = await findDeskPlan(actor, id);
  if (!plan) notFound();
  const { currency, issuesPerYear } = await findPublication();
  const [zones, all] = await Promise.all([postageTable(currency), listDeskZones(actor)]);
  return (
    <>
      <Heading title={plan.name}>
        <State strong={plan.retiredAt !== null}>
          {plan.retiredAt ? 'not on offer' : 'on offer'}
        </State>
      </Heading>
      <Panel title="As readers see it">
        <PlanPreview
          plan={readersPlan(plan, currency, zones, issuesPerYear)}
          sentence={planSentence(plan, currency, zones, issuesPerYear)}
          gaps={offerGaps(plan, currency, servedIn(all))}
        />
        <PlanActs plan={plan} act={act} />
      </Panel>
      <Panel title="The plan">
        <PlanForm plan={plan} currency={currency} save={save} />
      </Panel>
      <RemoveForm
        id={id}
        name={plan.name}
        inUse={plan.sold ? 'Somebody subscribed to it, so it stays.' : null}
        note="Nobody ever subscribed to it."
        remove={remove}
      />
    </>
  );
}
