import type Stripe from 'stripe';
import { rhythmText } from '../objects/periods.ts';
import { find, idOf, type World } from '../world.ts';
import { type Html, html, safeUrl } from './html.ts';
import { page } from './layout.ts';
import { amountText } from './money.ts';
import { redirect } from './other-pages.ts';

/** Everything that a page of the portal is about. `base` is the address of its first page. */
export type Desk = {
  world: World;
  session: Stripe.BillingPortal.Session;
  customer: Stripe.Customer;
  configuration: Stripe.BillingPortal.Configuration;
  base: string;
};

/** A page of the portal, with the way back. */
export function portalPage(desk: Desk, status: number, title: string, content: Html): Response {
  const back = html`<p class="back"><a href="${desk.base}?done">← Billing</a></p>`;
  return page(status, title, html`${back}<h1>${title}</h1>${content}`);
}

/** Where something done leads: back to the shop where the session was made for it and says so, else to the first page. */
export function finished(desk: Desk): Response {
  const after = desk.session.flow?.after_completion;
  const url = after?.type === 'redirect' ? after.redirect?.return_url : undefined;
  return redirect(url === undefined ? `${desk.base}?done` : safeUrl(url));
}

/** `€72.00 per year`: what a subscription costs without discounts. */
export function costText(subscription: Stripe.Subscription): string {
  const { data } = subscription.items;
  const total = data.reduce(
    (sum, { price, quantity }) => sum + (price.unit_amount ?? 0) * (quantity ?? 1),
    0,
  );
  const rhythm = data[0]?.price.recurring;
  const per = rhythm ? ` per ${rhythmText(rhythm)}` : '';
  return `${amountText(total, subscription.currency)}${per}`;
}

/** The names of what a subscription is to. */
export function namesOf(world: World, subscription: Stripe.Subscription): string {
  return subscription.items.data.map(({ price }) => nameOf(world, price)).join(', ');
}

export function nameOf(world: World, price: Stripe.Price): string {
  return price.nickname ?? find(world, 'product', String(idOf(price.product)))?.name ?? price.id;
}
