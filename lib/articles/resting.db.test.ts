import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { useDatabase } from '#db/testing.ts';
import { moveArticle } from '#lib/workflow/commands.ts';
import { saveArticle } from './commands.ts';
import { logOf, stateOf } from './saving.fixture.ts';

useDatabase();

const window = 'window-of-ann';
const words = (text: string) => ({ body: aBody(text) });
const publicly = async (id: string) =>
  (await db().select().from(articles).where(eq(articles.id, id)))[0];

test('what a window sends for its writer’s own article that was handed in or published meanwhile is kept aside, once, and changes nothing else', async () => {
  const writer = await aPerson({ staffRole: 'writer' });
  const editor = await aPerson({ staffRole: 'editor' });
  const handed = await anArticle({ publishedAt: null, createdBy: writer.userId });
  await moveArticle(editor, handed.id, { from: 'draft', to: 'in_review', note: '' });
  const out = await anArticle({ createdBy: writer.userId });
  const late = { ...words('The last words.'), slug: 'moved', topics: ['Moved'] };
  for (const { id } of [handed, out]) {
    const before = await publicly(id);
    const [working] = (await stateOf(id)).texts;
    for (const _ of ['sent', 'sent again']) {
      const answer = await saveArticle(writer, id, 1, late, window);
      expect(answer).toMatchObject({ reason: 'forbidden', draftId: working?.id });
    }
    const { texts } = await stateOf(id);
    expect(texts).toMatchObject([
      { ...working },
      { origin: 'aside', plainText: 'The last words.', savedBy: writer.userId },
    ]);
    expect(await publicly(id)).toEqual(before);
    expect((await logOf(id)).filter((action) => action !== 'article.move')).toEqual([
      'article.keep-aside',
    ]);
  }
});

test('of an article that rests nothing is kept that is there already, that is another’s, or that no window sent', async () => {
  const writer = await aPerson({ staffRole: 'writer' });
  const own = await anArticle({ createdBy: writer.userId, body: aBody('The same.') });
  const foreign = await anArticle({ publishedAt: null });
  for (const [id, text, from] of [
    [own.id, 'The same.', window],
    [own.id, 'Other words.', null],
    [foreign.id, 'Other words.', window],
  ] as const) {
    const before = await stateOf(id);
    const answer = await saveArticle(writer, id, 1, words(text), from);
    expect(answer).toMatchObject({ reason: 'forbidden' });
    expect(answer).not.toHaveProperty('asideId');
    expect(await stateOf(id)).toEqual(before);
  }
});
