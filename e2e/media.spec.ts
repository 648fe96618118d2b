import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import sharp from 'sharp';
import { expectAccessible } from './fixtures/accessible.ts';
import { aFile, bring } from './fixtures/media.ts';
import { beginNews, publish, stranger } from './fixtures/office.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* The library of pictures: many files in, the words that they wait for, what becomes of them on the site. */

test.use({ storageState: stateOf('editor') });

const files = (page: Page) => page.getByRole('list', { name: 'Files to add' });
const alt = (within: Locator | Page) => within.getByLabel('What it shows');

async function openLibrary(page: Page): Promise<void> {
  await page.goto('/dashboard/media');
  await expect(page.getByRole('heading', { level: 1, name: 'Media' })).toBeVisible();
  await expect(page.getByLabel('Picture files')).toBeEnabled();
}

/** Adds one picture and opens its page. */
async function openNew(page: Page): Promise<{ mark: string; id: string }> {
  const mark = randomUUID().slice(0, 8);
  await openLibrary(page);
  await page.getByLabel('Picture files').setInputFiles(await aFile(`${mark}.jpg`));
  await alt(files(page)).fill(`Boat ${mark}`);
  await files(page).getByRole('button', { name: 'Add' }).click();
  await page
    .getByRole('list', { name: 'Pictures' })
    .getByRole('link', { name: `Boat ${mark}` })
    .click();
  await page.waitForURL(/\/dashboard\/media\/[0-9a-f-]{36}$/);
  return { mark, id: page.url().slice(-36) };
}

test('many files go up at once, dropped, pasted and chosen; each is added when its words are there, and a bad one says why', async ({
  page,
}) => {
  const mark = randomUUID().slice(0, 8);
  await openLibrary(page);
  const bad = { name: `bad-${mark}.jpg`, mimeType: 'image/jpeg', buffer: Buffer.from('<html>') };
  await page
    .getByLabel('Picture files')
    .setInputFiles([await aFile(`one-${mark}.jpg`), bad, await aFile(`two-${mark}.jpg`)]);
  await bring(page, 'drop', [await aFile(`three-${mark}.jpg`)]);
  await bring(page, 'paste', [await aFile(`four-${mark}.jpg`)]);
  await expect(files(page).getByRole('listitem')).toHaveCount(5);
  await expect(page.getByText('Everything is sent')).toBeVisible();
  const refused = files(page).getByRole('form', { name: bad.name });
  await expect(refused.getByRole('alert')).toContainText('not a JPEG, PNG, WebP, AVIF or SVG');
  await refused.getByRole('button', { name: 'Take out' }).click();
  await expect(files(page).getByRole('listitem')).toHaveCount(4);

  // By keyboard alone: each description, and Enter leads to the next.
  await page.getByLabel('Credit of all').fill('Ann Example');
  await alt(files(page)).first().focus();
  for (const name of ['one', 'two', 'three']) {
    await page.keyboard.type(`Picture ${name} ${mark}`);
    await page.keyboard.press('Enter');
  }
  await expect(files(page).getByRole('listitem')).toHaveCount(1);
  await files(page).getByRole('button', { name: 'Add' }).click();
  await expect(alt(files(page))).toHaveAccessibleDescription(/sentence/);
  await expect(alt(files(page))).toBeFocused();
  await page.keyboard.type(`Picture four ${mark}`);
  await page.keyboard.press('Enter');
  await expect(files(page).getByRole('listitem')).toHaveCount(0);

  await page.getByLabel('Name, description or credit holds').fill(`${mark} example`);
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.getByText('4 pictures', { exact: true })).toBeVisible();
  await expect(page.getByText('Ann Example', { exact: false })).toHaveCount(4);
});

