import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible, expectNarrow } from './fixtures/accessible.ts';
import { openForm, stranger } from './fixtures/office.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* The office's first page, the search over everything, and changes to many articles at once. */

/** Begins articles of one mark, by the form, and answers the mark. */
async function beginSome(page: Page, kinds: ('article' | 'news')[]): Promise<string> {
  const mark = randomUUID().slice(0, 8);
  for (const [at, kind] of kinds.entries()) {
    const form = await openForm(page, '/dashboard/articles', 'New article');
    await form.getByLabel('Title').fill(`Bulk ${mark} ${at + 1}`);
    await form.getByLabel('Kind').selectOption(kind);
    await form.getByRole('button', { name: 'Begin' }).click();
    await page.waitForURL(/\/dashboard\/articles\/[0-9a-f-]{36}$/);
  }
  return mark;
}

const panels = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 });

test.describe('a publisher', () => {
  test.use({ storageState: stateOf('publisher') });

  test('sees today’s work and plots, each with its numbers as a table, and no policy is broken', async ({
    page,
  }) => {
    const reports: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) reports.push(message.text());
    });
    await page.goto('/dashboard?span=months');
    for (const name of ['Alerts', 'Waiting for you', 'The issue in work', 'The last 12 months'])
      await expect(panels(page).filter({ hasText: name })).toBeVisible();
    const plots = page.getByRole('figure');
    await expect(plots.filter({ hasText: 'Reads' })).toBeVisible();
    await expect(plots.locator('svg').first()).toBeVisible();
    for (const plot of await plots.all()) {
      await expect(plot.getByRole('table')).toBeHidden();
      await plot.locator('summary').focus();
      await page.keyboard.press('Enter');
      await expect(plot.getByRole('table')).toBeVisible();
      await expect(plot.getByRole('row')).toHaveCount(13);
    }
    await expect(page.getByText('by the magazine’s clock (')).toBeVisible();
    await page.getByRole('link', { name: '30 days' }).click();
    await expect(panels(page).filter({ hasText: 'The last 30 days' })).toBeVisible();
    await expectAccessible(page);
    expect(reports).toEqual([]);
  });

  test('finds a page of the dashboard by its name', async ({ page }) => {
    await page.goto('/dashboard');
    const field = page.getByRole('combobox', { name: 'Search the office' });
    await field.fill('sett');
    await page.getByRole('option', { name: /Settings/ }).click();
    await expect(page).toHaveURL(/\/dashboard\/settings$/);
  });
});

