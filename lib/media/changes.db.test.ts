import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { anIssue } from '#db/builders/issues.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { contributors } from '#db/schema/contributors.ts';
import { expiredTags, useDatabase } from '#db/testing.ts';
import { newId } from '#lib/ids.ts';
import { type Actor, anonymous, type Person, staffRoles } from '#lib/users/rules.ts';
import { describePicture, removePicture, replacePicture } from './changes.ts';
import { aPicture, audited, file, rowOf, tidyJobs, useLibrary, words } from './library.fixture.ts';
import { pictureInWidth } from './sizes.ts';
import { tidyPicture } from './tidy.ts';

useDatabase();
const folder = await useLibrary();

const onSite = (id: string) => anArticle({ pictureId: id, title: 'On the site' });

describe('who may change a picture', () => {
  const next = { ...words, credit: 'Bea', focalX: 0.5, focalY: 0.5 };
  const tries = {
    describe: (actor: Actor, id: string) => describePicture(actor, id, next, words),
    replace: async (actor: Actor, id: string) => replacePicture(actor, id, 1, await file(80)),
    remove: (actor: Actor, id: string) => removePicture(actor, id),
  };

  test.each(Object.entries(tries))(
    '%s: an editor and above any, strangers and readers none',
    async (_, attempt) => {
      for (const staffRole of staffRoles) {
        const id = await aPicture();
        const result = await attempt(await aPerson({ staffRole }), id);
        expect([staffRole, result.ok]).toEqual([staffRole, staffRole !== 'writer']);
      }
      const id = await aPicture();
      for (const actor of [anonymous, await aPerson()]) {
        expect(await attempt(actor, id)).toMatchObject({ reason: 'forbidden' });
      }
      const admin = await aPerson({ staffRole: 'admin' });
      for (const unknown of [newId(), 'x', '']) {
        expect(await attempt(admin, unknown)).toMatchObject({ reason: 'not_found' });
      }
    },
  );

  test.each(Object.entries(tries))(
    '%s: a writer their own, until it is on the site',
    async (_, attempt) => {
      const writer = await aPerson({ staffRole: 'writer' });
      expect((await attempt(writer, await aPicture(writer))).ok).toBe(true);
      const shown = await aPicture(writer);
      await onSite(shown);
      expect(await attempt(writer, shown)).toMatchObject({
        reason: 'forbidden',
        message: expect.stringContaining('on the site'),
      });
      expect(await rowOf(shown)).toMatchObject({ version: 1, credit: 'Ann' });
    },
  );
});

describe('a picture’s words', () => {
  let editor: Person;
  beforeEach(async () => {
    editor = await aPerson({ staffRole: 'editor' });
  });

  test('change on record, from what to what, and on every page that shows it', async () => {
    const id = await aPicture();
    const { slug } = await onSite(id);
    const next = { ...words, caption: 'In port', focalX: 0.2, focalY: 0.5 };
    expect(await describePicture(editor, id, next, words)).toMatchObject({ ok: true });
    expect(await audited('picture.describe')).toMatchObject([
      {
        actorId: editor.userId,
        subjectId: id,
        detail: { caption: { from: '', to: 'In port' }, focalX: { from: 0.5, to: 0.2 } },
      },
    ]);
    expect(await expiredTags()).toContain(`article:${slug}`);
  });

  test('that are the same leave no entry and expire nothing', async () => {
    const id = await aPicture();
    const next = { ...words, focalX: 0.5, focalY: 0.5 };
    expect(await describePicture(editor, id, next, words)).toMatchObject({ ok: true });
    expect(await audited('picture.describe')).toEqual([]);
    expect(await expiredTags()).toEqual([]);
  });

  test('of two people at once are both kept, unless they changed the same ones', async () => {
    const id = await aPicture();
    const point = { focalX: 0.5, focalY: 0.5 };
    await describePicture(editor, id, { ...words, ...point, credit: 'Bea' }, words);
    await describePicture(editor, id, { ...words, ...point, caption: 'In port' }, words);
    expect(await rowOf(id)).toMatchObject({ credit: 'Bea', caption: 'In port' });
    const other = { ...words, ...point, credit: 'Cleo', licence: 'CC0' };
    expect(await describePicture(editor, id, other, words)).toMatchObject({
      reason: 'conflict',
      fields: { credit: expect.stringContaining('Bea') },
    });
    expect(await rowOf(id)).toMatchObject({ credit: 'Bea', licence: '' });
  });
});

