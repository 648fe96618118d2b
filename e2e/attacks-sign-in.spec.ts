import { expect } from '@playwright/test';
import { accountOf, ask, formWith, linkTo, sendForm, spend, test } from './fixtures/attacks.ts';
import { newAddress, signIn } from './fixtures/test.ts';

/* Being led elsewhere by signing in, learning who has an account, and asking without end. */

const elsewhere = [
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%2e//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https:evil.example',
  'http://localhost@evil.example',
  '@evil.example',
  '.evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
];
for (const next of elsewhere) {
  test(`signing in ends on this site, not at ${JSON.stringify(next)}`, async ({ as, baseURL }) => {
    const email = newAddress();
    const asker = await as(null);
    const asked = await ask(asker, email, next);
    expect(new URL(asked.headers()['location'] ?? '', baseURL).origin).toBe(baseURL);
    const link = await linkTo(asker, email);
    expect(new URL(link).origin).toBe(baseURL);
    const to = await spend(asker, link, { next });
    // As a browser reads it, that address is ours, and so is its path alone.
    expect(new URL(to).origin).toBe(baseURL);
    expect(new URL(new URL(to).pathname, baseURL).origin).toBe(baseURL);
    expect(await accountOf(asker)).toBe(email);
  });
}

test('a mailed link leads to this site, whatever name it was asked for under', async ({
  as,
  baseURL,
}) => {
  const asker = await as(null);
  const form = await formWith(asker, '/sign-in', 'name="next"');
  for (const name of ['host', 'x-forwarded-host', 'x-host', 'forwarded']) {
    const email = newAddress();
    const headers = { [name]: name === 'forwarded' ? 'host=evil.example' : 'evil.example' };
    const answer = await sendForm(asker, form, { email }, headers);
    expect(answer.status()).toBe(303);
    expect(answer.headers()['location']).toMatch(/^\/sign-in\/check\?/);
    expect(new URL(await linkTo(asker, email)).origin).toBe(baseURL);
  }
});

test('the answer is the same for an address with an account and for one without', async ({
  as,
}) => {
  const known = newAddress();
  const asker = await as(null);
  await ask(asker, known);
  await spend(asker, await linkTo(asker, known));
  const told = async (email: string) => {
    const stranger = await as(null);
    const answer = await ask(stranger, email);
    const page = await (await stranger.get(answer.headers()['location'] ?? '')).text();
    const text = page.replaceAll(/<script[\s\S]*?<\/script>/g, '').replaceAll(/<[^>]*>/g, ' ');
    return JSON.stringify([
      answer.status(),
      answer.headers()['location'],
      text.slice(text.indexOf('Look into your mail')),
    ]).replaceAll(/reader-[0-9a-f]{8}/g, 'reader');
  };
  expect(await told(known)).toBe(await told(newAddress()));
  expect(await told(known.toUpperCase())).toContain('/sign-in/check');
});

test('the sixth link for one address in 15 minutes is refused, with the same words whether it has an account', async ({
  as,
}) => {
  const known = newAddress();
  const asker = await as(null);
  await ask(asker, known);
  await spend(asker, await linkTo(asker, known));
  const refusals = [];
  for (const [email, before] of [
    [known, 1],
    [newAddress(), 0],
  ] as const) {
    for (let time = before; time < 5; time += 1) {
      expect((await ask(await as(null), email)).headers()['location']).toContain('/sign-in/check');
    }
    // Another spelling and another network address are no way around it.
    const sixth = await ask(
      await as(null, { 'x-forwarded-for': '10.9.9.9' }),
      ` ${email.toUpperCase()} `,
    );
    const query = new URL(sixth.headers()['location'] ?? '', 'http://site').searchParams;
    refusals.push(query.get('error')?.replace(/\d+/, 'some'));
  }
  expect(refusals[0]).toContain('That was tried too often');
  expect(refusals[0]).toBe(refusals[1]);
});

test('trying links from one network address ends after 30 times, whatever the headers claim', async ({
  raw,
  extraHTTPHeaders,
}) => {
  const own = extraHTTPHeaders?.['x-forwarded-for'];
  const places = [];
  for (let time = 0; time < 32; time += 1) {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-broadside-address': `10.0.0.${time}`,
      'x-real-ip': `10.0.0.${time}`,
      'x-forwarded-for': `10.0.0.${time}, ${own}`,
    };
    const body = 'token=x&email=a%40example.org';
    const answer = await raw('/sign-in/spend', { method: 'POST', headers, body });
    places.push(new URL(answer.headers.location ?? '', 'http://site').searchParams.get('error'));
  }
  expect(places.slice(0, 30).every((error) => error === 'other-browser')).toBe(true);
  expect(places.slice(30).every((error) => error?.startsWith('That was tried too often'))).toBe(
    true,
  );
});

test('a session ends on the server: its cookie is dead after signing out', async ({ page, as }) => {
  const email = newAddress();
  await signIn(page, email, '/account');
  const state = await page.context().storageState();
  const session = state.cookies.find(({ name }) => name === 'authjs.session-token');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  expect(await accountOf(await as(state))).toBe(email);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/$/);
  expect(await accountOf(await as(state))).toBeNull();
});

test('another site’s form can’t sign a reader out, nor in as somebody else', async ({
  page,
  as,
  baseURL,
}) => {
  const email = newAddress();
  await signIn(page, email, '/account');
  const victim = await as(await page.context().storageState());
  const thief = await as(null);
  const other = newAddress();
  await ask(thief, other);
  const out = await formWith(victim, '/account', 'Sign out');
  const into = await formWith(thief, await linkTo(thief, other), 'name="token"');
  for (const { action, fields } of [out, into]) {
    const inputs = Object.entries(fields).map(
      ([name, value]) => `<input name="${name}" value="${value}">`,
    );
    const body = `<form method="post" enctype="multipart/form-data" action="${baseURL}${action}">${inputs.join('')}</form>
      <script>document.forms[0].submit()</script>`;
    await page.route('http://evil.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body }),
    );
    await page.goto('http://evil.example/');
    await expect(page.getByText('This form was sent from another site.')).toBeVisible();
    await page.goto('/account');
    await expect(page.getByText(email)).toBeVisible();
    await page.unroute('http://evil.example/');
  }
});
