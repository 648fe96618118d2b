import { randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNarrow } from './fixtures/accessible.ts';
import { beginArticle, buyDigital, textOf } from './fixtures/office.ts';
import { type DemoPerson, expect, stateOf, test } from './fixtures/test.ts';

/* WCAG 2.2 AA as far as a machine can see it, on every page, in light and dark; and no page wider than its window. */

const pages: Record<'everybody' | DemoPerson, string[]> = {
  everybody: [
    '/',
    '/articles/the-weather-inside',
    '/articles/what-a-forecast-owes-you',
    '/articles/the-window-on-four',
    '/articles/a-sheet-and-a-lamp',
    '/articles/typewriters-wanted',
    '/issues',
    '/issues/the-weather-inside',
    '/issues/night-work',
    '/issues/the-weather-inside/buy?edition=print&error=invalid&quantity=99',
    '/sections/ideas-and-debates',
    '/topics/weather',
    '/series/one-place-at-a-time',
    '/contributors/wanjiru-castellane',
    '/subscribe',
    '/search?q=weather',
    '/search?q=nothing-like-this',
    '/sign-in',
    '/sign-in?error=Verification',
    '/sign-in/check?email=reader%40example.org',
    '/sign-in/confirm?email=reader%40example.org&token=x',
    '/nowhere',
  ],
  reader: [
    '/',
    '/articles/wet-time',
    '/issues/night-work',
    '/account',
    '/account/library',
    '/account/orders/1001',
  ],
  publisher: [
    '/dashboard',
    '/dashboard/articles',
    '/dashboard/issues',
    '/dashboard/media',
    '/dashboard/contributors',
    '/dashboard/topics',
    '/dashboard/series',
    '/dashboard/sections',
    '/dashboard/menus',
    '/dashboard/redirects',
    '/dashboard/search?q=weather',
    '/dashboard/orders',
    '/dashboard/plans',
    '/dashboard/plans/new',
    '/dashboard/postage',
    '/dashboard/postage/new',
    '/dashboard/settings',
    '/dashboard/audit',
  ],
  admin: ['/dashboard/people', '/dashboard/settings', '/account/security'],
  editor: [],
  writer: ['/dashboard', '/account/security'],
};

/** What a list of the office leads to: the list, the link in it, and the page behind. */
const behind: [list: string, link: string, page: string][] = [
  ['/dashboard/articles?q=Wet', 'Wet Time', '/dashboard/articles/[id]'],
  ['/dashboard/issues', 'The Weather Inside', '/dashboard/issues/[id]'],
  ['/dashboard/contributors?q=Sunniva', 'Sunniva Hallorane', '/dashboard/contributors/[id]'],
  ['/dashboard/sections', 'Reportage', '/dashboard/sections/[id]'],
  ['/dashboard/topics', 'weather', '/dashboard/topics/[id]'],
  ['/dashboard/series', 'One Place at a Time', '/dashboard/series/[id]'],
  ['/dashboard/orders', '1001', '/dashboard/orders/[id]'],
  ['/dashboard/plans', 'Digital', '/dashboard/plans/[id]'],
  ['/dashboard/postage', 'Europe', '/dashboard/postage/[id]'],
];

/** Pages that a journey of theirs looks at in the same way; a year of the archive, which the demo is too young for, is `/issues`. */
const elsewhere = [
  '/archive/[year]',
  '/dashboard/articles/[id]/revisions',
  '/dashboard/media/[id]',
  '/sign-in/second',
  '/preview/[token]',
  '/preview/[token]/[slug]',
  '/checkout/thanks',
];

test('every page of the app is looked at', () => {
  const routes = globSync('app/**/page.tsx')
    .map((file) => `/${dirname(file).replace(/^app\/?/, '')}`)
    .map((route) => route.replace(/\/\([^)]+\)/g, '') || '/')
    // The twins of public pages for members: at the same addresses, by the same components.
    .filter((route) => !/^\/member(\/|$)/.test(route));
  const looked = [...Object.values(pages).flat(), ...behind.map(([, , page]) => page), ...elsewhere]
    .map((path) => path.replace(/\?.*/, ''))
    .map((path) => routes.find((route) => fits(route, path)));
  expect(routes.length).toBeGreaterThan(40);
  expect(routes.filter((route) => !looked.includes(route))).toEqual([]);
});

