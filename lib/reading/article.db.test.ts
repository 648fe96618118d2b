import { describe, expect, test, vi } from 'vitest';
import { aContributor, anArticle, aSection } from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { entitlements } from '#db/schema/entitlements.ts';
import { useDatabase } from '#db/testing.ts';
import type { BodyDocument } from '#lib/articles/body.ts';
import { saveArticle } from '#lib/articles/commands.ts';
import { claimByEmail, revokeForOrder } from '#lib/entitlements/commands.ts';
import type { Verdict } from '#lib/entitlements/rules.ts';
import { collectTags } from '#lib/pages.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { unpublishArticle } from '#lib/publishing/articles.ts';
import { type Actor, anonymous, staffRoles } from '#lib/users/rules.ts';
import {
  getArticleFor,
  getDebateCards,
  getFromThisIssue,
  getNewArticleAddress,
  getPublicArticle,
} from './article.ts';
import {
  getArchive,
  getContributor,
  getFeed,
  getHome,
  getIssue,
  getNewIssueAddress,
  getSection,
  getSitemap,
  search,
} from './lists.ts';
import { getLatestNews } from './site.ts';
import { articleData } from './structured-data.ts';

// Outside Next there is no cache.
vi.mock('next/cache', () => ({ cacheLife: () => {} }));
useDatabase();

const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const words = (word: string, count: number) => Array(count).fill(word).join(' ');

/** Words that stand only behind the gate: in a note of the opening, and in everything after it. */
const secrets = ['quagga', 'xylophone', 'zeugma', 'ytterbium', 'kazoo', 'sphinx'];
const body = {
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'The opening is for everybody.' },
        { type: 'footnote', content: [{ type: 'text', text: 'quagga' }] },
      ],
    },
    paragraph(`${words('Opening', 110)}. And then the xylophone ${words('played', 20)}.`),
    paragraph('zeugma'),
    { type: 'picture', attrs: { mediaId: '', alt: 'ytterbium', caption: 'ytterbium' } },
    { type: 'pullQuote', content: [{ type: 'text', text: 'kazoo' }] },
    {
      type: 'poem',
      content: [
        {
          type: 'stanza',
          content: [{ type: 'verseLine', content: [{ type: 'text', text: 'sphinx' }] }],
        },
      ],
    },
  ],
} as unknown as BodyDocument;

const secretsIn = (value: unknown) =>
  secrets.filter((secret) => JSON.stringify(value).includes(secret));

/** A gated article in a published issue that can be bought. */
async function aGatedArticle() {
  const issue = await anIssue({ number: 14 });
  const section = await aSection({ slug: 'ideas-and-debates' });
  const contributor = await aContributor();
  const article = await anArticle({
    title: 'Behind the gate',
    body,
    access: 'gated',
    sectionId: section.id,
    bylines: [{ contributorId: contributor.id, role: 'author' }],
    placement: { issueId: issue.id, department: 'Essays', position: 1, page: 3 },
  });
  const { id: productId } = await aProduct({ issueId: issue.id });
  return { ...article, issue, section, contributor, productId };
}

type Gated = Awaited<ReturnType<typeof aGatedArticle>>;

/** An account that bought the issue of the article. */
async function aBuyer(article: Gated) {
  const person = await aPerson();
  const order = await anOrder({ productId: article.productId, order: { userId: person.userId } });
  return { person, order };
}

async function aGrant(userId: string | null, issueId: string, from: string, until: string | null) {
  await db()
    .insert(entitlements)
    .values({
      userId,
      email: userId ? null : 'buyer@example.org',
      issueId,
      source: 'gift',
      startsAt: new Date(from),
      endsAt: until ? new Date(until) : null,
    });
}

