import { PlanTerms } from '#components/commerce/plan-list.tsx';
import type { Plan } from '#lib/plans/rules.ts';

/** A plan as the page of subscriptions shows it, in a sentence too, and what keeps readers from being offered it. */
export function PlanPreview({
  plan,
  sentence,
  gaps,
}: {
  plan: Plan | null;
  sentence: string | null;
  gaps: string[];
}) {
  return (
    <>
      {plan && (
        <div className="border border-rule p-5 font-serif text-[1.05rem]">
          <PlanTerms plan={plan} heading="h3" />
        </div>
      )}
      {sentence && <p className="mt-3">In a sentence: {sentence}.</p>}
      {gaps.map((gap) => (
        <p key={gap} className="mt-2 text-accent">
          {gap}
        </p>
      ))}
    </>
  );
}
