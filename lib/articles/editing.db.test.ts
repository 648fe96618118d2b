import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles, revisions } from '#db/schema/articles.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { articleEditing } from '#db/schema/workflow.ts';
import { useDatabase } from '#db/testing.ts';
import { clock, setClock } from '#lib/clock.ts';
import { newId } from '#lib/ids.ts';
import { anonymous, type Person, type StaffRole } from '#lib/users/rules.ts';
import { saveArticle } from './commands.ts';
import { enterArticle, findWriting, leaveArticle } from './editing.ts';

useDatabase();

const [annsWindow, bosWindow] = ['window-of-ann', 'window-of-bo'];
let now: number;
let ann: Person;
let bo: Person;
let id: string;

/** Moves the clock on by so many seconds. */
const pass = (seconds: number) => {
  now += seconds * 1000;
};

beforeEach(async () => {
  now = Date.parse('2031-03-01T10:00:00Z');
  setClock(() => new Date(now));
  ann = await aPerson({ staffRole: 'editor', name: 'Ann' });
  bo = await aPerson({ staffRole: 'editor', name: 'Bo' });
  ({ id } = await anArticle({ publishedAt: null, createdBy: ann.userId }));
});
afterEach(() => setClock(null));

const words = (text: string) => ({ body: aBody(text) });
const textsOf = (articleId: string) =>
  db().select().from(revisions).where(eq(revisions.articleId, articleId)).orderBy(revisions.number);
const draftOf = async (articleId: string) => {
  const [row] = await db()
    .select({ text: revisions.plainText, version: revisions.version })
    .from(articles)
    .innerJoin(revisions, eq(revisions.id, articles.draftRevisionId))
    .where(eq(articles.id, articleId));
  return row;
};
const mine = { ok: true, value: { mine: true, writer: null } };
const written = (name: string, own = false) => ({
  ok: true,
  value: { mine: false, whyNot: null, writer: { name, own } },
});

