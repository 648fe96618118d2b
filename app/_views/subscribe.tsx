import { PlanList } from '#components/commerce/plan-list.tsx';
import { PostageTable } from '#components/commerce/postage-table.tsx';
import { JsonLd } from '#components/site/json-ld.tsx';
import type { Plan } from '#lib/plans/rules.ts';
import { getPlans, getPostage } from '#lib/reading/lists.ts';
import { getSite } from '#lib/reading/site.ts';
import { plansData } from '#lib/reading/structured-data.ts';
import { PageTitle } from './list.tsx';

/** What subscriptions there are, what each costs wherever it is posted to, and what it brings. */
export async function SubscribePage() {
  const site = await getSite();
  if (!site) return null;
  const { currency, tagline, issuesPerYear } = site.publication;
  const [plans, zones] = await Promise.all([getPlans(currency), getPostage(currency)]);
  return (
    <div className="page">
      <PageTitle title="Subscribe">{tagline}</PageTitle>
      {plans.length === 0 ? (
        <p className="text-center">
          No subscription is on offer just now.{' '}
          <a href="/issues" className="link">
            Issues are sold singly
          </a>
          .
        </p>
      ) : (
        <PlanList plans={plans} />
      )}
      {plans.some(({ includesPrint }) => includesPrint) && zones.length > 0 && (
        <section aria-labelledby="post" className="border-t border-ink pt-4">
          <h2 id="post" className="text-[1.6rem] font-semibold">
            The post
          </h2>
          <p className="mt-2 max-w-(--measure)">{postText(plans, issuesPerYear)}</p>
          <PostageTable zones={zones} currency={currency} single />
        </section>
      )}
      {plansData(plans, site).map((data) => (
        <JsonLd key={String(data['@id'])} data={data} />
      ))}
    </div>
  );
}

function postText(plans: Plan[], issuesPerYear: number): string {
  const issues = issuesPerYear === 1 ? 'one issue comes' : `${issuesPerYear} issues come`;
  const isMonthly = plans.some(
    ({ includesPrint, term }) => includesPrint && term.kind === 'time' && term.interval === 'month',
  );
  return `Where print is part of a subscription, its prices include the post. Each copy travels by itself, and ${issues} out in a year${isMonthly ? '; a month bears a twelfth of what a year’s post costs' : ''}.`;
}
