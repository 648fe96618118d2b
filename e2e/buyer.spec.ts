import { expect, mailTo, newAddress, openLink, signIn, test } from './fixtures/test.ts';

/* Buying an issue and reading it, with JavaScript off from beginning to end, and once with it on. */

const gated = { slug: 'wet-time', title: 'Wet Time', issue: 'The Weather Inside' };

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a reader buys the printed issue from an article and reads what was closed', async ({
    page,
  }) => {
    const email = newAddress();
    await page.goto(`/articles/${gated.slug}`);
    await expect(page.getByRole('heading', { name: 'Read on with the issue' })).toBeVisible();
    await page.getByRole('link', { name: 'Buy this Issue' }).first().click();

    await expect(page.getByRole('heading', { level: 1 })).toContainText(gated.issue);
    await page.getByLabel(/^Print/).check();
    await page.getByLabel('Copies').fill('2');
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await expect(page.getByLabel('Post to')).toHaveAccessibleDescription(/country/);
    await expect(page.getByLabel('Copies')).toHaveValue('2');
    await page.getByLabel('Post to').selectOption('DE');
    await page.getByRole('button', { name: 'Continue to payment' }).click();

    await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible();
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Full name').fill('Ada Reader');
    await page.getByLabel('Street and number').fill('1 Quire Lane');
    await page.getByLabel('Postcode').fill('10115');
    await page.getByLabel('Town').fill('Berlin');
    await page.getByRole('button', { name: /^Pay/ }).click();

    await expect(page.getByRole('heading', { level: 1, name: 'Thank you' })).toBeVisible();
    const receipt = await mailTo(page.request, email, 'Your order');
    expect(receipt.text).toContain('€35.50');
    expect(receipt.text).toContain('1 Quire Lane');

    const asking = receipt.links.find((link) => link.includes('/sign-in'));
    await page.goto(asking ?? '');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await openLink(page, email, '/account/library');
    await expect(page.getByRole('link', { name: new RegExp(gated.issue) }).first()).toBeVisible();

    await page.goto(`/articles/${gated.slug}`);
    await expect(page.getByRole('heading', { name: 'Read on with the issue' })).toHaveCount(0);
    await expect(page.getByRole('region', { name: 'Notes' })).toBeVisible();
    await page.goto('/account');
    await expect(
      page.getByRole('table').or(page.getByRole('list')).getByText('€35.50').first(),
    ).toBeVisible();
  });

  test('a reader who is signed in buys the digital issue, and signing out closes it again', async ({
    page,
  }) => {
    const email = newAddress();
    await signIn(page, email, '/issues/a-room-in-the-city');
    await page.getByRole('link', { name: 'Buy digital' }).first().click();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByRole('button', { name: /^Pay/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Thank you' })).toBeVisible();
    await page.goto('/articles/sublet');
    await expect(page.getByRole('heading', { name: 'Read on with the issue' })).toHaveCount(0);
    await page.goto('/account');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto('/articles/sublet');
    await expect(page.getByRole('heading', { name: 'Read on with the issue' })).toBeVisible();
  });

  test('a sold-out print edition can’t be chosen, and the digital one can', async ({ page }) => {
    await page.goto('/issues/night-work/buy?edition=print');
    await expect(page.getByLabel(/^Print/)).toBeDisabled();
    await page.getByLabel(/^Digital/).check();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible();
  });

  test('going back from the payment keeps the choice and charges nothing', async ({ page }) => {
    await page.goto('/issues/the-weather-inside/buy?edition=print');
    await page.getByLabel('Copies').fill('3');
    await page.getByLabel('Post to').selectOption('IE');
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByRole('link', { name: /Cancel/ }).click();
    await expect(page.getByText('You came back without paying')).toBeVisible();
    await expect(page.getByLabel('Copies')).toHaveValue('3');
    await expect(page.getByLabel('Post to')).toHaveValue('IE');
  });
});

test('with JavaScript the same way leads to the same place', async ({ page }) => {
  const email = newAddress();
  await page.goto('/issues/the-weather-inside');
  await page.getByRole('link', { name: 'Buy digital' }).first().click();
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: /^Pay/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Thank you' })).toBeVisible();
  await mailTo(page.request, email, 'Your order');
});
