import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, stateOf, test } from './fixtures/test.ts';

/*
 * A gated text stays where it is: its body is looked for in every form in which the site speaks of the article, and the
 * pages of two people are asked for in turns.
 */

const slug = 'wet-time';
const issue = 'the-weather-inside';
/** From the end of the text, far behind the teaser. */
let secrets: string[] = [];

const paragraphs = (html: string) =>
  [...html.matchAll(/<p[^>]*>([^<]{80,})<\/p>/g)].map(([, text]) => text ?? '');

test.beforeAll(async ({ playwright, baseURL }) => {
  const staff = await playwright.request.newContext({
    ...(baseURL ? { baseURL } : {}),
    storageState: stateOf('publisher'),
  });
  const whole = await (await staff.get(`/articles/${slug}`)).text();
  const body = whole.slice(whole.indexOf('class="body"'), whole.indexOf('class="notes"'));
  secrets = paragraphs(body)
    .slice(-4)
    .map((text) => text.slice(10, 70));
  await staff.dispose();
});

const representations: [name: string, path: string, headers: Record<string, string>][] = [
  ['the page', `/articles/${slug}`, {}],
  ['the page as brotli', `/articles/${slug}`, { 'accept-encoding': 'br' }],
  ['the page as gzip', `/articles/${slug}`, { 'accept-encoding': 'gzip' }],
  ['the RSC payload', `/articles/${slug}`, { rsc: '1' }],
  ['the prefetched RSC payload', `/articles/${slug}`, { rsc: '1', 'next-router-prefetch': '1' }],
  [
    'a segment of the RSC payload',
    `/articles/${slug}`,
    { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
  ],
  ['the payload’s own address', `/articles/${slug}?_rsc=abcde`, { rsc: '1' }],
  ['a made-up session', `/articles/${slug}`, { cookie: 'authjs.session-token=made-up' }],
  ['the twin’s address', `/member/articles/${slug}`, {}],
  ['the issue’s page', `/issues/${issue}`, {}],
  ['the front page', '/', {}],
  ['the section', '/sections/politics', {}],
  ['the feed', '/feed.xml', {}],
  ['the sitemap', '/sitemap.xml', {}],
  ['the search', '/search?q=wet', {}],
];

for (const [name, path, headers] of representations) {
  test(`the rest of a gated text is not in ${name}`, async ({ request }) => {
    expect(secrets).toHaveLength(4);
    const answer = await request.get(path, { headers });
    const raw = await answer.body();
    const forms = [raw, unpacked(() => brotliDecompressSync(raw)), unpacked(() => gunzipSync(raw))];
    for (const secret of secrets) {
      for (const form of forms) expect(form.toString('utf8')).not.toContain(secret);
    }
  });
}

test('the same search finds the text for who may read it', async ({ playwright, baseURL }) => {
  const staff = await playwright.request.newContext({
    ...(baseURL ? { baseURL } : {}),
    storageState: stateOf('publisher'),
  });
  const whole = await (await staff.get(`/articles/${slug}`)).text();
  for (const secret of secrets) expect(whole).toContain(secret);
  await staff.dispose();
});

test('structured data says that the text is not free, and where it is closed', async ({ page }) => {
  await page.goto(`/articles/${slug}`);
  const blocks = await page.locator('script[type="application/ld+json"]').allTextContents();
  const article = blocks
    .map((text) => JSON.parse(text))
    .find((data) => data['@type'] === 'Article');
  expect(article.isAccessibleForFree).toBe(false);
  expect(article.author.length).toBeGreaterThan(0);
  await expect(page.locator(article.hasPart.cssSelector)).toHaveCount(1);
});

test('the pages of a stranger, a reader and the office never mix', async ({
  playwright,
  baseURL,
}) => {
  const base = baseURL ? { baseURL } : {};
  const stranger = await playwright.request.newContext(base);
  const reader = await playwright.request.newContext({ ...base, storageState: stateOf('reader') });
  const office = await playwright.request.newContext({ ...base, storageState: stateOf('admin') });
  const path = `/articles/${slug}`;
  for (let turn = 0; turn < 3; turn += 1) {
    const [asStranger, asReader, asOffice] = await Promise.all(
      [stranger, reader, office].map(async (who) => (await who.get(path)).text()),
    );
    expect(asStranger).toContain('Sign in');
    expect(asStranger).not.toContain('/dashboard');
    expect(asReader).toContain('/account/library');
    expect(asReader).not.toContain('/dashboard');
    expect(asOffice).toContain('/dashboard');
    for (const secret of secrets) {
      expect(asStranger).not.toContain(secret);
      expect(asReader).not.toContain(secret);
      expect(asOffice).toContain(secret);
    }
  }
  const personal = await reader.get(path);
  expect(personal.headers()['cache-control']).toContain('private');
  for (const who of [stranger, reader, office]) await who.dispose();
});

function unpacked(unpack: () => Buffer): Buffer {
  try {
    return unpack();
  } catch {
    // Playwright has unpacked it already, or it was never packed.
    return Buffer.alloc(0);
  }
}