describe('who writes in an article', () => {
  test('is the window that came first, as long as it says that it is there', async () => {
    expect(await enterArticle(ann, id, annsWindow)).toMatchObject(mine);
    pass(29);
    expect(await enterArticle(bo, id, bosWindow)).toMatchObject(written('Ann'));
    expect(await enterArticle(ann, id, annsWindow)).toMatchObject(mine);
    pass(29);
    expect(await enterArticle(bo, id, bosWindow)).toMatchObject(written('Ann'));
    pass(2);
    expect(await enterArticle(bo, id, bosWindow)).toMatchObject(mine);
    expect(await enterArticle(ann, id, annsWindow)).toMatchObject(written('Bo'));
  });

  test('lets go at once when the window is closed, and only the own window can be closed', async () => {
    await enterArticle(ann, id, annsWindow);
    await leaveArticle(bo, id, annsWindow);
    await leaveArticle(ann, id, bosWindow);
    expect(await enterArticle(bo, id, bosWindow)).toMatchObject(written('Ann'));
    await leaveArticle(ann, id, annsWindow);
    expect(await enterArticle(bo, id, bosWindow)).toMatchObject(mine);
  });

  test('a word that a window said before it left, and that comes after, holds nothing', async () => {
    const said = clock.now();
    const left = new Date(said.getTime() + 1);
    await leaveArticle(ann, id, annsWindow, left);
    await enterArticle(ann, id, annsWindow, { saidAt: said });
    expect(await findWriting(db(), id)).toBeNull();
    expect(await enterArticle(bo, id, bosWindow)).toMatchObject(mine);
    await leaveArticle(ann, id, annsWindow, left);
    expect(await findWriting(db(), id)).toMatchObject({ name: 'Bo' });
    await leaveArticle(bo, id, bosWindow);
    expect(await enterArticle(ann, id, annsWindow, { saidAt: said })).toMatchObject(mine);
    await leaveArticle(ann, id, annsWindow, left);
    const again = new Date(left.getTime() + 1);
    await Promise.all([
      enterArticle(ann, id, annsWindow, { saidAt: said }),
      leaveArticle(ann, id, annsWindow, left),
    ]);
    expect(await findWriting(db(), id)).toBeNull();
    await enterArticle(ann, id, annsWindow, { saidAt: again });
    expect(await findWriting(db(), id)).toMatchObject({ name: 'Ann', since: clock.now() });
  });

  test('a second window of the same person reads along like anybody else’s', async () => {
    await enterArticle(ann, id, annsWindow);
    expect(await enterArticle(ann, id, 'second-of-ann')).toMatchObject(written('Ann', true));
  });

  test('one of many that come at the same moment', async () => {
    const windows = Array.from({ length: 8 }, (_, index) => `window-number-${index}`);
    const answers = await Promise.all(
      windows.map((window, index) => enterArticle(index % 2 ? ann : bo, id, window)),
    );
    const inside = answers.filter((answer) => answer.ok && answer.value.mine);
    expect(inside).toHaveLength(1);
    expect(await db().select().from(articleEditing)).toHaveLength(1);
  });

  test('can be taken over, by name and on record; the first window learns it at its next word', async () => {
    await enterArticle(ann, id, annsWindow);
    pass(5);
    expect(await enterArticle(bo, id, bosWindow, { takeOver: true })).toMatchObject(mine);
    expect(await enterArticle(ann, id, annsWindow)).toMatchObject(written('Bo'));
    const log = await db().select().from(auditEntries);
    expect(log).toMatchObject([
      {
        action: 'article.take-over',
        actorId: bo.userId,
        subjectId: id,
        detail: { from: 'Ann', to: 'Bo', since: '2031-03-01T10:00:00.000Z' },
      },
    ]);
  });

  test('taking over what nobody holds is no take-over', async () => {
    await enterArticle(ann, id, annsWindow);
    pass(31);
    expect(await enterArticle(bo, id, bosWindow, { takeOver: true })).toMatchObject(mine);
    expect(await db().select().from(auditEntries)).toEqual([]);
  });
});

