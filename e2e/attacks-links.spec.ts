import { expect } from '@playwright/test';
import { accountOf, ask, linkTo, sendForm, spend, test } from './fixtures/attacks.ts';
import { newAddress } from './fixtures/test.ts';

/* Mailed links in the wrong hands. */

test('a link works once; the second time it says so, on this site', async ({ as, baseURL }) => {
  const email = newAddress();
  const first = await as(null);
  await ask(first, email);
  const link = await linkTo(first, email);
  expect(await spend(first, link)).toBe(`${baseURL}/account`);
  expect(await accountOf(first)).toBe(email);

  const state = await first.storageState();
  const cookies = state.cookies.filter(({ name }) => name === 'broadside-sign-in');
  expect(cookies).toHaveLength(1);
  const again = await as({ ...state, cookies });
  expect(await accountOf(again)).toBeNull();
  const to = await spend(again, link);
  expect(to).toBe(`${baseURL}/sign-in?error=Verification`);
  expect(await (await again.get(to)).text()).toContain('This link has been used already');
  expect(await accountOf(again)).toBeNull();
});

test('following a link signs nobody in and uses nothing up', async ({ as, baseURL }) => {
  const email = newAddress();
  const asker = await as(null);
  await ask(asker, email);
  const link = await linkTo(asker, email);
  for (let scan = 0; scan < 3; scan += 1) {
    expect((await asker.get(link)).status()).toBe(200);
    expect((await asker.head(link)).status()).toBe(200);
  }
  expect(await accountOf(asker)).toBeNull();
  expect(await spend(asker, link)).toBe(`${baseURL}/account`);
});

test('a link is worth nothing in another browser', async ({ as }) => {
  const email = newAddress();
  const victim = await as(null);
  await ask(victim, email);
  const link = await linkTo(victim, email);
  const token = new URL(link).searchParams.get('token') ?? '';

  const thief = await as(null);
  expect(await (await thief.get(link)).text()).not.toContain('name="token"');
  const form = { action: '/sign-in/spend', fields: { token, email, next: '/account' } };
  const refused = await sendForm(thief, form, {});
  expect(refused.headers()['location']).toContain('error=other-browser');
  const query = new URLSearchParams({ token, email, callbackUrl: '/account' });
  expect((await thief.get(`/api/auth/callback/email?${query}`)).headers()['location']).toContain(
    'error=',
  );
  expect(await accountOf(thief)).toBeNull();

  // Nor with the half that belongs to a link of the thief's own.
  await ask(thief, newAddress());
  expect(await spend(thief, link)).toContain('error=Verification');
  expect(await accountOf(thief)).toBeNull();
});

test('a link is worth nothing for another address', async ({ as }) => {
  const mine = newAddress();
  const thief = await as(null);
  await ask(thief, mine);
  const link = await linkTo(thief, mine);
  for (const email of ['admin@example.org', newAddress(), `${mine},admin@example.org`, '']) {
    expect(await spend(thief, link, { email })).toContain('error=');
    expect(await accountOf(thief)).toBeNull();
  }
});

test('nobody is let in by a token that is made up or cut', async ({ as }) => {
  const email = newAddress();
  const asker = await as(null);
  await ask(asker, email);
  const link = await linkTo(asker, email);
  for (const token of ['', '.', 'null', "' or 1=1", '\0', 'x'.repeat(10_000)]) {
    expect(await spend(asker, link, { token })).toContain('error=');
    expect(await accountOf(asker)).toBeNull();
  }
  for (const session of ['', 'null', "' or 1=1 --", '%00', '%ff', 'x'.repeat(4_000)]) {
    const cookie = `authjs.session-token=${session}`;
    expect((await asker.get('/dashboard', { headers: { cookie } })).status()).toBe(307);
  }
});
