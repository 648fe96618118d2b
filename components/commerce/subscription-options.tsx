import { type Plan, planTermText } from '#lib/catalog/rules.ts';
import { formatMoney } from '#lib/money.ts';

/** The plans on offer, side by side; nothing where there are none. `null` where the page has its own heading for them. */
export function SubscriptionOptions({
  plans,
  heading = 'Subscription options',
}: {
  plans: Plan[];
  heading?: string | null;
}) {
  if (plans.length === 0) return null;
  return (
    <div className="no-print my-10 border-t border-ink pt-4">
      {heading && <h2 className="text-[1.6rem] font-semibold">{heading}</h2>}
      <ul className="mt-5 grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
        {plans.map((plan) => (
          <li key={plan.slug} className="flex flex-col border border-rule bg-raised p-5">
            <p className="text-[1.2rem] leading-tight font-semibold">{plan.name}</p>
            <p className="mt-1">
              <span className="text-[1.35rem] lining-nums">{formatMoney(plan.price)}</span>{' '}
              <span className="text-muted">{planTermText(plan.term)}</span>
            </p>
            {plan.description && <p className="mt-2 text-[0.95rem]">{plan.description}</p>}
            <ul className="mt-3 mb-4 space-y-1 text-[0.95rem]">
              {includedIn(plan).map((part) => (
                <li key={part} className="flex gap-2">
                  <span aria-hidden="true" className="text-accent">
                    ✓
                  </span>
                  {part}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}

function includedIn(plan: Plan): string[] {
  return [
    ...(plan.includesPrint ? ['Every printed issue by post'] : []),
    ...(plan.includesDigital ? ['Every issue to read online'] : []),
    ...(plan.includesArchive ? ['The whole archive'] : []),
  ];
}
