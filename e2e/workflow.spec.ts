import { expectAccessible } from './fixtures/accessible.ts';
import { beginArticle, stranger, textOf } from './fixtures/office.ts';
import { expect, mailTo, stateOf, test } from './fixtures/test.ts';
import {
  ending,
  makePreview,
  open,
  opening,
  panel,
  save,
  selectWords,
  words,
} from './fixtures/workflow.ts';

/* An article on its way through the office, and who looks at it before it comes out. */

test.describe('a writer and an editor', () => {
  test.use({ storageState: stateOf('writer') });

  test('bring an article from draft to ready: a comment by keyboard with a mention, mails, an answer, and a text that rests', async ({
    page,
    browser,
  }) => {
    const { mark } = await beginArticle(page, 'article');
    const path = new URL(page.url()).pathname;
    await textOf(page).click();
    await page.keyboard.insertText(opening + words + ending);
    await save(page);
    await panel(page, 'Workflow').getByRole('button', { name: 'Hand in for review' }).click();
    await expect(page.getByText('Moved to “in review”.')).toBeVisible();
    await expect(page.getByText(/^It is in review, so the text rests/)).toBeVisible();
    await expect(page.getByText('You may read this article here, but not change')).toBeVisible();
    await expect(textOf(page)).toHaveAttribute('contenteditable', 'false');

    // The editor, with the keys alone.
    const editor = await open(browser, 'editor', path);
    await selectWords(editor);
    await editor.keyboard.press('Control+Alt+m');
    const comment = editor.getByRole('form', { name: 'New comment' });
    await expect(comment).toContainText(`“${words.trim()}”`);
    const field = comment.getByRole('textbox');
    await expect(field).toBeFocused();
    await editor.keyboard.type('Is this so, @writ');
    const people = editor.getByRole('listbox', { name: 'People to mention' });
    await expect(people.getByRole('option')).toHaveCount(1);
    await editor.keyboard.press('Enter');
    await expect(people).toHaveCount(0);
    await editor.keyboard.type('? Who says it?');
    await editor.keyboard.press('Control+Enter');
    const thread = panel(editor, 'Comments').getByRole('listitem').filter({ hasText: 'Who says' });
    await expect(thread).toBeVisible();
    await expect(editor.locator('.comment-words')).toHaveText(words.trim());

    const mail = await mailTo(page.request, 'writer@example.org', `mentions you: Begun ${mark}`);
    expect(mail.text).toContain('Who says it?');
    // As in a tab of its own.
    await page.goto('about:blank');
    await page.goto(mail.links[0] ?? '');
    const told = panel(page, 'Comments').getByRole('listitem').filter({ hasText: 'Who says' });
    await expect(told).toBeFocused();
    await told.getByRole('button', { name: 'Answer' }).click();
    await page.keyboard.type('My grandmother does.');
    await told.getByRole('button', { name: 'Send the answer' }).click();
    await expect(told.getByText('My grandmother does.')).toBeVisible();
    await told.getByRole('button', { name: /Show in the text/ }).click();
    await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(words.trim());
    await mailTo(editor.request, 'editor@example.org', `answered: Begun ${mark}`);

    // Back to the writer with a reason, and on again.
    await editor.reload();
    const workflow = panel(editor, 'Workflow');
    await workflow.getByText('Another stage').click();
    await workflow.getByLabel('Why').fill('Name the grandmother.');
    await workflow.getByRole('button', { name: 'Back to draft' }).click();
    await expect(workflow.getByText('Moved to “draft”.')).toBeVisible();
    const back = await mailTo(page.request, 'writer@example.org', `Back with you: Begun ${mark}`);
    expect(back.text).toContain('Name the grandmother.');
    for (const [button, stage] of [
      ['Hand in for review', 'in review'],
      ['Copy-edited', 'copy-edited'],
      ['Ready to publish', 'ready'],
    ] as const) {
      await workflow.getByRole('button', { name: button, exact: true }).click();
      await expect(workflow.getByText(`Moved to “${stage}”.`)).toBeVisible();
    }
    await expect(workflow.getByText(/would skip/)).toHaveCount(0);
    const way = workflow.getByRole('list', { name: 'Stages' }).getByRole('listitem');
    await expect(way).toHaveText([
      'Draft',
      'In review',
      'Copy-edited',
      'Ready',
      'Scheduled',
      'Published',
    ]);
    await expect(way.nth(3)).toHaveAttribute('aria-current', 'step');
    await workflow.getByText('5 moves so far').click();
    await expect(workflow.getByText('“Name the grandmother.”')).toBeVisible();
    await thread.getByRole('button', { name: 'Resolve' }).click();
    await expect(thread).toHaveCount(0);
    await expect(editor.locator('.comment-words')).toHaveCount(0);
    await editor.getByRole('button', { name: 'Show resolved (1)' }).click();
    await expect(thread.getByText('resolved', { exact: true })).toBeVisible();
  });
});

