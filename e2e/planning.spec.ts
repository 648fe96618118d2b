import type { APIRequestContext, Page } from '@playwright/test';
import { expectAccessible } from './fixtures/accessible.ts';
import { stranger } from './fixtures/office.ts';
import {
  anIssueWith,
  aWholeIssue,
  choose,
  departmentOf,
  expectSaved,
  gripOf,
  newTitles,
  titlesIn,
} from './fixtures/planning.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* An issue, from the empty plan to the minute in which all of it is there. */

/** Pulls one thing over another, as a hand does. */
/** As a hand would: it lets go once the board says where (`over`) that would be. */
async function drag(
  page: Page,
  about: string,
  over: string,
  to: { x: number; y: number },
): Promise<void> {
  const box = await gripOf(page, about).boundingBox();
  if (!box) throw new Error(`${about} can't be seen`);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y - 12, { steps: 6 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await expect(page.getByText(`${about}: ${over}.`)).toBeAttached();
  await page.mouse.up();
}

test.describe('an editor', () => {
  test.use({ storageState: stateOf('editor') });
  // Each begins articles and an issue of its own before it plans.
  test.describe.configure({ timeout: 300_000 });

  test('plans by mouse: into another department, out of the issue and back; it stays so', async ({
    page,
  }) => {
    // The whole plan at once: what is dragged goes where the window shows it.
    await page.setViewportSize({ width: 1280, height: 2000 });
    const [one, two, three] = newTitles();
    const address = await anIssueWith(page, [one, two, three]);
    const target = await departmentOf(page, 'Letters').getByText('Nothing stands').boundingBox();
    await drag(page, `“${one}”`, 'in Letters', {
      x: (target?.x ?? 0) + 80,
      y: (target?.y ?? 0) + 20,
    });
    await expect(titlesIn(page, 'Letters')).toHaveText([one]);
    const first = await gripOf(page, `“${two}”`).boundingBox();
    await drag(page, `“${three}”`, `in Essays, before “${two}”`, {
      x: (first?.x ?? 0) + 60,
      y: first?.y ?? 0,
    });
    await expect(titlesIn(page, 'Essays')).toHaveText([three, two]);
    await expectSaved(page);
    await page.goto(address);
    await expect(titlesIn(page, 'Letters')).toHaveText([one]);
    await expect(titlesIn(page, 'Essays')).toHaveText([three, two]);
    await page.getByLabel(`Length of ${three}`).fill('3');
    await page.getByLabel(`Budget of ${three}`).fill('900');
    await page.getByRole('button', { name: 'Number', exact: true }).click();
    await expect(page.getByLabel(`Page of ${two}`)).toHaveValue('7');
    await page.getByLabel(`Page of ${two}`).fill('6');
    await page.getByLabel(`Page of ${two}`).press('Enter');
    await expect(page.getByText(`Two articles on page 6: “${three}” and “${two}”.`)).toBeVisible();
    await page.getByRole('button', { name: 'Undo the last change' }).click();
    await expect(page.getByLabel(`Page of ${two}`)).toHaveValue('7');
    await expectSaved(page);
    await expectAccessible(page);
  });

  test('plans by keyboard alone, and is told of each step', async ({ page }) => {
    const [one, two] = newTitles();
    const address = await anIssueWith(page, [one, two]);
    await gripOf(page, `“${one}”`).focus();
    await page.keyboard.press('Space');
    await expect(page.getByText(`“${one}”: at its own place.`)).toBeAttached();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByText(`“${one}”: at the end of Essays.`)).toBeAttached();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByText(`“${one}”: in Letters.`)).toBeAttached();
    await page.keyboard.press('Space');
    await expect(titlesIn(page, 'Letters')).toHaveText([one]);
    await expectSaved(page);
    const menu = page.getByRole('button', { name: `Do something with “${two}”` });
    await menu.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect(titlesIn(page, 'Essays')).toHaveCount(0);
    await expectSaved(page);
    await page.goto(address);
    await expect(titlesIn(page, 'Letters')).toHaveText([one]);
    await expect(titlesIn(page, 'Essays')).toHaveCount(0);
  });

  test('plans on a telephone, by finger and by menu, without scrolling sideways', async ({
    browser,
  }) => {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      storageState: stateOf('editor'),
    });
    const page = await context.newPage();
    const [one, two] = newTitles();
    await anIssueWith(page, [one, two]);
    await choose(page, `“${two}”`, 'Move up');
    await expect(titlesIn(page, 'Essays')).toHaveText([two, one]);
    await choose(page, `“${two}”`, 'Letters');
    await expect(titlesIn(page, 'Letters')).toHaveText([two]);
    await expectSaved(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await expectAccessible(page);
    await context.close();
  });

  test('is told when a colleague was faster: the board shows theirs, and the data’s form keeps both', async ({
    page,
    context,
  }) => {
    const [one, two] = newTitles();
    const address = await anIssueWith(page, [one, two]);
    const other = await context.newPage();
    // It doesn't learn of the change before it makes its own.
    await other.route('**/mark', (route) => route.abort());
    await other.goto(address);
    await choose(page, `“${one}”`, 'Letters');
    await expectSaved(page);
    await choose(other, `“${two}”`, 'Letters');
    await expect(other.getByText('Somebody else changed this plan')).toBeVisible();
    await expect(titlesIn(other, 'Letters')).toHaveText([one]);
    await expect(titlesIn(other, 'Essays')).toHaveText([two]);
    await choose(other, `“${two}”`, 'Letters');
    await expect(titlesIn(other, 'Letters')).toHaveText([one, two]);

    const form = page.getByRole('form', { name: 'The issue' });
    const late = other.getByRole('form', { name: 'The issue' });
    await form.getByLabel('Period').fill('Spring');
    await form.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(form.getByText('Saved.')).toBeVisible();
    await late.getByLabel('Period').fill('Summer');
    await late.getByLabel('Description').fill('Of rivers.');
    await late.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(late.getByText('Changed to “Spring” meanwhile.')).toBeVisible();
    await expect(late.getByLabel('Period')).toHaveValue('Summer');
    await late.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(late.getByText('Saved.')).toBeVisible();
  });
});

