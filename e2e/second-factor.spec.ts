import type { Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessible.ts';
import { ageProofs } from './fixtures/database.ts';
import { buyDigital, openOrder, stranger } from './fixtures/office.ts';
import { codeOf, comeBack, invited, setUpApp } from './fixtures/staff.ts';
import { expect, mailTo, signIn, test } from './fixtures/test.ts';

/** An authenticator in the browser, which says yes to everything. */
async function virtualKey(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const today = (page: Page) => page.getByRole('heading', { level: 1, name: 'Today' });

test('somebody who is invited gets a mail, signs in by it, and is no longer called invited', async ({
  page,
  browser,
}) => {
  const email = await invited(browser, 'editor');
  const mail = await mailTo(page.request, email, 'You are invited');
  expect(mail.text).toContain('as an editor');
  await page.goto(mail.links[0] ?? '');
  await expect(page.getByLabel('E-mail address')).toHaveValue(email);
  const admin = await stranger(browser);
  await signIn(admin, 'admin@example.org', '/dashboard/people');
  const row = admin.getByRole('listitem').filter({ hasText: email });
  await expect(row).toContainText('invited, not been here yet');
  await row.getByRole('button', { name: /^Send the invitation again/ }).click();
  await expect(admin.getByText('The invitation is on its way again.')).toBeVisible();
  await expectAccessible(admin);
  await signIn(page, email, '/dashboard');
  await admin.reload();
  await expect(row).not.toContainText('invited');
});

test('a passkey is set up with the keyboard alone, and opens the office after the mailed link', async ({
  page,
  browser,
}) => {
  const email = await invited(browser, 'writer');
  await virtualKey(page);
  await signIn(page, email, '/account/security');
  await page.getByLabel('Name of a new passkey').focus();
  await page.keyboard.type('Laptop');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Recovery codes' })).toBeVisible();
  await expectAccessible(page);
  expect((await mailTo(page.request, email, 'a passkey was added')).text).toContain('passkey');

  await comeBack(page, email, '/dashboard/articles');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use a passkey' }).press('Enter');
  await expect(page).toHaveURL(/\/dashboard\/articles$/);

  await page.goto('/account/security');
  await renameByKeyboard(page, email);
  await page.getByRole('button', { name: 'Remove Old laptop' }).click();
  await expect(page.getByText('The passkey was removed.')).toBeVisible();
  await comeBackFreely(page, email);
});

/** Another name for the passkey “Laptop”, after a proof that is too old; at the end the keyboard is where it was. */
async function renameByKeyboard(page: Page, email: string): Promise<void> {
  const opener = page.getByRole('button', { name: 'Rename Laptop' });
  await opener.press('Enter');
  const name = page.getByLabel('New name of Laptop');
  await expect(name).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Write a name' })).toBeVisible();
  await ageProofs(email);
  await page.keyboard.type('Old laptop');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await dialog.getByRole('button', { name: 'Use a passkey' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Rename Old laptop' })).toBeFocused();
}

async function comeBackFreely(page: Page, email: string): Promise<void> {
  await page.context().clearCookies();
  await signIn(page, email, '/dashboard');
  await expect(today(page)).toBeVisible();
}

test.describe('on a telephone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('an app and its recovery codes open the office, each code once', async ({
    page,
    browser,
  }) => {
    const email = await invited(browser, 'editor');
    await signIn(page, email, '/account/security');
    const { secret, codes } = await setUpApp(page);
    await expectAccessible(page);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await overflow()).toBeLessThanOrEqual(390);

    await comeBack(page, email, '/dashboard');
    expect(await overflow()).toBeLessThanOrEqual(390);
    const confirm = page.getByRole('button', { name: 'Confirm', exact: true });
    await page.getByLabel('Code of your authenticator app').fill('000000');
    await confirm.click();
    await expect(page.getByText('This code is wrong')).toBeVisible();
    // This half minute's was used to set the app up; the next one's is good already.
    const code = codeOf(secret, 1);
    await page.getByLabel('Code of your authenticator app').fill(code);
    await confirm.click();
    await expect(today(page)).toBeVisible();

    await comeBack(page, email, '/dashboard');
    await page.getByLabel('Code of your authenticator app').fill(code);
    await confirm.click();
    await expect(page.getByText('This code is wrong')).toBeVisible();
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(codes[0] ?? '');
    await confirm.click();
    await expect(today(page)).toBeVisible();
    await page.goto('/account/security');
    await expect(page.getByText('9 codes are left.')).toBeVisible();
  });
});

test('a refund asks again after ten minutes, keeps what was typed, and goes on by itself', async ({
  page,
  browser,
}) => {
  const email = await invited(browser, 'publisher');
  await signIn(page, email, '/account/security');
  const { codes } = await setUpApp(page);
  await openOrder(page, await buyDigital(await stranger(browser), 'night-work'));
  await page.getByLabel('The part, in EUR').fill('1.50');
  await page.getByLabel('Reason').fill('A torn page.');
  await page.getByRole('button', { name: 'Go on' }).click();
  await ageProofs(email);
  const give = page.getByRole('button', { name: /^Give back/ });
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await give.click();
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Nothing was done: confirm first that it is you.')).toBeVisible();
  await expect(page.getByRole('form', { name: 'Confirm' })).toContainText('A torn page.');

  await give.click();
  await dialog.getByRole('button', { name: 'Use a recovery code' }).click();
  await dialog.getByLabel('Recovery code').fill(codes[1] ?? '');
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Stripe has been asked to give the money back.')).toBeVisible();
  await expect(page.getByText('A torn page.').first()).toBeVisible();
});

test('a change of role and an export ask again after ten minutes', async ({ page, browser }) => {
  const email = await invited(browser, 'admin');
  const writer = await invited(browser, 'writer');
  await signIn(page, email, '/account/security');
  const { codes } = await setUpApp(page);
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  const prove = async (code: string | undefined) => {
    await dialog.getByRole('button', { name: 'Use a recovery code' }).click();
    await dialog.getByLabel('Recovery code').fill(code ?? '');
    await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await page.goto('/dashboard/people');
  await ageProofs(email);
  await page.getByLabel(`Role of ${writer}`).selectOption('editor');
  await page.getByRole('button', { name: `Change role ${writer}` }).click();
  await prove(codes[0]);
  await expect(page.getByText('The role was changed.')).toBeVisible();

  await page.goto('/dashboard/audit');
  await expect(page.getByRole('listitem').filter({ hasText: writer }).first()).toContainText(
    'from “writer” to “editor”',
  );
  await expectAccessible(page);
  await ageProofs(email);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  await prove(codes[1]);
  expect((await saved).suggestedFilename()).toMatch(/^log-.*\.csv$/);
  await page.reload();
  // Others work at the same time; this one's own line is among the newest.
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Exported the log' });
  await expect(line.filter({ hasText: email })).toHaveCount(1);
});

test('a session that was ended is a stranger’s at its next request', async ({ page, browser }) => {
  const email = await invited(browser, 'writer');
  const other = await stranger(browser);
  await signIn(other, email, '/dashboard');
  await signIn(page, email, '/account/security');
  await expect(page.getByText('this one')).toBeVisible();
  await page.getByRole('button', { name: 'End all others' }).click();
  await expect(page.getByText('All others were ended.')).toBeVisible();
  await other.goto('/dashboard');
  await expect(other).toHaveURL(/\/sign-in\?/);
  await page.goto('/dashboard');
  await expect(today(page)).toBeVisible();
});
