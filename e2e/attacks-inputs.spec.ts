import { expect } from '@playwright/test';
import { formWith, type PlainForm, sendForm, test } from './fixtures/attacks.ts';

/* What strangers type, and forms that other sites send. */

const buy = '/issues/the-weather-inside/buy';

const searches: [name: string, terms: string][] = [
  ['SQL', "'; drop table articles; --"],
  ['a condition that is always true', "x' or '1'='1"],
  ['operators without words', '& | ! <-> :* ( ) "'],
  ['an open quote', '"weather'],
  ['a pattern', '%_%\\'],
  ['200 times the same word', 'weather '.repeat(200)],
  ['a huge word', 'w'.repeat(5_000)],
  ['half a sign', '\ud83d'],
  ['signs of other scripts', '天気 الطقس 🌦'],
  ['a template', '{{7*7}} #{7*7} <%= 7*7 %>'],
];
for (const [name, terms] of searches) {
  test(`the search takes ${name} for words`, async ({ as }) => {
    const stranger = await as(null);
    for (const page of ['1', '-1', '1e9', 'NaN', '99999999999999999999', "1' or '1"]) {
      const query = new URLSearchParams({ q: terms, page });
      const answer = await stranger.get(`/search?${query}`);
      expect(answer.status()).toBe(200);
      const html = await answer.text();
      expect(html).toContain('<h1');
      expect(html).not.toMatch(/Something broke|id="__next_error__"/);
    }
    expect((await stranger.get('/search?q=weather')).status()).toBe(200);
  });
}