test('the same file is known, and may be added anyway', async ({ page }) => {
  const { mark } = await openNew(page);
  const same = await page.request.get(`${page.url().replace('/dashboard', '')}/320.webp`);
  const file = { name: 'again.webp', mimeType: 'image/webp', buffer: await same.body() };
  for (let round = 0; round < 2; round += 1) {
    await openLibrary(page);
    await page.getByLabel('Picture files').setInputFiles(file);
    await alt(files(page)).fill(`Copy ${mark}`);
    if (round === 1)
      await expect(files(page)).toContainText(`in the library already: “Copy ${mark}”`);
    await files(page)
      .getByRole('button', { name: round === 1 ? 'Add anyway' : 'Add' })
      .click();
    await expect(files(page).getByRole('listitem')).toHaveCount(0);
  }
});

test('the same file chosen twice at once is told from the first, before and after that is added', async ({
  page,
}) => {
  await openLibrary(page);
  const file = await aFile('first.jpg');
  await page.getByLabel('Picture files').setInputFiles([file, { ...file, name: 'second.jpg' }]);
  const second = files(page).getByRole('form', { name: 'second.jpg' });
  await expect(second).toContainText('The same file stands above already.');
  await expect(second.getByRole('button', { name: 'Add anyway' })).toBeVisible();
  const first = files(page).getByRole('form', { name: 'first.jpg' });
  await expect(first.getByRole('button', { name: 'Add', exact: false })).toHaveText(/^Add first/);
  await alt(first).fill('The one of two');
  await first.getByRole('button', { name: 'Add' }).click();
  await expect(first).toBeHidden();
  await expect(second).toContainText('in the library already: “The one of two”');
  await second.getByRole('button', { name: 'Take out' }).click();
});

test('words with a picture of them, as office programs copy them, are pasted into a field as words', async ({
  page,
}) => {
  await openLibrary(page);
  await page.getByLabel('Picture files').setInputFiles(await aFile('one.jpg'));
  const taken = await alt(files(page)).evaluate((field) => {
    const data = new DataTransfer();
    data.setData('text/plain', 'A boat');
    data.items.add(new File(['x'], 'words.png', { type: 'image/png' }));
    const paste = { clipboardData: data, bubbles: true, cancelable: true };
    return !field.dispatchEvent(new ClipboardEvent('paste', paste));
  });
  expect(taken).toBe(false);
  await expect(files(page).getByRole('listitem')).toHaveCount(1);
  await files(page).getByRole('button', { name: 'Take out' }).click();
});

