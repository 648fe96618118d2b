import { asc } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { aBody, anArticle, aSection } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { newId } from '#lib/ids.ts';
import { parseInput } from '#lib/input.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { createSection, moveSection, removeSection, saveSection } from './commands.ts';
import { sectionInput } from './input.ts';
import { findDeskSection, findSection, listSections } from './queries.ts';

useDatabase();
let publisher: Person;
beforeEach(async () => {
  publisher = await aPerson({ staffRole: 'publisher' });
});

const essays = { name: 'Essays', slug: 'essays', description: 'Long ones.' };
const names = async () => (await listSections()).map(({ name }) => name);
const logged = async () => db().select().from(auditEntries).orderBy(asc(auditEntries.at));

/** The form of an article that says nothing but its section. */
const inSection = (slug: string, sectionId: string | null) => ({
  title: 'Tide',
  slug,
  kind: 'article' as const,
  kicker: '',
  standfirst: '',
  access: 'free' as const,
  sectionId,
  pictureId: null,
  body: aBody('Text.'),
  bylines: [],
  topics: [],
});

describe('a new section', () => {
  test('comes last, on record, and its page and every page’s frame are made anew', async () => {
    await aSection({ name: 'Reportage', position: 3 });
    const made = await createSection(publisher, essays);
    const id = made.ok ? made.value.id : '';
    expect(made).toEqual({ ok: true, value: { id } });
    expect(await expiredTags()).toEqual(['publication', 'section:essays']);
    expect(await names()).toEqual(['Reportage', 'Essays']);
    expect(await findSection('essays')).toMatchObject(essays);
    expect(await logged()).toMatchObject([
      { action: 'section.create', subjectId: id, actorId: publisher.userId },
    ]);
  });

  test('can’t take another one’s address, not even in the same instant', async () => {
    const both = await Promise.all([1, 2].map(() => createSection(publisher, essays)));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      reason: 'taken',
      fields: { slug: expect.any(String) },
    });
    expect(await names()).toEqual(['Essays']);
    expect(await logged()).toHaveLength(1);
  });
});

describe('a section', () => {
  test('keeps its address whatever is saved', async () => {
    const { id } = await aSection(essays);
    const input = { ...essays, slug: 'elsewhere', description: 'Longer ones.' };
    const parsed = parseInput(sectionInput, input);
    if (!parsed.ok) throw new Error(parsed.message);
    expect(await saveSection(publisher, id, parsed.value)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['publication', 'section:essays']);
    expect(await findSection('essays')).toMatchObject({ description: 'Longer ones.' });
    expect(await findSection('elsewhere')).toBeNull();
  });

  test('that is renamed is renamed on every page and card', async () => {
    const { id } = await aSection(essays);
    const renamed = { name: 'Long reads', description: '' };
    expect(await saveSection(publisher, id, renamed)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['everything']);
    expect(await names()).toEqual(['Long reads']);
    expect(await logged()).toMatchObject([
      { action: 'section.save', detail: { name: { from: 'Essays', to: 'Long reads' } } },
    ]);
  });

  test('moves one place, also among sections that share a position, and not past the ends', async () => {
    const ids = new Map<string, string>();
    for (const name of ['A', 'B', 'C']) ids.set(name, (await aSection({ name })).id);
    const move = (name: string, direction: 'up' | 'down') =>
      moveSection(publisher, ids.get(name) ?? '', direction);
    expect(await move('C', 'up')).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['publication']);
    expect(await names()).toEqual(['A', 'C', 'B']);
    await move('A', 'down');
    expect(await names()).toEqual(['C', 'A', 'B']);
    expect(await expiredTags()).toEqual(['publication']);
    expect(await move('C', 'up')).toMatchObject({ ok: true });
    expect(await move('B', 'down')).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual([]);
    expect(await names()).toEqual(['C', 'A', 'B']);
    expect((await logged()).map(({ action }) => action)).toEqual(['section.move', 'section.move']);
    await Promise.all([move('A', 'up'), move('B', 'up'), move('C', 'down'), move('B', 'up')]);
    expect((await names()).sort()).toEqual(['A', 'B', 'C']);
  });

  test('that nothing uses is removed, on record', async () => {
    const { id } = await aSection(essays);
    expect(await findDeskSection(publisher, id)).toMatchObject({ articleCount: 0 });
    expect(await removeSection(publisher, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['publication', 'section:essays']);
    expect(await names()).toEqual([]);
    expect(await logged()).toMatchObject([
      { action: 'section.remove', detail: { slug: 'essays' } },
    ]);
    expect(await removeSection(publisher, id)).toMatchObject({ reason: 'not_found' });
  });

  test('stays while an article stands in it or an earlier version of one does', async () => {
    const { id } = await aSection(essays);
    const article = await anArticle({ sectionId: id });
    expect(await removeSection(publisher, id)).toMatchObject({ reason: 'used' });
    await saveArticle(publisher, article.id, 1, inSection(article.slug, null));
    expect(await removeSection(publisher, id)).toMatchObject({ reason: 'used' });
    expect(await findDeskSection(publisher, id)).toMatchObject({ articleCount: 1 });
    expect(await names()).toEqual(['Essays']);
  });

  test('that was removed while an article’s form was open is named there; the text is not lost to an error', async () => {
    const { id } = await aSection(essays);
    const article = await anArticle({ publishedAt: null });
    await removeSection(publisher, id);
    expect(await saveArticle(publisher, article.id, 1, inSection(article.slug, id))).toMatchObject({
      reason: 'removed',
      fields: { sectionId: expect.any(String) },
    });
  });

  test('is removed or used, never both, when the two happen in the same instant', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await aSection();
      const article = await anArticle({ publishedAt: null });
      const [removed, saved] = await Promise.all([
        removeSection(publisher, id),
        saveArticle(publisher, article.id, 1, inSection(article.slug, id)),
      ]);
      expect([removed.ok, saved.ok].sort()).toEqual([false, true]);
    }
  });

  test('is made, changed, moved, seen in the office and removed by a publisher and above alone', async () => {
    const { id } = await aSection(essays);
    const others = [anonymous, await aPerson()];
    for (const staffRole of ['writer', 'editor'] as const) {
      others.push(await aPerson({ staffRole }));
    }
    for (const actor of others) {
      for (const refused of [
        await createSection(actor, { ...essays, slug: 'mine' }),
        await saveSection(actor, id, { name: 'Mine', description: '' }),
        await moveSection(actor, id, 'up'),
        await removeSection(actor, id),
      ]) {
        expect(refused).toMatchObject({ ok: false, reason: 'forbidden' });
      }
      expect(await findDeskSection(actor, id)).toBeNull();
    }
    expect(await names()).toEqual(['Essays']);
    expect(await logged()).toEqual([]);
  });

  test('that is not there is not found, whatever its id looks like', async () => {
    for (const id of [newId(), 'x', '']) {
      for (const refused of [
        await saveSection(publisher, id, { name: 'A', description: '' }),
        await moveSection(publisher, id, 'up'),
        await removeSection(publisher, id),
      ]) {
        expect(refused).toMatchObject({ reason: 'not_found' });
      }
      expect(await findDeskSection(publisher, id)).toBeNull();
    }
  });
});
