import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { openOrder, stranger } from './fixtures/office.ts';
import { expect, mailTo, newAddress, signIn, stateOf, test } from './fixtures/test.ts';

/* The office beside the writing: money that goes back, people, the announcement. */

const issue = 'a-room-in-the-city';
const gated = '/articles/sublet';

/** A reader who has signed in and bought the issue. */
async function buyer(page: Page): Promise<string> {
  const email = newAddress();
  await signIn(page, email, `/issues/${issue}`);
  await page.getByRole('link', { name: 'Buy digital' }).first().click();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByRole('button', { name: /^Pay/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Thank you' })).toBeVisible();
  await expectOpen(page);
  return email;
}

async function expectOpen(page: Page): Promise<void> {
  await page.goto(gated);
  await expect(page.getByRole('heading', { level: 1, name: 'Sublet' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Read on with the issue' })).toHaveCount(0);
}

/** Gives back what `choose` says, in the form's two steps. */
async function giveBack(page: Page, choose: () => Promise<unknown>): Promise<void> {
  await choose();
  await page.getByLabel('Reason').fill('The reader asked for it.');
  await page.getByRole('button', { name: 'Go on' }).click();
  const confirm = page.getByRole('form', { name: 'Confirm' });
  await expect(confirm).toContainText('The reader asked for it.');
  await confirm.getByRole('button', { name: /^Give back/ }).click();
  await expect(page.getByText('Stripe has been asked to give the money back.')).toBeVisible();
}

test.describe('a publisher', () => {
  test.use({ storageState: stateOf('publisher') });

  test('gives all the money of a new order back: the reader gets a mail, and the article is closed at the next request', async ({
    page,
    browser,
  }) => {
    const reader = await stranger(browser, { javaScriptEnabled: false });
    const email = await buyer(reader);
    await openOrder(page, email);
    await expect(page.getByRole('main')).toContainText(email);
    await giveBack(page, () => page.getByRole('radio', { name: /^All that is left/ }).check());

    const mail = await mailTo(reader.request, email, 'A refund');
    expect(mail.text).toContain('given back in full');
    await reader.goto(gated);
    await expect(reader.getByRole('heading', { name: 'Read on with the issue' })).toBeVisible();
    await reader.goto('/account/library');
    await expect(reader.getByText('No issue stands here yet.')).toBeVisible();
    await reader.goto('/account');
    await reader
      .getByRole('link', { name: /^(Order )?\d{4,}/ })
      .first()
      .click();
    await expect(reader.getByText('Given back', { exact: false }).first()).toBeVisible();

    await page.reload();
    await expect(page.getByText('Nothing is left to give back.')).toBeVisible();
    await expect(page.getByText('The reader asked for it.').first()).toBeVisible();
  });

  test('gives a part of the money back: the reader gets a mail and may read on', async ({
    page,
    browser,
  }) => {
    const reader = await stranger(browser, { javaScriptEnabled: false });
    const email = await buyer(reader);
    await openOrder(page, email);
    await giveBack(page, () => page.getByLabel('The part, in EUR').fill('1.50'));

    const mail = await mailTo(reader.request, email, 'A refund');
    expect(mail.text).toContain('€1.50');
    expect(mail.text).toContain('stays in your library');
    await expectOpen(reader);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Go on' })).toBeVisible();
    await expect(page.getByText('€1.50').first()).toBeVisible();
  });

  test('is held to what is left: no more than that can be given back', async ({
    page,
    browser,
  }) => {
    await openOrder(page, await buyer(await stranger(browser, { javaScriptEnabled: false })));
    for (const amount of ['0', '-1', '1000', 'all of it', '1.005']) {
      await page.getByLabel('The part, in EUR').fill(amount);
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect(page.getByText(/^Write an amount up to/)).toBeVisible();
    }
  });

  test('announces something: it is on every page at the next request, goes when it is dismissed, and comes anew', async ({
    page,
    browser,
  }) => {
    const mark = randomUUID().slice(0, 8);
    const form = page.getByRole('form', { name: 'Announcement' });
    const field = form.getByLabel('Text over every page');
    const announce = async (words: string) => {
      await page.goto('/dashboard/settings');
      await field.fill(words);
      await form.getByLabel('Where it leads').fill('/subscribe');
      await form.getByLabel('From (UTC)').fill('2020-01-01T00:00');
      await form.getByLabel('Until (UTC)').fill('2099-01-01T00:00');
      await form.getByRole('button', { name: 'Announce' }).click();
      await expect(page.getByText('Saved.')).toBeVisible();
    };
    await page.goto('/dashboard/settings');
    const before = await field.inputValue();
    const reader = await stranger(browser);
    const banner = reader.getByRole('complementary', { name: 'Announcement' });
    await reader.goto('/');
    await expect(banner).not.toContainText(mark);

    await announce(`The *Tern* ${mark} is out`);
    for (const path of ['/', '/issues', gated, '/search', '/sign-in', '/nowhere']) {
      await reader.goto(path);
      await expect(banner).toContainText(`The Tern ${mark} is out`);
    }
    await expect(banner.getByRole('link')).toHaveAttribute('href', '/subscribe');
    await expect(banner.getByRole('emphasis')).toHaveText('Tern');

    await banner.getByText('×').click();
    await expect(banner).toBeHidden();
    for (const path of ['/', '/issues', gated]) {
      await reader.goto(path);
      await expect(reader.getByRole('main')).toBeVisible();
      await expect(banner).toBeHidden();
    }
    await announce(`Another ${mark}`);
    await reader.goto('/');
    await expect(banner).toContainText(`Another ${mark}`);

    const plain = await stranger(browser, { javaScriptEnabled: false });
    const plainBanner = plain.getByRole('complementary', { name: 'Announcement' });
    await plain.goto('/');
    await expect(plainBanner).toBeVisible();
    await plainBanner.getByText('×').click();
    await expect(plainBanner).toBeHidden();

    await announce(before);
    await reader.goto('/');
    await expect(reader.getByText(mark)).toHaveCount(0);
  });

  test('is told which field of the announcement is wrong, and nothing of it is on the site', async ({
    page,
  }) => {
    await page.goto('/dashboard/settings');
    const form = page.getByRole('form', { name: 'Announcement' });
    const mark = randomUUID();
    await form.getByLabel('Text over every page').fill(mark);
    await form.getByLabel('Where it leads').fill('javascript:alert(1)');
    await form.getByLabel('Until (UTC)').fill('2000-01-01T00:00');
    await form.getByRole('button', { name: 'Announce' }).click();
    await expect(form.getByLabel('Where it leads')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.getByLabel('Until (UTC)')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.getByLabel('Text over every page')).toHaveValue(mark);
    await expect(page.getByRole('form', { name: 'Settings' })).toHaveCount(0);
    await page.goto('/');
    await expect(page.getByText(mark)).toHaveCount(0);
  });
});

test.describe('an administrator', () => {
  test.use({ storageState: stateOf('admin') });

  test('is told which field of the settings is wrong, and nothing of it is on the site', async ({
    page,
  }) => {
    await page.goto('/dashboard/settings');
    const form = page.getByRole('form', { name: 'Settings' });
    const mark = randomUUID();
    await form.getByLabel('Tagline').fill(mark);
    await form.getByLabel('E-mail address').fill('nobody');
    await form.getByLabel('On light paper').fill('#ffffff');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form.getByLabel('E-mail address')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.getByLabel('On light paper')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.getByLabel('Tagline')).toHaveValue(mark);
    await page.goto('/');
    await expect(page.getByText(mark)).toHaveCount(0);
  });

  test('appoints a writer, who sees what writers see, and takes the role away again', async ({
    page,
    browser,
  }) => {
    const email = newAddress();
    await page.goto('/dashboard/people');
    const form = page.getByRole('form', { name: 'Appoint somebody' });
    await form.getByLabel('E-mail address').fill(email);
    await form.getByLabel('Role').selectOption('writer');
    await form.getByRole('button', { name: 'Appoint' }).click();
    await expect(page.getByText('Appointed')).toBeVisible();

    const writer = await stranger(browser);
    await signIn(writer, email, '/dashboard');
    const places = writer.getByRole('navigation', { name: 'Dashboard' }).getByRole('listitem');
    await expect(places).toHaveText(['Today', 'Articles', 'Media', 'Account']);
    for (const place of [
      ...['issues', 'contributors', 'sections', 'topics', 'series', 'redirects', 'menus'],
      ...['orders', 'people', 'settings'],
    ]) {
      expect((await writer.goto(`/dashboard/${place}`))?.status(), place).toBe(404);
    }
    await writer.goto('/dashboard/articles');
    await expect(writer.getByText('0 articles')).toBeVisible();
    const begin = writer.getByRole('form', { name: 'New article' });
    await begin.getByLabel('Title').fill('A first piece');
    await begin.getByRole('button', { name: 'Begin' }).click();
    await expect(writer.getByRole('button', { name: 'Save', exact: true })).toBeVisible();
    await expect(writer.getByRole('button', { name: /Publish|Schedule/ })).toHaveCount(0);

    await page.reload();
    await page.getByRole('button', { name: `Take role away ${email}` }).click();
    await expect(page.getByText('The role was taken away.')).toBeVisible();
    expect((await writer.goto('/dashboard'))?.status()).toBe(404);
    expect((await writer.goto('/account'))?.status()).toBe(200);
  });
});