/** Every public place that could speak of an issue, its article and its words. */
async function placesThatTell(request: APIRequestContext, whole: Whole): Promise<string[]> {
  const { article, issue, mark } = whole;
  const told: string[] = [];
  const places = [
    '/',
    '/issues',
    `/issues/${issue}`,
    `/issues/${issue}/buy?edition=digital`,
    `/articles/${article}`,
    `/og/articles/${article}`,
    '/feed.xml',
    '/sitemap.xml',
    `/search?q=${mark}`,
  ];
  for (const path of places) {
    const answer = await request.get(path, { failOnStatusCode: false });
    const text = (await answer.text()).replaceAll(`/search?q=${mark}`, '');
    const own = path.includes(article) || path.includes(issue);
    const tells = path.startsWith('/search')
      ? text.includes(article)
      : own
        ? answer.status() === 200
        : text.includes(article) || text.includes(issue);
    if (tells) told.push(path);
  }
  return told;
}

type Whole = { article: string; issue: string; mark: string };

test.describe('a publisher', () => {
  test.use({ storageState: stateOf('publisher') });

  test('sets the minute: nothing is to be seen before it, and all of it after', async ({
    page,
    browser,
  }) => {
    test.setTimeout(240_000);
    const whole = await aWholeIssue(page, 'Words that wait for their minute.');
    const outside = await stranger(browser);
    const form = page.getByRole('form', { name: 'Schedule' });
    await form.getByLabel('At (UTC)').fill('2999-01-01T09:00');
    await form.getByRole('button', { name: 'Schedule' }).click();
    await expect(page.getByText('It comes out by itself on 1 January 2999')).toBeVisible();
    await form.getByRole('button', { name: 'Don’t schedule' }).click();
    await expect(page.getByText('The appointment was taken back.')).toBeVisible();
    expect(await placesThatTell(outside.request, whole)).toEqual([]);

    const soon = new Date(Date.now() + 75_000).toISOString().slice(0, 16);
    await form.getByLabel('At (UTC)').fill(soon);
    await form.getByRole('button', { name: 'Schedule' }).click();
    await expect(page.getByText('It comes out by itself on')).toBeVisible();
    expect(await placesThatTell(outside.request, whole)).toEqual([]);
    await expect
      .poll(async () => (await outside.request.get(`/issues/${whole.issue}`)).status(), {
        timeout: 120_000,
        intervals: [1_000],
      })
      .toBe(200);
    expect(await placesThatTell(outside.request, whole)).toEqual(
      expect.arrayContaining([
        '/issues',
        `/issues/${whole.issue}`,
        `/issues/${whole.issue}/buy?edition=digital`,
        `/articles/${whole.article}`,
        '/feed.xml',
        '/sitemap.xml',
        `/search?q=${whole.mark}`,
      ]),
    );
    await page.reload();
    await page.getByText('Take the release back').first().click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await expect(page.getByText('Taken back')).toBeVisible();
    expect(await placesThatTell(outside.request, whole)).toEqual([]);
  });
});
