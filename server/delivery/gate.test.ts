import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Busy, gate } from './gate.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Asks for a place, and notes under `name` what came of it. */
function asker(limits: Parameters<typeof gate>[0]) {
  const { enter, state } = gate(limits);
  const said: string[] = [];
  const leave = new Map<string, () => void>();
  const ask = async (...names: string[]) => {
    for (const name of names)
      enter().then(
        (place) => {
          said.push(`${name} in`);
          leave.set(name, place);
        },
        (error) => said.push(`${name} ${error instanceof Busy ? 'busy' : error}`),
      );
    await vi.advanceTimersByTimeAsync(0);
  };
  const go = async (name: string) => {
    leave.get(name)?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { said, ask, go, state };
}

test('so many are in at a time, and who waits comes in by the order of coming', async () => {
  const { said, ask, go, state } = asker({ running: 2, waiting: 3, patience: 1_000 });
  await ask('a', 'b', 'c', 'd', 'e');
  expect(said).toEqual(['a in', 'b in']);
  expect(state()).toEqual({ running: 2, waiting: 3 });
  await go('b');
  await go('a');
  expect(said.slice(2)).toEqual(['c in', 'd in']);
  await go('c');
  await go('d');
  await go('e');
  expect(said.slice(4)).toEqual(['e in']);
  expect(state()).toEqual({ running: 0, waiting: 0 });
});

test('who finds the queue full is refused at once, while those who wait keep their place', async () => {
  const { said, ask, go, state } = asker({ running: 1, waiting: 1, patience: 1_000 });
  await ask('a', 'b', 'c');
  expect(said).toEqual(['a in', 'c busy']);
  expect(state()).toEqual({ running: 1, waiting: 1 });
  await go('a');
  expect(said.at(-1)).toBe('b in');
});

test('who waits longer than patience is refused, and never comes in later', async () => {
  const { said, ask, go, state } = asker({ running: 1, waiting: 9, patience: 1_000 });
  await ask('a', 'b');
  await vi.advanceTimersByTimeAsync(600);
  await ask('c');
  await vi.advanceTimersByTimeAsync(399);
  expect(said).toEqual(['a in']);
  await vi.advanceTimersByTimeAsync(1);
  expect(said).toEqual(['a in', 'b busy']);
  expect(state()).toEqual({ running: 1, waiting: 1 });
  await go('a');
  expect(said.at(-1)).toBe('c in');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(said).toHaveLength(3);
  await go('c');
  expect(state().running).toBe(0);
});

test('a place that is left twice is free once', async () => {
  const { said, ask, go, state } = asker({ running: 1, waiting: 9, patience: 1_000 });
  await ask('a', 'b', 'c');
  await go('a');
  await go('a');
  expect(said).toEqual(['a in', 'b in']);
  expect(state().running).toBe(1);
  await go('b');
  await go('a');
  await go('b');
  expect(state()).toEqual({ running: 1, waiting: 0 });
});
