import { beginArticle, textOf } from './fixtures/office.ts';
import { type OwnServer, ownServer } from './fixtures/own-server.ts';
import { expect as patient, signIn, test } from './fixtures/test.ts';

/* A server that is killed while somebody writes, and comes back on the same data. */

const expect = patient.configure({ timeout: 45_000 });

let server: OwnServer;

test.beforeAll(async () => {
  test.setTimeout(400_000);
  server = await ownServer();
  await server.start();
});
test.afterAll(async () => {
  test.setTimeout(120_000);
  await server.remove();
});

test('the words that were typed while it was gone arrive, in the window that stayed open and in one that is opened anew', async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const context = await browser.newContext({ baseURL: server.origin });
  const page = await context.newPage();
  await signIn(page, 'editor@example.org', '/account');
  await beginArticle(page, 'article');
  const address = page.url();
  const write = async (words: string) => {
    await textOf(page).click();
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.insertText(words);
  };
  await write('One.');
  await expect(page.locator('[data-save="saved"]')).toBeVisible();

  await write(' Two.');
  await server.kill();
  await write(' Three.');
  await expect(page.locator('[data-save="offline"]')).toBeVisible();
  await server.start();
  await expect(page.locator('[data-save="saved"]')).toBeVisible();
  await page.goto(address);
  await expect(textOf(page)).toHaveText('One. Two. Three.');

  await server.kill();
  await write(' Four.');
  await expect(page.locator('[data-save="offline"]')).toBeVisible();
  await page.close();
  await server.start();
  const again = await context.newPage();
  await again.goto(address);
  await expect(textOf(again)).toHaveText('One. Two. Three. Four.');
  await again.goto(`${address}/revisions`);
  await expect(again.getByText('kept aside')).toHaveCount(0);
  await context.close();
});
