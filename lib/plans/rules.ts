import type { Currency, Money } from '#lib/money.ts';
import type { PostageRate } from '#lib/postage/rules.ts';

export type Term = { kind: 'time'; interval: 'month' | 'year' } | { kind: 'issues'; count: number };

/** What somebody has who subscribes, whatever it cost: never changed once somebody does. */
export type PlanTerms = {
  includesPrint: boolean;
  includesDigital: boolean;
  /** Opens every issue that came out before, while it runs. */
  includesArchive: boolean;
  term: Term;
  /** Runs on from term to term until it is cancelled; what is counted in issues never does. */
  renews: boolean;
  /** So many days at the beginning are free; none of what is counted in issues. */
  trialDays: number;
  /** A card is asked for before them, not after. */
  trialNeedsCard: boolean;
};

/** The most issues that are sold at once, and the most days that are given away. */
export const mostIssues = 60;
export const longestTrial = 90;

export const fixedTiers = ['reduced', 'standard', 'supporter'] as const;
export type FixedTier = (typeof fixedTiers)[number];
export type Tier = FixedTier | 'chosen';

/** Between what readers choose their own price, and what is suggested to them: minor units. */
export type Chosen = { suggested: number; minimum: number; maximum: number };

/** What a term costs in one currency, minor units without postage; `null` for what isn't offered. */
export type Prices = Record<FixedTier, number | null> & { chosen: Chosen | null };

export type PricesByCurrency = Record<Currency, Prices | null>;

/** A plan on offer as readers see it, in one currency. */
export type Plan = PlanTerms & {
  slug: string;
  name: string;
  description: string;
  currency: Currency;
  prices: Prices;
  /** What the post of a term costs, zone by zone in their order; empty where nothing is posted. */
  postage: ZonePostage[];
};

export type ZonePostage = { zone: string; amount: number };

/**
 * What the post of one term costs, minor units: each copy travels alone, at the zone's rate for a first one. A month
 * bears a twelfth of a year's, rounded up.
 */
export function planPostage(
  { includesPrint, term }: Pick<PlanTerms, 'includesPrint' | 'term'>,
  rate: PostageRate,
  issuesPerYear: number,
): number {
  if (!includesPrint) return 0;
  switch (term.kind) {
    case 'issues':
      return term.count * rate.firstCopy;
    case 'time': {
      const year = issuesPerYear * rate.firstCopy;
      return term.interval === 'year' ? year : Math.ceil(year / 12);
    }
  }
}

/** The same for every zone, in the order in which readers see them; empty where nothing is posted. */
export function postageOf(
  terms: Pick<PlanTerms, 'includesPrint' | 'term'>,
  zones: { name: string; rate: PostageRate }[],
  issuesPerYear: number,
): ZonePostage[] {
  if (!terms.includesPrint) return [];
  return zones.map(({ name, rate }) => ({
    zone: name,
    amount: planPostage(terms, rate, issuesPerYear),
  }));
}

/** The prices of a plan in the order in which they are told; where readers choose (`from`), the least that they may. */
export function pricesInOrder(prices: Prices): { tier: Tier; amount: number; from: boolean }[] {
  const { chosen } = prices;
  return [
    ...fixedTiers.flatMap((tier) => {
      const amount = prices[tier];
      return amount === null ? [] : [{ tier, amount, from: false }];
    }),
    ...(chosen ? [{ tier: 'chosen' as const, amount: chosen.minimum, from: true }] : []),
  ];
}

/** The price that stands for all where there is room for one: the standard one, else what is suggested. */
export function leadingPrice(prices: Prices): number | null {
  return prices.standard ?? prices.chosen?.suggested ?? pricesInOrder(prices)[0]?.amount ?? null;
}

/**
 * What a card says of a plan's price in a line: the leading price with the post to where it costs least. `from`: it is
 * more elsewhere.
 */
export function cardPrice({ prices, postage, currency }: Plan): { price: Money; from: boolean } {
  const posts = postage.map(({ amount }) => amount);
  const least = posts.length > 0 ? Math.min(...posts) : 0;
  return {
    price: { amount: (leadingPrice(prices) ?? 0) + least, currency },
    from: posts.some((amount) => amount > least),
  };
}

/** What readers would see of a plan in a currency, on offer or not; `null` where it has no price in it. */
export function readersPlan(
  plan: PlanTerms & { slug: string; name: string; description: string; prices: PricesByCurrency },
  currency: Currency,
  zones: { name: string; rate: PostageRate }[],
  issuesPerYear: number,
): Plan | null {
  const prices = plan.prices[currency];
  return prices && { ...plan, currency, prices, postage: postageOf(plan, zones, issuesPerYear) };
}

/** Whether two plans are the same but for what they are called and what they cost. */
export function sameTerms(one: PlanTerms, other: PlanTerms): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder({ term, ...plan }: PlanTerms) {
  return [
    plan.includesPrint,
    plan.includesDigital,
    plan.includesArchive,
    term.kind === 'time' ? term.interval : term.count,
    plan.renews,
    plan.trialDays,
    plan.trialDays > 0 && plan.trialNeedsCard,
  ];
}
