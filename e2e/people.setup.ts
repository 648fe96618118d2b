import { demoPeople, signIn, stateOf, test } from './fixtures/test.ts';

/* Everybody of the demo signs in once; the journeys begin with their sessions. */

for (const name of demoPeople) {
  test(`${name} signs in`, async ({ page }) => {
    await signIn(page, `${name}@example.org`, '/account');
    await page.context().storageState({ path: stateOf(name) });
  });
}
