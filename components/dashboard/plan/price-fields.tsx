import { FieldMessage } from '#components/dashboard/action-form.tsx';
import { Entry } from '#components/dashboard/entry.tsx';
import { type Currency, decimalText } from '#lib/money.ts';
import { fixedTiers, type Prices } from '#lib/plans/rules.ts';
import { tierNames } from '#lib/plans/texts.ts';

const bounds = [
  ['suggested', 'Suggested'],
  ['minimum', 'At least'],
  ['maximum', 'At most'],
] as const;

/** The prices of a plan in one currency: those that are said, and between what readers may choose their own. */
export function PlanPriceFields({
  currency,
  prices,
  open,
}: {
  currency: Currency;
  prices: Prices | null;
  open: boolean;
}) {
  const entry = (field: string, label: string, amount: number | null | undefined) => (
    <Entry
      key={field}
      name={`${currency}-${field}`}
      label={label}
      about={currency}
      inputMode="decimal"
      autoComplete="off"
      defaultValue={decimalText(amount)}
      className="w-28"
    />
  );
  return (
    <details className="mt-3 border border-rule p-4" open={open}>
      <summary className="-m-4 cursor-pointer p-4 font-semibold">{currency}</summary>
      <div className="mt-3 flex flex-wrap gap-3">
        {fixedTiers.map((tier) => entry(tier, tierNames[tier], prices?.[tier]))}
      </div>
      <fieldset className="mt-4">
        <legend className="text-[0.9rem] font-semibold">{tierNames.chosen}</legend>
        <div className="mt-1 flex flex-wrap gap-3">
          {bounds.map(([field, label]) => entry(field, label, prices?.chosen?.[field]))}
        </div>
      </fieldset>
      <p className="mt-2 text-[0.85rem] text-muted">
        As in 48.00. What is left empty is not offered.
      </p>
      <FieldMessage name={currency} />
    </details>
  );
}
