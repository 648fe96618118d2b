import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { db, type Executor } from '#db/client.ts';
import { planPrices, plans } from '#db/schema/catalog.ts';
import { subscriptions } from '#db/schema/entitlements.ts';
import { publication } from '#db/schema/publication.ts';
import { isId } from '#lib/ids.ts';
import { type Currency, currencies } from '#lib/money.ts';
import { postageTable } from '#lib/postage/queries.ts';
import { type Actor, may } from '#lib/users/rules.ts';
import {
  type Plan,
  type PlanTerms,
  type Prices,
  type PricesByCurrency,
  postageOf,
  type Term,
} from './rules.ts';

/** The plans on offer with their prices and postage in `currency`; a plan without a price in it is not in the list. */
export async function plansOnOffer(currency: Currency): Promise<Plan[]> {
  const [rows, zones, [magazine]] = await Promise.all([
    db()
      .select()
      .from(plans)
      .innerJoin(planPrices, eq(planPrices.planId, plans.id))
      .where(and(isNull(plans.retiredAt), eq(planPrices.currency, currency)))
      .orderBy(asc(plans.position), asc(plans.name), asc(plans.id), asc(planPrices.tier)),
    postageTable(currency),
    db().select({ issuesPerYear: publication.issuesPerYear }).from(publication),
  ]);
  const issuesPerYear = magazine?.issuesPerYear ?? 1;
  const offered = Map.groupBy(rows, ({ plans: plan }) => plan.id);
  return [...offered.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const terms = termsOf(first.plans);
    const { slug, name, description } = first.plans;
    const prices = pricesOf(all.map((row) => row.plan_prices));
    const postage = postageOf(terms, zones, issuesPerYear);
    return [{ slug, name, description, currency, prices, postage, ...terms }];
  });
}

/** A plan as the office sees it. `running`: the subscriptions that run on it; `sold`: there has ever been one. */
export type DeskPlan = PlanTerms & {
  id: string;
  slug: string;
  name: string;
  description: string;
  prices: PricesByCurrency;
  retiredAt: Date | null;
  running: number;
  sold: boolean;
};

/** All plans in their order, for who may price; none for anybody else. */
export async function listDeskPlans(actor: Actor): Promise<DeskPlan[]> {
  return may(actor, 'catalog.price') ? readPlans(db()) : [];
}

/** One of them, or `null`. */
export async function findDeskPlan(actor: Actor, id: string): Promise<DeskPlan | null> {
  if (!may(actor, 'catalog.price') || !isId(id)) return null;
  const [plan] = await readPlans(db(), id);
  return plan ?? null;
}

/** What a plan is, for a command that has locked its row. */
export async function readPlan(executor: Executor, id: string): Promise<DeskPlan | null> {
  const [plan] = await readPlans(executor, id);
  return plan ?? null;
}

async function readPlans(executor: Executor, id?: string): Promise<DeskPlan[]> {
  const rows = await executor
    .select()
    .from(plans)
    .where(id ? eq(plans.id, id) : undefined)
    .orderBy(asc(plans.position), asc(plans.name), asc(plans.id));
  const prices = await executor
    .select()
    .from(planPrices)
    .where(id ? eq(planPrices.planId, id) : undefined);
  const sales = await executor
    .select({
      planId: subscriptions.planId,
      running: sql<number>`(count(*) filter (where ${ne(subscriptions.status, 'canceled')}))::int`,
    })
    .from(subscriptions)
    .where(id ? eq(subscriptions.planId, id) : undefined)
    .groupBy(subscriptions.planId);
  return rows.map((row) => {
    const own = prices.filter(({ planId }) => planId === row.id);
    const sale = sales.find(({ planId }) => planId === row.id);
    const { slug, name, description, retiredAt } = row;
    return {
      ...{ id: row.id, slug, name, description, retiredAt },
      ...termsOf(row),
      prices: Object.fromEntries(
        currencies.map((currency) => {
          const inCurrency = own.filter((price) => price.currency === currency);
          return [currency, inCurrency.length > 0 ? pricesOf(inCurrency) : null];
        }),
      ) as PricesByCurrency,
      running: sale?.running ?? 0,
      sold: sale !== undefined,
    };
  });
}

function termsOf(row: typeof plans.$inferSelect): PlanTerms {
  const term: Term = row.interval
    ? { kind: 'time', interval: row.interval }
    : { kind: 'issues', count: row.issueCount ?? 0 };
  const { includesPrint, includesDigital, includesArchive, renews, trialDays, trialNeedsCard } =
    row;
  return {
    includesPrint,
    includesDigital,
    includesArchive,
    term,
    renews,
    trialDays,
    trialNeedsCard,
  };
}

function pricesOf(rows: (typeof planPrices.$inferSelect)[]): Prices {
  const prices: Prices = { reduced: null, standard: null, supporter: null, chosen: null };
  for (const { tier, amount, minimum, maximum } of rows) {
    if (tier !== 'chosen') prices[tier] = amount;
    else if (minimum !== null && maximum !== null) {
      prices.chosen = { suggested: amount, minimum, maximum };
    }
  }
  return prices;
}
