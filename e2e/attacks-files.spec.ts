import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import sharp from 'sharp';
import { test } from './fixtures/attacks.ts';
import { beginNews } from './fixtures/office.ts';
import { stateOf } from './fixtures/test.ts';

/* Files that call themselves pictures, and what hides in pictures. */

test.use({ storageState: stateOf('editor') });

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><script>alert(1)</script></svg>';
const png = () =>
  sharp({ create: { width: 40, height: 40, channels: 3, background: '#15423b' } })
    .png()
    .toBuffer();
const files: [name: string, bytes: () => Promise<Buffer> | Buffer][] = [
  ['a web page', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['a GIF', () => Buffer.from('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff;', 'latin1')],
  ['half a picture', async () => (await png()).subarray(0, 60)],
  [
    'nothing but a picture’s first bytes',
    async () => Buffer.concat([(await png()).subarray(0, 8), Buffer.from(svg)]),
  ],
  ['an archive', () => Buffer.from('PK\x03\x04'.padEnd(200, '\0'), 'latin1')],
];

test('a file that calls itself a picture and is none is refused', async ({ page }) => {
  await beginNews(page);
  await page.getByRole('button', { name: 'Choose a picture' }).click();
  const dialog = page.getByRole('dialog');
  const queue = dialog.getByRole('list', { name: 'Files to add' });
  for (const [name, bytes] of files) {
    const buffer = await bytes();
    await dialog
      .getByLabel('Picture file')
      .setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer });
    await expect(queue.getByRole('alert'), name).toContainText(
      'not a JPEG, PNG, WebP, AVIF or SVG',
    );
    await expect(queue.getByRole('button', { name: /^Add / })).toHaveCount(0);
    await queue.getByRole('button', { name: /^Take out/ }).click();
    await expect(queue.getByRole('listitem')).toHaveCount(0);
  }
});

test('what hides in a picture is gone once it is taken in', async ({ page, as }) => {
  await beginNews(page);
  const hidden = `<script>alert("${randomUUID()}")</script>`;
  const picture = await sharp({
    create: { width: 400, height: 400, channels: 3, background: '#15423b' },
  })
    .withExif({ IFD0: { ImageDescription: hidden }, IFD3: { GPSLatitude: '52/1 30/1 0/1' } })
    .jpeg()
    .toBuffer();
  const buffer = Buffer.concat([picture, Buffer.from(hidden)]);
  expect(buffer.includes(hidden)).toBe(true);
  await page.getByRole('button', { name: 'Choose a picture' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByLabel('Picture file')
    .setInputFiles({ name: '../../x.html', mimeType: 'text/html', buffer });
  await dialog.getByLabel('What it shows').fill(hidden);
  await dialog.getByRole('button', { name: /^Add / }).click();
  const shown = page.getByAltText(hidden);
  await expect(shown).toBeVisible();
  const source = (await shown.getAttribute('src')) ?? '';
  expect(source).toMatch(/^\/media\/[0-9a-f-]{36}\/1-\d+\.webp$/);
  const answer = await (await as(null)).get(source);
  expect(answer.headers()['content-type']).toBe('image/webp');
  expect((await answer.body()).includes(hidden.slice(0, 20))).toBe(false);
});
