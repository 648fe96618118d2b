import { randomUUID } from 'node:crypto';
import type { Locator } from '@playwright/test';
import { expectAccessible } from './fixtures/accessible.ts';
import { test as asking } from './fixtures/attacks.ts';
import { aFile } from './fixtures/media.ts';
import { stranger } from './fixtures/office.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* What every page shows or follows: redirects, menus, sections, looks. Readers come without JavaScript. */

// Each looks at several pages with axe, in light and in dark.
test.describe.configure({ timeout: 240_000 });

test.describe('a publisher', () => {
  test.use({ storageState: stateOf('publisher') });

  test('enters a redirect and imports a list after a preview that says what is refused', async ({
    page,
    browser,
  }) => {
    const mark = randomUUID().slice(0, 8);
    await page.goto('/dashboard/redirects');
    const form = page.getByRole('form', { name: 'New redirect' });
    if (!(await form.isVisible())) await page.getByText('Add a redirect').click();
    await form.getByLabel('From').fill(`/old-${mark}/`);
    await form.getByLabel('To').fill('//evil.example');
    await form.getByRole('button', { name: 'Add' }).click();
    await expect(form.getByLabel('To')).toHaveAttribute('aria-invalid', 'true');
    await form.getByLabel('To').fill('/issues');
    await form.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByText('Readers are sent there from now on.')).toBeVisible();

    await page.getByText('Import a list').click();
    const list = page.getByRole('form', { name: 'Import redirects' });
    await list
      .getByLabel('The list')
      .fill(`from,to\n/p/${mark},/old-${mark}\n/bad,javascript:alert(1)\n/sections/reportage,/`);
    await list.getByRole('button', { name: 'Preview' }).click();
    await expect(list.getByText('1 of 3 lines can be added; 2 are refused.')).toBeVisible();
    await expect(list.getByText('A page stands at this address.')).toBeVisible();
    await expectAccessible(page);
    await list.getByRole('button', { name: 'Import 1' }).click();
    await expect(list.getByText(/^1 were added/)).toBeVisible();

    const reader = await stranger(browser, { javaScriptEnabled: false });
    for (const path of [`/old-${mark}`, `/old-${mark}/?utm=x`, `/p/${mark}`]) {
      await reader.goto(path);
      await expect(reader).toHaveURL(/\/issues$/);
    }
    await page.goto(`/dashboard/redirects?q=${mark}`);
    await page.getByRole('button', { name: `Remove /p/${mark}` }).click();
    await expect(page.getByText('Removed.')).toBeVisible();
    expect((await reader.goto(`/p/${mark}`))?.status()).toBe(404);
  });

  test('makes a menu, which is on every page, and gives it back to the site', async ({
    page,
    browser,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/dashboard/menus');
    const form = page.getByRole('form', { name: 'Menus' });
    const head = form.getByRole('group', { name: 'At the head of every page' });
    await head.getByRole('radio', { name: 'These lines' }).check();
    await head.getByLabel('Name of line 1', { exact: true }).fill('All of them');
    await head.getByRole('button', { name: 'Move Search up' }).click();
    await expectAccessible(page);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBe(0);
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();

    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.goto('/issues');
    const menu = reader.getByRole('navigation', { name: 'Menu', exact: true });
    await expect(menu.getByRole('listitem').first()).toHaveText('All of them');
    await expect(menu.getByRole('listitem').nth(-2)).toHaveText('Search');
    await head.getByRole('radio', { name: /^The site/ }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await reader.goto('/issues');
    await expect(reader.getByRole('navigation', { name: 'Sections', exact: true })).toContainText(
      'Reportage',
    );
  });

  test('links the magazine elsewhere at the head and the foot of every page, and takes the link back', async ({
    page,
    browser,
  }) => {
    const mark = randomUUID().slice(0, 8);
    await page.goto('/dashboard/menus');
    const form = page.getByRole('form', { name: 'Menus' });
    await form.getByRole('button', { name: 'Add a link' }).click();
    const [label, address] = [/^Label of link/, /^Address of link/].map((name) =>
      form.getByRole('textbox', { name }).last(),
    ) as [Locator, Locator];
    await label.fill(`Elsewhere ${mark}`);
    await address.fill('javascript:alert(1)');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form.getByText('Only http and https addresses can be linked.')).toBeVisible();
    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.goto('/issues');
    const links = reader.getByRole('link', { name: `Elsewhere ${mark}` });
    await expect(links).toHaveCount(0);
    await address.fill(`https://elsewhere.example/@${mark}`);
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await reader.goto('/issues');
    await expect(links).toHaveCount(2);
    for (const link of await links.all()) {
      await expect(link).toHaveAttribute('href', `https://elsewhere.example/@${mark}`);
    }
    await form
      .getByRole('button', { name: /^Remove/ })
      .last()
      .click();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await reader.goto('/issues');
    await expect(links).toHaveCount(0);
  });

  test('orders the sections by the keyboard alone, and every page follows', async ({
    page,
    browser,
  }) => {
    await page.goto('/dashboard/sections');
    await expectAccessible(page);
    const order = page.getByRole('region', { name: 'Order' });
    const rows = order.getByRole('listitem');
    const first = (await rows.first().getByRole('link').textContent()) ?? '';
    await order.getByRole('button', { name: `Move ${first}`, exact: true }).press('Space');
    await expect(page.getByText(`${first} is over place 1`)).toBeAttached();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByText(`${first} is over place 2`)).toBeAttached();
    await page.keyboard.press('Space');
    await expect(page.getByText('Moved.')).toBeVisible();
    await expect(rows.nth(1)).toContainText(first);
    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.goto('/');
    const menu = reader.getByRole('navigation', { name: 'Sections', exact: true });
    await expect(menu.getByRole('listitem').nth(2)).toHaveText(first);
    await order.getByRole('button', { name: `Move ${first} up` }).press('Enter');
    await expect(rows.first()).toContainText(first);
  });
});