describe('other bytes in a picture’s place', () => {
  test('have the same id and new addresses, on every page that shows it; the former ones answer with them', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const id = await aPicture();
    const before = await rowOf(id);
    const { slug } = await onSite(id);
    const issue = await anIssue({ coverId: id });
    await db().insert(contributors).values({ slug: 'ann', name: 'Ann', portraitId: id });
    await pictureInWidth(id, 320, 'webp', 1);
    const replaced = await replacePicture(editor, id, 1, await file(700));
    expect(replaced).toMatchObject({
      value: { id, version: 2, width: 700, alt: 'A boat', url: `/media/${id}/2-640.webp` },
    });
    const after = await rowOf(id);
    expect(after?.hash).not.toBe(before?.hash);
    expect(await audited('picture.replace')).toMatchObject([
      { detail: { width: { from: 400, to: 700 }, version: { from: 1, to: 2 } } },
    ]);
    expect(await expiredTags()).toEqual(
      expect.arrayContaining([
        `article:${slug}`,
        `issue:${issue.slug}`,
        'contributor:ann',
        `picture:${id}`,
      ]),
    );
    expect(await pictureInWidth(id, 640, 'webp', 2)).toMatchObject({ stays: true });
    expect(await pictureInWidth(id, 640, 'webp', 1)).toMatchObject({ stays: false });
    expect(await pictureInWidth(id, 640, 'webp')).toMatchObject({ stays: false });
    expect(await pictureInWidth(id, 640, 'webp', 3)).toBeNull();

    const [job] = await tidyJobs();
    if (!job) throw new Error('Nothing tidies up');
    for (let round = 0; round < 2; round += 1) await tidyPicture(job);
    expect(await readdir(join(folder, 'sizes', id))).toEqual(['2-640.webp']);
    expect(await readdir(join(folder, 'pictures', id))).toHaveLength(1);
    expect(existsSync(join(folder, after?.storageKey ?? ''))).toBe(true);
  });

  test('of two people at once are those of the first; the second is told, and nothing of theirs stays', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const id = await aPicture();
    const results = await Promise.all(
      [100, 200, 300].map(async (width) => replacePicture(editor, id, 1, await file(width))),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const one of results) if (!one.ok) expect(one.reason).toBe('conflict');
    for (const job of await tidyJobs()) await tidyPicture(job);
    expect(await readdir(join(folder, 'pictures', id))).toHaveLength(1);
  });

  test('that are none, or can’t be stored, leave the picture as it was', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const id = await aPicture();
    const before = await rowOf(id);
    const none = { bytes: Buffer.from('<html>'), filename: 'x.png' };
    expect(await replacePicture(editor, id, 1, none)).toMatchObject({ reason: 'not_a_picture' });
    await rm(folder, { recursive: true });
    await writeFile(folder, '');
    expect(await replacePicture(editor, id, 1, await file())).toMatchObject({
      reason: 'storage_away',
    });
    expect(await rowOf(id)).toEqual(before);
  });
});

describe('a picture that is removed', () => {
  test('is gone with its bytes and its sizes, on record', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const id = await aPicture();
    await pictureInWidth(id, 320, 'webp', 1);
    expect(await removePicture(editor, id)).toMatchObject({ ok: true });
    expect(await rowOf(id)).toBeUndefined();
    expect(await audited('picture.remove')).toMatchObject([
      { subjectId: id, detail: { filename: '400.png', alt: 'A boat' } },
    ]);
    for (const job of await tidyJobs()) await tidyPicture(job);
    expect(await readdir(join(folder, 'pictures', id))).toEqual([]);
    expect(await readdir(join(folder, 'sizes', id))).toEqual([]);
    expect(await pictureInWidth(id, 320, 'webp', 1)).toBeNull();
    expect(await expiredTags()).toContain(`picture:${id}`);
  });

  const picture = (mediaId: string) => ({
    ...aBody('Words.'),
    content: [
      {
        type: 'picture' as const,
        attrs: { mediaId, alt: '', caption: '', credit: '', licence: '', width: 'text' as const },
      },
    ],
  });
  const places: [string, (id: string) => Promise<unknown>][] = [
    ['over a draft', (id) => anArticle({ pictureId: id, publishedAt: null })],
    ['in a published text', (id) => anArticle({ body: picture(id) })],
    ['on an issue', (id) => anIssue({ coverId: id, publishedAt: null })],
    [
      'as a portrait',
      (id) => db().insert(contributors).values({ slug: 'a', name: 'A', portraitId: id }),
    ],
  ];
  test.each(places)('is refused while it stands %s', async (_, place) => {
    const id = await aPicture();
    await place(id);
    expect(await removePicture(await aPerson({ staffRole: 'admin' }), id)).toMatchObject({
      reason: 'used',
    });
    expect(await rowOf(id)).toBeDefined();
    expect(await tidyJobs()).toEqual([]);
  });
});