const shown = [
  '<script>window.ran = true</script>',
  '"><img src=x onerror="window.ran = true">',
  '</title><svg onload="window.ran = true">',
  "javascript:'window.ran = true'",
];
for (const text of shown) {
  test(`what is typed comes back as text and is never run: ${text}`, async ({ page }) => {
    const paths = {
      '/search': { q: text },
      '/sign-in': { email: text, error: text, next: text },
      '/sign-in/check': { email: text, next: text },
      '/sign-in/confirm': { email: text, token: text, next: text },
      [buy]: { quantity: text, country: text, from: text, error: 'invalid', edition: 'print' },
    };
    for (const [path, query] of Object.entries(paths)) {
      await page.goto(`${path}?${new URLSearchParams(query)}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await page.evaluate(() => 'ran' in window)).toBe(false);
      for (const href of await page.locator('a').evaluateAll(hrefs)) {
        expect(href).not.toMatch(/^\s*javascript:/i);
      }
    }
  });
}

const hrefs = (links: Element[]) => links.map((link) => link.getAttribute('href') ?? '');

test.describe('a purchase', () => {
  const print = { edition: 'print', country: 'DE', currency: 'EUR', quantity: '1' };
  const wrong: [name: string, changed: Record<string, string>][] = [
    ['of no copy', { quantity: '0' }],
    ['of less than no copy', { quantity: '-1' }],
    ['of a thousand million copies', { quantity: '1e9' }],
    ['of half a copy', { quantity: '0.5' }],
    ['of no number', { quantity: 'NaN' }],
    ['of no end of copies', { quantity: 'Infinity' }],
    ['of a hexadecimal number of copies', { quantity: '0x10000' }],
    ['to an unknown country', { country: 'ZZ' }],
    ['to a country in other letters', { country: 'de' }],
    ['to SQL', { country: "' or 1=1" }],
    ['in an unknown currency', { currency: 'XXX' }],
    ['in a currency that is a name of the language', { currency: 'constructor' }],
    ['of an unknown edition', { edition: '__proto__' }],
    ['of an issue that is none', { issue: 'nothing' }],
    ['of an issue with an odd address', { issue: '../../dashboard' }],
  ];
  for (const [name, changed] of wrong) {
    test(`${name} is refused before Stripe is asked`, async ({ as, baseURL }) => {
      const stranger = await as(null);
      const form = await formWith(stranger, buy, 'name="issue"');
      const answer = await sendForm(stranger, form, { ...print, ...changed });
      expect(answer.status()).toBe(303);
      const to = new URL(answer.headers()['location'] ?? '', baseURL);
      expect(to.origin).toBe(baseURL);
      expect(to.pathname).toMatch(/^\/issues(\/(the-weather-inside|nothing)\/buy)?$/);
      const shown = await stranger.get(to.pathname + to.search);
      expect([200, 404]).toContain(shown.status());
    });
  }

  test('costs what the office says, whatever the form adds', async ({ as }) => {
    const stranger = await as(null);
    const price = async (changed: Record<string, string>) => {
      const form = await formWith(stranger, buy, 'name="issue"');
      const answer = await sendForm(stranger, form, { ...print, ...changed });
      const page = await (await stranger.get(answer.headers()['location'] ?? '')).text();
      return [...page.matchAll(/€\d+\.\d\d/g)].map(([text]) => text).join(' ');
    };
    const honest = await price({});
    expect(honest).toContain('€');
    const fields = ['price', 'amount', 'unitAmount', 'unit_amount', 'total', 'postage', 'discount'];
    const forged = Object.fromEntries(fields.map((name) => [name, '1']));
    expect(await price({ ...forged, coupon: 'FREE', userId: 'x', orderId: 'x' })).toBe(honest);
  });

  test('with a key that is none of ours gets one of ours', async ({ as }) => {
    const stranger = await as(null);
    const form = await formWith(stranger, buy, 'name="issue"');
    const answer = await sendForm(stranger, form, { ...print, key: "x'; secure" });
    expect(answer.headers()['set-cookie']).toMatch(/^broadside-checkout=[\w-]{32};/);
    expect(answer.headers()['set-cookie']).toMatch(/HttpOnly/i);
    expect(answer.headers()['set-cookie']).toMatch(/SameSite=Lax/i);
  });
});

test.describe('a form of another site', () => {
  const origins = [
    'https://evil.example',
    'http://localhost',
    'http://localhost.evil.example',
    'null',
    'x',
  ];
  for (const origin of origins) {
    test(`begins no purchase, no sign-in and no action (Origin: ${origin})`, async ({
      as,
      raw,
    }) => {
      const stranger = await as(null);
      const headers = { origin };
      const purchase = await formWith(stranger, buy, 'name="issue"');
      const signIn: PlainForm = await formWith(stranger, '/sign-in', 'name="next"');
      const asked = { email: `never-${origin.length}@example.org`, next: '/' };
      expect((await sendForm(stranger, purchase, { edition: 'digital' }, headers)).status()).toBe(
        403,
      );
      expect((await sendForm(stranger, signIn, asked, headers)).status()).toBe(403);
      const action = {
        ...headers,
        'next-action': '0'.repeat(42),
        'x-forwarded-host': 'evil.example',
      };
      for (const path of ['/', '/account', '/sign-in/spend', '/api/auth/signout']) {
        expect((await raw(path, { method: 'POST', headers: action })).status).toBe(403);
      }
      const mails = await stranger.get(`/dev/mailbox.json?to=${asked.email}`);
      expect(await mails.json()).toEqual([]);
    });
  }

  test('of this site, the same requests are taken', async ({ as, baseURL }) => {
    const stranger = await as(null);
    const purchase = await formWith(stranger, buy, 'name="issue"');
    const headers = { origin: baseURL ?? '' };
    const answer = await sendForm(stranger, purchase, { edition: 'digital' }, headers);
    expect(answer.status()).toBe(303);
    expect(answer.headers()['location']).toMatch(/^http:\/\/localhost:\d+\/c\/pay\//);
  });

  test('an action that does not exist is refused', async ({ raw }) => {
    for (const id of ['0'.repeat(42), 'x', '__proto__', '../../x', `${'a'.repeat(5_000)}`]) {
      for (const path of ['/', '/sign-in', '/dashboard', '/articles/wet-time']) {
        const headers = { 'next-action': id, 'content-type': 'text/plain;charset=UTF-8' };
        const answer = await raw(path, { method: 'POST', headers, body: '[]' });
        expect(answer.status, `${path} ${id.slice(0, 50)}`).toBeLessThan(500);
        expect(answer.status).toBeGreaterThanOrEqual(300);
      }
    }
  });
});
