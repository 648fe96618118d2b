import { describe, expect, test } from 'vitest';
import {
  moveDepartment,
  moveTo,
  nameProblem,
  numberPages,
  type Plan,
  placesOf,
  removeDepartment,
  setPlace,
  slotOf,
  step,
} from './board.ts';

const planOf = (parts: Record<string, string[]>): Plan =>
  Object.entries(parts).map(([name, ids]) => ({
    name,
    places: ids.map((articleId) => ({ articleId, page: null, pageCount: null, wordBudget: null })),
  }));
const shown = (plan: Plan | null) =>
  plan &&
  Object.fromEntries(plan.map(({ name, places }) => [name, places.map((one) => one.articleId)]));

const plan = planOf({ Essays: ['a', 'b', 'c'], Letters: [], Poems: ['d'] });

describe('an article', () => {
  test.each([
    ['a', 'Essays', 3, { Essays: ['b', 'c', 'a'], Letters: [], Poems: ['d'] }],
    ['c', 'Essays', 0, { Essays: ['c', 'a', 'b'], Letters: [], Poems: ['d'] }],
    ['b', 'Essays', 2, { Essays: ['a', 'b', 'c'], Letters: [], Poems: ['d'] }],
    ['b', 'Letters', 0, { Essays: ['a', 'c'], Letters: ['b'], Poems: ['d'] }],
    ['d', 'Essays', 1, { Essays: ['a', 'd', 'b', 'c'], Letters: [], Poems: [] }],
    ['new', 'Poems', 1, { Essays: ['a', 'b', 'c'], Letters: [], Poems: ['d', 'new'] }],
  ])('%s goes to %s before number %i', (id, department, index, expected) => {
    expect(shown(moveTo(plan, id, { department, index }))).toEqual(expected);
  });

  test('keeps what was set aside for it wherever it goes', () => {
    const budgeted = setPlace(plan, 'a', { wordBudget: 900, page: 4 });
    const moved = moveTo(budgeted, 'a', { department: 'Letters', index: 0 });
    expect(placesOf(moved).find(({ articleId }) => articleId === 'a')).toMatchObject({
      wordBudget: 900,
      page: 4,
    });
  });

  test('steps from department to department, the empty ones too, and not beyond the ends', () => {
    const walk: unknown[] = [];
    let now: Plan | null = plan;
    while (now) {
      walk.push(slotOf(now, 'c'));
      now = step(now, 'c', 'down');
    }
    expect(walk).toEqual([
      { department: 'Essays', index: 2 },
      { department: 'Letters', index: 0 },
      { department: 'Poems', index: 0 },
      { department: 'Poems', index: 1 },
    ]);
    expect(step(plan, 'a', 'up')).toBeNull();
    expect(shown(step(plan, 'd', 'up'))).toMatchObject({ Letters: ['d'], Poems: [] });
    expect(step(plan, 'nobody', 'up')).toBeNull();
  });
});

describe('a department', () => {
  test.each([
    ['Poems', 0, ['Poems', 'Essays', 'Letters']],
    ['Essays', 3, ['Letters', 'Poems', 'Essays']],
    ['Letters', 1, ['Essays', 'Letters', 'Poems']],
    ['Nowhere', 0, ['Essays', 'Letters', 'Poems']],
  ])('%s moves before number %i', (name, index, expected) => {
    expect(moveDepartment(plan, name, index).map((one) => one.name)).toEqual(expected);
  });

  test('is taken away only when nothing stands in it', () => {
    expect(removeDepartment(plan, 'Letters').map(({ name }) => name)).toEqual(['Essays', 'Poems']);
    expect(removeDepartment(plan, 'Poems')).toEqual(plan);
  });

  test('has a name of its own, whatever its case', () => {
    expect(nameProblem(plan, 'Reviews')).toBeNull();
    for (const name of ['', '  ', 'essays', 'x'.repeat(61)]) {
      expect(nameProblem(plan, name)).toEqual(expect.any(String));
    }
    expect(nameProblem(plan, 'ESSAYS', 'Essays')).toBeNull();
  });
});

test('pages are numbered through all departments, each article as long as it is', () => {
  const sized = setPlace(setPlace(plan, 'a', { pageCount: 3 }), 'c', { pageCount: 2 });
  expect(placesOf(numberPages(sized, 4)).map(({ page }) => page)).toEqual([4, 7, 8, 10]);
});
