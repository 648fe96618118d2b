import type { FormAction } from '#components/dashboard/action-form.tsx';
import { OrderedList } from '#components/dashboard/ordered-list.tsx';
import type { PlanTerms } from '#lib/plans/rules.ts';
import { runningText, termsLine } from '#lib/plans/texts.ts';

type Row = PlanTerms & {
  id: string;
  name: string;
  /** What it costs, in a sentence; `null` where it has no price in the magazine's currency. */
  sentence: string | null;
  running: number;
  sold: boolean;
};

/** The plans in the order in which readers see them. */
export function PlansOnOffer({ plans, order }: { plans: Row[]; order: FormAction }) {
  if (plans.length === 0) {
    return <p className="text-muted">Nothing is on offer: readers find no subscription.</p>;
  }
  return (
    <OrderedList
      label="Order"
      save={order}
      items={plans.map((plan) => ({
        id: plan.id,
        name: plan.name,
        content: <PlanRow plan={plan} />,
      }))}
    />
  );
}

export function PlanRow({ plan }: { plan: Row }) {
  return (
    <>
      <a
        href={`/dashboard/plans/${plan.id}`}
        className="link inline-block py-1 font-semibold wrap-anywhere"
      >
        {plan.name}
      </a>
      <p>{plan.sentence ?? 'No price in the magazine’s currency: the site does not show it.'}</p>
      <p className="text-[0.9rem] text-muted">
        {termsLine(plan)}. {runningText(plan)}
      </p>
    </>
  );
}
