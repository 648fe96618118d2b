import { ActionForm, type FormAction } from '#components/dashboard/action-form.tsx';
import { Press } from '#components/dashboard/press.tsx';
import { runningText } from '#lib/plans/texts.ts';

/** Puts a plan on offer, retires it, or makes another one like it. */
export function PlanActs({
  plan,
  act,
}: {
  plan: { id: string; name: string; retiredAt: Date | null; running: number; sold: boolean };
  act: FormAction;
}) {
  const { id, name, retiredAt } = plan;
  return (
    <ActionForm action={act} label="Offer" className="mt-4">
      <input type="hidden" name="id" value={id} />
      <p className="mb-3 max-w-2xl text-muted">
        {runningText(plan)} {consequence(plan)}
      </p>
      <div className="flex flex-wrap gap-2">
        {retiredAt ? (
          <Press intent="offer" name="Put on offer" about={name} />
        ) : (
          <Press intent="retire" name="Retire" about={name} />
        )}
        <Press intent="copy" name="Make a copy" about={name} />
      </div>
    </ActionForm>
  );
}

function consequence({ retiredAt, running }: { retiredAt: Date | null; running: number }): string {
  if (retiredAt) return 'Readers don’t see it.';
  return running > 0
    ? 'Retired, it is offered to nobody new, and these run on as they were agreed.'
    : 'Retired, it is offered no more; it can be put on offer again.';
}
