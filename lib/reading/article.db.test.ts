import { describe, expect, test, vi } from 'vitest';
import { anArticle, aSection } from '#db/builders/articles.ts';
import { aProduct } from '#db/builders/catalog.ts';
import { anIssue } from '#db/builders/issues.ts';
import { anOrder } from '#db/builders/orders.ts';
import { aPerson, aPublication } from '#db/builders/users.ts';
import { db } from '#db/client.ts';
import { useDatabase } from '#db/testing.ts';
import { claimByEmail, revokeForOrder } from '#lib/entitlements/commands.ts';
import type { Verdict } from '#lib/entitlements/rules.ts';
import { collectTags } from '#lib/pages.ts';
import { findPublication } from '#lib/publication/queries.ts';
import { type Actor, anonymous, staffRoles } from '#lib/users/rules.ts';
import { getArticleFor, getDebateCards, getFromThisIssue, getPublicArticle } from './article.ts';
import {
  aBuyer,
  aGatedArticle,
  aGrant,
  body,
  type Gated,
  secrets,
  secretsIn,
} from './gated.fixture.ts';
import { getContributor, getFeed, getHome, getIssue, getSection, search } from './lists.ts';
import { articleData } from './structured-data.ts';

// Outside Next there is no cache.
vi.mock('next/cache', () => ({ cacheLife: () => {} }));
useDatabase();

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