test.describe('an administrator', () => {
  test.use({ storageState: stateOf('admin') });

  test('chooses a colour that can be read: it is on the site, and goes without a trace', async ({
    page,
    browser,
  }) => {
    await page.goto('/dashboard/settings');
    const form = page.getByRole('form', { name: 'Settings' });
    const save = async (colour: string) => {
      await form.getByLabel('On light paper').fill(colour);
      await form.getByRole('button', { name: 'Save' }).click();
    };
    await save('#f0c0c0');
    await expect(form.getByText(/too hard to read/)).toBeVisible();
    await expectAccessible(page);
    await save('#1f4f8f');
    await expect(form.getByText('Saved.')).toBeVisible();
    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.emulateMedia({ colorScheme: 'light' });
    await reader.goto('/');
    const colours = reader.locator('link[rel="stylesheet"][href="/colours/1f4f8f-own.css"]');
    await expect(colours).toBeAttached();
    await expect(reader.locator('.banner')).toHaveCSS('background-color', 'rgb(31, 79, 143)');
    await page.goto('/');
    await expectAccessible(page);
    await page.goto('/dashboard/settings');
    await save('');
    await expect(form.getByText('Saved.')).toBeVisible();
    await reader.goto('/');
    await expect(colours).toHaveCount(0);
    // Past the browser, which keeps what it was told never changes.
    expect((await reader.request.get('/colours/1f4f8f-own.css')).status()).toBe(404);
  });

  test('gives the magazine a logo, wide, tall or tiny, that stands for the name within the page', async ({
    page,
    browser,
  }) => {
    await page.goto('/dashboard/settings');
    const form = page.getByRole('form', { name: 'Settings' });
    const name = await form.getByLabel('Name', { exact: true }).inputValue();
    const save = async () => {
      await form.getByRole('button', { name: 'Save' }).click();
      await expect(form.getByText('Saved.')).toBeVisible();
    };
    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.setViewportSize({ width: 390, height: 844 });
    const home = reader.getByRole('banner').getByRole('link', { name });
    const logo = home.getByRole('img', { name });
    for (const [shape, width, height] of [
      ['wide', 2400, 120],
      ['tall', 120, 1600],
      ['tiny', 16, 16],
    ] as const) {
      await form.getByRole('button', { name: /^Choose/ }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a picture' });
      await dialog
        .getByLabel('Picture file')
        .setInputFiles(await aFile(`${shape}.jpg`, width, height));
      await dialog.getByLabel('What it shows').fill(`The ${shape} logo`);
      await dialog.getByRole('button', { name: /^Add / }).click();
      await expect(dialog).toBeHidden();
      await save();
      await reader.goto('/issues');
      await expect(logo).toHaveAttribute('width', String(width));
      const box = await logo.boundingBox();
      expect(box?.height).toBeGreaterThan(40);
      expect(box?.height).toBeLessThan(90);
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 390).toBe(true);
      const over = await reader.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over).toBe(0);
    }
    await form.getByRole('button', { name: 'Remove' }).click();
    await save();
    await reader.goto('/issues');
    await expect(logo).toHaveCount(0);
    await expect(home).toBeVisible();
  });
});

asking.describe('a redirect', () => {
  asking.use({ storageState: stateOf('publisher') });
  asking(
    'is said for good to GET and HEAD, by its headers alone, and not to a form',
    async ({ page, raw }) => {
      const mark = randomUUID().slice(0, 8);
      await page.goto('/dashboard/redirects');
      await page.getByText('Add a redirect').click();
      const form = page.getByRole('form', { name: 'New redirect' });
      await form.getByLabel('From').fill(`/café-${mark}`);
      await form.getByLabel('To').fill('https://elsewhere.example/a?b=c');
      await form.getByRole('button', { name: 'Add' }).click();
      await expect(page.getByText('Readers are sent there from now on.')).toBeVisible();
      const path = `/caf%C3%A9-${mark}`;
      for (const method of ['GET', 'HEAD']) {
        const answer = await raw(path, { method });
        expect([answer.status, answer.headers.location, answer.text]).toEqual([
          308,
          'https://elsewhere.example/a?b=c',
          '',
        ]);
      }
      expect((await raw(path, { method: 'POST' })).status).toBe(404);
      expect((await raw(`/CAF%C3%89-${mark}`)).status).toBe(404);
    },
  );
});
