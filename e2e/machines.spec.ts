import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './fixtures/test.ts';

/* What machines read: structured data, the feed, the sitemap. */

const free = '/articles/what-a-forecast-owes-you';
const issue = '/issues/the-weather-inside';

type Thing = {
  '@type': string;
  author?: unknown[];
  datePublished?: string;
  itemListElement?: { item: string }[];
  offers?: { name: string; price: string; availability: string }[];
};

async function dataOf(page: Page): Promise<Thing[]> {
  const texts = await page.locator('script[type="application/ld+json"]').allTextContents();
  return texts.flatMap((text) => JSON.parse(text));
}

test('an article tells machines what it is', async ({ page, request, baseURL }) => {
  await page.goto(free);
  const url = `${baseURL}${free}`;
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', url);
  await expect(page.locator('meta[name="description"]')).toHaveAttribute('content', /\w/);
  await expect(page.locator('meta[property="og:type"]')).toHaveAttribute('content', 'article');
  const image = await page.locator('meta[property="og:image"]').getAttribute('content');
  const picture = await request.get(image ?? '');
  expect(picture.headers()['content-type']).toBe('image/png');
  expect(await sharp(await picture.body()).metadata()).toMatchObject({ width: 1200, height: 630 });

  const data = await dataOf(page);
  const article = data.find((thing) => thing['@type'] === 'Article');
  expect(article).toMatchObject({
    url,
    headline: 'What a Forecast Owes You',
    isAccessibleForFree: true,
    isPartOf: { '@type': 'PublicationIssue', isPartOf: { '@type': 'Periodical' } },
    publisher: { '@type': 'Organization' },
  });
  expect(article?.author?.[0]).toMatchObject({
    '@type': 'Person',
    name: expect.stringMatching(/\w/),
  });
  expect(Date.parse(article?.datePublished ?? '')).toBeLessThan(Date.now());
  const crumbs = data.find((thing) => thing['@type'] === 'BreadcrumbList');
  expect(crumbs?.itemListElement).toHaveLength(3);
  for (const { item } of crumbs?.itemListElement ?? []) {
    expect((await request.get(item)).status()).toBe(200);
  }
});

test('an issue tells machines what it is, what it costs and whether it can be had', async ({
  page,
  baseURL,
}) => {
  await page.goto(issue);
  const data = await dataOf(page);
  const url = `${baseURL}${issue}`;
  expect(data.find((thing) => thing['@type'] === 'PublicationIssue')).toMatchObject({
    url,
    issueNumber: expect.any(Number),
  });
  const product = data.find((thing) => thing['@type'] === 'Product');
  expect(product?.offers).toHaveLength(2);
  for (const offer of product?.offers ?? []) {
    expect(offer).toMatchObject({
      '@type': 'Offer',
      price: expect.stringMatching(/^\d+\.\d\d$/),
      priceCurrency: 'EUR',
      availability: 'https://schema.org/InStock',
    });
    await expect(page.getByRole('main')).toContainText(`€${offer.price}`);
  }
  await page.goto('/issues/night-work');
  const soldOut = (await dataOf(page)).find((thing) => thing['@type'] === 'Product');
  const print = soldOut?.offers?.find((offer) => /print/i.test(offer.name));
  expect(print?.availability).toBe('https://schema.org/SoldOut');
});

test('the feed is well-formed, holds the news and nothing of a gated text but its standfirst', async ({
  page,
  request,
}) => {
  const answer = await request.get('/feed.xml');
  expect(answer.headers()['content-type']).toContain('application/atom+xml');
  await page.goto('/');
  const feed = await page.evaluate(
    (xml) => {
      const read = new DOMParser().parseFromString(xml, 'application/xml');
      const all = (name: string) => [...read.querySelectorAll(name)];
      return {
        faults: all('parsererror').length,
        links: all('entry > link').map((link) => link.getAttribute('href') ?? ''),
        dates: all('entry > updated').map((date) => date.textContent ?? ''),
        content: all('entry > content').length,
      };
    },
    await answer.text(),
  );
  expect(feed).toMatchObject({ faults: 0, content: 0 });
  expect(feed.links.join(' ')).toContain('/articles/typewriters-wanted');
  expect(feed.dates).toEqual(feed.dates.toSorted().reverse());
});

test('every address in the sitemap answers and calls itself by that name', async ({ request }) => {
  test.setTimeout(120_000);
  const robots = await (await request.get('/robots.txt')).text();
  for (const path of ['/account', '/api/', '/checkout/', '/dashboard', '/search', '/sign-in'])
    expect(robots).toContain(`Disallow: ${path}`);
  const place = /^Sitemap: (.+)$/m.exec(robots)?.[1] ?? '';
  const sitemap = await (await request.get(place)).text();
  const addresses = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(
    ([, address]) => address ?? '',
  );
  expect(addresses.length).toBeGreaterThan(40);
  for (const address of addresses) {
    const answer = await request.get(address, { maxRedirects: 0 });
    // One of another journey's articles may be off the site again.
    if (answer.status() === 404 && !(await (await request.get(place)).text()).includes(address))
      continue;
    expect(answer.status(), address).toBe(200);
    const html = await answer.text();
    expect(html).toContain(`<link rel="canonical" href="${address.replace(/\/$/, '')}`);
    expect(html).not.toMatch(/<meta name="robots" content="noindex/);
  }
});
