import { expect, test } from 'vitest';
import { spans, startOf, stepsOf } from './span.ts';

const today = '2026-03-01';

test('the steps of a plot end with today’s, without a gap before it', () => {
  const days = stepsOf('days', today);
  expect([days.length, days[0], days.at(-2), days.at(-1)]).toEqual([
    30,
    '2026-01-31',
    '2026-02-28',
    '2026-03-01',
  ]);
  const months = stepsOf('months', today);
  expect([months.length, months[0], months.at(-1)]).toEqual([12, '2025-04-01', '2026-03-01']);
});

test('weeks begin on Monday, and a Sunday belongs to the one before', () => {
  const weeks = stepsOf('weeks', today);
  expect([weeks.length, weeks.at(-2), weeks.at(-1)]).toEqual([12, '2026-02-16', '2026-02-23']);
  expect(stepsOf('weeks', '2026-03-02').at(-1)).toBe('2026-03-02');
});

test('a plot begins where its first step does', () => {
  for (const span of spans) expect(startOf(span, today)).toBe(stepsOf(span, today)[0]);
  expect(startOf('months', '2026-05-31')).toBe('2025-06-01');
});