test.describe('a writer', () => {
  test.use({ storageState: stateOf('writer') });

  test('sees what is theirs: no money, no issue, no other’s reads', async ({ page }) => {
    await page.goto('/dashboard');
    await expect(page.getByRole('heading', { name: 'My drafts' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Reads of my articles' })).toBeVisible();
    const main = page.getByRole('main');
    for (const name of ['Alerts', 'The issue in work', 'Subscriptions', 'The newest paid orders'])
      await expect(main.getByRole('heading', { name })).toHaveCount(0);
    const found = await page.request.get('/dashboard/search/results?q=weather');
    const { results } = (await found.json()) as { results: { kind: string }[] };
    const others = results.filter(({ kind }) => !['article', 'media'].includes(kind));
    expect(others).toEqual([]);
    await expectAccessible(page);
  });
});

test.describe('an editor', () => {
  test.use({ storageState: stateOf('editor') });

  test('searches by keyboard alone, and finds an article, a picture and a contributor', async ({
    page,
  }) => {
    await page.goto('/dashboard/issues');
    const field = page.getByRole('combobox', { name: 'Search the office' });
    await expect(field).toBeVisible();
    await page.keyboard.press('/');
    await expect(field).toBeFocused();
    await page.keyboard.type('weather');
    const options = page.getByRole('option');
    await expect(options.filter({ hasText: 'The Weather Inside' }).first()).toBeVisible();
    await expect(page.getByRole('group', { name: 'Articles' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('ArrowDown');
    await expect(options.first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Escape');
    await expect(field).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('wanjiru');
    await expect(options.filter({ hasText: 'Wanjiru Castellane' }).first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/dashboard\/search\?q=wanjiru$/);
    await expect(page.getByRole('heading', { name: 'Contributors' })).toBeVisible();
    await expectAccessible(page);
  });

  test('opens what the arrows chose in the search with Enter', async ({ page }) => {
    await page.goto('/dashboard/search?q=wanjiru');
    const field = page.getByRole('combobox', { name: 'Search the office' });
    const options = page.getByRole('option');
    await field.press('Control+k');
    await expect(field).toBeFocused();
    await page.keyboard.type('weather');
    await expect(options.first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/dashboard\/(?:articles|issues)\/[0-9a-f-]{36}$/);
  });

  test('publishes several at once; the one that lacks something stays, and is named with why', async ({
    page,
  }) => {
    const mark = await beginSome(page, ['news', 'article']);
    await page.goto(`/dashboard/articles?q=${mark}`);
    const form = page.getByRole('form', { name: 'Change several' });
    await expect(form.getByRole('checkbox', { name: /^Choose/ })).toHaveCount(2);
    await form.getByRole('checkbox', { name: `Choose “Bulk ${mark} 1”` }).check();
    await form.getByLabel('Do this').selectOption('section');
    await form.getByLabel('Section').selectOption({ index: 0 });
    await form.getByRole('button', { name: 'Apply to 1' }).click();
    await expect(form.getByText('1 done.')).toBeVisible();

    await form.getByRole('checkbox', { name: 'All on this page' }).check();
    await form.getByLabel('Do this').selectOption('publish');
    await form.getByRole('button', { name: 'Apply to 2' }).click();
    await form.getByRole('button', { name: 'Yes, publish: 2' }).click();
    await expect(form.getByRole('alert')).toContainText('0 done, 2 refused');
    await expect(form.getByRole('alert')).toContainText('has no text yet');
    await expectAccessible(page);

    await form.getByLabel('Do this').selectOption('delete');
    await form.getByRole('button', { name: 'Apply to 2' }).click();
    await form.getByRole('button', { name: /^Yes/ }).click();
    await expect(form.getByText('2 done.')).toBeVisible();
    await expect(form.getByText('No article fits.')).toBeVisible();
  });

  test('is told by the navigation where one is, in a list and at something in it', async ({
    page,
  }) => {
    const here = page.getByRole('navigation', { name: 'Dashboard' }).locator('[aria-current]');
    await page.goto('/dashboard');
    await expect(here).toHaveText(['Today']);
    await page.goto('/dashboard/articles?q=Wet');
    await expect(here).toHaveText(['Articles']);
    await page.getByRole('main').getByRole('link', { name: 'Wet Time' }).click();
    await page.waitForURL(/[0-9a-f-]{36}$/);
    await expect(here).toHaveText(['Articles']);
  });

  test('chooses a range with Shift, and rows by key', async ({ page }) => {
    await page.goto('/dashboard/articles?state=published');
    const boxes = page.getByRole('checkbox', { name: /^Choose/ });
    await boxes.nth(1).click();
    await boxes.nth(4).click({ modifiers: ['Shift'] });
    const apply = page.getByRole('button', { name: /^Apply to/ });
    await expect(apply).toHaveText('Apply to 4');
    await boxes.nth(6).focus();
    await page.keyboard.press('Space');
    await expect(apply).toHaveText('Apply to 5');
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 800 } });

    test('nothing scrolls sideways, and search is at hand', async ({ page }) => {
      for (const path of ['/dashboard', '/dashboard/articles', '/dashboard/search?q=weather']) {
        await page.goto(path);
        await expectNarrow(page);
      }
      await page.goto('/dashboard/articles');
      await page.getByRole('checkbox', { name: 'All on this page' }).check();
      await expectNarrow(page);
      await page.getByRole('combobox', { name: 'Search the office' }).fill('weather');
      await expect(page.getByRole('option').first()).toBeVisible();
      await expectNarrow(page);
      await page.getByRole('option').first().click();
      await expect(page).toHaveURL(/\/dashboard\/(?:articles|issues)\//);
    });
  });
});

test('search is not there for readers and strangers', async ({ browser, playwright, baseURL }) => {
  const nobody = await stranger(browser);
  expect((await nobody.request.get('/dashboard/search/results?q=weather')).status()).toBe(404);
  await nobody.context().close();
  const reader = await playwright.request.newContext({
    storageState: stateOf('reader'),
    ...(baseURL ? { baseURL } : {}),
  });
  expect((await reader.get('/dashboard/search/results?q=weather')).status()).toBe(404);
  expect((await reader.get('/dashboard/search?q=weather')).status()).toBe(404);
  await reader.dispose();
});
