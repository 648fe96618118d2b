import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aBody, anArticle } from '#db/builders/articles.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { useDatabase } from '#db/testing.ts';
import { publishArticle, unpublishArticle } from '#lib/publishing/articles.ts';
import { searchPublished } from './cards.ts';
import { saveArticle } from './commands.ts';

useDatabase();

const found = async (terms: string) =>
  (await searchPublished(terms, { limit: 100, offset: 0 })).map(({ slug }) => slug);

describe('what search looks through', () => {
  test('is the text that is out: no draft, no working copy, nothing that was replaced or taken off', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    await anArticle({ slug: 'draft', body: aBody('ostrich'), publishedAt: null });
    const { id } = await anArticle({ slug: 'one', kind: 'news', body: aBody('ostrich') });
    expect(await found('ostrich')).toEqual(['one']);

    const rewritten = {
      title: 'One',
      slug: 'one',
      kind: 'news' as const,
      kicker: '',
      standfirst: 'Now about a pelican',
      access: 'gated' as const,
      sectionId: null,
      pictureId: null,
      body: aBody('walrus'),
      bylines: [],
      topics: [],
    };
    expect(await saveArticle(editor, id, 1, rewritten)).toMatchObject({ ok: true });
    expect([await found('ostrich'), await found('walrus')]).toEqual([['one'], []]);

    expect(await publishArticle(editor, id)).toMatchObject({ ok: true });
    expect([await found('ostrich'), await found('walrus')]).toEqual([[], ['one']]);
    expect(await found('pelican')).toEqual(['one']);

    await unpublishArticle(editor, id);
    expect(await found('walrus')).toEqual([]);
    expect((await db().execute(sql`select from article_search`)).rowCount).toBe(0);
  });

  test('goes with an article that is deleted', async () => {
    const { id } = await anArticle({ body: aBody('ostrich') });
    await db().execute(sql`delete from articles where id = ${id}`);
    expect(await found('ostrich')).toEqual([]);
  });
});

describe('what was typed', () => {
  test('in quotes is found side by side only, all else anywhere', async () => {
    await anArticle({ slug: 'beside', body: aBody('He did night work twice.') });
    await anArticle({ slug: 'apart', body: aBody('No work was done that night.') });
    await anArticle({ slug: 'half', body: aBody('It was work by day.') });
    expect(await found('"night work"')).toEqual(['beside']);
    expect((await found('night work')).toSorted()).toEqual(['apart', 'beside']);
    expect((await found('"night work" or day')).toSorted()).toEqual(['beside', 'half']);
  });

  test('behind a minus is left out, in quotes too, and alone finds nothing', async () => {
    await anArticle({ slug: 'beside', body: aBody('He did night work twice.') });
    await anArticle({ slug: 'apart', body: aBody('No work was done that night.') });
    expect(await found('work -twice')).toEqual(['apart']);
    expect(await found('work -"night work"')).toEqual(['apart']);
    for (const endless of ['-twice', '-"night work"', 'work or -night', 'the'])
      expect(await found(endless), endless).toEqual([]);
  });

  test('is found in a title before a standfirst before the text, then the newest first', async () => {
    const parts = { body: aBody('nothing'), publishedAt: new Date('2020-01-01') };
    await anArticle({ ...parts, slug: 'title', title: 'The ostrich' });
    await anArticle({ ...parts, slug: 'standfirst', standfirst: 'Of an ostrich' });
    await anArticle({ slug: 'older', body: aBody('ostrich'), publishedAt: new Date('2021-01-01') });
    await anArticle({ slug: 'newer', body: aBody('ostrich'), publishedAt: new Date('2022-01-01') });
    expect(await found('ostriches')).toEqual(['title', 'standfirst', 'newer', 'older']);
  });

  test('is found in an old title however many newer texts have it, and no more is ranked than the newest', async () => {
    await anArticle({ slug: 'old', title: 'The ostrich', publishedAt: new Date('1950-01-01') });
    await anArticle({
      slug: 'old-text',
      body: aBody('ostrich'),
      publishedAt: new Date('1950-01-01'),
    });
    await db().execute(sql`
      with made as (
        insert into articles (id, slug, draft_revision_id, published_revision_id, published_at)
        select gen_random_uuid(), 'new-' || n, r, r, now() from (
          select n, gen_random_uuid() as r from generate_series(1, 1000) n) numbers
        returning id, draft_revision_id)
      insert into article_revisions (id, article_id, number, title, body, teaser, plain_text, saved_at, published_at)
      select draft_revision_id, id, 1, 'New', '{}', '{}', 'ostrich', now(), now() from made`);
    const all = await searchPublished('ostrich', { limit: 2_000, offset: 0 });
    expect([all.length, all[0]?.slug]).toEqual([1_001, 'old']);
    expect(all.map(({ slug }) => slug)).not.toContain('old-text');
  });
});
