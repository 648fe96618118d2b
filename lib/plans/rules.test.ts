import { describe, expect, test } from 'vitest';
import {
  cardPrice,
  leadingPrice,
  type Plan,
  type PlanTerms,
  type Prices,
  planPostage,
  postageOf,
  pricesInOrder,
  readersPlan,
  sameTerms,
  type Term,
} from './rules.ts';
import {
  chosenSentence,
  endingText,
  includedIn,
  offerGaps,
  planSentence,
  planTermText,
  priceSentence,
  pricesForLog,
  runningText,
  termNoun,
  termsLine,
  trialText,
} from './texts.ts';

const year: Term = { kind: 'time', interval: 'year' };
const month: Term = { kind: 'time', interval: 'month' };
const four: Term = { kind: 'issues', count: 4 };
const terms = (parts: Partial<PlanTerms> = {}): PlanTerms => ({
  includesPrint: true,
  includesDigital: true,
  includesArchive: false,
  term: year,
  renews: true,
  trialDays: 0,
  trialNeedsCard: true,
  ...parts,
});
const prices = (parts: Partial<Prices> = {}): Prices => ({
  reduced: null,
  standard: null,
  supporter: null,
  chosen: null,
  ...parts,
});
const chosen = { suggested: 2800, minimum: 800, maximum: 20_000 };

describe('what the post of a term costs', () => {
  const rate = { firstCopy: 550, furtherCopy: 200 };
  test.each([
    ['four issues, whatever a year has', four, 12, 2_200],
    ['a year of four', year, 4, 2_200],
    ['a year of twelve', year, 12, 6_600],
    ['a month of a quarterly, rounded up: 2200 / 12', month, 4, 184],
    ['a month of a monthly', month, 12, 550],
    ['a month of a weekly, rounded up: 28600 / 12', month, 52, 2_384],
    ['a month of a yearly, rounded up: 550 / 12', month, 1, 46],
  ])('%s', (_, term, issuesPerYear, amount) => {
    expect(planPostage({ includesPrint: true, term }, rate, issuesPerYear)).toBe(amount);
  });

  test('twelve months never bring less than the year costs, and at most eleven cents more', () => {
    for (let firstCopy = 0; firstCopy < 200; firstCopy += 1) {
      for (const issuesPerYear of [1, 4, 5, 6, 10, 11, 12, 26, 52]) {
        const twelve =
          12 *
          planPostage(
            { includesPrint: true, term: month },
            { firstCopy, furtherCopy: 0 },
            issuesPerYear,
          );
        expect(twelve - issuesPerYear * firstCopy).toBeGreaterThanOrEqual(0);
        expect(twelve - issuesPerYear * firstCopy).toBeLessThan(12);
      }
    }
  });

  test('what isn’t printed isn’t posted', () => {
    expect(planPostage({ includesPrint: false, term: year }, rate, 4)).toBe(0);
    expect(postageOf(terms({ includesPrint: false }), [{ name: 'Home', rate }], 4)).toEqual([]);
    expect(postageOf(terms(), [{ name: 'Home', rate }], 4)).toEqual([
      { zone: 'Home', amount: 2_200 },
    ]);
  });
});

describe('prices', () => {
  test('are told from the reduced one to the chosen one, which begins at its least', () => {
    const all = prices({ supporter: 8_400, reduced: 3_400, standard: 4_800, chosen });
    expect(pricesInOrder(all)).toEqual([
      { tier: 'reduced', amount: 3_400, from: false },
      { tier: 'standard', amount: 4_800, from: false },
      { tier: 'supporter', amount: 8_400, from: false },
      { tier: 'chosen', amount: 800, from: true },
    ]);
    expect(leadingPrice(all)).toBe(4_800);
  });

  test('lead with the suggestion where there is no standard price', () => {
    expect(leadingPrice(prices({ chosen }))).toBe(2_800);
    expect(leadingPrice(prices({ reduced: 100 }))).toBe(100);
    expect(leadingPrice(prices())).toBeNull();
  });

  test('are said with the post to a country, or alone', () => {
    const price = { amount: 4_800, currency: 'EUR' } as const;
    expect(priceSentence(price, year, 'Germany')).toBe('€48.00 a year, post to Germany included');
    expect(priceSentence(price, month, null)).toBe('€48.00 a month');
    expect(priceSentence(price, four, null)).toBe('€48.00 for 4 issues');
  });

  test('between bounds are said with all three of them', () => {
    expect(chosenSentence(chosen, 'GBP', false)).toBe(
      'You choose what you pay, from £8.00 to £200.00; we suggest £28.00.',
    );
    expect(chosenSentence(chosen, 'GBP', true)).toContain('£200.00, and the post;');
  });

  test('in the log are money, and what isn’t offered isn’t there', () => {
    const money = (amount: number) => ({ amount, currency: 'EUR' });
    expect(pricesForLog('EUR', prices({ standard: 4_800, chosen }))).toEqual({
      standard: money(4_800),
      suggested: money(2_800),
      minimum: money(800),
      maximum: money(20_000),
    });
    expect(pricesForLog('EUR', null)).toBeNull();
  });
});

