import {
  ActionForm,
  FieldMessage,
  type FormAction,
  TextArea,
  TextField,
} from '#components/dashboard/action-form.tsx';
import { PlanPriceFields } from '#components/dashboard/plan/price-fields.tsx';
import { PlanTermFields } from '#components/dashboard/plan/term-fields.tsx';
import { type Currency, currencies } from '#lib/money.ts';
import type { PlanTerms, PricesByCurrency } from '#lib/plans/rules.ts';
import { endingText, termsLine, trialText } from '#lib/plans/texts.ts';

type Plan = PlanTerms & {
  id: string;
  name: string;
  description: string;
  prices: PricesByCurrency;
  sold: boolean;
};

/** What a plan is called, brings and costs. `null`: a new one. Terms that somebody has subscribed to are told, not asked. */
export function PlanForm({
  plan,
  currency,
  save,
}: {
  plan: Plan | null;
  /** The magazine's own, which stands first. */
  currency: Currency;
  save: FormAction;
}) {
  return (
    <ActionForm action={save} label={plan ? 'The plan' : 'New plan'} className="max-w-3xl">
      {plan && <Opened plan={plan} />}
      <div className="space-y-4">
        <TextField name="name" label="Name" defaultValue={plan?.name ?? ''} />
        <TextArea
          name="description"
          label="Description"
          hint="A sentence or two under the name. May stay empty."
          defaultValue={plan?.description ?? ''}
        />
      </div>
      {plan?.sold ? <SoldTerms plan={plan} /> : <PlanTermFields terms={plan} />}
      <FieldMessage name="terms" />
      <section aria-labelledby="plan-prices" className="mt-8">
        <h3 id="plan-prices" className="text-lg font-semibold">
          Prices
        </h3>
        <p className="mt-1 max-w-2xl text-muted">
          For one term, without the post, which is added zone by zone. A currency that is left empty
          is not sold in. {plan?.sold && 'Who has subscribed keeps the price that was agreed.'}
        </p>
        {currencies
          .toSorted((a, b) => Number(b === currency) - Number(a === currency))
          .map((code) => (
            <PlanPriceFields
              key={code}
              currency={code}
              prices={plan?.prices[code] ?? null}
              open={code === currency || Boolean(plan?.prices[code])}
            />
          ))}
        <FieldMessage name="prices" />
      </section>
      <button type="submit" className="button mt-6">
        {plan ? 'Save' : 'Make the plan'}
      </button>
    </ActionForm>
  );
}

/** What the form showed, as the command compares it. */
function Opened({ plan }: { plan: Plan }) {
  const { id, name, description, prices } = plan;
  const { includesPrint, includesDigital, includesArchive, term } = plan;
  const { renews, trialDays, trialNeedsCard } = plan;
  const terms = {
    ...{ includesPrint, includesDigital, includesArchive, term },
    ...{ renews, trialDays, trialNeedsCard },
  };
  return (
    <>
      <input type="hidden" name="id" value={id} />
      <input
        type="hidden"
        name="opened"
        value={JSON.stringify({ name, description, terms, ...prices })}
      />
    </>
  );
}

/** Sent along unchanged, so that who subscribed keeps them. */
function SoldTerms({ plan }: { plan: Plan }) {
  const { includesPrint, includesDigital, includesArchive, term, renews } = plan;
  const fields = {
    editions: includesPrint ? (includesDigital ? 'both' : 'print') : 'digital',
    archive: includesArchive ? 'yes' : '',
    term: term.kind === 'time' ? term.interval : 'issues',
    issueCount: term.kind === 'issues' ? term.count : '',
    ending: renews ? 'renews' : 'ends',
    trialDays: plan.trialDays,
    trialCard: plan.trialNeedsCard ? 'before' : 'after',
  };
  return (
    <section aria-labelledby="plan-terms" className="mt-8">
      <h3 id="plan-terms" className="text-lg font-semibold">
        Terms
      </h3>
      <p className="mt-1">{termsLine(plan)}.</p>
      <p className="text-muted">
        {endingText(plan)} {trialText(plan)}
      </p>
      <p className="mt-2 max-w-2xl text-muted">
        Somebody has subscribed on these terms, so they stay as they are. To offer others, make a
        copy, change that, and retire this one.
      </p>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </section>
  );
}
