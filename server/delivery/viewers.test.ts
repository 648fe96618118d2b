import { describe, expect, test } from 'vitest';
import type { Question } from '#lib/reading/variant.ts';
import { viewers } from './viewers.ts';

const question = (session: string): Question => ({ session, subject: { kind: 'list' } });
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `${from + index}`);

/** A database that answers when it is told to: each question with its own session's name. */
function aDatabase() {
  const asked: { sessions: string[]; answer: () => void; fail: () => void }[] = [];
  const variantFor = viewers(
    (questions) =>
      new Promise((done, failed) => {
        const sessions = questions.map(({ session }) => session);
        asked.push({
          sessions,
          answer: () => done(sessions.map((session) => (session === 'over' ? null : session))),
          fail: () => failed(new Error(`of ${sessions[0]}`)),
        });
      }),
  );
  const ask = (sessions: string[]) => sessions.map((session) => variantFor(question(session)));
  return { asked, ask };
}

const soon = () => new Promise((done) => setImmediate(done));

describe('readers who are looked up', () => {
  test('together are asked about together, and each gets their own answer', async () => {
    const { asked, ask } = aDatabase();
    const answers = ask(['a', 'over', 'c', 'a']);
    await soon();
    expect(asked.map(({ sessions }) => sessions)).toEqual([['a', 'over', 'c', 'a']]);
    asked[0]?.answer();
    expect(await Promise.all(answers)).toEqual(['a', null, 'c', 'a']);
  });

  test('come in batches of at most 64, two at a time, and none is left out', async () => {
    const { asked, ask } = aDatabase();
    const answers = ask(range(0, 300));
    const batches = [range(0, 64), range(64, 128), range(128, 192), range(192, 256)];
    await soon();
    expect(asked.map(({ sessions }) => sessions)).toEqual(batches.slice(0, 2));
    asked[1]?.answer();
    await soon();
    expect(asked.map(({ sessions }) => sessions)).toEqual(batches.slice(0, 3));
    expect(await Promise.all(answers.slice(64, 128))).toEqual(range(64, 128));
    for (const index of [0, 2, 3, 4]) {
      asked[index]?.answer();
      await soon();
    }
    expect(asked[4]?.sessions).toEqual(range(256, 300));
    expect(await Promise.all(answers)).toEqual(range(0, 300));
  });

  test('while another answer is on its way are asked about at its end, the first come first', async () => {
    const { asked, ask } = aDatabase();
    const first = ask(['a']);
    await soon();
    const second = ask(['b']);
    await soon();
    const waiting = [...ask(['c']), ...ask(['d'])];
    await soon();
    const late = ask(['e']);
    await soon();
    expect(asked).toHaveLength(2);
    asked[0]?.answer();
    await soon();
    expect(asked[2]?.sessions).toEqual(['c', 'd', 'e']);
    asked[2]?.answer();
    expect(await Promise.all([...first, ...waiting, ...late])).toEqual(['a', 'c', 'd', 'e']);
    asked[1]?.answer();
    expect(await second[0]).toBe('b');
  });

  test('in a batch that fails learn of it, and nobody else', async () => {
    const { asked, ask } = aDatabase();
    const answers = ask(range(0, 130));
    const settled = Promise.allSettled(answers);
    await soon();
    asked[0]?.fail();
    await soon();
    asked[1]?.answer();
    asked[2]?.answer();
    const results = await settled;
    expect(results.slice(0, 64).every(({ status }) => status === 'rejected')).toBe(true);
    expect(results.slice(64)).toEqual(
      range(64, 130).map((value) => ({ status: 'fulfilled', value })),
    );
    const after = ask(['after']);
    await soon();
    asked[3]?.answer();
    expect(await after[0]).toBe('after');
  });
});
