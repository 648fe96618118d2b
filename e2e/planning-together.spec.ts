import type { CDPSession, Locator, Page } from '@playwright/test';
import { stranger } from './fixtures/office.ts';
import {
  anIssueWith,
  choose,
  departmentOf,
  expectSaved,
  gripOf,
  newTitles,
  titlesIn,
} from './fixtures/planning.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* The plan of an issue under two pairs of hands, and under a finger. */

test.use({ storageState: stateOf('editor') });
// Each begins articles and an issue of its own before it plans.
test.describe.configure({ timeout: 300_000 });

async function centreOf(what: Locator): Promise<{ x: number; y: number }> {
  const box = await what.boundingBox();
  if (!box) throw new Error('It can’t be seen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('a colleague’s moves appear by themselves, but not under somebody’s hands', async ({
  page,
  context,
}) => {
  const [one, two] = newTitles();
  const address = await anIssueWith(page, [one, two]);
  const other = await context.newPage();
  await other.goto(address);
  let questions = 0;
  other.on('request', (request) => {
    if (request.url().endsWith('/mark')) questions += 1;
  });
  /** As if somebody came back to the window: it would ask at once. */
  const comeBack = () => other.evaluate(() => window.dispatchEvent(new Event('focus')));
  const expectStillness = async () => {
    const before = questions;
    await comeBack();
    expect(questions).toBe(before);
  };

  await choose(page, `“${one}”`, 'Letters');
  await expectSaved(page);
  await expect(titlesIn(other, 'Letters')).toHaveText([one], { timeout: 20_000 });
  await expect(other.getByText('A colleague changed the plan')).toBeVisible();

  await other.getByRole('button', { name: `Do something with “${one}”` }).focus();
  await choose(page, `“${one}”`, 'Essays');
  await expectSaved(page);
  await comeBack();
  await expect(titlesIn(other, 'Essays')).toHaveText([two, one]);
  await expect(other.getByRole('button', { name: `Do something with “${one}”` })).toBeFocused();
  await choose(page, `“${one}”`, 'Letters');
  await expectSaved(page);
  await comeBack();
  await expect(titlesIn(other, 'Letters')).toHaveText([one]);

  await other.getByLabel(`Budget of ${two}`).focus();
  await expectStillness();
  await choose(page, `“${two}”`, 'Letters');
  await expectSaved(page);
  await expectStillness();
  await expect(titlesIn(other, 'Essays')).toHaveText([two]);
  await other.getByLabel(`Budget of ${two}`).blur();
  await comeBack();
  await expect(titlesIn(other, 'Letters')).toHaveText([one, two]);

  const { x, y } = await centreOf(gripOf(other, `“${two}”`));
  await other.mouse.move(x, y);
  await other.mouse.down();
  await other.mouse.move(x, y - 20, { steps: 4 });
  await expectStillness();
  await choose(page, `“${two}”`, 'Essays');
  await expectSaved(page);
  await expectStillness();
  await expect(titlesIn(other, 'Letters')).toHaveText([one, two]);
  await other.keyboard.press('Escape');
  await other.mouse.up();
  await comeBack();
  await expect(titlesIn(other, 'Essays')).toHaveText([two]);
});

test('whether an issue was changed is told to who may plan it, and to nobody else', async ({
  page,
  browser,
}) => {
  await page.goto('/dashboard/issues');
  const link = page.getByRole('main').getByRole('link', { name: 'Arithmetic' });
  const mark = `${await link.getAttribute('href')}/mark`;
  const first = await page.request.get(mark);
  expect(first.status()).toBe(204);
  const headers = { 'if-none-match': first.headers()['etag'] ?? '' };
  expect((await page.request.get(mark, { headers })).status()).toBe(304);
  const writer = await browser.newContext({ storageState: stateOf('writer') });
  const outside = await stranger(browser);
  for (const { request } of [writer, outside]) {
    const refused = await request.get(mark, { headers });
    expect(refused.status()).toBe(404);
    expect(refused.headers()['etag']).toBeUndefined();
  }
  expect((await page.request.get('/dashboard/issues/x/mark')).status()).toBe(404);
});

/** A finger that goes down at a point and over others, each in a frame of its own, and is lifted at the last. */
async function finger(
  page: Page,
  cdp: CDPSession,
  points: { x: number; y: number }[],
): Promise<void> {
  for (const [index, point] of points.entries()) {
    const type = index === 0 ? 'touchStart' : 'touchMove';
    await cdp.send('Input.dispatchTouchEvent', { type, touchPoints: [point] });
    await page.evaluate(() => new Promise((shown) => requestAnimationFrame(shown)));
  }
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

/** From one point to another in small steps, as a finger moves. */
function path(from: { x: number; y: number }, to: { x: number; y: number }) {
  const steps = 12;
  return Array.from({ length: steps + 1 }, (_, step) => ({
    x: from.x + ((to.x - from.x) * step) / steps,
    y: from.y + ((to.y - from.y) * step) / steps,
  }));
}

test('on a telephone a finger on the grip moves the article, and anywhere else the page', async ({
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    storageState: stateOf('editor'),
  });
  const page = await context.newPage();
  const [one, two] = newTitles();
  const address = await anIssueWith(page, [one, two]);
  const cdp = await context.newCDPSession(page);
  const scrolled = () => page.evaluate(() => Math.round(window.scrollY));

  const toTheTop = () =>
    departmentOf(page, 'Essays').evaluate((section) => {
      section.scrollIntoView({ behavior: 'instant' });
    });

  await page.goto(address);
  // The board listens as soon as it has a voice.
  await expect(page.locator('[id^="DndLiveRegion"]')).toBeAttached();
  await toTheTop();
  const before = await scrolled();
  const row = await centreOf(page.getByRole('link', { name: two, exact: true }));
  await finger(page, cdp, path(row, { x: row.x, y: row.y - 150 }));
  await expect.poll(scrolled).toBeGreaterThan(before + 50);
  await expect(titlesIn(page, 'Essays')).toHaveText([one, two]);

  await toTheTop();
  const at = await scrolled();
  const from = await centreOf(gripOf(page, `“${one}”`));
  const to = await centreOf(departmentOf(page, 'Letters').getByText('Nothing stands'));
  await finger(page, cdp, path(from, { x: from.x + 20, y: to.y + 10 }));
  await expect(titlesIn(page, 'Letters')).toHaveText([one]);
  expect(await scrolled()).toBe(at);
  await expectSaved(page);
  await page.goto(address);
  await expect(titlesIn(page, 'Letters')).toHaveText([one]);
  await expect(titlesIn(page, 'Essays')).toHaveText([two]);
  await context.close();
});
