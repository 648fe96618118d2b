import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import {
  DAY,
  HOUR,
  invoicesOf,
  type Shop,
  shop,
  subscriber,
  time,
} from '../billing/billing.fixture.ts';
import { refusal } from '../fixtures.ts';
import { fieldsOf } from './browser.fixture.ts';

type Visitor = Shop & {
  portal: Stripe.BillingPortal.Session;
  subscription: Stripe.Subscription;
  customer: string;
};

async function visitor(
  more: Partial<Stripe.BillingPortal.SessionCreateParams> = {},
): Promise<Visitor> {
  const made = await shop({ clock: { now: () => new Date('2027-04-01T00:00:00Z') } });
  const { subscription, customer } = await subscriber(made, [made.monthly]);
  await made.stripe.billingPortal.configurations.create({
    business_profile: { headline: 'Your subscription' },
    features: {
      customer_update: { enabled: true, allowed_updates: ['email', 'name', 'address'] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        mode: 'at_period_end',
        cancellation_reason: { enabled: true, options: ['too_expensive', 'unused'] },
      },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price'],
        proration_behavior: 'always_invoice',
        products: [
          { product: String(made.yearly.product), prices: [made.monthly.id, made.yearly.id] },
        ],
      },
    },
  });
  const portal = await made.stripe.billingPortal.sessions.create({
    customer,
    return_url: 'https://magazine.test/account',
    ...more,
  });
  return { ...made, portal, subscription, customer };
}

async function look({ standIn, portal }: Visitor, path = ''): Promise<string> {
  return (await standIn.fetch(`${portal.url}${path}`)).text();
}

/** Opens a page, fills in its fields, and presses the button: as a browser without JavaScript. */
async function press(
  desk: Visitor,
  path: string,
  action: string,
  typed: Record<string, string> = {},
) {
  const page = await look(desk, path);
  const body = new URLSearchParams({ ...fieldsOf(page), ...typed, action });
  const response = await desk.standIn.fetch(`${desk.portal.url}${path}`, { method: 'POST', body });
  return Object.assign(response, { html: await response.clone().text() });
}