describe('the text of a gated article', () => {
  type Case = {
    who: string;
    viewer: (article: Gated) => Promise<Actor> | Actor;
    reason: Verdict['reason'];
  };

  const outside: Case[] = [
    { who: 'a stranger', viewer: () => anonymous, reason: 'not-owned' },
    { who: 'a reader who bought nothing', viewer: () => aPerson(), reason: 'not-owned' },
    {
      who: 'the buyer of another issue',
      viewer: async () => {
        const other = await anIssue();
        const person = await aPerson();
        const { id: productId } = await aProduct({ issueId: other.id });
        await anOrder({ productId, order: { userId: person.userId } });
        return person;
      },
      reason: 'not-owned',
    },
    {
      who: 'a buyer who got the money back',
      viewer: async (article) => {
        const { person, order } = await aBuyer(article);
        await db().transaction((tx) => revokeForOrder(tx, order.id, 'refunded'));
        return person;
      },
      reason: 'revoked',
    },
    {
      who: 'somebody whose time is over',
      viewer: async ({ issue }) => {
        const person = await aPerson();
        await aGrant(person.userId, issue.id, '2020-01-01', '2020-02-01');
        return person;
      },
      reason: 'ended',
    },
    {
      who: 'somebody whose time is to come',
      viewer: async ({ issue }) => {
        const person = await aPerson();
        await aGrant(person.userId, issue.id, '2990-01-01', null);
        return person;
      },
      reason: 'not-yet',
    },
    {
      who: 'somebody whose address has bought it, before it was proved',
      viewer: async (article) => {
        await anOrder({ productId: article.productId, order: { email: 'buyer@example.org' } });
        return aPerson({ email: 'buyer@example.org' });
      },
      reason: 'not-owned',
    },
  ];

  test.each(outside)('is never loaded for $who', async ({ viewer, reason }) => {
    const article = await aGatedArticle();
    const view = await getArticleFor(await viewer(article), article.slug);
    expect(view).toMatchObject({
      verdict: { kind: 'no', reason },
      ownsIssue: false,
      article: { complete: false, title: 'Behind the gate', access: 'gated' },
    });
    expect(JSON.stringify(view?.article.body)).toContain('The opening is for everybody.');
    expect(secretsIn(view)).toEqual([]);
  });

  const inside: Case[] = [
    {
      who: 'who bought the issue',
      viewer: async (article) => (await aBuyer(article)).person,
      reason: 'order',
    },
    {
      who: 'who was given the issue',
      viewer: async ({ issue }) => {
        const person = await aPerson();
        await aGrant(person.userId, issue.id, '2020-01-01', '2990-01-01');
        return person;
      },
      reason: 'gift',
    },
    {
      who: 'who bought it by mail address and has proved that since',
      viewer: async (article) => {
        await anOrder({ productId: article.productId, order: { email: 'buyer@example.org' } });
        const person = await aPerson({ email: 'buyer@example.org' });
        await db().transaction((tx) => claimByEmail(tx, person.userId, person.email));
        return person;
      },
      reason: 'order',
    },
    ...staffRoles.map((staffRole) => ({
      who: `who works for the magazine as ${staffRole}`,
      viewer: () => aPerson({ staffRole }),
      reason: 'complimentary' as const,
    })),
  ];

  test.each(inside)('is there whole for somebody $who', async ({ viewer, reason }) => {
    const article = await aGatedArticle();
    const view = await getArticleFor(await viewer(article), article.slug);
    expect(view).toMatchObject({ verdict: { kind: 'yes', reason }, article: { complete: true } });
    expect(view?.ownsIssue).toBe(reason !== 'complimentary');
    expect(view?.article.body).toEqual(body);
    expect(secretsIn(view)).toEqual(secrets);
  });

  test('is on no public page, list, feed, search result or description', async () => {
    const { slug, issue, section, contributor } = await aGatedArticle();
    const view = await getPublicArticle(slug);
    if (!view) throw new Error('The article is published and was not found');
    await aPublication();
    const publication = await findPublication();
    const pages = {
      article: view,
      data: articleData(view.article, { publication, origin: 'https://magazine.example' }),
      beside: await getFromThisIssue({ ...view.article, id: issue.id }),
      debate: await getDebateCards({ ...view.article, id: issue.id }),
      home: await getHome(),
      issue: await getIssue(issue.slug),
      section: await getSection(section.slug),
      contributor: await getContributor(contributor.slug),
      feed: await getFeed(),
      found: await search('xylophone', 1),
    };
    for (const [page, shown] of Object.entries(pages)) {
      expect([page, JSON.stringify(shown).includes('Behind the gate')]).toEqual([page, true]);
      expect([page, secretsIn(shown)]).toEqual([page, []]);
    }
  });

  test('is another matter than that of a free one, which is there whole for everybody', async () => {
    const { slug } = await anArticle({ body, access: 'free' });
    for (const view of [await getPublicArticle(slug), await getArticleFor(anonymous, slug)]) {
      expect(view).toMatchObject({
        verdict: { kind: 'yes', reason: 'free' },
        ownsIssue: false,
        article: { complete: true, body },
      });
    }
  });
});

