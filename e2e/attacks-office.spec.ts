import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { catchAction, replay, test } from './fixtures/attacks.ts';
import {
  beginArticle,
  beginIssue,
  beginNews,
  buyDigital,
  openForm,
  openOrder,
  publish,
  stranger,
} from './fixtures/office.ts';
import { type DemoPerson, newAddress, stateOf } from './fixtures/test.ts';

/*
 * The dashboard's own requests, sent by somebody else. Each is caught on its way from a person who may do it; it is sent
 * by those who may not, then the office looks; and in the end it is sent as it was, to see that it would have worked.
 */

type Attack = {
  name: string;
  by: DemoPerson;
  others: (DemoPerson | null)[];
  /** Goes to the page and answers how to press and how to see whether it worked. */
  begin: (
    page: Page,
    browser: Browser,
  ) => Promise<{ press: () => Promise<void>; worked: () => Promise<boolean> }>;
};

/** What the server says: a browser that loads a page again may fill in what was typed there before. */
const sentBy = async (page: Page, address: string) => (await page.request.get(address)).text();

const attacks: Attack[] = [
  {
    name: 'saving an article',
    by: 'editor',
    others: [null, 'reader', 'writer'],
    begin: async (page) => {
      await beginArticle(page, 'article');
      const address = page.url();
      // The editor's own window would save it, too, before or after the forged request.
      await page.route('**/save', (route) => route.abort());
      return {
        press: async () => {
          await page.getByLabel('Kicker').fill('Forged');
          await page.getByRole('button', { name: 'Save', exact: true }).click();
        },
        worked: async () => {
          return (await sentBy(page, address)).includes('value="Forged"');
        },
      };
    },
  },
  {
    name: 'publishing news',
    by: 'editor',
    others: [null, 'reader', 'writer'],
    begin: async (page) => {
      await page.route('**/save', (route) => route.abort());
      const { slug } = await beginNews(page);
      return {
        press: () => publish(page),
        // Asked beside the page: one that is left sends its words, and what was caught would be out of date.
        worked: async () => (await page.request.get(`/articles/${slug}`)).status() === 200,
      };
    },
  },
  {
    name: 'beginning an article',
    by: 'writer',
    others: [null, 'reader'],
    begin: async (page) => {
      const title = `Begun ${randomUUID()}`;
      const form = await openForm(page, '/dashboard/articles', 'New article');
      return {
        press: async () => {
          await form.getByLabel('Title').fill(title);
          await form.getByRole('button', { name: 'Begin' }).click();
        },
        worked: async () => {
          await page.goto(`/dashboard/articles?q=${encodeURIComponent(title)}`);
          return (await page.getByRole('link', { name: title }).count()) > 0;
        },
      };
    },
  },
  {
    name: 'setting a price',
    by: 'publisher',
    others: [null, 'reader', 'writer', 'editor'],
    begin: async (page) => {
      await beginIssue(page);
      const address = page.url();
      const form = page.getByRole('form', { name: 'Prices of Digital' });
      return {
        press: async () => {
          await form.getByLabel('EUR').fill('0.51');
          await form.getByRole('button', { name: 'Offer' }).click();
        },
        worked: async () => {
          return (await sentBy(page, address)).includes('value="0.51"');
        },
      };
    },
  },
  {
    name: 'appointing an administrator',
    by: 'admin',
    others: [null, 'reader', 'writer', 'editor', 'publisher'],
    begin: async (page) => {
      const email = newAddress();
      const form = page.getByRole('form', { name: 'Appoint somebody' });
      await page.goto('/dashboard/people');
      return {
        press: async () => {
          await form.getByLabel('E-mail address').fill(email);
          await form.getByRole('button', { name: 'Appoint' }).click();
        },
        worked: async () => {
          await page.goto('/dashboard/people');
          return (await page.getByText(email).count()) > 0;
        },
      };
    },
  },
  {
    name: 'giving money back',
    by: 'publisher',
    others: [null, 'reader', 'writer', 'editor'],
    begin: async (page, browser) => {
      await openOrder(page, await buyDigital(await stranger(browser), 'night-work'));
      const address = page.url();
      return {
        press: async () => {
          await page.getByRole('button', { name: 'Go on' }).click();
          await page.getByRole('button', { name: /^Give back/ }).click();
        },
        worked: async () => {
          await page.goto(address);
          return (await page.getByText('Nothing is left to give back.').count()) > 0;
        },
      };
    },
  },
];

for (const { name, by, others, begin } of attacks) {
  test.describe(`${name}, as ${by} does it`, () => {
    test.use({ storageState: stateOf(by) });

    test('changes nothing when another sends it, or another site', async ({
      page,
      browser,
      as,
    }) => {
      const { press, worked } = await begin(page, browser);
      const caught = await catchAction(page, press);
      for (const who of others) {
        const answer = await replay(await as(who), caught);
        expect(answer.status(), `${who}`).toBeLessThan(500);
        const elsewhere = { ...caught, url: new URL('/account', caught.url).href };
        await replay(await as(who), elsewhere);
      }
      const cookies = await as(by);
      for (const origin of ['https://evil.example', 'null', 'http://localhost:1']) {
        const answer = await replay(cookies, caught, {
          origin,
          'x-forwarded-host': 'evil.example',
        });
        expect(answer.status()).toBe(403);
      }
      expect(await worked()).toBe(false);
      await replay(cookies, caught);
      await expect.poll(worked).toBe(true);
    });
  });
}
