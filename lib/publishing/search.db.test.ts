import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { aBody, aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { series, topics } from '#db/schema/contributors.ts';
import { mediaAssets } from '#db/schema/media.ts';
import { redirects } from '#db/schema/redirects.ts';
import { assignments } from '#db/schema/workflow.ts';
import { useDatabase } from '#db/testing.ts';
import { type Actor, anonymous } from '#lib/users/rules.ts';
import { searchOffice, searchStatement } from './search.ts';

useDatabase();

const found = async (actor: Actor, terms: string) =>
  (await searchOffice(actor, terms, { each: 5 })).map(({ kind, name }) => `${kind}: ${name}`);

/** One of everything that is called after an ostrich. */
async function ostriches() {
  const writer = await aPerson({ staffRole: 'writer', email: 'ostrich-writer@example.org' });
  await anArticle({ title: 'My ostrich', publishedAt: null, createdBy: writer.userId });
  await anArticle({ title: 'Ostrich of others', publishedAt: null });
  await anArticle({ title: 'A text', slug: 'a-text', body: aBody('About one ostrich.') });
  await anArticle({ title: 'Unseen', publishedAt: null, body: aBody('About one ostrich.') });
  const issue = await anIssue({ title: 'The ostrich issue', number: 77 });
  await aContributor({ name: 'Ossip Ostrich' });
  await aSection({ name: 'Ostriches' });
  await db().insert(topics).values({ slug: 'ostrich', name: 'Ostrich' });
  await db().insert(series).values({ slug: 'ostrich', name: 'Ostrich letters' });
  await db().insert(redirects).values({ fromPath: '/our-ostrich', target: '/issues' });
  await db().insert(mediaAssets).values({
    storageKey: 'a',
    filename: 'a.jpg',
    type: 'image/jpeg',
    bytes: 1,
    width: 1,
    height: 1,
    hash: 'a',
    alt: 'A bird',
    credit: 'Olga Ostrich',
  });
  const { id: productId } = await aProduct({ issueId: issue.id, edition: 'digital' });
  const order = await anOrder({ productId, order: { email: 'ostrich@example.org' } });
  await aPerson({ email: 'ostrich-reader@example.org' });
  return { writer, order };
}

describe('search finds', () => {
  test('to each role what it may see, and nothing else', async () => {
    const { writer, order } = await ostriches();
    const writers = ['article: My ostrich', 'media: A bird'];
    const editors = [
      'article: Ostrich of others',
      'article: My ostrich',
      'article: A text',
      'issue: No. 77, The ostrich issue',
      'contributor: Ossip Ostrich',
      'media: A bird',
    ];
    const kept = ['topic: Ostrich', 'series: Ostrich letters'];
    const publishers = [
      ...[...editors, `order: Order ${order.number}`, 'section: Ostriches', ...kept],
      'redirect: /our-ostrich',
    ];
    expect(await found(writer, 'ostrich')).toEqual(writers);
    expect(await found(await aPerson({ staffRole: 'editor' }), 'OSTRICH')).toEqual([
      ...editors,
      ...kept,
    ]);
    expect(await found(await aPerson({ staffRole: 'publisher' }), ' ostrich ')).toEqual(publishers);
    const admins = await found(await aPerson({ staffRole: 'admin' }), 'ostrich');
    expect(admins.toSorted()).toEqual(
      [...publishers, 'person: ostrich-writer@example.org'].toSorted(),
    );
    for (const actor of [await aPerson(), anonymous])
      expect(await found(actor, 'ostrich')).toEqual([]);
  });

  test('an article that was given to a writer', async () => {
    const writer = await aPerson({ staffRole: 'writer' });
    const { id } = await anArticle({ title: 'Given', publishedAt: null });
    expect(await found(writer, 'given')).toEqual([]);
    await db().insert(assignments).values({ articleId: id, userId: writer.userId, task: 'edit' });
    expect(await found(writer, 'given')).toEqual(['article: Given']);
  });

  test('an issue and an order by number', async () => {
    const { order } = await ostriches();
    const publisher = await aPerson({ staffRole: 'publisher' });
    expect(await found(publisher, 'no. 77')).toEqual(['issue: No. 77, The ostrich issue']);
    expect(await found(publisher, `#${order.number}`)).toEqual([`order: Order ${order.number}`]);
  });

  test('what was typed and not what it could mean, and nothing for a letter', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    await anArticle({ title: '100 % wool', slug: 'wool' });
    await anArticle({ title: '100 sheep', slug: 'sheep' });
    expect(await found(editor, '0 % w')).toEqual(['article: 100 % wool']);
    for (const hostile of ['_%', "'; select 1", '\\', '\0\0', ':* & !', 'w', '"', '-a -b', '%%'])
      expect(await found(editor, hostile), hostile).toEqual([]);
  });
});

test('search by a part of a title, a name or a picture’s words asks the indexes made for it', async () => {
  await db().execute(sql`
    insert into contributors (slug, name)
    select 'person-' || n, md5(n::text) from generate_series(1, 10000) n`);
  await db().execute(sql`
    insert into media_assets (storage_key, filename, type, bytes, width, height, hash, alt)
    select n, md5(n::text), 'image/jpeg', 1, 1, 1, n, md5((n + 1)::text) from generate_series(1, 20000) n`);
  await db().execute(sql`
    with made as (
      insert into articles (id, slug, draft_revision_id)
      select gen_random_uuid(), 'new-' || n, gen_random_uuid() from generate_series(1, 5000) n
      returning id, draft_revision_id)
    insert into article_revisions (id, article_id, number, title, body, teaser, saved_at)
    select draft_revision_id, id, 1, md5(id::text), '{}', '{}', now() from made`);
  for (const table of ['contributors', 'media_assets', 'article_revisions', 'articles'])
    await db().execute(sql`vacuum analyze ${sql.raw(table)}`);
  const statement = searchStatement(await aPerson({ staffRole: 'editor' }), 'abcdef', 5);
  const plan = await db().transaction(async (tx) => {
    // The index of a table that fits into a few pages is not worth its way: here it is, if it can be used at all.
    await tx.execute(sql`set local enable_seqscan = off`);
    return JSON.stringify((await tx.execute(sql`explain ${statement}`)).rows);
  });
  for (const index of [
    'article_revisions_title_trgm_idx',
    'article_search_words_idx',
    'contributors_name_trgm_idx',
    'media_assets_words_trgm_idx',
  ])
    expect(plan).toContain(index);
});
