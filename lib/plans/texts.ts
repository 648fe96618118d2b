import { type Currency, currencies, formatMoney, type Money } from '#lib/money.ts';
import type { PostageRate } from '#lib/postage/rules.ts';
import {
  type Chosen,
  fixedTiers,
  leadingPrice,
  type PlanTerms,
  type Prices,
  type PricesByCurrency,
  planPostage,
  type Term,
  type Tier,
} from './rules.ts';

/* Plans in words, for readers and for the office. */

export const tierNames: Record<Tier, string> = {
  reduced: 'Reduced',
  standard: 'Standard',
  supporter: 'Supporter',
  chosen: 'Pay what you can',
};

/** "a year", "for 4 issues": what stands behind a plan's price. */
export function planTermText(term: Term): string {
  switch (term.kind) {
    case 'time':
      return `a ${term.interval}`;
    case 'issues':
      return `for ${issuesText(term.count)}`;
  }
}

/** What a price is for, alone: "a year", "4 issues". */
export function termNoun(term: Term): string {
  return term.kind === 'issues' ? issuesText(term.count) : planTermText(term);
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

function issuesText(count: number): string {
  return count === 1 ? '1 issue' : `${count} issues`;
}
