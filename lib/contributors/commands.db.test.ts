import { asc } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { aContributor, anArticle, anArticleForm } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { newId } from '#lib/ids.ts';
import { parseInput } from '#lib/input.ts';
import { createIssue } from '#lib/issues/commands.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { createContributor, removeContributor, saveContributor } from './commands.ts';
import { contributorInput } from './input.ts';
import {
  findContributor,
  findDeskContributor,
  listContributors,
  listDeskContributors,
} from './queries.ts';

useDatabase();
let editor: Person;
beforeEach(async () => {
  editor = await aPerson({ staffRole: 'editor' });
});

const sent = {
  name: 'Ada Quill',
  biography: 'Writes about rivers.',
  city: 'Bergen',
  website: 'https://quill.example/',
  portraitId: '',
  userId: '',
  slug: 'ada-quill',
};
const ada = { ...sent, portraitId: null, userId: null };
const names = async () => (await listContributors()).map(({ name }) => name);
const logged = async () => db().select().from(auditEntries).orderBy(asc(auditEntries.at));

async function aPortrait(): Promise<string> {
  const id = newId();
  const file = { storageKey: id, filename: 'ada.png', type: 'image/png' as const, hash: id };
  await db()
    .insert(mediaAssets)
    .values({ ...file, id, bytes: 1, width: 640, height: 640, alt: 'A face' });
  return id;
}

const by = (slug: string, ids: string[]) =>
  anArticleForm({
    slug,
    bylines: ids.map((contributorId) => ({ contributorId, role: 'author' })),
  });

describe('a new contributor', () => {
  test('is kept as sent, on record, with a page of their own', async () => {
    const portraitId = await aPortrait();
    const made = await createContributor(editor, { ...ada, portraitId });
    const id = made.ok ? made.value.id : '';
    expect(made).toEqual({ ok: true, value: { id } });
    expect(await expiredTags()).toEqual(['contributor:ada-quill']);
    const { portraitId: _, userId: __, ...shown } = ada;
    expect(await findContributor('ada-quill')).toEqual({
      id,
      ...shown,
      portrait: expect.objectContaining({ id: portraitId }),
    });
    expect(await logged()).toMatchObject([
      { action: 'contributor.create', subjectId: id, actorId: editor.userId },
    ]);
  });

  test('can’t take another one’s address, not even in the same instant', async () => {
    const both = await Promise.all([1, 2].map(() => createContributor(editor, ada)));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      reason: 'taken',
      fields: { slug: expect.any(String) },
    });
    expect(await names()).toEqual(['Ada Quill']);
  });
});

