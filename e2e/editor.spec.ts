import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import sharp from 'sharp';
import { placeFromTray } from './fixtures/planning.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* From the first word to the site, as the people of the office do it. */

const hidden = 'The second half is for those who have the issue in their hands.';

/** A page of somebody who never signed in. */
async function stranger(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    storageState: { cookies: [], origins: [] },
  });
  return context.newPage();
}

async function begin(page: Page, title: string, kind = 'article'): Promise<void> {
  await page.goto('/dashboard/articles');
  await page.getByText('Begin a new one').click();
  const form = page.getByRole('form', { name: 'New article' });
  await form.getByLabel('Title').fill(title);
  await form.getByLabel('Kind').selectOption(kind);
  await form.getByRole('button', { name: 'Begin' }).click();
  await expect(page).toHaveURL(/\/dashboard\/articles\/[0-9a-f-]{36}$/);
  // The editor is drawn by the script: once it is there, every button works.
  await expect(written(page)).toBeVisible();
}

/** The list that was left behind is still in the document, out of sight, with fields of the same names. */
const article = (page: Page) => page.getByRole('form', { name: 'Article', exact: true });
const written = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });

test.describe('an editor', () => {
  test.use({ storageState: stateOf('editor') });

  test('writes an article with a picture, places it and publishes it: it is on the site at the next request', async ({
    page,
    browser,
  }) => {
    const mark = randomUUID().slice(0, 8);
    const title = `Notes on a Tide Table ${mark}`;
    const slug = `notes-on-a-tide-table-${mark}`;
    const outside = await stranger(browser);
    expect((await outside.goto(`/articles/${slug}`))?.status()).toBe(404);

    await begin(page, title);
    await article(page)
      .getByLabel('Standfirst')
      .fill('What a column of figures knows about the harbour.');
    await article(page).getByLabel('Section').selectOption({ label: 'Reportage' });
    await article(page)
      .getByLabel('Who may read all of it')
      .selectOption({ label: 'Who has the issue' });
    await page.getByRole('button', { name: 'Add a name' }).click();
    await page.getByLabel('Name 1', { exact: true }).selectOption({ label: 'Sunniva Hallorane' });
    await written(page).click();
    await page.keyboard.insertText(
      `High water stands at ten past four. ${'The column goes on down the page. '.repeat(40)}`,
    );
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Picture', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const picture = await sharp({
      create: { width: 900, height: 600, channels: 3, background: '#15423b' },
    })
      .png()
      .toBuffer();
    await dialog.getByLabel('Picture file').setInputFiles({
      name: 'tide.png',
      mimeType: 'image/png',
      buffer: picture,
    });
    await dialog.getByRole('button', { name: /^Add / }).click();
    await expect(dialog.getByLabel('What it shows')).toHaveAccessibleDescription(/sentence/);
    await dialog.getByLabel('What it shows').fill('A green square that stands for the sea.');
    await dialog.getByLabel('Caption').fill('The sea, much simplified.');
    await dialog.getByRole('button', { name: /^Add / }).click();
    await expect(dialog).toBeHidden();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.insertText(hidden);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    const address = page.url();

    await page.goto('/dashboard/issues');
    await page.getByRole('link', { name: /The Weather Inside/ }).click();
    await placeFromTray(page, title, 'Reportage');
    expect((await outside.goto(`/articles/${slug}`))?.status()).toBe(404);

    await page.goto(address);
    await page.getByRole('button', { name: 'Publish now' }).click();
    await expect(page.getByText('Published: it is on the site now.')).toBeVisible();

    expect((await outside.goto(`/articles/${slug}`))?.status()).toBe(200);
    await expect(outside.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(outside.getByRole('heading', { name: 'Read on with the issue' })).toBeVisible();
    expect(await outside.content()).not.toContain(hidden);
    await outside.goto('/issues/the-weather-inside');
    await expect(outside.getByRole('link', { name: title })).toBeVisible();
    await outside.goto('/');
    await expect(outside.getByText(title).first()).toBeVisible();

    await page.goto(`/articles/${slug}`);
    await expect(page.getByText(hidden)).toBeVisible();
    await expect(page.getByAltText('A green square that stands for the sea.')).toBeVisible();

    await page.goto(address);
    await page.getByRole('button', { name: 'Take off the site' }).click();
    await expect(page.getByText('Taken off the site.')).toBeVisible();
    expect((await outside.goto(`/articles/${slug}`))?.status()).toBe(404);
  });

  test('keeps what was typed when a field is refused, and learns beside it why', async ({
    page,
  }) => {
    await begin(page, `A draft ${randomUUID().slice(0, 8)}`);
    await article(page).getByLabel('Address').fill('Not An Address!');
    await article(page).getByLabel('Kicker').fill('Kept');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(article(page).getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
    await expect(article(page).getByLabel('Address')).toHaveValue('Not An Address!');
    await expect(article(page).getByLabel('Kicker')).toHaveValue('Kept');
  });

  test('publishes a news post, which stands in no issue', async ({ page, browser }) => {
    const mark = randomUUID().slice(0, 8);
    await begin(page, `A notice ${mark}`, 'news');
    await article(page).getByLabel('Standfirst').fill('A notice for the test.');
    await article(page).getByLabel('Section').selectOption({ label: 'Politics' });
    await written(page).click();
    await page.keyboard.insertText('The office is closed on the day of the fair.');
    await page.getByRole('button', { name: 'Publish now' }).click();
    await expect(page.getByText('Published: it is on the site now.')).toBeVisible();
    const outside = await stranger(browser);
    await outside.goto(`/articles/a-notice-${mark}`);
    await expect(outside.getByText('The office is closed')).toBeVisible();
  });
});

