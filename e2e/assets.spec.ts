import { brotliCompressSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/test.ts';

/* What a reader's browser gets besides the words. */

const article = '/articles/what-a-forecast-owes-you';
const publicPages = [
  '/',
  article,
  '/issues',
  '/issues/the-weather-inside',
  '/sections/reportage',
  '/contributors/amaranta-oyelade',
  '/subscribe',
  '/search?q=weather',
  '/sign-in',
  '/nothing-at-all',
];

test.describe('as the server sends it', () => {
  // Next's script writes styles of its own into a page.
  test.use({ javaScriptEnabled: false });

  for (const path of publicPages) {
    test(`${path} holds no style and no handler in its markup`, async ({ page }) => {
      await page.goto(path);
      const inline = await page.evaluate(() =>
        [...document.querySelectorAll('*')].flatMap((element) =>
          [...element.attributes]
            .filter(({ name }) => name === 'style' || name.startsWith('on'))
            .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
        ),
      );
      expect(inline).toEqual([]);
      await expect(page.locator('style')).toHaveCount(0);
    });

    test(`${path} offers each picture as AVIF and WebP, its box reserved, the first one first`, async ({
      page,
    }) => {
      await page.goto(path);
      const pictures = await page.locator('img').evaluateAll((images) =>
        images.map((image) => {
          const source = image.closest('picture')?.querySelector('source');
          return {
            avif: source?.type === 'image/avif' && /\.avif \d+w/.test(source.srcset),
            webp: /\.webp \d+w/.test(image.getAttribute('srcset') ?? ''),
            sizes: Boolean(source?.sizes && source.sizes === image.getAttribute('sizes')),
            box: Number(image.getAttribute('width')) * Number(image.getAttribute('height')) > 0,
          };
        }),
      );
      for (const picture of pictures) {
        expect(picture).toEqual({ avif: true, webp: true, sizes: true, box: true });
      }
      const loading = await page
        .locator('img')
        .evaluateAll((images) =>
          images.map((image) => [
            image.getAttribute('loading'),
            image.getAttribute('fetchpriority'),
          ]),
        );
      if (loading.length === 0) return;
      expect(loading[0]).toEqual(['eager', 'high']);
      expect(loading.slice(1).filter(([when]) => when !== 'lazy')).toEqual([]);
    });
  }
});

test('a picture comes as AVIF once it was asked for', async ({ page }) => {
  await page.goto(article);
  const shown = page.locator('article header img');
  await expect
    .poll(
      async () => {
        const address = await shown.evaluate((image: HTMLImageElement) => image.currentSrc);
        expect(address).toMatch(/\.avif$/);
        return (await page.request.get(address)).headers()['content-type'];
      },
      { timeout: 60_000 },
    )
    .toBe('image/avif');
});

test('an article’s markup and style sheets are at most 30 KB, its fonts 60 KB', async ({
  page,
}) => {
  const fonts: Promise<number>[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('.woff2')) fonts.push(answer.body().then((body) => body.length));
  });
  await page.goto(article, { waitUntil: 'networkidle' });
  expect(await page.locator('em, .italic').count()).toBeGreaterThan(0);
  const fontBytes = await Promise.all(fonts);
  expect(fontBytes).toHaveLength(2);
  expect(sum(fontBytes)).toBeLessThanOrEqual(60_000);

  const html = await (await page.request.get(article)).text();
  const markup = html.replaceAll(/<script(?! type="application)[^>]*>.*?<\/script>/gs, '');
  const sheets = await page
    .locator('link[rel="stylesheet"]')
    .evaluateAll((links) => links.map((link) => (link as HTMLLinkElement).href));
  const texts = await Promise.all(
    sheets.map(async (sheet) => (await page.request.get(sheet)).text()),
  );
  expect(sheets.length).toBeGreaterThan(0);
  expect(
    sum([markup, ...texts].map((text) => brotliCompressSync(text).length)),
  ).toBeLessThanOrEqual(30_000);
});

test('letters of other alphabets are set in the same face, loaded where they stand', async ({
  page,
}) => {
  await page.goto(article, { waitUntil: 'networkidle' });
  const samples = {
    'latin-ext': 'Łódź, İstanbul, Brașov, Plzeň',
    vietnamese: 'Huế',
    greek: 'Αθήνα',
    cyrillic: 'Москва',
  };
  for (const [name, text] of Object.entries(samples)) {
    const loaded = page.waitForResponse((answer) => answer.url().includes(`-${name}-wght-normal`));
    await page
      .locator('.body p')
      .first()
      .evaluate((paragraph, words) => {
        paragraph.textContent = words;
      }, text);
    expect((await loaded).status()).toBe(200);
  }
  const widths = await page.evaluate(async () => {
    await document.fonts.ready;
    const context = document.createElement('canvas').getContext('2d');
    return [400, 550, 700].map((weight) => {
      if (!context) throw new Error('There is no canvas');
      context.font = `${weight} 100px "Broadside Text"`;
      return context.measureText('Weather Łódź').width;
    });
  });
  expect([...widths].sort((a, b) => a - b)).toEqual(widths);
  expect(new Set(widths).size).toBe(3);
});

test.describe('nothing on a page moves while it loads', () => {
  for (const dismissed of ['nothing', 'the announcement', 'an older announcement'] as const) {
    test(`for a reader who dismissed ${dismissed}`, async ({ page }) => {
      // When the face comes is the next test's affair.
      await page.route('**/*.woff2', (route) => route.abort());
      await page.goto('/');
      const version = await page.locator('html').getAttribute('data-banner');
      const stored = { nothing: null, 'the announcement': version, 'an older announcement': '0' };
      await page.addInitScript((value) => {
        if (value !== null) localStorage.setItem('broadside.banner', value);
      }, stored[dismissed]);
      const banner = page.getByRole('complementary', { name: 'Announcement' });
      for (const path of ['/', article, '/issues/the-weather-inside']) {
        expect(await shift(page, path), path).toBe(0);
        await expect(banner).toHaveCount(dismissed === 'the announcement' ? 0 : 1);
      }
    });
  }

  test('where the face comes late, by more than what nobody sees', async ({ page }) => {
    await page.route('**/*.woff2', async (route) => {
      await new Promise((done) => setTimeout(done, 500));
      await route.continue();
    });
    for (const path of ['/', article, '/issues/the-weather-inside']) {
      expect(await shift(page, path), path).toBeLessThan(0.01);
    }
  });
});

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  const fades = reducedMotion === 'no-preference';
  test(`pages ${fades ? 'fade over, the masthead still' : 'change at once'} where motion is ${
    fades ? 'welcome' : 'not'
  }`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion });
    await page.addInitScript(() => {
      addEventListener('pagereveal', (event) => {
        const { viewTransition } = event as Event & { viewTransition: unknown };
        document.documentElement.dataset.fades = String(Boolean(viewTransition));
      });
    });
    await page.goto('/issues');
    await page
      .getByRole('main')
      .getByRole('link', { name: /Night Work/ })
      .click();
    await expect(page).toHaveURL(/night-work/);
    await expect(page.locator('html')).toHaveAttribute('data-fades', String(fades));
    const name = await page
      .getByRole('banner')
      .evaluate((element) => getComputedStyle(element).getPropertyValue('view-transition-name'));
    expect(name).toBe(fades ? 'masthead' : 'none');
  });
}

/** The page's cumulative layout shift after everything has come. https://web.dev/articles/cls */
async function shift(page: Page, path: string): Promise<number> {
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready);
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        let total = 0;
        const add = (entries: PerformanceEntryList) => {
          for (const entry of entries)
            total += (entry as PerformanceEntry & { value: number }).value;
        };
        const observer = new PerformanceObserver((list) => add(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => {
          add(observer.takeRecords());
          done(total);
        }, 300);
      }),
  );
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
