import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { type Caught, catchAction, replay, test } from './fixtures/attacks.ts';
import { beginNews, publish, stranger, textOf } from './fixtures/office.ts';
import { stateOf } from './fixtures/test.ts';

/* What an editor could be brought to publish: scripts in texts, and links that are none. */

test.use({ storageState: stateOf('editor') });

/** The caught form with another value in one of its fields. */
function withField({ body, ...caught }: Caught, name: string, value: string): Caught {
  const field = new RegExp(`(name="[^"]*${name}"\\r\\n\\r\\n)[\\s\\S]*?(\\r\\n--)`);
  const sent = body.toString('utf8');
  expect(sent).toMatch(field);
  return { ...caught, body: Buffer.from(sent.replace(field, (_, a, b) => a + value + b)) };
}

test('a script in a title, a standfirst, a kicker and a text is read, and never run', async ({
  page,
  browser,
}) => {
  const { mark, form } = await beginNews(page, '');
  const script = `<script>window.ran = true</script><img src=x onerror="window.ran = true">${mark}`;
  await form.getByLabel('Title').fill(`</title></script>${script}`);
  await form.getByLabel('Standfirst').fill(`]]>--></textarea>${script}`);
  await form.getByLabel('Kicker').fill(`"' onload=alert(1) ${mark}`);
  await form.getByLabel('Topics').fill(`<b onmouseover=alert(1)>${mark}`);
  await textOf(page).click();
  await page.keyboard.insertText(script);
  await publish(page);
  await expect(page.getByText('Published: it is on the site now.')).toBeVisible();

  const reader = await stranger(browser);
  for (const path of [
    `/articles/begun-${mark}`,
    '/',
    `/search?q=${mark}`,
    '/articles/typewriters-wanted',
  ]) {
    await reader.goto(path);
    await expect(reader.getByText(script).first()).toBeVisible();
    await reader.waitForLoadState('networkidle');
    expect(await reader.evaluate(() => 'ran' in window)).toBe(false);
    expect(await reader.locator('img[src="x"], b[onmouseover], [onload]').count()).toBe(0);
    for (const data of await reader.locator('script[type="application/ld+json"]').allTextContents())
      JSON.parse(data);
  }
  const feed = await (await reader.request.get('/feed.xml')).text();
  expect(feed).toContain(mark);
  const parsed = await reader.evaluate((xml) => {
    const read = new DOMParser().parseFromString(xml, 'application/xml');
    return {
      errors: read.querySelectorAll('parsererror').length,
      scripts: read.querySelectorAll('script').length,
    };
  }, feed);
  expect(parsed).toEqual({ errors: 0, scripts: 0 });
  await page.goto(`/dashboard/articles?q=${mark}`);
  await expect(page.getByText(script).first()).toBeVisible();
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
});

const paragraph = (href: string) => ({
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      attrs: { dropCap: false },
      content: [{ type: 'text', text: 'press', marks: [{ type: 'link', attrs: { href } }] }],
    },
  ],
});
const bodies: [name: string, body: unknown][] = [
  ...[
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    '//evil.example',
    '/\\evil.example',
    'file:///etc/passwd',
  ].map((href): [string, unknown] => [`a link to ${JSON.stringify(href)}`, paragraph(href)]),
  [
    'a link card to a script',
    {
      type: 'doc',
      content: [{ type: 'linkCard', attrs: { url: 'javascript:x', title: 'x', description: '' } }],
    },
  ],
  [
    'a node that is none',
    { type: 'doc', content: [{ type: 'script', content: [{ type: 'text', text: 'x' }] }] },
  ],
  ['a text that is no document', ['x']],
  ['an article inside itself', nested(200)],
];

function nested(depth: number): unknown {
  let node: unknown = { type: 'paragraph', attrs: { dropCap: false } };
  for (let level = 0; level < depth; level += 1) {
    node = { type: 'blockquote', attrs: { source: '' }, content: [node] };
  }
  return { type: 'doc', content: [node] };
}

test('a text that the editor would not write is refused, and the old one stays', async ({
  page,
  as,
}) => {
  const { mark } = await beginNews(page, 'The text that stays.');
  const address = page.url();
  const caught = await catchAction(page, () => publish(page));
  const editor = await as('editor');
  for (const [name, body] of bodies) {
    const answer = await replay(editor, withField(caught, 'body', JSON.stringify(body)));
    expect(answer.status(), name).toBe(200);
    expect(await answer.text(), name).toContain('"ok":false');
    expect((await editor.get(`/articles/begun-${mark}`)).status(), name).toBe(404);
  }
  for (const body of [
    '',
    '{',
    'null',
    '"x"',
    '1e400',
    '{"type":"doc","content":[],"__proto__":{"x":1}}',
  ]) {
    const answer = await replay(editor, withField(caught, 'body', body));
    expect(await answer.text(), body).toContain('"ok":false');
  }
  await replay(editor, caught);
  await page.goto(address);
  await expect(textOf(page)).toHaveText('The text that stays.');
  expect((await editor.get(`/articles/begun-${mark}`)).status()).toBe(200);
});

test('a form with nulls, odd numbers or ids that are none breaks nothing', async ({ page, as }) => {
  await beginNews(page);
  const address = page.url();
  const caught = await catchAction(page, () =>
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  );
  const editor = await as('editor');
  const wrong: [field: string, value: string][] = [
    ['version', 'NaN'],
    ['version', '1e99'],
    ['version', '-1'],
    ['_id', "' or 1=1"],
    ['_id', randomUUID()],
    ['sectionId', 'x'],
    ['sectionId', randomUUID()],
    ['access', 'everything'],
    ['kind', '__proto__'],
    ['slug', '../../dashboard'],
    ['title', ''],
    ['title', 'x'.repeat(100_000)],
    ['intent', 'constructor'],
  ];
  for (const [field, value] of wrong) {
    const answer = await replay(editor, withField(caught, field, value));
    expect(answer.status(), `${field}=${value.slice(0, 40)}`).toBe(200);
    expect(await answer.text(), `${field}=${value.slice(0, 40)}`).toContain('"ok":false');
  }
  const nulls = await replay(editor, withField(caught, 'standfirst', 'A notice\0 without\0 nulls'));
  expect(nulls.status()).toBeLessThan(500);
  await page.goto(address);
  await expect(textOf(page)).toBeVisible();
});
