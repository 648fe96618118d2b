import type Stripe from 'stripe';
import { anOrder, type Bench, bench } from '../fixtures.ts';

export type Order = Bench & { session: Stripe.Checkout.Session };

export const address = {
  name: 'Ada Reader',
  line1: 'Hafenweg 1',
  line2: '',
  postal_code: '20457',
  city: 'Hamburg',
  state: '',
  country: 'DE',
};

export const email = 'reader@example.org';

export async function opened(
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Promise<Order> {
  const made = bench();
  const session = await made.stripe.checkout.sessions.create(anOrder(more));
  return { ...made, session };
}

/** What a browser without JavaScript would send of a page's form: every field with the value that the page gives it. */
export function fieldsOf(page: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [tag] of page.matchAll(/<input\b[^>]*>/g)) {
    const type = attribute(tag, 'type');
    if (type === 'radio' && !/\schecked\b/.test(tag)) continue;
    fields[attribute(tag, 'name')] = attribute(tag, 'value');
  }
  for (const [, tag = '', options = ''] of page.matchAll(
    /(<select\b[^>]*>)([\s\S]*?)<\/select>/g,
  )) {
    const selected = /<option[^>]*\sselected[^>]*>/.exec(options)?.[0] ?? '';
    fields[attribute(tag, 'name')] = attribute(selected, 'value');
  }
  return fields;
}

/** Opens the page, fills in `typed` and presses a button. */
export async function press(
  { standIn, session }: Pick<Order, 'standIn' | 'session'>,
  action: string,
  typed: Record<string, string> = {},
): Promise<Response & { html: string }> {
  const url = String(session.url);
  const page = await (await standIn.fetch(url)).text();
  const body = new URLSearchParams({ ...fieldsOf(page), ...typed, action });
  const response = await standIn.fetch(url, { method: 'POST', body });
  return Object.assign(response, { html: await response.clone().text() });
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value.replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)));
}