/** Whether a path is an address of a route: `/topics/weather` of `/topics/[slug]`. */
function fits(route: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = route.split('/');
  return (
    parts.length === wanted.length &&
    wanted.every((part, index) => part === parts[index] || /^\[\w+\]$/.test(part))
  );
}

async function open(page: Page, path: string): Promise<void> {
  const response = await page.goto(path);
  expect(response?.status()).toBe(path === '/nowhere' ? 404 : 200);
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
}

for (const [who, paths] of Object.entries(pages)) {
  test.describe(who, () => {
    if (who !== 'everybody') test.use({ storageState: stateOf(who as DemoPerson) });
    for (const path of paths) {
      test(`${path} is accessible in light and dark`, async ({ page }) => {
        await open(page, path);
        await expectAccessible(page);
      });
    }
  });
}

test.describe('at 320 px', () => {
  test.use({ viewport: { width: 320, height: 640 } });
  for (const path of pages.everybody) {
    test(`${path} does not scroll sideways`, async ({ page }) => {
      await page.goto(path);
      await expectNarrow(page);
    });
  }
});

test('a word of sixty letters, wherever an editor may write one, widens no page', async ({
  page,
}) => {
  for (const width of [320, 1024]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of pages.everybody) {
      await page.goto(path);
      await page.evaluate(lengthen, 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis');
      await test.step(`${path} at ${width} px`, () => expectNarrow(page));
    }
  }
});

/** Adds a word to each text of the page's main part that is an editor's. */
function lengthen(word: string): void {
  const theirs =
    'h1, h2 > a, h3, h2 + p, ol div p, article p, header p, figcaption, a[href^="/contributors/"], a[href^="/issues/"]:not(.link, .group)';
  for (const element of document.querySelectorAll(`main :is(${theirs})`)) {
    if (!element.matches('.button, [href*="/buy"], li > p')) element.append(word);
  }
}

test.describe('at 390 px', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const [who, paths] of Object.entries(pages)) {
    if (who === 'everybody' || paths.length === 0) continue;
    test.describe(who, () => {
      test.use({ storageState: stateOf(who as DemoPerson) });
      test(`no page of the ${who} scrolls sideways`, async ({ page }) => {
        for (const path of paths) {
          await open(page, path);
          await test.step(path, () => expectNarrow(page));
        }
      });
    });
  }
});

test.describe('what is being edited', () => {
  test.use({ storageState: stateOf('publisher') });
  for (const [list, name] of behind) {
    test(`${name} from ${list} is accessible, also at 390 px`, async ({ page }) => {
      await page.goto(list);
      await page.getByRole('main').getByRole('link', { name }).first().click();
      await page.waitForURL(/[0-9a-f-]{36}$/);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (list.startsWith('/dashboard/articles')) await expect(textOf(page)).toBeVisible();
      await expectAccessible(page);
      await page.setViewportSize({ width: 390, height: 844 });
      await expectAccessible(page);
      await expectNarrow(page);
    });
  }
});

test.describe('names of sixty letters without a space', () => {
  test.use({ storageState: stateOf('publisher'), viewport: { width: 390, height: 844 } });
  test('break in a list, in a form and in a choice instead of pushing the page wide', async ({
    page,
  }) => {
    const name = `${randomUUID().replaceAll('-', '')}${'x'.repeat(28)}`;
    await page.goto('/dashboard/contributors');
    await page.getByText('Add a contributor').click();
    const form = page.getByRole('form', { name: 'New contributor' });
    await form.getByLabel('Name').fill(name);
    await form.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expectNarrow(page);
    const { form: article } = await beginArticle(page, 'news');
    await article.getByRole('button', { name: 'Add a name' }).click();
    await article.getByLabel('Name 1', { exact: true }).selectOption(name);
    for (const width of [390, 1024, 1920]) {
      await page.setViewportSize({ width, height: 844 });
      await test.step(`${width} px`, () => expectNarrow(page));
    }
  });
});

test('the thank-you page is accessible, also at 390 px', async ({ page }) => {
  await buyDigital(page, 'the-weather-inside');
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNarrow(page);
});
