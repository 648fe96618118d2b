import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessible.ts';
import { stranger } from './fixtures/office.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* What stands around the articles: contributors, series, topics. Readers come without JavaScript. */

// Each looks at several pages with axe, in light and in dark.
test.describe.configure({ timeout: 240_000 });

/** Adds a contributor, topic or series, and stays on its page. */
async function add(
  page: Page,
  folder: string,
  label: string,
  name: string,
  slug = '',
): Promise<void> {
  await page.goto(`/dashboard/${folder}`);
  const form = page.getByRole('form', { name: label });
  if (!(await form.isVisible())) await page.getByText(/^Add a /).click();
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Address').fill(slug);
  await form.getByRole('button', { name: 'Add' }).click();
  await page.waitForURL(/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

test.describe('an editor', () => {
  test.use({ storageState: stateOf('editor') });

  test('merges a contributor who is there twice, and readers of the old address find the other', async ({
    page,
    browser,
  }) => {
    const mark = randomUUID().slice(0, 8);
    await add(page, 'contributors', 'New contributor', `Ada Quill ${mark}`);
    await add(page, 'contributors', 'New contributor', `Áda Quill, ${mark}`, `quill-${mark}`);
    await expectAccessible(page);
    await page.locator('summary', { hasText: `/contributors/ada-quill-${mark}` }).click();
    await page.getByRole('button', { name: new RegExp(`^Merge Ada Quill ${mark} into`) }).click();
    await expect(page.getByText(/^Merged/)).toBeVisible();

    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.goto(`/contributors/ada-quill-${mark}`);
    await expect(reader).toHaveURL(new RegExp(`/contributors/quill-${mark}$`));
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText(`Áda Quill, ${mark}`);
  });

  test('makes a series of two articles, and each leads readers to the other', async ({
    page,
    browser,
  }) => {
    const name = `The River ${randomUUID().slice(0, 8)}`;
    await add(page, 'series', 'New series', name);
    const onSite = page.getByRole('link', { name: 'On the site' });
    await expect(onSite).toHaveCount(0);
    for (const title of ['Plot nineteen', 'Fourteen chairs']) {
      await page.getByLabel('Add an article whose title holds').fill(title);
      await page.getByRole('button', { name: 'Look' }).click();
      await page.getByRole('button', { name: `Add ${title}`, exact: false }).click();
      await expect(page.getByRole('region', { name: 'Parts', exact: true })).toContainText(
        new RegExp(title, 'i'),
      );
    }
    await expect(onSite).toBeVisible();
    await expectAccessible(page);
    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.goto('/articles/plot-nineteen');
    await expect(reader.getByText(`Part 1 of ${name}`)).toBeVisible();
    await reader.getByRole('link', { name: 'The next part' }).click();
    await expect(reader).toHaveURL(/fourteen-chairs$/);
    await expect(reader.getByText(`Part 2 of ${name}`)).toBeVisible();

    // By the keyboard alone: take up the first row, move it down, put it down.
    const parts = page.getByRole('region', { name: 'Parts', exact: true });
    await parts.getByRole('button', { name: /^Move Plot nineteen down/i }).press('Enter');
    await expect(page.getByText('Moved, and numbered anew.')).toBeVisible();
    await expect(parts.getByRole('listitem').first()).toContainText(/1\. Fourteen chairs/i);
    await reader.goto('/articles/plot-nineteen');
    await expect(reader.getByText(`Part 2 of ${name}`)).toBeVisible();
    await reader.getByRole('link', { name }).first().click();
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText(name);
    await expect(reader.getByText('Part 1', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: /^Remove/ }).click();
    await expect(page).toHaveURL(/\/dashboard\/series$/);
    await reader.goto('/articles/plot-nineteen');
    await expect(reader.getByText(name)).toHaveCount(0);
  });

  test('gives names of one long word, and no page grows wider than a phone', async ({
    page,
    browser,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const name = `${'donaudampfschifffahrt'.repeat(2)}${randomUUID().slice(0, 8)}`;
    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.setViewportSize({ width: 390, height: 844 });
    const over = (shown: Page) =>
      shown.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    for (const [folder, label] of [
      ['topics', 'New topic'],
      ['series', 'New series'],
      ['contributors', 'New contributor'],
    ] as const) {
      await add(page, folder, label, name);
      expect(await over(page), folder).toBe(0);
      if (folder === 'contributors') {
        await reader.goto(`/contributors/${name}`);
        await expect(reader.getByRole('heading', { level: 1 })).toHaveText(name);
        expect(await over(reader)).toBe(0);
      }
      await page.getByRole('button', { name: `Remove ${name}` }).click();
      await expect(page).toHaveURL(new RegExp(`/dashboard/${folder}$`));
      await expect(page.getByRole('link', { name })).toHaveCount(0);
    }
  });

  test('describes a topic, and readers go there from an article', async ({ page, browser }) => {
    await page.goto('/dashboard/topics');
    await expectAccessible(page);
    await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
    const mark = randomUUID();
    const form = page.getByRole('form', { name: 'The topic' });
    await form.getByLabel('Description').fill(mark);
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await expectAccessible(page);
    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.goto(
      (await page.getByRole('link', { name: 'On the site' }).getAttribute('href')) ?? '',
    );
    await expect(reader.getByText(mark)).toBeVisible();
    const heading = (await reader.getByRole('heading', { level: 1 }).textContent()) ?? '';
    await reader.getByRole('main').getByRole('article').getByRole('link').first().click();
    await reader
      .getByRole('navigation', { name: /topic/i })
      .getByRole('link', { name: heading, exact: true })
      .click();
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText(heading);
  });
});