describe('what is not published', () => {
  test('is at no address and in no list, for anybody, staff included', async () => {
    const hidden = await anIssue({ publishedAt: null, title: 'Kazoo', slug: 'kazoo' });
    const section = await aSection();
    const contributor = await aContributor();
    const parts = {
      body,
      publishedAt: null,
      sectionId: section.id,
      bylines: [{ contributorId: contributor.id, role: 'author' as const }],
    };
    const placement = { issueId: hidden.id, department: 'Essays', position: 1 };
    const draft = await anArticle({ ...parts, title: 'quagga', placement });
    const scheduled = await anArticle({
      ...parts,
      title: 'zeugma',
      kind: 'news',
      scheduledFor: new Date('2990-01-01'),
    });
    const gone = await anArticle({ ...parts, title: 'sphinx', publishedAt: new Date() });
    await unpublishArticle(await aPerson({ staffRole: 'editor' }), gone.id);
    const admin = await aPerson({ staffRole: 'admin' });
    for (const { slug } of [draft, scheduled, gone]) {
      for (const viewer of [anonymous, await aPerson(), admin]) {
        expect(await getArticleFor(viewer, slug)).toBeNull();
      }
      expect(await getPublicArticle(slug)).toBeNull();
    }
    expect(await getIssue(hidden.slug)).toBeNull();
    const lists = [
      await getHome(),
      await getArchive(null),
      await getSection(section.slug),
      await getContributor(contributor.slug),
      await getFeed(),
      await getSitemap(),
      await getLatestNews(10),
      await search('xylophone', 1),
      await search('quagga', 1),
    ];
    expect(secretsIn(lists)).toEqual([]);
  });

  test('is not shown in place of what is: later work waits', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id, slug } = await anArticle({ title: 'Out' });
    await saveArticle(editor, id, 1, {
      title: 'zeugma',
      slug,
      kind: 'article',
      kicker: 'quagga',
      standfirst: 'kazoo',
      access: 'free',
      sectionId: null,
      pictureId: null,
      body,
      bylines: [],
      topics: [],
    });
    for (const viewer of [anonymous, editor]) {
      const view = await getArticleFor(viewer, slug);
      expect(view?.article.title).toBe('Out');
      expect(secretsIn(view)).toEqual([]);
    }
    expect((await search('xylophone', 1)).articles).toEqual([]);
  });

  test('an issue in work stays unnamed on the page of an article that is out already', async () => {
    const issue = await anIssue({ publishedAt: null, number: 815, title: 'kazoo', slug: 'kazoo' });
    const { slug } = await anArticle({
      access: 'gated',
      placement: { issueId: issue.id, department: 'sphinx', position: 1 },
    });
    const person = await aPerson();
    const view = await getArticleFor(person, slug);
    expect(view).toMatchObject({ article: { issue: null, department: null, page: null } });
    expect(secretsIn(view)).toEqual([]);
    expect(JSON.stringify(view)).not.toContain('No. 815');
    await aGrant(person.userId, issue.id, '2020-01-01', null);
    expect(await getArticleFor(person, slug)).toMatchObject({ article: { complete: true } });
  });

  test('redirects nowhere', async () => {
    const editor = await aPerson({ staffRole: 'editor' });
    const { id } = await anArticle({ slug: 'tide' });
    const renamed = {
      title: 'Ebb',
      slug: 'ebb',
      kind: 'article' as const,
      kicker: '',
      standfirst: '',
      access: 'free' as const,
      sectionId: null,
      pictureId: null,
      body,
      bylines: [],
      topics: [],
    };
    await saveArticle(editor, id, 1, renamed);
    expect(await getNewArticleAddress('tide')).toBe('ebb');
    await unpublishArticle(editor, id);
    expect(await getNewArticleAddress('tide')).toBeNull();
    expect(await getNewIssueAddress('tide')).toBeNull();
  });
});