test.describe('a publisher', () => {
  test.use({ storageState: stateOf('publisher') });

  test('makes an issue with an article and a price and releases all of it at once', async ({
    page,
    browser,
  }) => {
    const mark = randomUUID().slice(0, 6);
    const number = String(2000 + Math.floor(Math.random() * 100_000));
    const outside = await stranger(browser);
    await begin(page, `The lead ${mark}`);
    await article(page).getByLabel('Standfirst').fill('It opens the issue.');
    await article(page).getByLabel('Section').selectOption({ label: 'Politics' });
    await page.getByRole('button', { name: 'Add a name' }).click();
    await written(page).click();
    await page.keyboard.insertText('A short text that opens the issue.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();

    await page.goto('/dashboard/issues');
    await page.getByText('Begin a new one').click();
    const form = page.getByRole('form', { name: 'New issue' });
    await form.getByLabel('Title').fill(`A trial ${mark}`);
    await form.getByLabel('Number').fill(number);
    await form.getByLabel('Period').fill('Trial 2026');
    await form.getByLabel('On sale from').fill('2020-01-02');
    await form.getByRole('button', { name: 'Begin' }).click();
    await expect(page).toHaveURL(/\/dashboard\/issues\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: /Choose a (cover|picture)/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Picture file').setInputFiles({
      name: 'cover.png',
      mimeType: 'image/png',
      buffer: await sharp({
        create: { width: 900, height: 1200, channels: 3, background: '#7c2115' },
      })
        .png()
        .toBuffer(),
    });
    await dialog.getByLabel('What it shows').fill('A red cover.');
    await dialog.getByRole('button', { name: /^Add / }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    await placeFromTray(page, `The lead ${mark}`, 'Essays');
    expect((await outside.goto(`/issues/a-trial-${mark}`))?.status()).toBe(404);

    const digital = page.getByRole('form', { name: 'Prices of Digital' });
    await digital.getByLabel('EUR').fill('6.50');
    await digital.getByRole('button', { name: /^Offer|Save prices/ }).click();
    await page.getByRole('button', { name: 'Publish the issue' }).click();
    await expect(page.getByText('The issue is out, with all that stands in it.')).toBeVisible();

    expect((await outside.goto(`/issues/a-trial-${mark}`))?.status()).toBe(200);
    await expect(outside.getByText('€6.50').first()).toBeVisible();
    await outside
      .getByRole('link', { name: `The lead ${mark}` })
      .first()
      .click();
    await expect(outside.getByText('A short text that opens the issue.')).toBeVisible();
  });
});
