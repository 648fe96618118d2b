import type { BrowserContext, Page } from '@playwright/test';
import sharp from 'sharp';
import { beginArticle, buyDigital, textOf } from './fixtures/office.ts';
import { expect, mailTo, signIn, stateOf, test } from './fixtures/test.ts';

/* What a browser says of our pages: nothing is reported against their policies, and nothing stands in the console. */

/** Collects what the browser reports from now on. */
async function listen(context: BrowserContext): Promise<string[]> {
  const reports: string[] = [];
  await context.exposeBinding('report', ({ page }, text: string) => {
    reports.push(`${page.url()}: ${text}`);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { violatedDirective, blockedURI, sourceFile, lineNumber, sample } = event;
      const told = [violatedDirective, blockedURI, sourceFile, lineNumber, sample].join(' ');
      (window as unknown as { report: (text: string) => void }).report(told);
    });
  });
  context.on('console', (message) => {
    const { url } = message.location();
    // A page that isn't there is a line in the console, as it should be.
    const isMissing = /status of 404/.test(message.text()) && url.includes('/nothing');
    if (['error', 'warning'].includes(message.type()) && !isMissing)
      reports.push(`${message.page()?.url()}: ${message.text()}`);
  });
  context.on('weberror', (error) => reports.push(`${error.page()?.url()}: ${error.error()}`));
  return reports;
}

const publicPages = [
  '/',
  '/articles/wet-time',
  '/articles/the-weather-inside',
  '/articles/nothing',
  '/issues',
  '/issues/the-weather-inside',
  '/subscribe',
  '/search?q=weather',
];

/** The addresses of these kinds that the site itself links to. */
async function linked(page: Page, kinds: RegExp): Promise<string[]> {
  await page.goto('/articles/wet-time');
  const links = page.getByRole('link');
  const all = await links.evaluateAll((found) => found.map((link) => link.getAttribute('href')));
  return [...new Set(all.filter((href) => href !== null && kinds.test(href)))] as string[];
}

/** Opens a page and lets it do all that it does by itself. */
async function see(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState('networkidle');
}

test('a browser has nothing to report on what readers and buyers see', async ({
  page,
  context,
}) => {
  const reports = await listen(context);
  const lists = await linked(page, /^\/(?:sections|contributors)\//);
  expect(lists.length).toBeGreaterThan(1);
  for (const path of [...publicPages, ...lists]) await see(page, path);
  await see(page, '/issues/the-weather-inside/buy?edition=print');
  const email = await buyDigital(page, 'a-room-in-the-city');
  await see(page, '/sign-in?error=Verification');
  await signIn(page, email, '/account/library');
  for (const path of ['/account', '/articles/sublet', '/issues/a-room-in-the-city', '/'])
    await see(page, path);
  await see(page, '/account');
  await page.getByRole('link', { name: /\d{4}/ }).first().click();
  await page.waitForLoadState('networkidle');
  expect((await mailTo(page.request, email, 'Your order')).links.length).toBeGreaterThan(0);
  expect(reports).toEqual([]);
});

test('the report of a violation would be heard', async ({ page, context }) => {
  const reports = await listen(context);
  await page.goto('/');
  await page.evaluate(() => document.head.append(document.createElement('style')));
  await page.addScriptTag({ content: '1' }).catch(() => {});
  await expect.poll(() => reports.join()).toContain('script-src-elem inline');
});

test.describe('in the office', () => {
  test.use({ storageState: stateOf('admin') });

  test('a browser has nothing to report on any of its pages, nor while somebody writes', async ({
    page,
    context,
  }) => {
    const reports = await listen(context);
    const places = [
      'articles',
      'issues',
      'contributors',
      'sections',
      'topics',
      'series',
      'redirects',
      'menus',
      'orders',
      'people',
      'settings',
      'search',
    ];
    for (const path of ['', ...places.map((place) => `/${place}`)]) {
      await see(page, `/dashboard${path}`);
      const details = page.locator('details > summary');
      for (const summary of await details.all()) await summary.click();
      const first = page.locator(`main a[href^="/dashboard${path}/"]`).first();
      if (path === '' || (await first.count()) === 0) continue;
      await see(page, (await first.getAttribute('href')) ?? '');
    }
    await beginArticle(page, 'article');
    await textOf(page).click();
    await page.keyboard.type('Written by hand, word by word. ');
    const tools = page.getByRole('toolbar', { name: 'Formatting' });
    const press = (name: string) => tools.getByRole('button', { name, exact: true }).click();
    await press('Bold');
    await page.keyboard.type('In bold.');
    const more = tools.getByRole('button', { name: 'More', exact: true });
    if (await more.isVisible()) await more.click();
    await press('Bullet list');
    await page.keyboard.type('A line');
    await press('Bullet list');
    await press('Table');
    await page.keyboard.type('A cell');
    await press('Add column');
    await page.keyboard.press('Control+End');
    await press('Break');
    await press('Picture');
    const dialog = page.getByRole('dialog', { name: 'Add a picture' });
    const bytes = await sharp({
      create: { width: 900, height: 600, channels: 3, background: '#446688' },
    })
      .jpeg()
      .toBuffer();
    await dialog
      .getByLabel('Picture file')
      .setInputFiles({ name: 'sea.jpg', mimeType: 'image/jpeg', buffer: bytes });
    await dialog.getByLabel('What it shows').fill('The sea');
    await dialog.getByRole('button', { name: /^Add / }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole('button', { name: 'Save' }).first().click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(reports).toEqual([]);
  });
});

test('a page for readers holds no script but its data and the site’s own file, and needs none', async ({
  page,
  browser,
}) => {
  const lists = await linked(page, /^\/(?:sections|contributors)\//);
  const without = await (
    await browser.newContext({ javaScriptEnabled: false, reducedMotion: 'reduce' })
  ).newPage();
  for (const path of [...publicPages, ...lists]) {
    const html = await (await page.request.get(path)).text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    for (const tag of scripts) expect(tag).toMatch(/ld\+json|src="\/site\.js"/);
    expect(html, path).not.toMatch(/<[a-z][^>]*\s(?:on[a-z]+|style)=/i);
    expect(html, path).not.toMatch(
      /\bhref="javascript:|rel="(?:modulepreload|preload)" as="script"/,
    );
    // Other journeys publish meanwhile: what was made between the two looks is seen by both at the next ones.
    await expect(async () => {
      await page.goto(path);
      await without.goto(new URL(path, page.url()).href);
      const [seen, plain] = await Promise.all(
        [page, without].map((each) => each.locator('body').ariaSnapshot()),
      );
      expect(plain, path).toBe(seen);
    }).toPass({ timeout: 30_000 });
  }
  await without.context().close();
});
