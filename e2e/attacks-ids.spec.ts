import { randomUUID } from 'node:crypto';
import type { APIRequestContext } from '@playwright/test';
import { expect } from '@playwright/test';
import { accountOf, ask, linkTo, spend, test } from './fixtures/attacks.ts';
import { type DemoPerson, mailTo, newAddress, stateOf } from './fixtures/test.ts';

/* Addresses of what belongs to others: the office's pages, orders, thank-you pages. */

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** The first id that a list of the office links to; of the articles, one that no writer of a test began. */
async function idAt(office: APIRequestContext, folder: string): Promise<string> {
  const list = folder === '/dashboard/articles' ? `${folder}?q=Wet` : folder;
  const html = await (await office.get(list)).text();
  const id = new RegExp(`"${folder}/(${uuid.source})"`).exec(html)?.[1];
  if (!id) throw new Error(`Nothing is linked at ${list}`);
  return id;
}

/** Every page of the office, and who may see it. */
const office: [path: string, who: DemoPerson[]][] = [
  ['/dashboard', ['writer', 'editor', 'publisher', 'admin']],
  ['/dashboard/articles', ['writer', 'editor', 'publisher', 'admin']],
  ['/dashboard/articles/ID', ['editor', 'publisher', 'admin']],
  ['/dashboard/issues', ['editor', 'publisher', 'admin']],
  ['/dashboard/issues/ID', ['editor', 'publisher', 'admin']],
  ['/dashboard/contributors', ['editor', 'publisher', 'admin']],
  ['/dashboard/contributors/ID', ['editor', 'publisher', 'admin']],
  ['/dashboard/sections', ['publisher', 'admin']],
  ['/dashboard/sections/ID', ['publisher', 'admin']],
  ['/dashboard/orders', ['publisher', 'admin']],
  ['/dashboard/orders/ID', ['publisher', 'admin']],
  ['/dashboard/plans', ['publisher', 'admin']],
  ['/dashboard/plans/ID', ['publisher', 'admin']],
  ['/dashboard/postage', ['publisher', 'admin']],
  ['/dashboard/postage/ID', ['publisher', 'admin']],
  ['/dashboard/topics', ['editor', 'publisher', 'admin']],
  ['/dashboard/topics/ID', ['editor', 'publisher', 'admin']],
  ['/dashboard/series', ['editor', 'publisher', 'admin']],
  ['/dashboard/redirects', ['publisher', 'admin']],
  ['/dashboard/menus', ['publisher', 'admin']],
  ['/dashboard/settings', ['publisher', 'admin']],
  ['/dashboard/people', ['admin']],
];
for (const [pattern, allowed] of office) {
  test(`${pattern} is there for ${allowed.join(', ')} and for nobody else`, async ({ as }) => {
    const list = pattern.replace('/ID', '');
    const path = pattern.endsWith('/ID') ? `${list}/${await idAt(await as('admin'), list)}` : list;
    for (const who of ['reader', 'writer', 'editor', 'publisher', 'admin'] as const) {
      const answer = await (await as(who)).get(path);
      expect(answer.status(), who).toBe(allowed.includes(who) ? 200 : 404);
      if (!allowed.includes(who)) expect(await answer.text()).toContain('This page is not here');
      const payload = await (await as(who)).get(path, { headers: { rsc: '1' } });
      if (!allowed.includes(who)) expect(await payload.text()).not.toMatch(/<form|"form"/);
    }
    const stranger = await (await as(null)).get(path);
    expect(stranger.status()).toBe(307);
    expect(stranger.headers()['location']).toMatch(/^\/sign-in\?next=/);
  });
}

for (const folder of [
  ...['articles', 'issues', 'orders', 'contributors', 'sections'],
  ...['plans', 'postage'],
]) {
  test(`an id under /dashboard/${folder} that is none, or another thing’s, is nothing`, async ({
    as,
  }) => {
    const admin = await as('admin');
    const list = `/dashboard/${folder}`;
    const id = await idAt(admin, list);
    const other = folder === 'articles' ? 'issues' : 'articles';
    const foreign = await idAt(admin, `/dashboard/${other}`);
    for (const forged of [
      foreign,
      randomUUID(),
      '00000000-0000-0000-0000-000000000000',
      id.toUpperCase(),
      `${id}%20`,
      `${id}'`,
      id.slice(1),
      '1',
      '-1',
      'null',
      '__proto__',
      '%27%20or%201%3D1',
      '..%2Fpeople',
      'x'.repeat(3_000),
    ]) {
      const answer = await admin.get(`${list}/${forged}`);
      expect(answer.status(), forged).toBe(404);
    }
  });
}

