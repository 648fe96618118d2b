import { asc } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { anArticle, anArticleForm, aSection } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { revisions } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { newId } from '#lib/ids.ts';
import { findLeads } from '#lib/redirects/queries.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { createSection, orderSections, removeSection, saveSection } from './commands.ts';
import { findDeskSection, findSection, listSections } from './queries.ts';

useDatabase();
let publisher: Person;
beforeEach(async () => {
  publisher = await aPerson({ staffRole: 'publisher' });
});

const essays = { name: 'Essays', slug: 'essays', description: 'Long ones.' };
const names = async () => (await listSections()).map(({ name }) => name);
const logged = async () => db().select().from(auditEntries).orderBy(asc(auditEntries.at));

const inSection = (slug: string, sectionId: string | null) => anArticleForm({ slug, sectionId });

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
  test('is described as saved, and its page and every page’s frame are made anew', async () => {
    const { id } = await aSection(essays);
    const input = { ...essays, description: 'Longer ones.' };
    expect(await saveSection(publisher, id, input)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['publication', 'section:essays']);
    expect(await findSection('essays')).toMatchObject({ description: 'Longer ones.' });
  });

  test('that moves to another address leaves a redirect at the former one, and takes one from where it goes', async () => {
    const { id } = await aSection(essays);
    await saveSection(publisher, id, { ...essays, slug: 'long-reads' });
    expect(await expiredTags()).toEqual(['everything', 'redirects']);
    const leads = async () =>
      (await findLeads(['/sections/essays', '/sections/long-reads'])).map((lead) => lead.location);
    expect(await leads()).toEqual(['/sections/long-reads', null]);
    await createSection(publisher, { ...essays, name: 'New essays' });
    expect(await leads()).toEqual([null, null]);
    expect(await saveSection(publisher, id, { ...essays, slug: 'essays' })).toMatchObject({
      reason: 'taken',
      fields: { slug: expect.any(String) },
    });
  });

  test('that is renamed is renamed on every page and card', async () => {
    const { id } = await aSection(essays);
    const renamed = { ...essays, name: 'Long reads' };
    expect(await saveSection(publisher, id, renamed)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['everything']);
    expect(await names()).toEqual(['Long reads']);
    expect(await logged()).toMatchObject([
      { action: 'section.save', detail: { name: { from: 'Essays', to: 'Long reads' } } },
    ]);
  });

  test('is put into another place, also among sections that share a position', async () => {
    const ids: string[] = [];
    for (const name of ['A', 'B', 'C']) ids.push((await aSection({ name })).id);
    const [a = '', b = '', c = ''] = ids;
    expect(await orderSections(publisher, { from: [a, b, c], to: [c, a, b] })).toMatchObject({
      ok: true,
    });
    expect(await expiredTags()).toEqual(['publication']);
    expect(await names()).toEqual(['C', 'A', 'B']);
    expect(await logged()).toMatchObject([
      { action: 'section.order', detail: { from: ['A', 'B', 'C'], to: ['C', 'A', 'B'] } },
    ]);
    expect(await orderSections(publisher, { from: [c, a, b], to: [c, a, b] })).toMatchObject({
      ok: true,
    });
    expect(await expiredTags()).toEqual([]);
  });

  test('goes with its articles to another section in one act, whose page its address leads to', async () => {
    const { id } = await aSection(essays);
    const heir = await aSection({ name: 'Reportage' });
    const article = await anArticle({ sectionId: id });
    await saveArticle(publisher, article.id, 1, inSection(article.slug, id));
    expect(await removeSection(publisher, id, id)).toMatchObject({ reason: 'invalid' });
    expect(await removeSection(publisher, id, newId())).toMatchObject({ reason: 'invalid' });
    await expiredTags();
    expect(await removeSection(publisher, id, heir.id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['everything', 'redirects']);
    expect(await names()).toEqual(['Reportage']);
    expect(await findDeskSection(publisher, heir.id)).toMatchObject({ articleCount: 1 });
    const sections = await db().select({ id: revisions.sectionId }).from(revisions);
    expect(sections).toEqual([{ id: heir.id }, { id: heir.id }]);
    expect(await findLeads(['/sections/essays'])).toMatchObject([
      { location: '/sections/reportage' },
    ]);
    expect((await logged()).at(-1)).toMatchObject({
      action: 'section.remove',
      detail: { slug: 'essays', movedTo: 'Reportage', articles: 1 },
    });
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
      ok: true,
      value: { refused: { sectionId: expect.any(String) } },
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
      const used = saved.ok && !saved.value.refused.sectionId;
      expect([removed.ok, used].sort()).toEqual([false, true]);
    }
  });

  test('is made, changed, ordered, seen in the office and removed by a publisher and above alone', async () => {
    const { id } = await aSection(essays);
    const others = [anonymous, await aPerson()];
    for (const staffRole of ['writer', 'editor'] as const) {
      others.push(await aPerson({ staffRole }));
    }
    for (const actor of others) {
      for (const refused of [
        await createSection(actor, { ...essays, slug: 'mine' }),
        await saveSection(actor, id, { ...essays, name: 'Mine' }),
        await orderSections(actor, { from: [id], to: [id] }),
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
        await saveSection(publisher, id, { ...essays, name: 'A' }),
        await removeSection(publisher, id),
      ]) {
        expect(refused).toMatchObject({ reason: 'not_found' });
      }
      expect(await findDeskSection(publisher, id)).toBeNull();
    }
  });
});
