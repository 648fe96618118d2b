import { beginNews, publish, stranger } from './fixtures/office.ts';
import { expect, stateOf, test } from './fixtures/test.ts';

/* The way of a reader who buys nothing. */

const free = '/articles/what-a-forecast-owes-you';
const issue = '/issues/the-weather-inside';

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('links alone lead from the front page through the magazine and back', async ({ page }) => {
      const heading = page.getByRole('heading', { level: 1 });
      const main = page.getByRole('main');
      await page.goto('/');
      await main.getByRole('link', { name: 'The Weather Inside' }).first().click();
      await expect(heading).toContainText('The Weather Inside');
      await main.getByRole('link', { name: 'What a Forecast Owes You' }).first().click();
      await expect(heading).toHaveText('What a Forecast Owes You');
      const name = (await page.locator('a[href^="/contributors/"]').first().textContent()) ?? '';
      await page.locator('a[href^="/contributors/"]').first().click();
      await expect(heading).toHaveText(name);
      await main.getByRole('link', { name: 'What a Forecast Owes You' }).first().click();
      const sections = page.getByRole('navigation', { name: 'Sections', exact: true });
      await sections.getByRole('link', { name: 'Reportage' }).click();
      await expect(heading).toHaveText('Reportage');
      await sections.getByRole('link', { name: 'Issues' }).click();
      await expect(heading).toHaveText('Issues');
      await main.getByRole('link', { name: /Night Work/ }).click();
      await expect(heading).toContainText('Night Work');
      await sections.getByRole('link', { name: 'Search' }).click();
      await page.getByRole('searchbox').fill('weather');
      await page.getByRole('button', { name: 'Search' }).click();
      await expect(main.getByRole('link', { name: 'The Weather Inside' }).first()).toBeVisible();
      await page
        .getByRole('link', { name: /^The Common Tern/ })
        .first()
        .click();
      await expect(page).toHaveURL(/\/$/);
    });

    test('what is not there says so and shows ways on', async ({ page }) => {
      for (const folder of ['', '/articles', '/issues', '/sections', '/contributors']) {
        expect((await page.goto(`${folder}/nothing-at-all`))?.status()).toBe(404);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not here');
        await expect(page).toHaveURL(new RegExp(`${folder}/nothing-at-all$`));
      }
      expect((await page.goto('/issues/nothing-at-all/buy'))?.status()).toBe(404);
      await page.getByRole('main').getByRole('link', { name: 'All issues' }).click();
      await expect(page).toHaveURL(/\/issues$/);
    });

    test('a page for somebody who is signed in asks a stranger to sign in', async ({ page }) => {
      for (const path of ['/account', '/account/library', '/account/orders/1001', '/dashboard']) {
        await page.goto(path);
        await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
      }
    });

    test('a footnote leads to its note, and the note back', async ({ page }) => {
      await page.goto(free);
      const reference = page.locator('.body a[href^="#note-"]').first();
      const target = (await reference.getAttribute('href')) ?? '';
      await reference.click();
      await expect(page).toHaveURL(new RegExp(`${target}$`));
      const note = page.locator(target);
      await expect(note).toBeInViewport();
      await note.getByRole('link', { name: /^Back to the text/ }).click();
      await expect(reference).toBeInViewport();
    });

    test('the first key goes to a link past the navigation, and that link works', async ({
      page,
    }) => {
      for (const path of ['/', free, issue, '/search', '/sign-in', '/nowhere']) {
        await page.goto(path);
        await page.keyboard.press('Tab');
        await expect(page.getByRole('link', { name: 'Skip to the text' })).toBeFocused();
        await expect(page.getByRole('link', { name: 'Skip to the text' })).toBeInViewport();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('main')).toBeFocused();
      }
    });
  });
}

test('a cover stands beside what is said of its issue', async ({ page }) => {
  await page.goto(free);
  const name = page.getByRole('link', { name: 'No. 14: The Weather Inside' });
  const strip = page
    .locator('div', { has: name })
    .filter({ has: page.locator('img') })
    .last();
  const [cover, text] = [
    await strip.locator('img').boundingBox(),
    await strip.getByRole('link', { name: 'No. 14: The Weather Inside' }).boundingBox(),
  ];
  if (!cover || !text) throw new Error('The cover or the name is not shown');
  expect(cover.x + cover.width).toBeLessThan(text.x);
  expect(cover.y).toBeLessThan(text.y + text.height);
  expect(text.y).toBeLessThan(cover.y + cover.height);
});

