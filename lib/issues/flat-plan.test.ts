import { describe, expect, test } from 'vitest';
import { findingText, flatPlanOf } from './flat-plan.ts';

/** Articles by page and length. */
const planOf = (...parts: [id: string, page: number | null, length?: number][]) => [
  {
    name: 'Essays',
    places: parts.map(([articleId, page, pageCount = 1]) => ({
      articleId,
      page,
      pageCount,
      wordBudget: null,
    })),
  },
];
const texts = (plan: ReturnType<typeof planOf>, pageCount: number | null) =>
  flatPlanOf(plan, pageCount).findings.map((finding) => findingText(finding, (id) => id));

describe('a flat plan', () => {
  test('opens with a right page alone, then left and right together', () => {
    const { spreads, used, total } = flatPlanOf(planOf(['a', 2, 2], ['b', 4]), 6);
    expect(spreads.map((pages) => pages.map(({ number }) => number))).toEqual([
      [1],
      [2, 3],
      [4, 5],
      [6],
    ]);
    expect([used, total]).toEqual([3, 6]);
  });

  test('names gaps between articles, and not what is free before and behind them', () => {
    expect(texts(planOf(['a', 3, 2], ['b', 6], ['c', 9]), 32)).toEqual([
      'Page 5 is empty.',
      'Pages 7–8 are empty.',
    ]);
  });

  test('names pages that two articles lie on, and articles that reach too far', () => {
    expect(texts(planOf(['a', 2, 3], ['b', 4, 2]), 4)).toEqual([
      'Two articles on page 4: “a” and “b”.',
      '“b” reaches page 5, beyond the last.',
    ]);
  });

  test('names what has no page yet, once anything has one', () => {
    expect(texts(planOf(['a', null], ['b', null]), 8)).toEqual([]);
    expect(texts(planOf(['a', null], ['b', 2]), 8)).toEqual(['“a” has no page yet.']);
    expect(texts(planOf(['a', null], ['b', null], ['c', 2]), 8)).toEqual([
      '2 articles have no page yet.',
    ]);
  });

  test('is as long as its articles reach where nobody said how many pages there are', () => {
    expect(flatPlanOf(planOf(['a', 2, 5]), null)).toMatchObject({ total: 6, findings: [] });
    expect(flatPlanOf([], null)).toMatchObject({ total: 0, spreads: [], used: 0 });
  });
});
