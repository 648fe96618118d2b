import { formatMoney } from '#lib/money.ts';
import { type Plan, pricesInOrder } from '#lib/plans/rules.ts';
import {
  chosenSentence,
  endingText,
  includedIn,
  planTermText,
  termNoun,
  tierNames,
  trialText,
} from '#lib/plans/texts.ts';

/** The plans on offer one under the other, each with all that it costs. */
export function PlanList({ plans }: { plans: Plan[] }) {
  return (
    <div className="mt-4 mb-10">
      {plans.map((plan) => (
        <section
          key={plan.slug}
          id={plan.slug}
          aria-labelledby={`${plan.slug}-name`}
          className="border-t border-ink pt-5 pb-10"
        >
          <PlanTerms plan={plan} heading="h2" />
        </section>
      ))}
    </div>
  );
}

/** One plan as readers see it: what it brings and how it ends, and beside that what it costs. */
export function PlanTerms({ plan, heading: Heading }: { plan: Plan; heading: 'h2' | 'h3' }) {
  const trial = trialText(plan);
  return (
    <div className="@container">
      <div className="grid gap-x-14 gap-y-5 @3xl:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className="min-w-0">
          <Heading
            id={`${plan.slug}-name`}
            className="text-[1.7rem] leading-tight font-semibold wrap-anywhere"
          >
            {plan.name}
          </Heading>
          {plan.description && (
            <p className="mt-2 max-w-(--measure) wrap-anywhere">{plan.description}</p>
          )}
          <Included plan={plan} />
          <p className="mt-3 max-w-(--measure) text-[0.95rem] text-muted">
            {endingText(plan)} {trial}
          </p>
        </div>
        <div className="min-w-0">
          {plan.postage.length > 0 ? <PostedPrices plan={plan} /> : <PlainPrices plan={plan} />}
          {plan.prices.chosen && (
            <p className="mt-3 max-w-(--measure) text-[0.95rem]">
              {chosenSentence(plan.prices.chosen, plan.currency, plan.includesPrint)}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

export function Included({ plan }: { plan: Plan }) {
  return (
    <ul className="mt-3 space-y-1 text-[0.95rem]">
      {includedIn(plan).map((part) => (
        <li key={part} className="flex gap-2">
          <span aria-hidden="true" className="text-accent">
            ✓
          </span>
          {part}
        </li>
      ))}
    </ul>
  );
}

/** Where nothing is posted, or nowhere yet: the prices side by side. */
function PlainPrices({ plan }: { plan: Plan }) {
  const prices = pricesInOrder(plan.prices);
  const isAlone = prices.length === 1 && prices[0]?.tier === 'standard';
  return (
    <>
      <dl className="flex flex-wrap gap-x-10 gap-y-4">
        {prices.map(({ tier, amount, from }) => (
          <div key={tier}>
            <dt className={isAlone ? 'sr-only' : 'label text-muted'}>{tierNames[tier]}</dt>
            <dd className="whitespace-nowrap">
              {from && <span className="text-muted">from </span>}
              <span className="text-[1.6rem] lining-nums">
                {formatMoney({ amount, currency: plan.currency })}
              </span>{' '}
              <span className="text-muted">{planTermText(plan.term)}</span>
            </dd>
          </div>
        ))}
      </dl>
      {plan.includesPrint && (
        <p className="mt-2 text-[0.95rem] text-muted">The post comes on top.</p>
      )}
    </>
  );
}

/** The prices with the post, by where it goes to. */
function PostedPrices({ plan }: { plan: Plan }) {
  const prices = pricesInOrder(plan.prices);
  const caption = `${termNoun(plan.term)}, post included`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable by keyboard
    <section className="overflow-x-auto" tabIndex={0} aria-label={`Prices of ${plan.name}`}>
      <table className="w-full text-left max-sm:text-[0.9rem]">
        <caption className="label pb-1 text-left text-muted">{caption}</caption>
        <thead>
          <tr className="border-b border-rule align-bottom text-[0.8rem] sm:text-[0.9rem]">
            <th scope="col" className="py-1.5 pr-2 font-normal text-muted sm:pr-4">
              To
            </th>
            {prices.map(({ tier }) => (
              <th key={tier} scope="col" className="py-1.5 pl-2 text-right font-normal text-muted">
                {tierNames[tier]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="lining-nums tabular-nums">
          {plan.postage.map((post) => (
            <tr key={post.zone} className="border-b border-rule align-baseline">
              <th scope="row" className="py-2 pr-2 font-normal">
                <span className="block min-w-20 wrap-anywhere">{post.zone}</span>
              </th>
              {prices.map(({ tier, amount, from }) => (
                <td
                  key={tier}
                  className={`py-2 pl-2 text-right whitespace-nowrap ${tier === 'standard' ? 'font-semibold sm:text-[1.15rem]' : ''}`}
                >
                  {from && <span className="text-[0.9rem] text-muted">from </span>}
                  {formatMoney({ amount: amount + post.amount, currency: plan.currency })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
