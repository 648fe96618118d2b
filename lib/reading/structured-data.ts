import type { Article, ArticleCard } from '#lib/articles/rules.ts';
import type { Offer } from '#lib/catalog/rules.ts';
import type { Contributor } from '#lib/contributors/rules.ts';
import type { Issue } from '#lib/issues/rules.ts';
import { type Plan, pricesInOrder } from '#lib/plans/rules.ts';
import { tierNames } from '#lib/plans/texts.ts';
import type { Publication } from '#lib/publication/rules.ts';

/** A thing as schema.org describes it (https://schema.org/docs/gs.html), ready for `application/ld+json`. */
export type Thing = Record<string, unknown>;

type Context = { publication: Publication; origin: string };

/**
 * An article with all its authors. Whether it is free is said as search engines ask for it, so that a teaser is not
 * taken for cloaking; the text itself is never in here.
 */
export function articleData(article: Article, { publication, origin }: Context): Thing {
  const url = `${origin}/articles/${article.slug}`;
  return {
    '@context': 'https://schema.org',
    '@type': article.kind === 'news' ? 'NewsArticle' : 'Article',
    '@id': url,
    url,
    mainEntityOfPage: url,
    headline: article.title,
    ...(article.standfirst ? { description: article.standfirst } : {}),
    datePublished: article.publishedAt.toISOString(),
    dateModified: (article.correctedAt ?? article.publishedAt).toISOString(),
    author: peopleOf(article, 'author', origin),
    ...named('translator', peopleOf(article, 'translator', origin)),
    ...named('illustrator', peopleOf(article, 'illustrator', origin)),
    ...(article.section ? { articleSection: article.section.name } : {}),
    ...(article.topics.length > 0
      ? { keywords: article.topics.map(({ name }) => name).join(', ') }
      : {}),
    wordCount: article.wordCount,
    inLanguage: publication.language,
    image: `${origin}/og/articles/${article.slug}`,
    isAccessibleForFree: article.access === 'free',
    ...(article.access === 'gated'
      ? {
          hasPart: {
            '@type': 'WebPageElement',
            isAccessibleForFree: false,
            cssSelector: '[data-paywall]',
          },
        }
      : {}),
    ...(article.issue
      ? {
          isPartOf: {
            '@type': 'PublicationIssue',
            '@id': `${origin}/issues/${article.issue.slug}`,
            issueNumber: article.issue.number,
            name: article.issue.title,
            isPartOf: periodicalData({ publication, origin }),
          },
        }
      : {}),
    publisher: organisationData({ publication, origin }),
  };
}

/** An issue, its place in the periodical, and what it is sold as. */
export function issueData(
  issue: Issue,
  offers: Offer[],
  { publication, origin }: Context,
): Thing[] {
  const url = `${origin}/issues/${issue.slug}`;
  const image = issue.cover ? { image: origin + issue.cover.url } : {};
  return [
    {
      '@context': 'https://schema.org',
      '@type': 'PublicationIssue',
      '@id': url,
      url,
      name: issue.title,
      issueNumber: issue.number,
      datePublished: issue.onSaleAt.toISOString().slice(0, 10),
      ...(issue.pageCount ? { pagination: `1-${issue.pageCount}` } : {}),
      ...image,
      isPartOf:
        issue.volume === null
          ? periodicalData({ publication, origin })
          : {
              '@type': 'PublicationVolume',
              volumeNumber: issue.volume,
              isPartOf: periodicalData({ publication, origin }),
            },
      hasPart: issue.contents.flatMap(({ articles }) =>
        articles.map((article) => ({
          '@type': 'Article',
          url: `${origin}/articles/${article.slug}`,
          headline: article.title,
        })),
      ),
    },
    ...(offers.length > 0
      ? [
          {
            '@context': 'https://schema.org',
            '@type': 'Product',
            '@id': `${url}#product`,
            name: `${publication.name}, No. ${issue.number}: ${issue.title}`,
            description: issue.description,
            ...image,
            brand: { '@type': 'Brand', name: publication.name },
            offers: offers.map((offer) => ({
              '@type': 'Offer',
              name: offer.edition === 'print' ? 'Print edition' : 'Digital edition',
              price: (offer.price.amount / 100).toFixed(2),
              priceCurrency: offer.price.currency,
              availability:
                offer.availability.kind === 'sold-out'
                  ? 'https://schema.org/SoldOut'
                  : 'https://schema.org/InStock',
              url: `${url}/buy?edition=${offer.edition}`,
            })),
          },
        ]
      : []),
  ];
}

