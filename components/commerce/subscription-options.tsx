import { Included } from '#components/commerce/plan-list.tsx';
import { formatMoney } from '#lib/money.ts';
import { cardPrice, type Plan, pricesInOrder } from '#lib/plans/rules.ts';
import { planTermText } from '#lib/plans/texts.ts';

/** The plans on offer, side by side with one price each; nothing where there are none. */
export function SubscriptionOptions({ plans }: { plans: Plan[] }) {
  if (plans.length === 0) return null;
  return (
    <div className="no-print my-10 border-t border-ink pt-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="text-[1.6rem] font-semibold">Subscription options</h2>
        <a href="/subscribe" className="link text-[0.95rem]">
          All prices, and the post
        </a>
      </div>
      <ul className="mt-5 grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
        {plans.map((plan) => (
          <li key={plan.slug} className="min-w-0 border border-rule bg-raised p-5">
            <p className="text-[1.2rem] leading-tight font-semibold wrap-anywhere">
              <a href={`/subscribe#${plan.slug}`} className="quiet-link">
                {plan.name}
              </a>
            </p>
            <CardPrice plan={plan} />
            {plan.description && (
              <p className="mt-2 text-[0.95rem] wrap-anywhere">{plan.description}</p>
            )}
            <Included plan={plan} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function CardPrice({ plan }: { plan: Plan }) {
  const { price, from } = cardPrice(plan);
  const others = pricesInOrder(plan.prices).length > 1;
  const notes = [
    ...(plan.postage.length > 0
      ? ['with the post']
      : plan.includesPrint
        ? ['without the post']
        : []),
    ...(plan.prices.chosen && plan.prices.standard === null ? ['or what you can'] : []),
    ...(others ? ['other prices, too'] : []),
  ];
  return (
    <p className="mt-1">
      {from && <span className="text-muted">from </span>}
      <span className="text-[1.35rem] lining-nums">{formatMoney(price)}</span>{' '}
      <span className="text-muted">{planTermText(plan.term)}</span>
      {notes.length > 0 && (
        <span className="block text-[0.9rem] text-muted">{notes.join('; ')}</span>
      )}
    </p>
  );
}
