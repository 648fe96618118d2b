import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { anArticle } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { newId } from '#lib/ids.ts';
import { findLeads } from '#lib/redirects/queries.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { createSeries, orderParts, placeInSeries, removeSeries, saveSeries } from './commands.ts';
import {
  findDeskSeries,
  findPlaceable,
  findSeries,
  findSeriesPlace,
  listSeries,
  publishedParts,
  seriesChoice,
} from './queries.ts';

useDatabase();
let editor: Person;
beforeEach(async () => {
  editor = await aPerson({ staffRole: 'editor' });
});

const head = { name: 'The River', slug: 'the-river', description: 'In parts.' };
async function aSeries(parts: Partial<typeof head> = {}): Promise<string> {
  const made = await createSeries(editor, { ...head, ...parts });
  if (!made.ok) throw new Error(made.message);
  await expiredTags();
  return made.value.id;
}
/** Articles called A, B, … as parts 1, 2, … */
async function parts(seriesId: string, titles: string[], publishedAt?: null): Promise<string[]> {
  const ids: string[] = [];
  for (const title of titles) {
    const { id } = await anArticle({ title, ...(publishedAt === null ? { publishedAt } : {}) });
    await placeInSeries(editor, id, { seriesId, part: null });
    ids.push(id);
  }
  await expiredTags();
  return ids;
}
const order = async (id: string) =>
  (await findDeskSeries(editor, id))?.parts.map(({ title, part }) => `${part} ${title}`);
const logged = async () => (await db().select().from(auditEntries)).at(-1);

describe('a part of a series', () => {
  test('comes behind the last one, at once on the pages of all, on record', async () => {
    const id = await aSeries();
    const [, , c = ''] = await parts(id, ['A', 'B', 'C']);
    expect(await order(id)).toEqual(['1 A', '2 B', '3 C']);
    expect(await placeInSeries(editor, c, { seriesId: id, part: 9 })).toEqual({
      ok: true,
      value: { part: 9 },
    });
    expect(await expiredTags()).toEqual(['article:c', 'articles', 'series:the-river']);
    expect(await logged()).toMatchObject({
      action: 'series.place',
      subjectId: c,
      detail: { from: { part: 3 }, to: { part: 9 } },
    });
    await placeInSeries(editor, c, { seriesId: null, part: 4 });
    expect(await expiredTags()).toEqual(['article:c', 'articles', 'series:the-river']);
    expect(await order(id)).toEqual(['1 A', '2 B']);
  });

  test('leads readers to the published ones before and after it, and past those in work', async () => {
    const id = await aSeries();
    const [a = ''] = await parts(id, ['A']);
    await parts(id, ['B'], null);
    const [c = ''] = await parts(id, ['C']);
    expect(await findSeriesPlace(a)).toEqual({
      slug: 'the-river',
      name: 'The River',
      part: 1,
      previous: null,
      next: { slug: 'c', title: 'C' },
    });
    expect(await findSeriesPlace(c)).toMatchObject({
      part: 3,
      previous: { slug: 'a' },
      next: null,
    });
    expect(await publishedParts('the-river')).toEqual({ [a]: 1, [c]: 3 });
    expect(await findSeriesPlace((await anArticle()).id)).toBeNull();
  });

  test('is never the same as another one, not even in the same instant', async () => {
    const id = await aSeries();
    const [one, other] = [await anArticle(), await anArticle()];
    const both = await Promise.all(
      [one, other].map((article) => placeInSeries(editor, article.id, { seriesId: id, part: 2 })),
    );
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ fields: { part: expect.any(String) } });
    const next = await Promise.all(
      [await anArticle(), await anArticle()].map((article) =>
        placeInSeries(editor, article.id, { seriesId: id, part: null }),
      ),
    );
    expect(next.map((placed) => placed.ok && placed.value.part).sort()).toEqual([3, 4]);
  });

  test('of a series that is gone is refused beside its field', async () => {
    const { id } = await anArticle();
    expect(await placeInSeries(editor, id, { seriesId: newId(), part: 1 })).toMatchObject({
      fields: { seriesId: expect.any(String) },
    });
  });
});