test('the subject of a picture is set by click and by arrow keys, and readers’ pages keep it in sight', async ({
  page,
  browser,
}) => {
  const { mark } = await openNew(page);
  const ring = page.getByRole('button', { name: /^Focal point/ });
  await page.getByRole('img', { name: `Boat ${mark}` }).click({ position: { x: 5, y: 5 } });
  await expect(ring).toHaveAccessibleName(/: 0 % from the left, [05] % from the top/);
  await ring.focus();
  for (const key of [
    'ArrowRight',
    'ArrowRight',
    'ArrowUp',
    'ArrowDown',
    'ArrowDown',
    'ArrowDown',
  ]) {
    await page.keyboard.press(key);
  }
  await expect(ring).toHaveAccessibleName(/10 % from the left, (15|20) % from the top/);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(ring).toHaveAccessibleName(/10 % from the left/);

  const { slug, form } = await beginNews(page);
  await form.getByRole('button', { name: 'Choose a picture' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a picture' });
  await dialog.getByLabel('Name, description or credit holds').fill(mark);
  await dialog.getByRole('button', { name: `Boat ${mark}` }).click();
  await expect(dialog).toBeHidden();
  await publish(page);
  await expect(page.getByText('Published: it is on the site now.')).toBeVisible();
  const reader = await stranger(browser, { javaScriptEnabled: false });
  await reader.goto(`/articles/${slug}`);
  await expect(reader.getByRole('img', { name: `Boat ${mark}` }).first()).toHaveClass(
    /focal-x-10 focal-y-(15|20) tone-r-/,
  );
  // Blurred until it is there, without a style of its own.
  await expect(reader.getByRole('img', { name: `Boat ${mark}` }).first()).toHaveCSS(
    'background-image',
    /^(radial-gradient\(.+\), ){6}linear-gradient\(/,
  );
});

test('a picture that is replaced is another one on the site at once; what is in use stays, and what isn’t goes for good', async ({
  page,
  browser,
}) => {
  const { mark, id } = await openNew(page);
  const address = page.url();
  const { slug, form } = await beginNews(page);
  await form.getByRole('button', { name: 'Choose a picture' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name, description or credit holds').fill(mark);
  await dialog.getByRole('button', { name: `Boat ${mark}` }).click();
  await publish(page);
  await expect(page.getByText('Published: it is on the site now.')).toBeVisible();

  const reader = await stranger(browser, { javaScriptEnabled: false });
  const shown = reader.getByRole('img', { name: `Boat ${mark}` }).first();
  await reader.goto(`/articles/${slug}`);
  await expect(shown).toHaveAttribute('src', `/media/${id}/1-720.webp`);
  expect(
    (await reader.request.get(`/media/${id}/1-640.webp`)).headers()['cache-control'],
  ).toContain('immutable');

  await page.goto(address);
  const uses = page.getByRole('region', { name: 'Where it is used' });
  await expect(uses.getByRole('link', { name: /^Begun/ })).toBeVisible();
  await expect(page.getByText('in use, so it has to stay')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove' })).toHaveCount(0);
  await page.getByLabel('New file').setInputFiles(await aFile('other.jpg', 700, 700));
  await page.getByRole('button', { name: 'Replace', exact: true }).click();
  await expect(page.getByText('700 × 700 pixels')).toBeVisible();
  await expect(page.getByText('Replaced, wherever it stands.')).toBeVisible();

  await reader.goto(`/articles/${slug}`);
  await expect(shown).toHaveAttribute('src', `/media/${id}/2-640.webp`);
  await expect(shown).toHaveAttribute('height', '700');
  const [former, now] = await Promise.all(
    ['1-640', '2-640'].map(async (name) => {
      const answer = await reader.request.get(`/media/${id}/${name}.webp`);
      return sharp(await answer.body()).metadata();
    }),
  );
  expect([former?.height, now?.height]).toEqual([640, 640]);

  const other = await openNew(page);
  await expect(page.getByText('Nowhere yet.')).toBeVisible();
  expect((await reader.request.get(`/media/${other.id}/1-640.webp`)).status()).toBe(200);
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.waitForURL(/\/dashboard\/media$/);
  expect((await reader.request.get(`/media/${other.id}/1-640.webp`)).status()).toBe(404);
  expect((await page.goto(`/dashboard/media/${other.id}`))?.status()).toBe(404);
});

test('each page of the library is accessible, in light and dark, and fits a phone', async ({
  page,
}) => {
  await openNew(page);
  await expectAccessible(page);
  await openLibrary(page);
  await page
    .getByLabel('Picture files')
    .setInputFiles([await aFile('a.jpg'), await aFile('b.jpg')]);
  await expect(page.getByText('Everything is sent')).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  const sideways = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  expect(await sideways()).toBe(0);
  await files(page).getByRole('button', { name: 'Take out a.jpg' }).click();
  await files(page).getByRole('button', { name: 'Take out b.jpg' }).click();
  await page.getByRole('list', { name: 'Pictures' }).getByRole('link').first().click();
  await expect(page.getByRole('button', { name: /^Focal point/ })).toBeVisible();
  expect(await sideways()).toBe(0);

  await beginNews(page);
  await page.getByRole('button', { name: 'Choose a picture' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a picture' });
  await expect(
    dialog.getByRole('list', { name: 'Pictures of the library' }).getByRole('button').first(),
  ).toBeVisible();
  expect(await sideways()).toBe(0);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
