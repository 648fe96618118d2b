import type { Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessible.ts';
import { beginArticle, stranger, textOf } from './fixtures/office.ts';
import { expect, stateOf, test } from './fixtures/test.ts';
import { written } from './fixtures/writing.ts';

/* The writing surface as writers use it: mostly without a mouse. */

test.use({ storageState: stateOf('editor') });

const blocks = (page: Page) => page.getByRole('listbox', { name: 'Insert' });
const chosen = (page: Page) =>
  blocks(page)
    .getByRole('option', { selected: true })
    .evaluate((option) => option.firstChild?.textContent);

test('by the keyboard alone, a slash puts in blocks, and Markdown is understood', async ({
  page,
}) => {
  await beginArticle(page, 'news');
  await textOf(page).focus();
  await page.keyboard.type('## What **is** _known_');
  await page.keyboard.press('Enter');
  await page.keyboard.type('It is "new", see [here](example.org)[^Or there.] and/or /');
  await expect(blocks(page)).toBeVisible();
  await expect(textOf(page)).toHaveAttribute('aria-activedescendant', /./);
  await page.keyboard.press('Escape');
  await expect(blocks(page)).toBeHidden();
  await page.keyboard.press('Enter');
  await page.keyboard.type('/que');
  await expect.poll(() => chosen(page)).toBe('Question');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Why?');
  await page.keyboard.press('Alt+Enter');
  await page.keyboard.type('Broadside');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/q');
  await expect.poll(() => chosen(page)).toBe('Quote');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => chosen(page)).toBe('Pull quote');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Said.');
  await expect
    .poll(() => written(page))
    .toEqual([
      'heading2("What " "is"^bold " " "known"^italic)',
      'paragraph("It is “new”, see " "here"^linkhttps://example.org footnote("Or there.") " and/or /")',
      'interviewTurn(paragraph("Why?"))',
      'blockquote(paragraph("Said."))',
    ]);
  await expect(page.getByLabel('Question by')).toHaveValue('Broadside');
});

