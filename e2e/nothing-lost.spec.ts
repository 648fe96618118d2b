import { expectAccessible, expectNarrow } from './fixtures/accessible.ts';
import { textOf } from './fixtures/office.ts';
import { stateOf, test } from './fixtures/test.ts';
import {
  begin,
  both,
  expect,
  form,
  saved,
  storedText,
  windowOf,
  write,
} from './fixtures/windows.ts';

/* What is written stays, whatever happens to the line, the window or the person at the next desk. */

// Several windows at once on a busy machine take their time.
test.setTimeout(180_000);

test.describe('one who writes', () => {
  test.use({ storageState: stateOf('editor') });

  test('finds every field and the text on the server two seconds after a pause, without a press', async ({
    page,
    browser,
  }) => {
    const address = await begin(page);
    await form(page).getByLabel('Kicker').fill('Written, not sent');
    await form(page).getByLabel('Address').fill('Not yet an address!');
    await page.getByRole('button', { name: 'Add a name' }).click();
    await write(page, 'The first words.');
    const stopped = Date.now();
    await expect(saved(page)).toBeVisible();
    expect(Date.now() - stopped).toBeLessThan(2_500);
    await expect(form(page).getByLabel('Address')).toHaveAttribute('aria-invalid', 'true');
    const other = await windowOf(browser, 'admin');
    await other.goto(address);
    await expect(form(other).getByLabel('Kicker')).toHaveValue('Written, not sent');
    await expect(form(other).getByLabel('Address')).toHaveValue(/^kept-[0-9a-f]{8}$/);
    await expect(other.getByLabel('Name 1', { exact: true })).toBeVisible();
    await expect(textOf(other)).toHaveText('The first words.');
  });

  test('goes on without a line: the words are kept, survive a reload and are sent when it is back', async ({
    page,
    context,
    browser,
  }) => {
    const address = await begin(page);
    await write(page, 'Before the cut.');
    await expect(saved(page)).toBeVisible();
    await context.setOffline(true);
    await write(page, ' During the cut.');
    await expect(page.getByText('Offline: kept in this browser').first()).toBeVisible();
    expect(await storedText(browser, address)).toBe('Before the cut.');
    await context.setOffline(false);
    await expect(saved(page)).toBeVisible();
    await expect.poll(() => storedText(browser, address)).toBe('Before the cut. During the cut.');
  });

  test('whose window dies offline finds the words when the article is opened again', async ({
    page,
    context,
    browser,
  }) => {
    const address = await begin(page);
    await write(page, 'Saved.');
    await expect(saved(page)).toBeVisible();
    await context.setOffline(true);
    await write(page, ' Not sent.');
    await expect(page.getByText('Offline: kept in this browser').first()).toBeVisible();
    await page.close({ runBeforeUnload: false });
    await context.setOffline(false);
    expect(await storedText(browser, address)).toBe('Saved.');
    const again = await context.newPage();
    await again.goto(address);
    await expect(textOf(again)).toHaveText('Saved. Not sent.');
    await expect.poll(() => storedText(browser, address)).toBe('Saved. Not sent.');
    const left = await again.evaluate(async () => {
      const open = indexedDB.open('keyval-store');
      await new Promise((done) => {
        open.onsuccess = done;
      });
      const keys = open.result.transaction('keyval').objectStore('keyval').getAllKeys();
      await new Promise((done) => {
        keys.onsuccess = done;
      });
      return keys.result.length;
    });
    expect(left).toBe(0);
  });

  test('publishes what was typed last, and keeps a later change from readers until it is published', async ({
    page,
    request,
  }) => {
    await begin(page);
    await form(page).getByLabel('Kind', { exact: true }).selectOption('news');
    await write(page, 'Out at once.');
    await page.getByRole('button', { name: 'Publish now' }).click();
    await expect(page.getByText('Published: it is on the site now.')).toBeVisible();
    const slug = await form(page).getByLabel('Address').inputValue();
    await write(page, ' Not yet out.');
    await expect(saved(page)).toBeVisible();
    const read = async () => (await request.get(`/articles/${slug}`)).text();
    expect(await read()).toContain('Out at once.');
    expect(await read()).not.toContain('Not yet out.');
    await page.getByRole('button', { name: 'Discard the changes' }).click();
    await expect(textOf(page)).toHaveText('Out at once.');
    await write(page, ' Then this.');
    await page.getByRole('button', { name: 'Publish the changes' }).click();
    await expect(page.getByText('Published: it is on the site now.')).toBeVisible();
    await expect.poll(read).toContain('Then this.');
  });

  test('looks through the revisions, sees what changed and brings one back, by keyboard alone', async ({
    page,
    browser,
  }) => {
    const address = await begin(page);
    await write(page, 'The water rose at ten.');
    await expect(saved(page)).toBeVisible();
    await page.goto('/dashboard');
    const other = await windowOf(browser, 'publisher');
    await other.goto(address);
    await textOf(other).click();
    await other.keyboard.press('ControlOrMeta+a');
    await other.keyboard.insertText('The water fell at ten.');
    await expect(saved(other)).toBeVisible();
    await other.goto('/dashboard');
    await page.goto(`${address}/revisions`);
    await expect(page.getByText('2 revisions')).toBeVisible();
    await page.getByRole('link', { name: /What changed in revision 2/ }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('deletion').filter({ hasText: 'rose' })).toBeVisible();
    await expect(page.getByRole('insertion').filter({ hasText: 'fell' })).toBeVisible();
    await page.getByRole('link', { name: 'All revisions' }).click();
    await page.getByRole('radio', { name: 'To revision 1' }).check();
    await page.getByRole('radio', { name: 'From revision 2' }).check();
    await page.getByRole('button', { name: 'Compare the chosen two' }).press('Enter');
    await expect(page.getByRole('deletion').filter({ hasText: 'fell' })).toBeVisible();
    await page.getByRole('button', { name: /Bring it back.*revision 1/ }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(address);
    await expect(textOf(page)).toHaveText('The water rose at ten.');
  });
});

test.describe('two on one article', () => {
  test('the second sees who writes, reads along and can change nothing', async ({ browser }) => {
    const { first, second, close } = await both(browser);
    await expect(textOf(second)).toHaveAttribute('contenteditable', 'false');
    await expect(form(second).getByLabel('Title')).toBeDisabled();
    await expect(second.getByRole('button', { name: 'Publish now' })).toBeDisabled();
    await write(first, ' Two.');
    await form(first).getByLabel('Kicker').fill('Followed');
    await expect(textOf(second)).toHaveText('One. Two.');
    await expect(form(second).getByLabel('Kicker')).toHaveValue('Followed');
    await first.goto('/dashboard');
    await expect(form(second).getByLabel('Title')).toBeEnabled();
    await expect(textOf(second)).toHaveAttribute('contenteditable', 'true');
    await close();
  });

  test('the second takes over; the first is told, and its unsent words are kept beside the text', async ({
    browser,
  }) => {
    const { first, second, close } = await both(browser);
    await first.context().setOffline(true);
    await write(first, ' Unsent.');
    await expect(first.getByText('Offline: kept in this browser').first()).toBeVisible();
    await second.getByRole('button', { name: 'Take over' }).click();
    await expect(textOf(second)).toHaveAttribute('contenteditable', 'true');
    await write(second, ' Two.');
    await expect(saved(second)).toBeVisible();
    await first.context().setOffline(false);
    await expect(first.getByRole('heading', { name: 'Both texts are kept' })).toBeFocused();
    await expect(first.getByText(/ is writing here since/)).toBeVisible();
    await expect(textOf(first)).toHaveText('One. Two.');
    await first.getByText('What your text has that this one hasn’t').click();
    await expect(first.getByRole('insertion').filter({ hasText: 'Unsent' })).toBeVisible();
    await first.getByRole('link', { name: 'Compare, or bring mine back' }).click();
    await expect(first.getByRole('button', { name: /Bring it back/ })).toBeVisible();
    await second.goto('/dashboard');
    await first.getByRole('button', { name: /Bring it back/ }).click();
    await expect(textOf(first)).toHaveText('One. Unsent.');
    await close();
  });

  test('a writer whose text is handed in by another in mid-sentence finds the unsent words kept beside it', async ({
    browser,
  }) => {
    const first = await windowOf(browser, 'writer');
    const address = await begin(first);
    await write(first, 'One.');
    await expect(saved(first)).toBeVisible();
    await first.context().setOffline(true);
    await write(first, ' Unsent, and in');
    await expect(first.getByText('Offline: kept in this browser').first()).toBeVisible();
    const second = await windowOf(browser, 'editor');
    await second.goto(address);
    await expect(textOf(second)).toBeVisible();
    await second.getByRole('button', { name: 'Hand in for review' }).click();
    await expect(second.getByText('Moved to “in review”.')).toBeVisible();
    await first.context().setOffline(false);
    await expect(first.getByRole('heading', { name: 'Both texts are kept' })).toBeFocused();
    await expect(first.getByText('It is in review, so the text rests.').first()).toBeVisible();
    await expect(textOf(first)).toHaveText('One.');
    await first.getByText('What your text has that this one hasn’t').click();
    await expect(first.getByRole('insertion').filter({ hasText: 'Unsent, and in' })).toBeVisible();
    await second.goto(`${address}/revisions`);
    await expect(second.getByText('kept aside')).toBeVisible();
    for (const page of [first, second]) await page.context().close();
  });

  test('a second window of the same person is a second window', async ({ browser }) => {
    const first = await windowOf(browser, 'editor');
    const address = await begin(first);
    await write(first, 'One.');
    await expect(saved(first)).toBeVisible();
    const second = await first.context().newPage();
    await second.goto(address);
    await expect(textOf(second)).toBeVisible();
    await expect(second.getByText('You have this article open in another window')).toBeVisible();
    await second.getByRole('button', { name: 'Write here instead' }).click();
    await write(second, ' Two.');
    await expect(textOf(first)).toHaveText('One. Two.', { timeout: 15_000 });
    await expect(textOf(first)).toHaveAttribute('contenteditable', 'false');
    await first.context().close();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the workspace and the revisions are for everybody, at 390 px too (${colorScheme})`, async ({
    browser,
  }) => {
    const page = await windowOf(browser, 'editor', {
      viewport: { width: 390, height: 844 },
      colorScheme,
    });
    const address = await begin(page);
    await write(page, 'One.');
    await expect(saved(page)).toBeVisible();
    for (const path of [address, `${address}/revisions`]) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page);
      await expectNarrow(page);
    }
    await page.context().close();
  });
}
