import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { useDatabase } from '#db/testing.ts';
import { setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { anonymous, type Person } from '#lib/users/rules.ts';
import { aPicture, audited, file, rowOf, useLibrary, words } from './library.fixture.ts';
import { discardStaged, stagePicture, takeInStaged } from './staging.ts';
import { askForPlaceholders, makePlaceholders, sweepStaged } from './tidy.ts';

useDatabase();
const folder = await useLibrary();
afterEach(() => setClock(null));

const hoursLater = (count: number) => {
  const later = new Date(Date.now() + count * 60 * 60 * 1_000);
  setClock(() => later);
};
const filesIn = (name: string) => readdir(join(folder, name)).catch(() => []);
const aWriter = () => aPerson({ staffRole: 'writer' });

async function sent(by: Person) {
  const staged = await stagePicture(by, await file());
  if (!staged.ok) throw new Error(staged.message);
  return staged.value;
}

describe('a file that was sent', () => {
  test('waits for its words, and is no picture of the library until it has them', async () => {
    const writer = await aWriter();
    const staged = await sent(writer);
    expect(staged).toMatchObject({
      filename: '400.png',
      type: 'image/png',
      width: 400,
      height: 200,
      known: null,
    });
    expect(await db().$count(mediaAssets)).toBe(0);
    for (const alt of ['', '  ']) {
      expect(await takeInStaged(writer, staged.id, { alt })).toMatchObject({
        reason: 'invalid',
        fields: { alt: expect.any(String) },
      });
    }
    const taken = await takeInStaged(writer, staged.id, { alt: ' A boat ', credit: 'Ann' });
    expect(taken).toMatchObject({
      value: { id: staged.id, alt: 'A boat', credit: 'Ann', version: 1 },
    });
    expect(await rowOf(staged.id)).toMatchObject({ createdBy: writer.userId, filename: '400.png' });
    expect(await filesIn('staged')).toEqual([]);
    expect(await filesIn(join('pictures', staged.id))).toHaveLength(1);
    expect(await audited('picture.upload')).toHaveLength(1);
  });

  test('is taken in once, however often and fast that is asked for', async () => {
    const writer = await aWriter();
    const { id } = await sent(writer);
    const taken = await Promise.all([1, 2, 3, 4].map(() => takeInStaged(writer, id, words)));
    for (const one of [...taken, await takeInStaged(writer, id, words)]) {
      expect(one).toMatchObject({ ok: true, value: { id } });
    }
    expect(await audited('picture.upload')).toHaveLength(1);
    const { storageKey = '' } = (await rowOf(id)) ?? {};
    expect(await filesIn(dirname(storageKey))).toHaveLength(1);
    expect(join(folder, storageKey)).toContain(String((await filesIn(dirname(storageKey)))[0]));
  });

  test('is that person’s alone', async () => {
    const writer = await aWriter();
    const { id } = await sent(writer);
    const admin = await aPerson({ staffRole: 'admin' });
    expect(await takeInStaged(admin, id, words)).toMatchObject({ reason: 'not_found' });
    await discardStaged(admin, id);
    for (const actor of [anonymous, await aPerson()]) {
      expect(await stagePicture(actor, await file())).toMatchObject({ reason: 'forbidden' });
      expect(await takeInStaged(actor, id, words)).toMatchObject({ reason: 'forbidden' });
      expect(await discardStaged(actor, id)).toMatchObject({ reason: 'forbidden' });
    }
    expect(await filesIn('staged')).toHaveLength(2);
    await takeInStaged(writer, id, words);
    expect(await takeInStaged(admin, id, words)).toMatchObject({ reason: 'not_found' });
    for (const unknown of [newId(), '../pictures', '']) {
      expect(await takeInStaged(writer, unknown, words)).toMatchObject({ reason: 'not_found' });
    }
  });

  test('that isn’t wanted is gone at once', async () => {
    const writer = await aWriter();
    const { id } = await sent(writer);
    expect(await discardStaged(writer, id)).toMatchObject({ ok: true });
    expect(await discardStaged(writer, id)).toMatchObject({ ok: true });
    expect(await filesIn('staged')).toEqual([]);
    expect(await takeInStaged(writer, id, words)).toMatchObject({ reason: 'not_found' });
  });

  test('that nobody came back for is swept after a day, with what a taking-in left that broke off', async () => {
    const writer = await aWriter();
    const { id } = await sent(writer);
    const kept = await sent(writer);
    await takeInStaged(writer, kept.id, words);
    // As a process leaves it that ends between the bytes and the row.
    const left = join(folder, 'pictures', id);
    await mkdir(left, { recursive: true });
    await writeFile(join(left, newId()), 'bytes');
    hoursLater(22.5);
    await sweepStaged();
    expect(await filesIn('staged')).toHaveLength(2);
    hoursLater(25);
    expect(await takeInStaged(writer, id, words)).toMatchObject({ reason: 'not_found' });
    await sweepStaged();
    expect(await filesIn('staged')).toEqual([]);
    expect(await filesIn(join('pictures', id))).toEqual([]);
    expect(await filesIn(join('pictures', kept.id))).toHaveLength(1);
  });

  test('that can’t be kept is refused in words, and half of it is nowhere', async () => {
    const writer = await aWriter();
    await rm(dirname(folder), { recursive: true, force: true });
    await writeFile(dirname(folder), '');
    expect(await stagePicture(writer, await file())).toMatchObject({ reason: 'storage_away' });
  });

  test('that the library has already is known by its bytes, whatever it is called, and may be added anyway', async () => {
    const first = await aPicture();
    const writer = await aWriter();
    const again = await stagePicture(writer, { ...(await file()), filename: 'copy.png' });
    expect(again).toMatchObject({ value: { known: { id: first, alt: 'A boat' } } });
    expect(await stagePicture(writer, await file(500))).toMatchObject({ value: { known: null } });
    if (again.ok)
      expect(await takeInStaged(writer, again.value.id, words)).toMatchObject({ ok: true });
    expect(await db().$count(mediaAssets)).toBe(2);
  });
});

test('pictures from before there were placeholders get one; one that can’t be read is asked for no more', async () => {
  const [id, lost] = [await aPicture(), await aPicture()];
  const whole = /^data:image\/webp;tone=\d{3};light=\d{6};base64,/;
  await db().update(mediaAssets).set({ placeholder: null });
  await rm(join(folder, (await rowOf(lost))?.storageKey ?? 'x'));
  await makePlaceholders();
  expect((await rowOf(id))?.placeholder).toMatch(whole);
  expect((await rowOf(lost))?.placeholder).toBe('');
  await askForPlaceholders();
  // Of which only the colour was known.
  const placeholder = 'data:image/webp;tone=700;base64,AAAA';
  await db().update(mediaAssets).set({ placeholder }).where(eq(mediaAssets.id, id));
  await makePlaceholders();
  expect((await rowOf(id))?.placeholder).toMatch(whole);
});
