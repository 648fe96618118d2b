import type Stripe from 'stripe';
import { type Bench, bench, buyer } from '../fixtures.ts';
import type { StandInOptions } from '../stand-in.ts';

export const DAY = 24 * 3600;
export const HOUR = 3600;

export type Shop = Bench & {
  /** €60 a year, and what its postage costs with it. */
  yearly: Stripe.Price;
  postage: Stripe.Price;
  /** €6 a month. */
  monthly: Stripe.Price;
  /** Types of the events since the last call, oldest first. */
  news: () => string[];
};

/** A bench with plans on sale, on a clock that begins on the last of January 2027, at noon. */
export async function shop(options: Partial<StandInOptions> = {}): Promise<Shop> {
  const made = bench({ clock: { now: () => new Date('2027-01-31T12:00:00Z') }, ...options });
  const { stripe, standIn } = made;
  const magazine = await stripe.products.create({ name: 'Magazine' });
  const post = await stripe.products.create({ name: 'Postage' });
  const price = (product: string, unit_amount: number, interval: 'month' | 'year') =>
    stripe.prices.create({ product, unit_amount, currency: 'eur', recurring: { interval } });
  const yearly = await price(magazine.id, 6000, 'year');
  const postage = await price(post.id, 1200, 'year');
  const monthly = await price(magazine.id, 600, 'month');
  const seen = new Set(standIn.control.events().map(({ id }) => id));
  const news = () => {
    const fresh = standIn.control.events().filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    return fresh.map(({ type }) => type);
  };
  return { ...made, yearly, postage, monthly, news };
}

/** A Checkout session for a subscription to these prices. */
export function aSubscription(
  prices: readonly Stripe.Price[],
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'subscription',
    success_url: 'https://magazine.test/thanks?session={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://magazine.test/subscribe',
    line_items: prices.map(({ id }) => ({ price: id, quantity: 1 })),
    ...more,
  };
}

/** Someone who subscribed by Checkout: the paid session and what came of it. */
export async function subscriber(
  made: Shop,
  prices: readonly Stripe.Price[],
  more: Partial<Stripe.Checkout.SessionCreateParams> = {},
  input: Partial<typeof buyer> = {},
) {
  const { id } = await made.stripe.checkout.sessions.create(aSubscription(prices, more));
  const { session } = await made.standIn.control.pay(id, { ...buyer, ...input });
  const subscription = await made.stripe.subscriptions.retrieve(String(session.subscription));
  return { session, subscription, customer: String(session.customer) };
}

/** A customer made by the API, with a card by one of Stripe's test ids as the default. */
export async function customerWith(
  made: Shop,
  card: string,
  more: Stripe.CustomerCreateParams = {},
) {
  const customer = await made.stripe.customers.create({ email: 'ada@example.org', ...more });
  const method = await made.stripe.paymentMethods.attach(card, { customer: customer.id });
  await made.stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
  made.news();
  return { customer: customer.id, method: method.id };
}

/** A draft by hand, for something that is billed once. In cents. */
export async function aDraft({ stripe }: Shop, customer: string, amount: number) {
  await stripe.invoiceItems.create({ customer, amount, currency: 'eur' });
  return stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' });
}

/** The invoices of a subscription, oldest first. */
export async function invoicesOf(made: Shop, subscription: string): Promise<Stripe.Invoice[]> {
  const list = await made.stripe.invoices.list({ subscription, limit: 100 });
  return list.data.reverse();
}

export function time(text: string): number {
  return Date.parse(text) / 1000;
}