test('lists of the office take any filter without breaking', async ({ as }) => {
  const admin = await as('admin');
  for (const value of [
    "' or 1=1 --",
    '%',
    '-1',
    '1e400',
    '99999999999999999999',
    '__proto__',
    '\\',
  ]) {
    const query = new URLSearchParams(
      ['q', 'page', 'status', 'state', 'section', 'issue', 'mine'].map((name) => [name, value]),
    );
    for (const list of ['articles', 'issues', 'orders', 'contributors', 'sections', 'people']) {
      const answer = await admin.get(`/dashboard/${list}?${query}`);
      expect(answer.status()).toBe(200);
      expect(await answer.text()).not.toMatch(/Something broke|id="__next_error__"/);
    }
  }
});

test('an order opens for who bought it and for nobody else, in no spelling of its number', async ({
  as,
}) => {
  const owner = await as('reader');
  const number = /\/account\/orders\/(\d+)/.exec(await (await owner.get('/account')).text())?.[1];
  const path = `/account/orders/${number}`;
  expect((await owner.get(path)).status()).toBe(200);

  const email = newAddress();
  const other = await as(null);
  await ask(other, email);
  await spend(other, await linkTo(other, email));
  expect(await accountOf(other)).toBe(email);
  for (const asker of [other, await as('editor'), await as('admin')]) {
    for (const spelling of [
      path,
      `${path}.0`,
      `/account/orders/0${number}`,
      `${path}%20`,
      `${path}/`,
    ]) {
      const answer = await asker.get(spelling, { maxRedirects: 1 });
      expect(answer.status(), spelling).toBe(404);
      expect(await answer.text()).not.toContain('reader@example.org');
    }
  }
  for (const odd of [
    '-1',
    '0',
    '1e3',
    '0x3e9',
    'NaN',
    '2147483648',
    '99999999999',
    "1'",
    '1,1001',
  ]) {
    expect((await owner.get(`/account/orders/${odd}`)).status(), odd).toBe(404);
  }
  expect((await (await as(null)).get(path)).status()).toBe(307);
});

test.describe('a thank-you page', () => {
  test('opens in the browser that paid and in no other, signed in or not', async ({ page, as }) => {
    const email = newAddress();
    await page.goto('/issues/night-work/buy?edition=digital');
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: /^Pay/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Thank you' })).toBeVisible();
    const path = new URL(page.url()).pathname + new URL(page.url()).search;
    expect(path).toMatch(/^\/checkout\/thanks\?session_id=cs_/);
    await mailTo(page.request, email, 'Your order');

    const madeUp = { 'broadside-checkout': 'x'.repeat(32) };
    const withCookies = (cookies: Record<string, string>) => ({
      cookie: Object.entries(cookies)
        .map(([name, value]) => `${name}=${value}`)
        .join('; '),
    });
    for (const [asker, headers] of [
      [await as(null), {}],
      [await as(null), withCookies(madeUp)],
      [await as(null), withCookies({ 'broadside-checkout': '%00' })],
      [await as('reader'), {}],
      [await as('admin'), {}],
    ] as const) {
      const answer = await asker.get(path, { headers });
      expect(answer.status()).toBe(404);
      expect(await answer.text()).not.toContain(email);
    }
    expect((await page.reload())?.status()).toBe(200);
  });

  test('for a session that is made up is nothing', async ({ page }) => {
    await page.goto('/issues/night-work/buy?edition=digital');
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.waitForURL(/\/c\/pay\//);
    for (const session of ['', 'cs_test_forged', "' or 1=1 --", '__proto__', 'x'.repeat(5_000)]) {
      const query = new URLSearchParams({ session_id: session });
      const answer = await page.goto(`/checkout/thanks?${query}`);
      expect(answer?.status(), session).toBe(404);
    }
    for (const query of ['', '?session_id=a&session_id=b', '?session_id[]=a']) {
      expect((await page.goto(`/checkout/thanks${query}`))?.status(), query).toBe(404);
    }
  });
});

test.describe('a writer', () => {
  test.use({ storageState: stateOf('writer') });

  test('finds no text of others by any list or filter', async ({ as }) => {
    const foreign = await idAt(await as('editor'), '/dashboard/articles');
    const writer = await as('writer');
    for (const query of [
      '',
      '?q=Wet',
      '?mine=',
      '?state=published',
      '?page=2',
      '?mine=off&q=Wet',
    ]) {
      const html = await (await writer.get(`/dashboard/articles${query}`)).text();
      expect(html).not.toContain(foreign);
      expect(html).not.toContain('Wet Time');
    }
  });
});