describe('the Billing portal', () => {
  it('shows what someone has, under its banner, without script, and leads back to the shop', async () => {
    const desk = await visitor();
    const page = await look(desk);
    expect(page).toContain('Stand-in, not Stripe');
    expect(page).not.toMatch(/<script/i);
    expect(page).toContain('Your subscription');
    expect(page).toContain('€6.00 per month');
    expect(page).toContain('Renews on 1 May 2027.');
    expect(page).toContain('visa ending in 4242');
    expect(page).toContain('href="https://magazine.test/account"');
    expect(page).toMatch(/href="\/i\/in_\w+"/);
  });

  it('cancels with the period and a reason, and takes it back', async () => {
    const desk = await visitor();
    desk.news();
    const path = `/cancel/${desk.subscription.id}`;
    const done = await press(desk, path, 'cancel', { feedback: 'too_expensive', comment: 'Alas' });
    expect(done.status).toBe(303);
    const ending = await desk.stripe.subscriptions.retrieve(desk.subscription.id);
    expect(ending).toMatchObject({
      cancel_at_period_end: false,
      cancel_at: time('2027-05-01T00:00:00Z'),
      cancellation_details: { feedback: 'too_expensive', comment: 'Alas' },
    });
    expect(desk.news()).toEqual(['customer.subscription.updated']);
    expect(await look(desk)).toContain('Ends on 1 May 2027.');
    expect((await press(desk, '', `resume ${desk.subscription.id}`)).status).toBe(303);
    const back = await desk.stripe.subscriptions.retrieve(desk.subscription.id);
    expect(back).toMatchObject({ cancel_at: null, status: 'active' });
  });

  it('changes the plan after showing what that costs', async () => {
    const desk = await visitor();
    await desk.standIn.control.advance(15 * DAY);
    const path = `/plan/${desk.subscription.id}`;
    const portal = await desk.stripe.billingPortal.sessions.create({ customer: desk.customer });
    const later = { ...desk, portal };
    const shown = await press(later, path, 'preview', { price: desk.yearly.id });
    expect(shown.html).toContain('Amount due');
    expect(shown.html).toContain('€57.00');
    expect(await invoicesOf(desk, desk.subscription.id)).toHaveLength(1);
    const done = await press(later, path, 'confirm', { price: desk.yearly.id });
    expect(done.status).toBe(303);
    const [, invoice] = await invoicesOf(desk, desk.subscription.id);
    expect(invoice).toMatchObject({ status: 'paid', amount_paid: 5700 });
    const forged = await press(later, path, 'confirm', { price: desk.postage.id });
    expect(forged.status).toBe(422);
  });

  it('takes a card that works, asks its bank, and refuses one that is declined', async () => {
    const desk = await visitor();
    const declined = await press(desk, '/card', 'save', { card_number: '4000 0000 0000 0002' });
    expect(declined.status).toBe(402);
    expect(declined.html).toContain('Your card was declined.');
    expect(
      (await press(desk, '/card', 'save', { card_number: '4929 1234 5678 9015' })).status,
    ).toBe(422);
    const asked = await press(desk, '/card', 'save', { card_number: '4000 0025 0000 3155' });
    const bank = new URL(asked.headers.get('location') ?? '', desk.portal.url);
    const body = new URLSearchParams({ action: 'complete' });
    const confirmed = await desk.standIn.fetch(bank.href, { method: 'POST', body });
    expect(confirmed.status).toBe(303);
    expect(await look(desk)).toContain('visa ending in 3155');
    const saved = await press(desk, '/card', 'save', { card_number: '4000 0000 0000 0341' });
    expect(saved.status).toBe(303);
    await desk.standIn.control.advance(31 * DAY);
    expect((await desk.stripe.subscriptions.retrieve(desk.subscription.id)).status).toBe(
      'past_due',
    );
  });

  it('changes address and e-mail', async () => {
    const desk = await visitor();
    const wrong = await press(desk, '/details', 'save', { email: 'nonsense' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('id="email-error"');
    await press(desk, '/details', 'save', {
      email: 'new@example.org',
      city: 'Wien',
      country: 'AT',
    });
    expect(await desk.stripe.customers.retrieve(desk.customer)).toMatchObject({
      email: 'new@example.org',
      address: { city: 'Wien', country: 'AT' },
    });
  });

  it('leads straight to what a session was made for, and back to where it says', async () => {
    const desk = await visitor();
    const { stripe, customer, subscription } = desk;
    const flow_data: Stripe.BillingPortal.SessionCreateParams.FlowData = {
      type: 'subscription_cancel',
      subscription_cancel: { subscription: subscription.id },
      after_completion: { type: 'redirect', redirect: { return_url: 'https://magazine.test/bye' } },
    };
    const portal = await stripe.billingPortal.sessions.create({ customer, flow_data });
    const path = `/cancel/${subscription.id}`;
    const first = await desk.standIn.fetch(portal.url);
    expect(first.headers.get('location')).toBe(`/p/session/${portal.id}${path}`);
    const done = await press({ ...desk, portal }, path, 'cancel');
    expect(done.headers.get('location')).toBe('https://magazine.test/bye');
    const other = await stripe.customers.create({ email: 'other@example.org' });
    const foreign = stripe.billingPortal.sessions.create({ customer: other.id, flow_data });
    expect((await refusal(foreign)).param).toContain('subscription');
  });

  it('is closed to forged sessions, others’ subscriptions, what is switched off, and after an hour', async () => {
    const desk = await visitor();
    const other = await subscriber(desk, [desk.monthly], {}, { email: 'other@example.org' });
    expect((await desk.standIn.fetch('http://stripe.test/p/session/bps_forged')).status).toBe(404);
    expect(await look(desk, `/cancel/${other.subscription.id}`)).toContain(
      'There is no such page.',
    );
    const [configuration] = (await desk.stripe.billingPortal.configurations.list()).data;
    await desk.stripe.billingPortal.configurations.update(String(configuration?.id), {
      features: { payment_method_update: { enabled: false } },
    });
    expect(await look(desk, '/card')).toContain('There is no such page.');
    await desk.standIn.control.advance(2 * HOUR);
    expect((await desk.standIn.fetch(desk.portal.url)).status).toBe(404);
  });
});
