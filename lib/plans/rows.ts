import { eq } from 'drizzle-orm';
import type { Transaction } from '#db/client.ts';
import { planPrices } from '#db/schema/catalog.ts';
import { type Currency, currencies, currencyNames, isCurrency } from '#lib/money.ts';
import type { PlanInput } from './input.ts';
import type { DeskPlan } from './queries.ts';
import { fixedTiers, type PlanTerms, type Prices } from './rules.ts';
import { pricesForLog, termsLine } from './texts.ts';

/* A plan between what a form sends and what the tables hold. */

/** A plan as its form would send it. */
export function inputOf(plan: DeskPlan): PlanInput {
  const { name, description, prices } = plan;
  const { includesPrint, includesDigital, includesArchive, term } = plan;
  const { renews, trialDays, trialNeedsCard } = plan;
  return {
    name,
    description,
    terms: {
      ...{ includesPrint, includesDigital, includesArchive, term },
      ...{ renews, trialDays, trialNeedsCard },
    },
    ...prices,
  };
}

/** The columns of a plan's terms. */
export function writeTerms({ term, ...terms }: PlanTerms) {
  return {
    ...terms,
    interval: term.kind === 'time' ? term.interval : null,
    issueCount: term.kind === 'issues' ? term.count : null,
  };
}

/** Writes the prices of the currencies that `changes` names; one that is `null` is no longer sold in. */
export async function writePrices(
  tx: Transaction,
  planId: string,
  changes: Partial<Record<Currency, Prices | null>>,
): Promise<void> {
  const named = currencies.filter((currency) => changes[currency] !== undefined);
  if (named.length === 0) return;
  const kept = await tx.delete(planPrices).where(eq(planPrices.planId, planId)).returning();
  const rows = [
    ...kept.filter(({ currency }) => !(named as string[]).includes(currency)),
    ...named.flatMap((currency) => rowsOf(planId, currency, changes[currency] ?? null)),
  ];
  if (rows.length > 0) await tx.insert(planPrices).values(rows);
}

function rowsOf(
  planId: string,
  currency: Currency,
  prices: Prices | null,
): (typeof planPrices.$inferInsert)[] {
  if (!prices) return [];
  const { chosen } = prices;
  return [
    ...fixedTiers.flatMap((tier) => {
      const amount = prices[tier];
      return amount === null ? [] : [{ planId, currency, tier, amount }];
    }),
    ...(chosen
      ? [
          {
            ...{ planId, currency, tier: 'chosen' as const, amount: chosen.suggested },
            ...{ minimum: chosen.minimum, maximum: chosen.maximum },
          },
        ]
      : []),
  ];
}

/** A plan as the log keeps it when it is made or goes. */
export function namesForLog(input: PlanInput): Record<string, unknown> {
  return {
    name: input.name,
    terms: termsLine(input.terms),
    ...Object.fromEntries(
      currencies
        .filter((currency) => input[currency])
        .map((currency) => [logName(currency), pricesForLog(currency, input[currency])]),
    ),
  };
}

/** What of a plan changed, as the log keeps it: from what to what, in words and money. */
export function changesForLog(
  present: PlanInput,
  changes: Partial<PlanInput>,
): Record<string, unknown> {
  const wanted = { ...present, ...changes };
  const said = (input: PlanInput): Record<string, unknown> => ({
    ...namesForLog(input),
    description: input.description,
  });
  const [from, to] = [said(present), said(wanted)];
  const fields = Object.keys(changes).map((field) => (isCurrency(field) ? logName(field) : field));
  return {
    name: wanted.name,
    ...Object.fromEntries(
      fields.map((field) => [field, { from: from[field] ?? null, to: to[field] ?? null }]),
    ),
  };
}

const logName = (currency: Currency) => `price in ${currencyNames[currency]}`;