test('by keys, a table is left above and below, and stays as many columns wide as it was', async ({
  page,
}) => {
  await beginArticle(page, 'news');
  await textOf(page).focus();
  await page.keyboard.type('/table');
  await expect(blocks(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('A');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('one');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('two');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('Above');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('Below');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Control+End');
  await page.keyboard.press('Control+x');
  await expect
    .poll(() => written(page))
    .toEqual([
      'paragraph("Above")',
      'table(tableRow(tableHeader tableHeader tableHeader) tableRow(tableCell tableCell tableCell) tableRow(tableCell tableCell tableCell))',
    ]);
});

test('finds, counts and replaces words, in notes too, and comes back to the text', async ({
  page,
}) => {
  await beginArticle(page, 'news');
  await textOf(page).click();
  await page.keyboard.type('The tide. A Tide, a tidemark.[^No tide.] Tide');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('tide');
  const panel = page.getByRole('group', { name: 'Find and replace' });
  await expect(panel.getByRole('status')).toHaveText('5 found');
  await panel.getByLabel('Whole words').check();
  await expect(panel.getByRole('status')).toHaveText('4 found');
  await panel.getByLabel('Match case').check();
  await expect(panel.getByRole('status')).toHaveText('2 found');
  await panel.getByLabel('Replace with').fill('costs $1');
  await panel.getByLabel('Find', { exact: true }).press('Enter');
  await expect(panel.getByRole('status')).toHaveText(/ of 2$/);
  await panel.getByRole('button', { name: 'Replace all' }).click();
  await expect(panel.getByRole('status')).toHaveText('2 replaced');
  await panel.getByLabel('Find', { exact: true }).press('Escape');
  await expect(panel).toBeHidden();
  await expect(textOf(page)).toBeFocused();
  expect(await written(page)).toEqual([
    'paragraph("The costs $1. A Tide, a tidemark." footnote("No costs $1.") " Tide")',
  ]);
  await page.keyboard.press('Control+z');
  expect((await written(page)).join()).toContain('No tide.');
});

test('a note is reached from its mark and from the list below, and leads back to its place', async ({
  page,
}) => {
  await beginArticle(page, 'news');
  await textOf(page).click();
  await page.keyboard.type('One');
  await page.getByRole('button', { name: 'Footnote' }).click();
  const note = page.getByRole('textbox', { name: 'Note 1' });
  await expect(note).toBeFocused();
  await page.keyboard.type('The first');
  await page.keyboard.press('Enter');
  await expect(textOf(page)).toBeFocused();
  await page.keyboard.type(' two[^The second] three');
  const notes = page.getByRole('region', { name: 'Notes' });
  await expect(notes.getByRole('listitem')).toHaveText([/The first/, /The second/]);
  await notes.getByRole('button', { name: 'The second' }).click();
  await expect(page.getByRole('textbox', { name: 'Note 2' })).toBeFocused();
  await page.keyboard.type(' one');
  await page.keyboard.press('Escape');
  await page.keyboard.type(' here');
  await notes.getByRole('button', { name: 'To the mark of note 1' }).click();
  await page.keyboard.type(' there');
  await expect
    .poll(() => written(page))
    .toEqual([
      'paragraph("One" footnote("The first") " there two" footnote("The second one") " here three")',
    ]);
});

test('the outline leads to a heading, and blocks move past each other by keys', async ({
  page,
}) => {
  await beginArticle(page, 'news');
  await textOf(page).click();
  for (const line of ['## Ebb', 'It falls.', '### Flood', 'It rises.']) {
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.type('/break');
  await expect(blocks(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Outline' }).click();
  const outline = page.getByRole('navigation', { name: 'Headings of the text' });
  await expect(outline.getByRole('button')).toHaveText(['Ebb', 'Flood']);
  await outline.getByRole('button', { name: 'Flood' }).press('Enter');
  await page.keyboard.type(' tide');
  await page.keyboard.press('Alt+ArrowUp');
  await expect
    .poll(() => written(page))
    .toEqual([
      'heading2("Ebb")',
      'heading3("Flood tide")',
      'paragraph("It falls.")',
      'paragraph("It rises.")',
      'horizontalRule',
      'paragraph',
    ]);
});

test('a gallery is put in order by keys, and a text that is only read changes by nothing', async ({
  page,
}) => {
  await beginArticle(page, 'news');
  type Held = HTMLElement & {
    editor: {
      setEditable: (on: boolean) => void;
      commands: { setContent: (json: object) => void };
    };
  };
  const gallery = { type: 'gallery', attrs: { mediaIds: ['a', 'b', 'c'] } };
  const content = [gallery, { type: 'paragraph', content: [{ type: 'text', text: 'Below' }] }];
  await textOf(page).evaluate(
    (text, all) => (text as Held).editor.commands.setContent({ type: 'doc', content: all }),
    content,
  );
  const order = () =>
    textOf(page)
      .locator('.gallery img')
      .evaluateAll((images) => images.map((image) => image.getAttribute('src')?.split('/')[2]));
  await page.getByRole('button', { name: 'Move picture 1 later' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Move picture 2 later' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(order).toEqual(['b', 'c', 'a']);
  await page.getByRole('button', { name: 'Take picture 2 out' }).press('Enter');
  await expect.poll(order).toEqual(['b', 'a']);

  await textOf(page).evaluate((text) => (text as Held).editor.setEditable(false));
  await expect(page.getByRole('toolbar', { name: 'Formatting' })).toHaveCount(0);
  await expect(textOf(page)).toHaveAttribute('aria-readonly', 'true');
  await expect(textOf(page).getByRole('button')).toHaveCount(0);
  await expect(page.getByLabel('Caption of the gallery')).not.toBeEditable();
  await textOf(page).press('x');
  await page.keyboard.press('Control+f');
  await expect(page.getByLabel('Find', { exact: true })).toBeFocused();
  await expect(page.getByLabel('Replace with')).toHaveCount(0);
  expect(await written(page)).toEqual(['gallery', 'paragraph("Below")']);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`at 390 px the menu fits, nothing scrolls sideways, and axe finds no fault (${colorScheme})`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.emulateMedia({ colorScheme });
    await beginArticle(page, 'news');
    await textOf(page).click();
    await page.keyboard.type('## Words[^A note]');
    await page.keyboard.press('Enter');
    await page.keyboard.type('that go on to the edge of it /');
    await expect(blocks(page)).toBeInViewport({ ratio: 1 });
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await textOf(page).press('Control+f');
    await page.keyboard.type('words');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessible(page);
  });
}

test('on the page, a card loads nothing of the other site, a button is not drawn in, and a note leads there and back', async ({
  page,
  browser,
}) => {
  const { form, slug } = await beginArticle(page, 'news');
  await form.getByLabel('Standfirst').fill('A film, and what it is about.');
  await form.getByLabel('Section').selectOption({ label: 'Politics' });
  await textOf(page).click();
  await page.keyboard.type('Seen.[^Twice.]');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/subscribe');
  await expect(blocks(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type('/embed');
  await expect(blocks(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await page.getByLabel('Address of the card').fill('https://www.youtube.com/watch?v=x');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Publish now' }).click();
  await expect(page.getByText('Published: it is on the site now.')).toBeVisible();

  const reader = await stranger(browser, { javaScriptEnabled: false });
  const elsewhere: string[] = [];
  reader.on('request', (request) => {
    if (!request.url().startsWith(new URL(page.url()).origin)) elsewhere.push(request.url());
  });
  await reader.goto(`/articles/${slug}`);
  await expect(reader.locator('.body .button')).toHaveCSS('text-indent', '0px');
  // The pictures of a gallery follow each other: what stands in the page for other formats takes no cell.
  await expect(reader.locator('picture > source').first()).toHaveCSS('display', 'none');
  await expect(reader.locator('.link-card')).toHaveText(/youtube\.com.*▶ YouTube/);
  await reader.getByRole('link', { name: 'Note 1', exact: true }).click();
  await expect(reader).toHaveURL(/#note-1$/);
  await reader.getByRole('link', { name: /Back to the text/ }).click();
  await expect(reader).toHaveURL(/#ref-1$/);
  expect(elsewhere).toEqual([]);
});