describe('a contributor', () => {
  test('is shown as saved; their page and their articles’ pages follow', async () => {
    const { id } = await aContributor({ name: 'Ada Quill' });
    const parsed = parseInput(contributorInput, { ...sent, city: '' });
    if (!parsed.ok) throw new Error(parsed.message);
    expect(await saveContributor(editor, id, parsed.value)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['contributor:ada-quill']);
    expect(await findContributor('ada-quill')).toMatchObject({
      biography: 'Writes about rivers.',
      city: null,
    });
  });

  test('has the account of a member of staff, which the office alone sees', async () => {
    const { userId } = await aPerson({ staffRole: 'writer' });
    const { id } = await aContributor({ name: 'Ada Quill' });
    expect(await saveContributor(editor, id, { ...ada, userId })).toMatchObject({ ok: true });
    expect(await findDeskContributor(editor, id)).toMatchObject({ userId });
    expect(JSON.stringify(await findContributor('ada-quill'))).not.toContain(userId);
    expect(await saveContributor(editor, id, { ...ada, userId: newId() })).toMatchObject({
      reason: 'invalid',
      fields: { userId: expect.any(String) },
    });
  });

  test('who is renamed is renamed on every card', async () => {
    const { id } = await aContributor({ name: 'Ada Quil', slug: 'ada-quill' });
    expect(await saveContributor(editor, id, ada)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['everything']);
    expect(await names()).toEqual(['Ada Quill']);
    expect(await logged()).toMatchObject([
      { action: 'contributor.save', detail: { name: { from: 'Ada Quil', to: 'Ada Quill' } } },
    ]);
  });

  test('gets a portrait and loses it; one that is not there is refused and nothing is saved', async () => {
    const portraitId = await aPortrait();
    const { id } = await aContributor({ name: 'Ada Quill' });
    const portrait = async () => (await findContributor('ada-quill'))?.portrait?.id;
    await saveContributor(editor, id, { ...ada, portraitId });
    expect(await portrait()).toBe(portraitId);
    const refused = { reason: 'invalid', fields: { portraitId: expect.any(String) } };
    const unknown = { ...ada, name: 'Another', portraitId: newId() };
    expect(await saveContributor(editor, id, unknown)).toMatchObject(refused);
    expect(await createContributor(editor, { ...unknown, slug: 'b' })).toMatchObject(refused);
    expect([await portrait(), await names()]).toEqual([portraitId, ['Ada Quill']]);
    await saveContributor(editor, id, ada);
    expect(await portrait()).toBeUndefined();
  });

  test('whom nothing names is removed, on record', async () => {
    const { id } = await aContributor({ name: 'Ada Quill' });
    expect(await removeContributor(editor, id)).toMatchObject({ ok: true });
    expect(await expiredTags()).toEqual(['contributor:ada-quill']);
    expect(await names()).toEqual([]);
    expect(await logged()).toMatchObject([
      { action: 'contributor.remove', detail: { slug: 'ada-quill' } },
    ]);
    expect(await removeContributor(editor, id)).toMatchObject({ reason: 'not_found' });
  });

  test('stays with a byline, with one of an earlier version and with a cover', async () => {
    const { id } = await aContributor();
    const article = await anArticle({ bylines: [{ contributorId: id, role: 'author' }] });
    expect(await removeContributor(editor, id)).toMatchObject({ reason: 'used' });
    await saveArticle(editor, article.id, 1, by(article.slug, []));
    expect(await removeContributor(editor, id)).toMatchObject({ reason: 'used' });
    const artist = await aContributor();
    await anIssue({ coverArtistId: artist.id });
    expect(await removeContributor(editor, artist.id)).toMatchObject({ reason: 'used' });
    expect(await names()).toHaveLength(2);
    const uses = [id, artist.id].map((one) => findDeskContributor(editor, one));
    expect(await Promise.all(uses)).toMatchObject([
      { articleCount: 1, coverCount: 0 },
      { articleCount: 0, coverCount: 1 },
    ]);
  });

  test('who was removed while a form was open is named there; the text is not lost to an error', async () => {
    const { id } = await aContributor();
    const { id: present } = await aContributor();
    const article = await anArticle({ publishedAt: null });
    await removeContributor(editor, id);
    const saved = await saveArticle(editor, article.id, 1, by(article.slug, [present, id]));
    expect(saved).toMatchObject({ ok: true, value: { refused: { bylines: expect.any(String) } } });
    const head = { title: 'One', slug: 'one', number: 1, volume: null, periodLabel: 'Autumn' };
    const rest = { onSaleAt: new Date(), description: '', pageCount: null, coverId: null };
    expect(await createIssue(editor, { ...head, ...rest, coverArtistId: id })).toMatchObject({
      reason: 'removed',
      fields: { coverArtistId: expect.any(String) },
    });
  });

  test('is removed or named, never both, when the two happen in the same instant', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await aContributor();
      const article = await anArticle({ publishedAt: null });
      const [removed, saved] = await Promise.all([
        removeContributor(editor, id),
        saveArticle(editor, article.id, 1, by(article.slug, [id])),
      ]);
      const named = saved.ok && !saved.value.refused.bylines;
      expect([removed.ok, named].sort()).toEqual([false, true]);
    }
  });

  test('is added, changed, listed in the office and removed by an editor and above alone', async () => {
    const { id } = await aContributor({ name: 'Ada Quill' });
    for (const actor of [anonymous, await aPerson(), await aPerson({ staffRole: 'writer' })]) {
      for (const refused of [
        await createContributor(actor, { ...ada, slug: 'mine' }),
        await saveContributor(actor, id, { ...ada, name: 'Mine' }),
        await removeContributor(actor, id),
      ]) {
        expect(refused).toMatchObject({ ok: false, reason: 'forbidden' });
      }
      expect(await findDeskContributor(actor, id)).toBeNull();
      expect((await listDeskContributors(actor, { search: '', page: 1 })).total).toBe(0);
    }
    expect(await names()).toEqual(['Ada Quill']);
    expect(await logged()).toEqual([]);
  });

  test('who is not there is not found, whatever the id looks like', async () => {
    for (const id of [newId(), 'x', '']) {
      expect(await saveContributor(editor, id, ada)).toMatchObject({ reason: 'not_found' });
      expect(await removeContributor(editor, id)).toMatchObject({ reason: 'not_found' });
      expect(await findDeskContributor(editor, id)).toBeNull();
    }
  });
});

test('the office finds contributors by a part of the name, page by page, and no character is a wildcard', async () => {
  for (const name of ['Bo_Body', 'Ann 100%', 'Annika']) await aContributor({ name });
  const found = async (search: string, page = 1) =>
    (await listDeskContributors(editor, { search, page })).contributors.map(({ name }) => name);
  expect(await found(' ann ')).toEqual(['Ann 100%', 'Annika']);
  expect(await found('%')).toEqual(['Ann 100%']);
  expect(await found('_')).toEqual(['Bo_Body']);
  expect(await found('\\')).toEqual([]);
  expect(await found('\0')).toHaveLength(3);
  expect(await found('', 2)).toEqual([]);
  for (let count = 0; count < 50; count += 1) await aContributor({ name: `Crowd ${count}` });
  expect(await listDeskContributors(editor, { search: '', page: 2 })).toMatchObject({
    total: 53,
    pages: 2,
  });
  expect(await found('', 2)).toHaveLength(3);
});
