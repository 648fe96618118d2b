import { setTimeout as wait } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { contributors } from '#db/schema/contributors.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { publication } from '#db/schema/publication.ts';
import { useDatabase } from '#db/testing.ts';
import { createArticle, saveArticle } from '#lib/articles/commands.ts';
import type { ArticleInput } from '#lib/articles/input.ts';
import { createContributor } from '#lib/contributors/commands.ts';
import { newId } from '#lib/ids.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { removePicture } from './changes.ts';
import { aPicture, rowOf, useLibrary } from './library.fixture.ts';
import { findDeskPicture, listPictures } from './library.ts';
import { listUses } from './usage.ts';

useDatabase();
await useLibrary();

const anEditor = () => aPerson({ staffRole: 'editor' });
const altsOf = async (filters: Partial<Parameters<typeof listPictures>[1]>) =>
  (await listPictures(await anEditor(), { page: 1, ...filters })).pictures.map(({ alt }) => alt);

describe('the library', () => {
  test('is staff’s alone', async () => {
    const id = await aPicture();
    for (const actor of [anonymous, await aPerson()]) {
      expect(await listPictures(actor, { page: 1 })).toEqual({ pictures: [], total: 0, pages: 0 });
      expect(await findDeskPicture(actor, id)).toBeNull();
      expect(await listUses(actor, id)).toEqual({ uses: [], hidden: 0 });
    }
    for (const unknown of [newId(), 'x', '']) {
      expect(await findDeskPicture(await anEditor(), unknown)).toBeNull();
      expect(await listUses(await anEditor(), unknown)).toEqual({ uses: [], hidden: 0 });
    }
  });

  test('finds by every part of name, description, caption and credit, all words, and takes no sign for a joker', async () => {
    await aPicture(undefined, { alt: 'A ferry at dusk', caption: 'In port', credit: 'Ann Ö' });
    await aPicture(undefined, { alt: 'A lamp, 100%_lit', credit: '' });
    expect(await altsOf({ search: 'FERR' })).toEqual(['A ferry at dusk']);
    expect(await altsOf({ search: ' port  ann ' })).toEqual(['A ferry at dusk']);
    expect(await altsOf({ search: 'ö' })).toEqual(['A ferry at dusk']);
    expect(await altsOf({ search: '400.png' })).toHaveLength(2);
    expect(await altsOf({ search: '%_' })).toEqual(['A lamp, 100%_lit']);
    for (const search of ['ferry lamp', '\\', "'; drop table media_assets"]) {
      expect(await altsOf({ search })).toEqual([]);
    }
  });

  test('searches by the index that there is for it', async () => {
    const actor = await anEditor();
    await aPicture();
    const plan = await db().transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`);
      return tx.execute<{ 'QUERY PLAN': string }>(
        sql`explain select id from ${mediaAssets} where (filename || ' ' || alt || ' ' || caption || ' ' || credit) ilike '%boat%'`,
      );
    });
    expect(JSON.stringify(plan.rows)).toContain('media_assets_words_trgm_idx');
    expect((await listPictures(actor, { page: 1, search: 'boat' })).total).toBe(1);
  });

  test('narrows to what nothing shows, what names nobody, and one kind', async () => {
    const used = await aPicture(undefined, { alt: 'Used', credit: '' });
    await anArticle({ pictureId: used, publishedAt: null });
    await aPicture(undefined, { alt: 'Unused' });
    expect(await altsOf({ unused: true })).toEqual(['Unused']);
    expect(await altsOf({ withoutCredit: true })).toEqual(['Used']);
    expect(await altsOf({ unused: true, withoutCredit: true })).toEqual([]);
    expect(await altsOf({ type: 'image/png' })).toHaveLength(2);
    expect(await altsOf({ type: 'image/avif' })).toEqual([]);
  });

  test('shows the newest first, 48 on a page, each on one page', async () => {
    const id = await aPicture();
    const row = await rowOf(id);
    if (!row) throw new Error('No row');
    const at = (index: number) => new Date(Date.UTC(2020, 0, 1, 0, 0, index - (index % 2)));
    await db()
      .insert(mediaAssets)
      .values(
        Array.from({ length: 60 }, (_, index) => ({
          ...row,
          id: newId(),
          storageKey: `x${index}`,
          createdAt: at(index),
        })),
      );
    const editor = await anEditor();
    const pages = await Promise.all([1, 2, 3, -1].map((page) => listPictures(editor, { page })));
    expect(pages.map(({ pictures }) => pictures.length)).toEqual([48, 13, 0, 48]);
    expect(pages[0]).toMatchObject({ total: 61, pages: 2 });
    expect(pages[0]?.pictures[0]?.id).toBe(id);
    expect(await listPictures(editor, { page: 1, search: 'boat' })).toMatchObject({ total: 61 });
    const seen = pages.slice(0, 2).flatMap(({ pictures }) => pictures.map((one) => one.id));
    expect(new Set(seen).size).toBe(61);
  });
});

describe('where a picture is used', () => {
  test('names texts, covers, portraits and the logo, the public ones first, with the way there', async () => {
    const id = await aPicture();
    const draft = await anArticle({ title: 'A draft', pictureId: id, publishedAt: null });
    const body = {
      ...aBody('Words.'),
      content: [{ type: 'gallery' as const, attrs: { mediaIds: [id], caption: '' } }],
    };
    const shown = await anArticle({ title: 'A text', body });
    const issue = await anIssue({ title: 'An issue', coverId: id, publishedAt: null });
    await db().insert(contributors).values({ slug: 'ann', name: 'Ann', portraitId: id });
    await aPublication({ logoId: id });
    const admin = await aPerson({ staffRole: 'admin' });
    const { uses, hidden } = await listUses(admin, id);
    expect(hidden).toBe(0);
    expect(
      uses
        .slice(0, 3)
        .map(({ name, isPublic }) => [name, isPublic])
        .toSorted(),
    ).toEqual([
      ['A text', true],
      ['Ann', true],
      ['The Review', true],
    ]);
    expect(uses.find(({ name }) => name === 'A text')).toMatchObject({
      note: 'Article, on the site',
      href: `/dashboard/articles/${shown.id}`,
    });
    expect(uses.slice(3)).toMatchObject([
      {
        name: 'An issue',
        note: 'Cover of an issue, in work',
        href: `/dashboard/issues/${issue.id}`,
      },
      { name: 'A draft', note: 'Article, in the draft', href: `/dashboard/articles/${draft.id}` },
    ]);
    const writer = await aPerson({ staffRole: 'writer' });
    const told = await listUses(writer, id);
    expect(told.hidden).toBe(1);
    expect(told.uses.map(({ name, href }) => [name, href])).not.toContainEqual(['A draft', null]);
    for (const { href } of told.uses) expect(href).toBeNull();
    await db().update(publication).set({ logoId: null });
  });

  test('tells a writer of a published text by its public title, and nothing of the draft under it', async () => {
    const id = await aPicture();
    const text = await anArticle({ title: 'As it is public', pictureId: id });
    await db().execute(sql`
      with copy as (insert into article_revisions
        (id, article_id, number, title, body, teaser, saved_at)
        select gen_random_uuid(), article_id, 2, 'A secret title', body, teaser, now()
        from article_revisions where id = ${text.revisionId} returning id)
      update articles set draft_revision_id = copy.id from copy where articles.id = ${text.id}`);
    const { uses } = await listUses(await aPerson({ staffRole: 'writer' }), id);
    expect(uses).toMatchObject([{ name: 'As it is public', href: null }]);
    const { uses: all } = await listUses(await anEditor(), id);
    expect(all).toMatchObject([
      { name: 'A secret title', note: 'Article, on the site, not in the draft any more' },
    ]);
  });
});

describe('a picture that is removed while somebody places it', () => {
  const input = (pictureId: string | null, body = aBody('Words.')): ArticleInput =>
    ({
      ...{ title: 'A text', slug: 'a-text', kind: 'article', kicker: '', standfirst: '' },
      ...{ access: 'free', sectionId: null, pictureId, body, bylines: [], topics: [] },
    }) as unknown as ArticleInput;
  const begun = async (editor: Person) => {
    const article = await createArticle(editor, { title: 'A text', kind: 'article' });
    if (!article.ok) throw new Error(article.message);
    return article.value.id;
  };

  test('is refused where it is gone, or stays where it stands: one of the two, and nothing breaks', async () => {
    const editor = await anEditor();
    const article = await begun(editor);
    for (let version = 1, round = 0; round < 6; round += 1) {
      const id = await aPicture();
      // The one or the other is first.
      const [placed, removed] = await Promise.all([
        wait(round % 2 ? 3 : 0).then(() => saveArticle(editor, article, version, input(id))),
        wait(round % 2 ? 0 : 3).then(() => removePicture(editor, id)),
      ]);
      if (!placed.ok) throw new Error(placed.message);
      version = placed.value.version;
      const refused = placed.value.refused['pictureId'] !== undefined;
      expect(refused).toBe(removed.ok);
      if (!removed.ok) expect(removed.reason).toBe('used');
      expect((await rowOf(id)) === undefined).toBe(removed.ok);
    }
  });

  test('keeps no words from being saved where it stood among them', async () => {
    const editor = await anEditor();
    const article = await begun(editor);
    const picture = {
      mediaId: newId(),
      alt: '',
      caption: '',
      credit: '',
      licence: '',
      width: 'text' as const,
    };
    const body = { ...aBody('Words.'), content: [{ type: 'picture' as const, attrs: picture }] };
    expect(await saveArticle(editor, article, 1, input(null, body))).toMatchObject({ ok: true });
    const [row] = await db().select().from(articles).where(eq(articles.id, article));
    expect(row).toBeDefined();
  });

  test('is no portrait and no failure, either', async () => {
    const admin = await aPerson({ staffRole: 'admin' });
    for (let round = 0; round < 4; round += 1) {
      const id = await aPicture();
      const person = {
        ...{ name: 'Ann', slug: `ann-${round}`, biography: '', city: '', website: null },
        portraitId: id,
      } as unknown as Parameters<typeof createContributor>[1];
      const [made, removed] = await Promise.all([
        createContributor(admin, person),
        removePicture(admin, id),
      ]);
      expect(made.ok).not.toBe(removed.ok);
    }
  });
});
