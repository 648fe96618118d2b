import { beforeEach, describe, expect, test } from 'vitest';
import { aSection } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { useDatabase } from '#db/testing.ts';
import { newId } from '#lib/ids.ts';
import type { Person } from '#lib/users/rules.ts';
import { orderSections, removeSection } from './commands.ts';
import { listSections } from './queries.ts';

useDatabase();
let publisher: Person;
beforeEach(async () => {
  publisher = await aPerson({ staffRole: 'publisher' });
});

const names = async () => (await listSections()).map(({ name }) => name);

describe('a section', () => {
  test('is not ordered by who saw another order, nor twice in the same instant, and never lost', async () => {
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.push((await aSection({ name })).id);
    const [a = '', b = '', c = ''] = ids;
    const from = [a, b, c];
    const both = await Promise.all([
      orderSections(publisher, { from, to: [b, a, c] }),
      orderSections(publisher, { from, to: [a, c, b] }),
    ]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ reason: 'changed' });
    const now = (await listSections()).map(({ id }) => id);
    for (const to of [
      [a, b],
      [a, b, b],
      [...now, newId()],
    ]) {
      expect(await orderSections(publisher, { from: now, to })).toMatchObject({
        reason: 'invalid',
      });
    }
    expect((await names()).sort()).toEqual(['A', 'B', 'C']);
  });

  test('may be left to another one that is left to it in the same instant: one of them stays', async () => {
    const one = await aSection();
    const other = await aSection();
    const both = await Promise.all([
      removeSection(publisher, one.id, other.id),
      removeSection(publisher, other.id, one.id),
    ]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await names()).toHaveLength(1);
  });
});
