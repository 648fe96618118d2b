import type { APIRequestContext } from '@playwright/test';
import { expect } from '@playwright/test';
import { test } from './fixtures/attacks.ts';
import { aFile } from './fixtures/media.ts';
import { invited } from './fixtures/staff.ts';
import { signIn } from './fixtures/test.ts';

/* Files that are sent past the interface. */

const path = '/dashboard/media/upload';

async function send(by: APIRequestContext, data: Buffer, name: string | null = 'x.jpg') {
  const headers = { 'content-type': 'application/octet-stream' };
  return by.post(path, {
    data,
    headers: name === null ? headers : { ...headers, 'x-file-name': name },
  });
}

test('nobody but staff sends a file, or looks into the library', async ({ as }) => {
  const { buffer } = await aFile('x.jpg');
  for (const who of [null, 'reader'] as const) {
    const by = await as(who);
    expect((await send(by, buffer)).status()).toBe(403);
    expect((await by.post(`${path}?discard=00000000-0000-4000-8000-000000000000`)).status()).toBe(
      403,
    );
    const library = await by.get('/dashboard/media/library');
    expect([library.status(), await library.json()]).toEqual([403, { pictures: [] }]);
  }
  const writer = await as('writer');
  expect((await send(writer, buffer)).status()).toBe(200);
  expect((await writer.get('/dashboard/media/library?q=%25&page=-3')).status()).toBe(200);
});

test('a file needs a name, which no other site’s form can give, and a picture in it', async ({
  as,
}) => {
  const writer = await as('writer');
  const { buffer } = await aFile('x.jpg');
  expect((await send(writer, buffer, null)).status()).toBe(422);
  const elsewhere = await as('writer', { origin: 'https://evil.example' });
  expect((await send(elsewhere, buffer)).status()).toBe(403);
  for (const data of [Buffer.alloc(0), Buffer.from('<html>'), Buffer.from('PK\x03\x04')]) {
    const answer = await send(writer, data);
    expect([answer.status(), (await answer.json()).reason]).toEqual([422, 'not_a_picture']);
  }
  const long = await send(writer, Buffer.alloc(25 * 1024 * 1024 + 1));
  expect([long.status(), (await long.json()).reason]).toEqual([413, 'too_large']);
  for (const name of ['%', '%00', '..%2f..%2fetc%2fpasswd', '%3Cscript%3E']) {
    const answer = await send(writer, buffer, name);
    expect(answer.status(), name).toBe(200);
    expect((await answer.json()).value.filename).not.toContain('\0');
  }
});

test('a person’s 201st file in an hour is refused, from whatever network; others go on', async ({
  as,
  browser,
  page,
}) => {
  await signIn(page, await invited(browser, 'writer'), '/dashboard/media');
  const state = await page.context().storageState();
  const networks = await Promise.all(
    [1, 2].map((n) => as(state, { 'x-forwarded-for': `10.9.${Date.now() % 250}.${n}` })),
  );
  const { buffer } = await aFile('x.jpg');
  const statuses = new Set<number>();
  for (let n = 0; n < 100; n += 1)
    for (const by of networks) statuses.add((await send(by, Buffer.alloc(0))).status());
  expect([...statuses]).toEqual([422]);
  for (const by of networks) {
    const refused = await send(by, buffer);
    expect([refused.status(), (await refused.json()).reason]).toEqual([429, 'too_many']);
  }
  expect((await send(await as('writer'), buffer)).status()).toBe(200);
});
