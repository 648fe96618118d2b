import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type DemoPerson, expect, stateOf, test } from './fixtures/test.ts';

/* WCAG 2.2 AA as far as a machine can see it, on every page, in light and dark; and no page wider than a small phone. */

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
    '/dashboard/contributors',
    '/dashboard/sections',
    '/dashboard/search?q=weather',
    '/dashboard/orders',
    '/dashboard/settings',
  ],
  admin: ['/dashboard/people'],
  editor: [],
  writer: ['/dashboard'],
};

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    const told = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    );
    expect(told, colorScheme).toEqual([]);
  }
}

for (const [who, paths] of Object.entries(pages)) {
  test.describe(who, () => {
    if (who !== 'everybody') test.use({ storageState: stateOf(who as DemoPerson) });
    for (const path of paths) {
      test(`${path} is accessible in light and dark`, async ({ page }) => {
        await page.goto(path);
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
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(320);
    });
  }
});

test.describe('what is being edited', () => {
  test.use({ storageState: stateOf('publisher') });
  for (const [list, name] of [
    ['/dashboard/articles?q=Wet', 'Wet Time'],
    ['/dashboard/issues', 'The Weather Inside'],
    ['/dashboard/contributors?q=Sunniva', 'Sunniva Hallorane'],
    ['/dashboard/sections', 'Reportage'],
    ['/dashboard/orders', '1001'],
  ] as const) {
    test(`${name} from ${list} is accessible`, async ({ page }) => {
      await page.goto(list);
      await page.getByRole('link', { name }).first().click();
      await page.waitForURL(/[0-9a-f-]{36}$/);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page);
    });
  }
});
