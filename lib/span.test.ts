import { expect, test } from 'vitest';
import { startOf, stepsOf } from './span.ts';

const now = new Date('2026-03-01T23:30:00Z');

test('the steps of a plot end with the one that holds now, without a gap before it', () => {
  const days = stepsOf('days', now);
  expect([days.length, days[0], days.at(-2), days.at(-1)]).toEqual([
    30,
    '2026-01-31',
    '2026-02-28',
    '2026-03-01',
  ]);
  const months = stepsOf('months', now);
  expect([months.length, months[0], months.at(-1)]).toEqual([12, '2025-04-01', '2026-03-01']);
});

test('weeks begin on Monday, and a Sunday belongs to the one before', () => {
  const weeks = stepsOf('weeks', now);
  expect([weeks.length, weeks.at(-2), weeks.at(-1)]).toEqual([12, '2026-02-16', '2026-02-23']);
  expect(stepsOf('weeks', new Date('2026-03-02T00:00:00Z')).at(-1)).toBe('2026-03-02');
});

test('a plot begins where its first step does', () => {
  expect(startOf('weeks', now).toISOString()).toBe(`${stepsOf('weeks', now)[0]}T00:00:00.000Z`);
  expect(startOf('months', new Date('2026-05-31T12:00:00Z')).toISOString()).toBe(
    '2025-06-01T00:00:00.000Z',
  );
});