test('every link, picture and anchor of the site leads somewhere', async ({ request, baseURL }) => {
  test.setTimeout(240_000);
  const seen = new Map<string, string>([['/', '/']]);
  const broken: string[] = [];
  for (const [path, from] of seen) {
    const answer = await request.get(path);
    const isPage = answer.headers()['content-type']?.startsWith('text/html') ?? false;
    const html = isPage ? await answer.text() : '';
    if (answer.status() !== 200 && (await stillLinks(from, path)))
      broken.push(`${answer.status()} ${path} (from ${from})`);
    for (const [, anchor] of html.matchAll(/ href="#([^"]+)"/g)) {
      if (!html.includes(` id="${anchor}"`)) broken.push(`#${anchor} at ${path}`);
    }
    for (const [, , address = ''] of html.matchAll(/ (href|src|action)="([^"#]+)/g)) {
      const url = new URL(address.replaceAll('&amp;', '&'), baseURL + path);
      const to = url.pathname + url.search;
      if (url.origin === baseURL && !seen.has(to)) seen.set(to, path);
    }
  }
  expect(broken).toEqual([]);
  expect(seen.size).toBeGreaterThan(100);

  /** Other journeys take articles off the site meanwhile; a page that was read before that isn't broken. */
  async function stillLinks(from: string, path: string): Promise<boolean> {
    const html = await (await request.get(from)).text();
    return html.replaceAll('&amp;', '&').includes(`"${path}"`);
  }
});

test('links to elsewhere are plain, and those to the magazine’s own places say so', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  await page.goto(free);
  const share = page.getByRole('navigation', { name: 'Share this article', exact: true });
  for (const link of await share.getByRole('link').all()) {
    const href = (await link.getAttribute('href')) ?? '';
    expect(href).toMatch(/^(https:\/\/|mailto:|http:\/\/localhost)/);
    expect(decodeURIComponent(href)).toContain(free);
    expect(await link.getAttribute('onclick')).toBeNull();
  }
  await expect(page.locator('header a[rel~="me"]')).toHaveCount(3);
  for (const link of await page.locator('a[rel~="me"]').all()) {
    await expect(link).toHaveAttribute('href', /^https:\/\/\w+\.example\.org\//);
  }
  await page.waitForLoadState('networkidle');
  expect(new Set(asked)).toEqual(new Set([new URL(page.url()).origin]));
});

test('printed, a page is its text: navigation, shop and announcement stay on the screen', async ({
  page,
}) => {
  await page.goto(free);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('complementary', { name: 'Announcement' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Buy this Issue' })).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('.body p').last()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Notes' })).toBeVisible();
});

test.describe('an article that is renamed', () => {
  test.use({ storageState: stateOf('editor') });

  test('is found under its old address, by strangers and by those who are signed in', async ({
    page,
    browser,
  }) => {
    const { slug, mark, form } = await beginNews(page);
    await publish(page);
    await expect(page.getByText('Published: it is on the site now.')).toBeVisible();
    const reader = await stranger(browser, { javaScriptEnabled: false });
    expect((await reader.goto(`/articles/${slug}`))?.status()).toBe(200);
    await form.getByLabel('Address').fill(`renamed-${mark}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.')).toBeVisible();
    for (const someone of [reader, page]) {
      await someone.goto(`/articles/${slug}`);
      await expect(someone).toHaveURL(new RegExp(`/articles/renamed-${mark}$`));
      await expect(someone.getByRole('heading', { level: 1 })).toContainText(mark);
    }
    const first = await reader.request.get(`/articles/${slug}`, { maxRedirects: 0 });
    expect(first.status()).toBe(308);
    const sitemap = await (await reader.request.get('/sitemap.xml')).text();
    expect(sitemap).toContain(`/articles/renamed-${mark}<`);
    expect(sitemap).not.toContain(`/articles/${slug}<`);
  });
});