test('cards under an article are made anew when a section changes that they come from', async () => {
  const [debates, own] = [
    await aSection({ slug: 'ideas-and-debates' }),
    await aSection({ slug: 'essays' }),
  ];
  const { slug } = await anArticle({ sectionId: own.id });
  const tagsOfCards = async () => {
    const view = await getPublicArticle(slug);
    if (!view) throw new Error('The article is published and was not found');
    const tagged = new Set<string>();
    await collectTags(tagged, () => getDebateCards(view.article));
    return [...tagged].filter((tag) => tag.startsWith('section:'));
  };
  expect(await tagsOfCards()).toEqual(['section:ideas-and-debates', 'section:essays']);
  for (let count = 0; count < 3; count += 1) await anArticle({ sectionId: debates.id });
  expect(await tagsOfCards()).toEqual(['section:ideas-and-debates']);
});

test('the archive shows whole years on its first page while they fit, and each older issue under its year', async () => {
  const inYear = async (year: number, count: number) => {
    for (let at = 0; at < count; at += 1) {
      const onSaleAt = new Date(Date.UTC(year, 11, 31, 23, 59, at));
      await anIssue({ slug: `${year}-${at}`, onSaleAt, publishedAt: onSaleAt });
    }
  };
  await inYear(2003, 30);
  await inYear(2002, 30);
  expect((await getArchive(null))?.issues).toHaveLength(60);
  expect((await getArchive(null))?.years).toEqual([]);
  await inYear(2001, 1);
  await inYear(1999, 2);
  await anIssue({ slug: 'planned', onSaleAt: new Date('1998-01-01'), publishedAt: null });
  const front = await getArchive(null);
  expect([front?.issues.length, front?.issues.at(-1)?.slug]).toEqual([60, '2002-0']);
  expect(front?.years).toEqual([2001, 1999]);
  const old = await getArchive(1999);
  expect(old?.issues.map(({ slug }) => slug)).toEqual(['1999-1', '1999-0']);
  expect(old?.years).toEqual([2001, 1999]);
  for (const year of [2003, 2000, 1998]) expect(await getArchive(year)).toBeNull();
  const paths = (await getSitemap()).map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('/archive/'))).toEqual([
    '/archive/2001',
    '/archive/1999',
  ]);
});

describe('search', () => {
  test('finds by every word of the text, the title first, and takes whatever was typed', async () => {
    const inTitle = await anArticle({
      title: 'The xylophone',
      publishedAt: new Date('2020-01-01'),
    });
    const inText = await anArticle({ title: 'One', body });
    const found = await search('xylophones', 1);
    expect(found.articles.map(({ slug }) => slug)).toEqual([inTitle.slug, inText.slug]);
    for (const typed of ['"', "'; drop table users", 'a & | ! (', '\0', '%', '\\', '-', '🦓']) {
      expect(await search(typed, 1)).toMatchObject({ more: false });
    }
  });

  test('comes in pages of 20, none twice', async () => {
    const slugs: string[] = [];
    for (let count = 0; count < 23; count += 1) {
      slugs.push((await anArticle({ title: `Zebra ${count}` })).slug);
    }
    const [first, second, none] = [
      await search('zebra', 1),
      await search('zebra', 2),
      await search('zebra', 3),
    ];
    expect([first.articles.length, first.more, second.articles.length]).toEqual([20, true, 3]);
    expect([second.more, none]).toEqual([false, { articles: [], more: false }]);
    const all = [...first.articles, ...second.articles].map(({ slug }) => slug);
    expect(all.toSorted()).toEqual(slugs.toSorted());
  });
});
