import { randomUUID } from 'node:crypto';
import { expectAccessible } from './fixtures/accessible.ts';
import { stranger } from './fixtures/office.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* What is sold by subscription: made in the office, read by readers without JavaScript. */

// Each looks at several pages with axe, in light and in dark.
test.describe.configure({ timeout: 180_000 });
test.use({ storageState: stateOf('publisher') });

test('a publisher makes a plan, puts it on offer, where readers find it, and retires it', async ({
  page,
  browser,
}) => {
  const name = `Letters ${randomUUID().slice(0, 8)}`;
  const reader = await stranger(browser, { javaScriptEnabled: false });
  await page.goto('/dashboard/plans');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Make a plan' }).click();
  const form = page.getByRole('form', { name: 'New plan' });
  await form.getByLabel('Name').fill(name);
  await form.getByRole('radio', { name: 'A number of issues' }).check();
  await expect(form.getByLabel('Free days at the beginning')).toBeHidden();
  await form.getByLabel('Issues', { exact: true }).fill('6');
  await form.getByLabel('Standard of EUR').fill('48');
  await form.getByLabel('Reduced of EUR').fill('60');
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Make the plan' }).click();
  await expect(form.getByText('Less than the standard price.')).toBeVisible();
  await form.getByLabel('Reduced of EUR').fill('36');
  await form.getByRole('button', { name: 'Make the plan' }).click();
  await page.waitForURL(/\/dashboard\/plans\/[0-9a-f-]{36}$/);
  // Six copies to Ireland at €3.00 each.
  await expect(page.getByText('€66.00 for 6 issues, post to Ireland included')).toBeVisible();
  await expectAccessible(page);
  await reader.goto('/subscribe');
  await expect(reader.getByRole('heading', { name })).toHaveCount(0);

  await page.getByRole('button', { name: `Put on offer ${name}` }).click();
  await expect(page.getByText('It is on offer.')).toBeVisible();
  await reader.goto('/subscribe');
  const plan = reader.getByRole('region', { name, exact: true });
  await expect(plan.getByText('Ends by itself after 6 issues.')).toBeVisible();
  const europe = plan.getByRole('row', { name: /^Europe/ });
  await expect(europe.getByRole('cell')).toHaveText(['€69.00', '€81.00']);
  // Axe needs scripts: it looks at the personal twin of the same page.
  await page.goto('/subscribe');
  await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.goBack();

  await page.getByRole('form', { name: 'The plan' }).getByLabel('Standard of EUR').fill('50');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await reader.goto('/subscribe');
  await expect(europe.getByRole('cell').last()).toHaveText('€83.00');

  await page.getByRole('button', { name: `Retire ${name}` }).click();
  await expect(page.getByText('It is offered no more.')).toBeVisible();
  await reader.goto('/subscribe');
  await expect(plan).toHaveCount(0);
  await page.goto('/dashboard/plans');
  const retired = page.getByRole('region', { name: 'Not on offer' });
  await expect(retired.getByRole('link', { name })).toBeVisible();
});

test('a zone of postage is made and changed by keyboard alone, on a telephone’s width', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const name = `Far ${randomUUID().slice(0, 8)}`;
  await page.goto('/dashboard/postage/new');
  const form = page.getByRole('form', { name: 'New zone' });
  const type = async (label: string, text: string) => {
    await form.getByLabel(label, { exact: true }).focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  };
  await type('Name', name);
  await type('First copy of EUR', '9.50');
  await type('Each further of EUR', '4');
  await type('Find a country', 'faro');
  await page.keyboard.press('Enter');
  await expect(form.getByText('Faroe Islands is in this zone, once saved.')).toBeVisible();
  await type('Find a country', 'tuval');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(form.getByText('Tuvalu is in this zone, once saved.')).toBeVisible();
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Make the zone' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/dashboard\/postage$/);
  await expectAccessible(page);
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name }) });
  await expect(row).toContainText('Faroe Islands and Tuvalu');

  await row.getByRole('link', { name }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/dashboard\/postage\/[0-9a-f-]{36}$/);
  const zone = page.getByRole('form', { name: 'The zone' });
  await zone.getByRole('button', { name: 'Remove Faroe Islands' }).focus();
  await page.keyboard.press('Enter');
  await expect(zone.getByText('Faroe Islands is not in this zone any more')).toBeVisible();
  await expect(zone.getByLabel('Find a country')).toBeFocused();
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over).toBe(0);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('tuval');
  await expect(zone.getByRole('checkbox', { name: 'Tuvalu' })).toBeChecked();
  await zone.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await expect(zone.getByText('Saved.')).toBeVisible();
  await page.getByRole('button', { name: `Remove ${name}` }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/dashboard\/postage$/);
  await expect(page.getByRole('link', { name })).toHaveCount(0);
});