/** What is offered on the page of subscriptions; prices are without postage, which depends on the country. */
export function plansData(plans: Plan[], { publication, origin }: Context): Thing[] {
  return plans.map((plan) => ({
    '@context': 'https://schema.org',
    '@type': 'Product',
    '@id': `${origin}/subscribe#${plan.slug}`,
    name: `${publication.name}: ${plan.name}`,
    ...(plan.description ? { description: plan.description } : {}),
    brand: { '@type': 'Brand', name: publication.name },
    offers: pricesInOrder(plan.prices).map(({ tier, amount, from }) => ({
      '@type': 'Offer',
      name: tierNames[tier],
      ...(from ? {} : { price: (amount / 100).toFixed(2) }),
      priceCurrency: plan.currency,
      priceSpecification: priceSpecification(plan, from ? null : amount),
      url: `${origin}/subscribe#${plan.slug}`,
    })),
  }));
}

/** By the term that is paid for; `ANN` and `MON` are UN/CEFACT's codes. `null`: readers choose between bounds. */
function priceSpecification({ term, prices, currency }: Plan, amount: number | null): Thing {
  const money = (units: number) => (units / 100).toFixed(2);
  const { chosen } = prices;
  return {
    '@type': 'UnitPriceSpecification',
    priceCurrency: currency,
    ...(amount === null && chosen
      ? { minPrice: money(chosen.minimum), maxPrice: money(chosen.maximum) }
      : { price: money(amount ?? 0) }),
    ...(term.kind === 'time'
      ? {
          referenceQuantity: {
            '@type': 'QuantitativeValue',
            value: 1,
            unitCode: term.interval === 'year' ? 'ANN' : 'MON',
          },
        }
      : {}),
  };
}

export function contributorData(contributor: Contributor, { origin }: Context): Thing {
  return { '@context': 'https://schema.org', ...personData(contributor, origin) };
}

/** A page that gathers articles on one subject, or the parts of a series in their order. */
export function collectionData(
  kind: 'topic' | 'series',
  { slug, name, description }: { slug: string; name: string; description: string },
  articles: ArticleCard[],
  { publication, origin }: Context,
): Thing {
  const url = `${origin}/${kind === 'topic' ? 'topics' : 'series'}/${slug}`;
  const parts = articles.map((article) => ({
    '@type': 'Article',
    url: `${origin}/articles/${article.slug}`,
    headline: article.title,
  }));
  return {
    '@context': 'https://schema.org',
    '@type': kind === 'topic' ? 'CollectionPage' : 'CreativeWorkSeries',
    '@id': url,
    url,
    name,
    ...(description ? { description } : {}),
    inLanguage: publication.language,
    hasPart: parts,
  };
}

/** The way from the home page to here, each step a name and a path. */
export function breadcrumbData(steps: { name: string; path: string }[], origin: string): Thing {
  return {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: steps.map((step, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: step.name,
      item: origin + step.path,
    })),
  };
}

export function periodicalData({ publication, origin }: Context): Thing {
  return {
    '@type': 'Periodical',
    '@id': `${origin}/#periodical`,
    name: publication.name,
    url: origin,
    inLanguage: publication.language,
  };
}

function organisationData({ publication, origin }: Context): Thing {
  return {
    '@type': 'Organization',
    '@id': `${origin}/#publisher`,
    name: publication.name,
    url: origin,
    email: publication.email,
    ...(publication.logo ? { logo: origin + publication.logo.url } : {}),
    sameAs: publication.socialLinks.map((link) => link.url),
  };
}

function peopleOf(
  article: Article,
  role: Article['bylines'][number]['role'],
  origin: string,
): Thing[] {
  return article.contributors
    .filter((person) => person.role === role)
    .map((person) => personData(person, origin));
}

function personData(person: Contributor, origin: string): Thing {
  return {
    '@type': 'Person',
    name: person.name,
    url: `${origin}/contributors/${person.slug}`,
    ...(person.website ? { sameAs: person.website } : {}),
  };
}

function named(key: string, people: Thing[]): Thing {
  return people.length > 0 ? { [key]: people } : {};
}
