import { catchAction, replay, test } from './fixtures/attacks.ts';
import { ageProofs } from './fixtures/database.ts';
import { beginNews, publish, stranger } from './fixtures/office.ts';
import { invited, setUpApp } from './fixtures/staff.ts';
import { expect, signIn } from './fixtures/test.ts';

/* What staff may do is decided at each request, past the interface too. */

test('a role is neither changed by a session that owes the second factor, nor by an old proof', async ({
  page,
  browser,
  as,
}) => {
  const email = await invited(browser, 'admin');
  const writer = await invited(browser, 'writer');
  await signIn(page, email, '/account/security');
  await setUpApp(page);
  await page.goto('/dashboard/people');
  const role = page.getByLabel(`Role of ${writer}`);
  await role.selectOption('admin');
  const caught = await catchAction(page, () =>
    page.getByRole('button', { name: `Change role ${writer}` }).click(),
  );
  const proved = await page.context().storageState();
  await ageProofs(email);
  const refused = await (await replay(await as(proved), caught)).text();
  expect(refused).toContain('Nothing was done: confirm first that it is you.');
  await page.goto('/dashboard/people');
  await expect(role).toHaveValue('writer');
  await page.context().clearCookies();
  await signIn(page, email, '/account');
  const owing = await page.context().storageState();
  expect((await replay(await as(owing), caught)).status()).toBeLessThan(500);
  const exported = await (await as(owing)).post('/dashboard/audit/export', {
    form: { format: 'csv' },
  });
  expect(exported.status()).toBe(403);
  await page.context().clearCookies();
  await signIn(page, 'admin@example.org', '/dashboard/people');
  await expect(page.getByLabel(`Role of ${writer}`)).toHaveValue('writer');
});

test('an editor who was made a writer is refused at the next request, and let in again when made an editor', async ({
  page,
  browser,
  as,
}) => {
  const email = await invited(browser, 'editor');
  await signIn(page, email, '/dashboard');
  await page.route('**/save', (route) => route.abort());
  const { slug } = await beginNews(page);
  const caught = await catchAction(page, () => publish(page));
  const session = await as(await page.context().storageState());
  const admin = await stranger(browser);
  await signIn(admin, 'admin@example.org', '/dashboard/people');
  const appoint = async (role: string) => {
    await admin.getByLabel(`Role of ${email}`).selectOption(role);
    await admin.getByRole('button', { name: `Change role ${email}` }).click();
    await expect(admin.getByText('The role was changed.')).toBeVisible();
    await admin.reload();
  };
  const isOut = async () => (await session.get(`/articles/${slug}`)).status();

  expect((await session.get('/dashboard/issues')).status()).toBe(200);
  await appoint('writer');
  expect((await session.get('/dashboard/issues')).status()).toBe(404);
  expect((await replay(session, caught)).status()).toBeLessThan(500);
  expect(await isOut()).toBe(404);
  await appoint('editor');
  expect((await replay(session, caught)).status()).toBe(200);
  expect(await isOut()).toBe(200);
  await admin.context().close();
});
