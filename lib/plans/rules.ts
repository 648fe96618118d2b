import { type Currency, currencies, formatMoney, type Money } from '#lib/money.ts';
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

export const tierNames: Record<Tier, string> = {
  reduced: 'Reduced',
  standard: 'Standard',
  supporter: 'Supporter',
  chosen: 'Pay what you can',
};

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

/** "a year", "for 4 issues": what stands behind a plan's price. */
export function planTermText(term: Term): string {
  switch (term.kind) {
    case 'time':
      return `a ${term.interval}`;
    case 'issues':
      return `for ${issuesText(term.count)}`;
  }
}

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

/** What a price is for, alone: "a year", "4 issues". */
export function termNoun(term: Term): string {
  return term.kind === 'issues' ? issuesText(term.count) : planTermText(term);
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

/** "€48.00 a year, post to Germany included". `postedTo`: `null` where nothing is posted. */
export function priceSentence(price: Money, term: Term, postedTo: string | null): string {
  const text = `${formatMoney(price)} ${planTermText(term)}`;
  return postedTo === null ? text : `${text}, post to ${postedTo} included`;
}

/**
 * A plan in a sentence, for the office: its leading price, with the post to the first country that it goes to. `null`
 * where it has no price in that currency.
 */
export function planSentence(
  plan: PlanTerms & { prices: PricesByCurrency },
  currency: Currency,
  zones: { name: string; rate: PostageRate; countries: { name: string }[] }[],
  issuesPerYear: number,
): string | null {
  const prices = plan.prices[currency];
  const amount = prices && leadingPrice(prices);
  if (amount === null) return null;
  const [zone] = plan.includesPrint ? zones : [];
  const post = zone ? planPostage(plan, zone.rate, issuesPerYear) : 0;
  const country = zone ? (zone.countries[0]?.name ?? zone.name) : null;
  const sentence = priceSentence({ amount: amount + post, currency }, plan.term, country);
  return prices?.standard === null && prices.chosen ? `${sentence}, as suggested` : sentence;
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

/** "You choose what you pay, from €12.00 to €120.00; we suggest €28.00." */
export function chosenSentence(chosen: Chosen, currency: Currency, isPosted: boolean): string {
  const money = (amount: number) => formatMoney({ amount, currency });
  const choice = `You choose what you pay, from ${money(chosen.minimum)} to ${money(chosen.maximum)}`;
  return `${choice}${isPosted ? ', and the post' : ''}; we suggest ${money(chosen.suggested)}.`;
}

/** What comes with a plan, line by line. */
export function includedIn({ term, ...plan }: PlanTerms): string[] {
  const issues =
    term.kind === 'issues' ? `The next ${issuesText(term.count)}` : 'Every issue that comes out';
  return [
    ...(plan.includesPrint ? [`${issues}, printed, by post`] : []),
    ...(plan.includesDigital ? [`${issues}, to read online`] : []),
    ...(plan.includesArchive ? ['The whole archive, as long as it runs'] : []),
  ];
}

/** How it goes on: "Renews every year until you cancel.", "Ends by itself after 4 issues." */
export function endingText({ term, renews }: Pick<PlanTerms, 'term' | 'renews'>): string {
  if (term.kind === 'issues') return `Ends by itself after ${issuesText(term.count)}.`;
  return renews
    ? `Renews every ${term.interval} until you cancel.`
    : `Ends by itself after a ${term.interval}.`;
}

/** What the beginning costs, or `null` where nothing of it is free. */
export function trialText({
  trialDays,
  trialNeedsCard,
}: Pick<PlanTerms, 'trialDays' | 'trialNeedsCard'>): string | null {
  if (trialDays === 0) return null;
  const days = trialDays === 1 ? 'The first day is' : `The first ${trialDays} days are`;
  return `${days} free; ${trialNeedsCard ? 'your card is charged afterwards' : 'no card is asked for before'}.`;
}

/** All terms in a line, as the office and its log tell them. */
export function termsLine({ term, ...plan }: PlanTerms): string {
  const edition = plan.includesPrint
    ? plan.includesDigital
      ? 'Print and digital'
      : 'Print'
    : 'Digital';
  const length = term.kind === 'issues' ? issuesText(term.count) : `by the ${term.interval}`;
  return [
    edition,
    length,
    ...(plan.includesArchive ? ['with the archive'] : []),
    plan.renews ? 'renews' : 'ends by itself',
    ...(plan.trialDays > 0
      ? [
          `${plan.trialDays} free ${plan.trialDays === 1 ? 'day' : 'days'}, card ${plan.trialNeedsCard ? 'before' : 'after'}`,
        ]
      : []),
  ].join(', ');
}

/** How many have it: "12 subscriptions run on it." */
export function runningText({ running, sold }: { running: number; sold: boolean }): string {
  if (running > 0)
    return running === 1 ? '1 subscription runs on it.' : `${running} subscriptions run on it.`;
  return sold ? 'No subscription runs on it any more.' : 'Nobody has subscribed to it yet.';
}

/** Prices as the log tells them: `{ standard: { amount: 4800, currency: 'EUR' } }`; `null` for none. */
export function pricesForLog(currency: Currency, prices: Prices | null): object | null {
  if (!prices) return null;
  const money = (amount: number): Money => ({ amount, currency });
  const { chosen } = prices;
  return {
    ...Object.fromEntries(
      fixedTiers.flatMap((tier) => (prices[tier] === null ? [] : [[tier, money(prices[tier])]])),
    ),
    ...(chosen
      ? {
          suggested: money(chosen.suggested),
          minimum: money(chosen.minimum),
          maximum: money(chosen.maximum),
        }
      : {}),
  };
}

/**
 * Why readers would not be offered a plan, or not everywhere, although it is on offer: for the office, in whole sentences.
 * `zoneCurrencies`: those that a zone of postage has a rate in.
 */
export function offerGaps(
  plan: PlanTerms & { prices: PricesByCurrency },
  own: Currency,
  zoneCurrencies: Currency[],
): string[] {
  const unposted = plan.includesPrint
    ? currencies.filter((code) => plan.prices[code] && !zoneCurrencies.includes(code))
    : [];
  return [
    ...(plan.prices[own]
      ? []
      : [`It has no price in ${own}, the magazine’s currency: the site does not show it.`]),
    ...unposted.map((code) => `No zone has a postage rate in ${code}: nothing can be posted.`),
  ];
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

function issuesText(count: number): string {
  return count === 1 ? '1 issue' : `${count} issues`;
}