describe('saving out of a window', () => {
  test('that another has taken over keeps the words aside, and the draft is the other’s', async () => {
    await enterArticle(ann, id, annsWindow);
    await enterArticle(bo, id, bosWindow, { takeOver: true });
    expect(await saveArticle(ann, id, 1, words('Ann’s last words.'), annsWindow)).toMatchObject({
      reason: 'taken',
      by: 'Bo',
      asideId: expect.any(String),
    });
    expect(await saveArticle(bo, id, 1, words('Bo’s.'), bosWindow)).toMatchObject({ ok: true });
    expect((await textsOf(id)).map(({ origin, plainText }) => [origin, plainText])).toEqual([
      ['work', expect.any(String)],
      ['aside', 'Ann’s last words.'],
      ['work', 'Bo’s.'],
    ]);
    expect(await draftOf(id)).toMatchObject({ text: 'Bo’s.' });
  });

  test('holds the article, so that nobody else enters', async () => {
    expect(await saveArticle(ann, id, 1, words('One.'), annsWindow)).toMatchObject({ ok: true });
    expect(await enterArticle(bo, id, bosWindow)).toMatchObject(written('Ann'));
  });

  test('after its own answer was lost goes on from there, without a conflict with itself', async () => {
    await enterArticle(ann, id, annsWindow);
    pass(1);
    await saveArticle(ann, id, 1, words('One.'), annsWindow);
    pass(60);
    const again = await saveArticle(ann, id, 1, words('One, and two.'), annsWindow);
    expect(again).toMatchObject({ ok: true, value: { version: 3 } });
    expect((await textsOf(id)).filter(({ origin }) => origin === 'aside')).toEqual([]);
    for (const wrong of [Number.NaN, -1, 0, 99]) {
      expect(await saveArticle(ann, id, wrong, words('Odd.'), annsWindow)).toMatchObject({
        reason: 'conflict',
      });
    }
  });

  test('that came back after somebody else wrote and left is a conflict, with both texts kept', async () => {
    await enterArticle(ann, id, annsWindow);
    pass(40);
    await enterArticle(bo, id, bosWindow);
    await saveArticle(bo, id, 1, words('Bo’s.'), bosWindow);
    await leaveArticle(bo, id, bosWindow);
    expect(await saveArticle(ann, id, 1, words('Ann’s.'), annsWindow)).toMatchObject({
      reason: 'conflict',
      by: 'Bo',
    });
    pass(1);
    // Entering first must not turn the same save into an allowed one.
    await enterArticle(ann, id, annsWindow);
    expect(await saveArticle(ann, id, 1, words('Ann’s.'), annsWindow)).toMatchObject({
      reason: 'conflict',
    });
    expect((await textsOf(id)).map(({ origin }) => origin)).toEqual(['work', 'work', 'aside']);
    expect(await draftOf(id)).toEqual({ text: 'Bo’s.', version: 2 });
  });

  test('at the same moment as another keeps one as the draft and the other aside', async () => {
    const answers = await Promise.all([
      saveArticle(ann, id, 1, words('Ann’s.'), annsWindow),
      saveArticle(bo, id, 1, words('Bo’s.'), bosWindow),
    ]);
    expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    const texts = (await textsOf(id)).slice(1);
    expect(texts.map(({ origin }) => origin).toSorted()).toEqual(['aside', 'work']);
    expect(texts.map(({ plainText }) => plainText).toSorted()).toEqual(['Ann’s.', 'Bo’s.']);
  });

  test('and a take-over at the same moment lose no word', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id: other } = await anArticle({ publishedAt: null });
      await enterArticle(ann, other, annsWindow);
      await Promise.all([
        saveArticle(ann, other, 1, words('Ann’s.'), annsWindow),
        enterArticle(bo, other, bosWindow, { takeOver: true }),
      ]);
      expect((await textsOf(other)).map(({ plainText }) => plainText)).toContain('Ann’s.');
      expect(await enterArticle(ann, other, annsWindow)).toMatchObject(written('Bo'));
    }
  });
});

describe('who may enter', () => {
  test('editors and above every article, a writer the own draft; a stranger and a reader none', async () => {
    const refused = async (actor: Parameters<typeof enterArticle>[0], reason: string) =>
      expect(await enterArticle(actor, id, bosWindow, { takeOver: true })).toMatchObject({
        reason,
      });
    await refused(anonymous, 'forbidden');
    await refused(await aPerson(), 'forbidden');
    await refused(await aPerson({ staffRole: 'writer' }), 'not_found');
    for (const staffRole of ['editor', 'publisher', 'admin'] satisfies StaffRole[]) {
      const actor = await aPerson({ staffRole });
      expect(
        await enterArticle(actor, id, `window-${staffRole}`, { takeOver: true }),
      ).toMatchObject(mine);
    }
    const writer = await aPerson({ staffRole: 'writer' });
    const own = await anArticle({ publishedAt: null, createdBy: writer.userId });
    expect(await enterArticle(writer, own.id, annsWindow)).toMatchObject(mine);
    const out = await anArticle({ createdBy: writer.userId });
    expect(await enterArticle(writer, out.id, annsWindow)).toMatchObject({
      value: { mine: false, whyNot: expect.any(String), writer: null },
    });
  });

  test('nothing that is no article, and no window without a name', async () => {
    for (const wrong of [newId(), 'x', '']) {
      expect(await enterArticle(ann, wrong, annsWindow)).toMatchObject({ reason: 'not_found' });
    }
    for (const window of ['', 'short', 'x'.repeat(65), "' or 1=1 --"]) {
      expect(await enterArticle(ann, id, window)).toMatchObject({ reason: 'invalid' });
    }
  });
});