describe('a card', () => {
  const plan = (parts: Partial<Plan> = {}): Plan => ({
    ...terms(),
    ...{ slug: 'a', name: 'A', description: '', currency: 'EUR' },
    prices: prices({ standard: 4_800 }),
    postage: [],
    ...parts,
  });
  test('shows the price with the cheapest post, and that it is more elsewhere', () => {
    const postage = [
      { zone: 'Far', amount: 4_400 },
      { zone: 'Home', amount: 1_200 },
    ];
    expect(cardPrice(plan({ postage }))).toEqual({
      price: { amount: 6_000, currency: 'EUR' },
      from: true,
    });
    expect(cardPrice(plan({ postage: [{ zone: 'Home', amount: 1_200 }] })).from).toBe(false);
    expect(cardPrice(plan()).price.amount).toBe(4_800);
  });
});

describe('terms in words', () => {
  test.each([
    [year, 'a year', 'a year'],
    [month, 'a month', 'a month'],
    [four, 'for 4 issues', '4 issues'],
    [{ kind: 'issues', count: 1 } as const, 'for 1 issue', '1 issue'],
  ])('%j', (term, behindAPrice, alone) => {
    expect(planTermText(term)).toBe(behindAPrice);
    expect(termNoun(term)).toBe(alone);
  });

  test.each([
    [{ term: year, renews: true }, 'Renews every year until you cancel.'],
    [{ term: month, renews: false }, 'Ends by itself after a month.'],
    [{ term: four, renews: false }, 'Ends by itself after 4 issues.'],
  ])('how it ends: %j', (plan, text) => {
    expect(endingText(plan)).toBe(text);
  });

  test.each([
    [0, true, null],
    [1, true, 'The first day is free; your card is charged afterwards.'],
    [14, false, 'The first 14 days are free; no card is asked for before.'],
  ])('%s free days, card first %s', (trialDays, trialNeedsCard, text) => {
    expect(trialText({ trialDays, trialNeedsCard })).toBe(text);
  });

  test('what is included says how many issues come, and by what way', () => {
    expect(includedIn(terms({ term: four, includesDigital: false }))).toEqual([
      'The next 4 issues, printed, by post',
    ]);
    expect(includedIn(terms({ includesArchive: true }))).toHaveLength(3);
  });

  test('the office’s line holds all of them', () => {
    expect(termsLine(terms({ includesArchive: true, trialDays: 14, trialNeedsCard: false }))).toBe(
      'Print and digital, by the year, with the archive, renews, 14 free days, card after',
    );
    expect(termsLine(terms({ includesPrint: false, term: four, renews: false }))).toBe(
      'Digital, 4 issues, ends by itself',
    );
  });

  test('are the same whatever the card of a trial that there isn’t', () => {
    expect(sameTerms(terms(), terms({ trialNeedsCard: false }))).toBe(true);
    expect(sameTerms(terms({ trialDays: 1 }), terms({ trialDays: 1, trialNeedsCard: false }))).toBe(
      false,
    );
    for (const other of [
      { includesPrint: false },
      { includesDigital: false },
      { includesArchive: true },
      { term: month },
      { term: four },
      { renews: false },
      { trialDays: 1 },
    ]) {
      expect(sameTerms(terms(), terms(other)), JSON.stringify(other)).toBe(false);
    }
  });

  test('who subscribed is counted', () => {
    expect(runningText({ running: 0, sold: false })).toBe('Nobody has subscribed to it yet.');
    expect(runningText({ running: 0, sold: true })).toContain('any more');
    expect(runningText({ running: 1, sold: true })).toBe('1 subscription runs on it.');
    expect(runningText({ running: 12, sold: true })).toBe('12 subscriptions run on it.');
  });
});

describe('a plan for the office', () => {
  const none = { EUR: null, GBP: null, USD: null };
  const plan = {
    ...terms(),
    ...{ slug: 'a', name: 'A', description: '' },
    prices: { ...none, EUR: prices({ standard: 4_800 }) },
  };
  const zones = [
    { name: 'Home', rate: { firstCopy: 300, furtherCopy: 0 }, countries: [{ name: 'Germany' }] },
  ];

  test('is said with the post to the first country', () => {
    expect(planSentence(plan, 'EUR', zones, 4)).toBe('€60.00 a year, post to Germany included');
    expect(planSentence(plan, 'EUR', [], 4)).toBe('€48.00 a year');
    expect(planSentence({ ...plan, includesPrint: false }, 'EUR', zones, 4)).toBe('€48.00 a year');
    expect(planSentence(plan, 'GBP', zones, 4)).toBeNull();
    const free = { ...plan, prices: { ...none, EUR: prices({ chosen }) } };
    expect(planSentence(free, 'EUR', [], 4)).toBe('€28.00 a year, as suggested');
  });

  test('is what readers would see, in a currency that it is sold in', () => {
    expect(readersPlan(plan, 'EUR', zones, 4)).toMatchObject({
      currency: 'EUR',
      prices: { standard: 4_800 },
      postage: [{ zone: 'Home', amount: 1_200 }],
    });
    expect(readersPlan(plan, 'GBP', zones, 4)).toBeNull();
  });

  test('tells why readers would not be offered it', () => {
    expect(offerGaps(plan, 'EUR', ['EUR'])).toEqual([]);
    expect(offerGaps(plan, 'GBP', ['EUR'])).toEqual([
      'It has no price in GBP, the magazine’s currency: the site does not show it.',
    ]);
    expect(offerGaps(plan, 'EUR', ['GBP'])).toEqual([
      'No zone has a postage rate in EUR: nothing can be posted.',
    ]);
    expect(offerGaps({ ...plan, includesPrint: false }, 'EUR', [])).toEqual([]);
  });
});