describe('a series', () => {
  test('has a page once one of its articles is published', async () => {
    const id = await aSeries();
    await parts(id, ['A'], null);
    expect(await findSeries('the-river')).toBeNull();
    await parts(id, ['B']);
    expect(await findSeries('the-river')).toEqual(head);
    expect((await listSeries(editor, { search: 'river', page: 1 })).series).toMatchObject([
      { name: 'The River', articleCount: 2 },
    ]);
  });

  test('is numbered anew in another order, by who saw the present one', async () => {
    const id = await aSeries();
    const ids = await parts(id, ['A', 'B', 'C']);
    const [a = '', b = '', c = ''] = ids;
    expect(await orderParts(editor, id, { from: ids, to: [c, a, b] })).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['series:the-river']);
    expect(await order(id)).toEqual(['1 C', '2 A', '3 B']);
    expect(await orderParts(editor, id, { from: ids, to: ids })).toMatchObject({
      reason: 'changed',
    });
    expect(await orderParts(editor, id, { from: [c, a, b], to: [c, a] })).toMatchObject({
      reason: 'invalid',
    });
    expect(await order(id)).toEqual(['1 C', '2 A', '3 B']);
  });

  test('that moves leaves a redirect; one that is removed leaves its articles', async () => {
    const id = await aSeries();
    const [a = ''] = await parts(id, ['A']);
    await saveSeries(editor, id, { ...head, slug: 'river' });
    expect(await expiredTags()).toEqual([
      'articles',
      'redirects',
      'series:river',
      'series:the-river',
    ]);
    expect(await findLeads(['/series/the-river'])).toMatchObject([{ location: '/series/river' }]);
    expect(await removeSeries(editor, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['articles', 'series:river']);
    expect(
      await db()
        .select({ seriesId: articles.seriesId, part: articles.seriesPart })
        .from(articles)
        .where(eq(articles.id, a)),
    ).toEqual([{ seriesId: null, part: null }]);
    expect(await logged()).toMatchObject({ action: 'series.remove', detail: { articles: 1 } });
  });

  test('finds articles to add by a part of their title, none that stand in it', async () => {
    const id = await aSeries();
    await parts(id, ['High tide']);
    const { id: low } = await anArticle({ title: 'Low tide' });
    await anArticle({ title: 'Moon' });
    expect(await findPlaceable(editor, id, 'TIDE')).toEqual([
      { id: low, title: 'Low tide', series: null },
    ]);
    expect(await findPlaceable(editor, id, '%')).toEqual([]);
  });

  test('is made, changed, ordered, filled, removed and seen in the office by an editor and above alone', async () => {
    const id = await aSeries();
    const [a = ''] = await parts(id, ['A']);
    for (const actor of [anonymous, await aPerson(), await aPerson({ staffRole: 'writer' })]) {
      for (const refused of [
        await createSeries(actor, { ...head, slug: 'mine' }),
        await saveSeries(actor, id, head),
        await placeInSeries(actor, a, { seriesId: null, part: null }),
        await orderParts(actor, id, { from: [a], to: [a] }),
        await removeSeries(actor, id),
      ]) {
        expect(refused).toMatchObject({ reason: 'forbidden' });
      }
      expect([
        await findDeskSeries(actor, id),
        await seriesChoice(actor, a),
        (await listSeries(actor, { search: '', page: 1 })).total,
        await findPlaceable(actor, newId(), 'A'),
      ]).toEqual([null, null, 0, []]);
    }
    expect(await seriesChoice(editor, a)).toEqual({
      all: [{ id, name: 'The River' }],
      seriesId: id,
      part: 1,
    });
    for (const nobody of [newId(), 'x']) {
      expect(await saveSeries(editor, nobody, head)).toMatchObject({ reason: 'not_found' });
      expect(await removeSeries(editor, nobody)).toMatchObject({ reason: 'not_found' });
      expect(await placeInSeries(editor, nobody, { seriesId: id, part: null })).toMatchObject({
        reason: 'not_found',
      });
    }
  });

  test('can’t take another one’s address', async () => {
    const id = await aSeries();
    await aSeries({ slug: 'other' });
    expect(await createSeries(editor, head)).toMatchObject({ reason: 'taken' });
    expect(await saveSeries(editor, id, { ...head, slug: 'other' })).toMatchObject({
      reason: 'taken',
      fields: { slug: expect.any(String) },
    });
  });
});
