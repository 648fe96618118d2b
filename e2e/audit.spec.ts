import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expectAccessible } from './fixtures/accessible.ts';
import { aFile } from './fixtures/media.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* The log: what an editor did stands there from what to what, is found by the filters, and taken out as a file. */

test.use({ storageState: stateOf('publisher') });

test('what an editor changed is told from what to what, found by filters, and taken out as it is filtered', async ({
  page,
  browser,
}) => {
  const mark = randomUUID().slice(0, 8);
  const context = await browser.newContext({ storageState: stateOf('editor') });
  const editor = await context.newPage();
  await editor.goto('/dashboard/media');
  await editor.getByLabel('Picture files').setInputFiles(await aFile(`${mark}.jpg`));
  await editor.getByLabel('What it shows').fill(`Boat ${mark}`);
  await editor.getByRole('button', { name: 'Add' }).click();
  await editor.getByRole('link', { name: `Boat ${mark}` }).click();
  await editor.waitForURL(/\/dashboard\/media\/[0-9a-f-]{36}$/);
  await editor.getByLabel('Credit').fill(`Ann ${mark}`);
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(editor.getByText('Saved.')).toBeVisible();
  const picture = editor.url().slice(-36);

  await page.goto('/dashboard/audit');
  const lines = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: `${mark}.jpg` });
  await page.getByLabel('Who', { exact: true }).selectOption('editor@example.org');
  await page.getByLabel('What', { exact: true }).selectOption('Described a picture');
  await page.getByLabel('To what').selectOption('picture');
  const today = new Date().toISOString().slice(0, 10);
  await page.getByLabel('From day').fill(today);
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/action=picture\.describe/);
  await expect(lines).toHaveCount(1);
  await expect(lines).toContainText(`Credit: from nothing to “Ann ${mark}”`);
  await expect(lines).toContainText('editor@example.org');
  await expect(lines.getByRole('link')).toHaveAttribute('href', `/dashboard/media/${picture}`);
  await expectAccessible(page);

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as JSON lines' }).click();
  const file = await readFile(await (await saved).path(), 'utf8');
  const entries = file
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(new Set(entries.map(({ action, who }) => `${action} ${who}`))).toEqual(
    new Set(['picture.describe editor@example.org']),
  );
  expect(entries.find(({ subject }) => subject.id === picture)).toMatchObject({
    subject: { kind: 'picture', name: `${mark}.jpg` },
    detail: { credit: { from: '', to: `Ann ${mark}` } },
  });

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('link', { name: 'Show everything' }).click();
  await expect(page).toHaveURL(/\/dashboard\/audit$/);
  await expect(page.getByLabel('From day')).toHaveValue('');
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways).toBe(0);
});