test.describe('an editor', () => {
  test.use({ storageState: stateOf('editor') });

  test('sees marks move with the text, stay out of it, and say when their words are gone', async ({
    page,
  }) => {
    await beginArticle(page, 'article');
    await textOf(page).click();
    await page.keyboard.insertText(opening + words + ending);
    await save(page);
    await selectWords(page);
    // With the mouse: the button beside what is selected.
    await page.getByRole('button', { name: 'Comment', exact: true }).last().click();
    const comment = page.getByRole('form', { name: 'New comment' });
    await comment.getByRole('textbox').fill('Weak.');
    await comment.getByRole('button', { name: 'Comment' }).click();
    const mark = page.locator('.comment-words');
    await expect(mark).toHaveText(words.trim());
    await textOf(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('Long ago, ');
    await expect(mark).toHaveText(words.trim());
    await save(page);
    await page.reload();
    await expect(mark).toHaveText(words.trim());
    const thread = panel(page, 'Comments').getByRole('listitem').filter({ hasText: 'Weak.' });
    await mark.click();
    await expect(thread).toHaveAttribute('aria-current', 'true');
    await thread.getByRole('button', { name: /Show in the text/ }).click();
    await page.keyboard.press('Delete');
    await expect(thread.getByText('The words are gone from the text.')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(mark).toHaveText(words.trim());
    expect(await page.locator('input[name=body]').inputValue()).not.toContain('comment');
    await expectAccessible(page);
  });

  test('shows a draft to a stranger without an account or JavaScript, and takes the link back', async ({
    page,
    browser,
  }) => {
    const { mark } = await beginArticle(page, 'article');
    await page.getByLabel('Who may read all of it').selectOption('gated');
    await textOf(page).click();
    await page.keyboard.insertText(opening + words + ending);
    await save(page);
    const path = await makePreview(page);
    const reader = await stranger(browser, { javaScriptEnabled: false });
    const answer = await reader.goto(path);
    expect(answer?.status()).toBe(200);
    expect(answer?.headers()).toMatchObject({
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': expect.stringContaining('noindex'),
    });
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText(`Begun ${mark}`);
    await expect(reader.getByText(ending)).toBeVisible();
    await expect(reader.getByRole('complementary', { name: 'Preview' })).toContainText(
      'Preview, not published',
    );
    await expect(reader.getByRole('heading', { name: /^Read on/ })).toHaveCount(0);

    await panel(page, 'Preview links')
      .getByRole('button', { name: /^Close/ })
      .click();
    await expect(page.getByText('The link is closed.')).toBeVisible();
    const closed = await reader.goto(path);
    expect(closed?.status()).toBe(404);
    const text = await reader.getByRole('main').textContent();
    expect(text).toContain('This preview is not open');
    for (const wrong of [`/preview/${'A'.repeat(43)}`, '/preview/x', `${path}/more`]) {
      expect((await reader.goto(wrong))?.status(), wrong).toBe(404);
      expect(await reader.getByRole('main').textContent()).toBe(text);
    }
  });

  test('shows an issue in work, whose articles stay within the preview', async ({
    page,
    browser,
  }) => {
    await page.goto('/dashboard/issues');
    await page.getByRole('main').getByRole('link', { name: 'A Room in the City' }).click();
    await page.waitForURL(/\/dashboard\/issues\/[0-9a-f-]{36}$/);
    const path = await makePreview(page, '1');
    const reader = await stranger(browser, { javaScriptEnabled: false });
    await reader.goto(path);
    await expect(reader.getByRole('heading', { name: 'In this issue' })).toBeVisible();
    await reader.locator('section[aria-labelledby=contents] a').first().click();
    await expect(reader).toHaveURL(new RegExp(`${path}/[a-z0-9-]+$`));
    await reader.getByRole('link', { name: 'All of the issue' }).click();
    await expect(reader).toHaveURL(new RegExp(`${path}$`));
    // Without its scripts a page can't be looked at by axe.
    const looking = await stranger(browser);
    await looking.goto(path);
    await expectAccessible(looking);
  });

  test('at 390 px gives a task, finds it in the list, and nothing scrolls sideways', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const { mark } = await beginArticle(page, 'article');
    await page.getByText('Give somebody a task').click();
    const form = page.getByRole('form', { name: 'Give a task' });
    await form.getByLabel('What').selectOption('copy_edit');
    await form.getByLabel('Who').selectOption({ index: 1 });
    await form.getByLabel('Until').fill('2020-01-01');
    await form.getByRole('button', { name: 'Give' }).click();
    await expect(form.getByText('This day has passed already.')).toHaveCount(2);
    await form.getByLabel('Until').fill('2099-12-31');
    await form.getByRole('button', { name: 'Give' }).click();
    await expect(panel(page, 'To do').getByText('until 31 December 2099')).toBeVisible();
    const fits = () =>
      page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(await fits()).toBe(true);
    await page.goto('/dashboard/articles?assigned=on');
    const row = page.getByRole('listitem').filter({ hasText: `Begun ${mark}` });
    await expect(row).toContainText('Copy-edit');
    await expect(row).toContainText('Draft');
    expect(await fits()).toBe(true);
    await expectAccessible(page);
    await page.getByLabel('Stage').selectOption('ready');
    await page.getByRole('button', { name: 'Show' }).click();
    await expect(page).toHaveURL(/stage=ready/);
    await expect(row).toHaveCount(0);
  });
});
