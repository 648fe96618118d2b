import { describe, expect, it } from 'vitest';
import {
  aDraft,
  aSubscription,
  customerWith,
  DAY,
  HOUR,
  invoicesOf,
  shop,
  subscriber,
} from '../billing/billing.fixture.ts';
import { email, fieldsOf, press } from './browser.fixture.ts';

describe('the hosted page of a subscription', () => {
  it('says what is due today, how often it comes again and from when', async () => {
    const made = await shop();
    const session = await made.stripe.checkout.sessions.create(
      aSubscription([made.yearly, made.postage]),
    );
    const page = await (await made.standIn.fetch(String(session.url))).text();
    expect(page).toContain('€60.00 per year');
    expect(page).toContain('Due today');
    expect(page).toContain('Then €72.00 per year, first on 31 January 2028, until you cancel.');
    expect(page).toContain('>Subscribe</button>');
    const paid = await press({ ...made, session }, 'pay', { email });
    expect(paid.status).toBe(303);
    expect(made.standIn.control.list('subscription')).toHaveLength(1);
  });

  it('of a trial wants a card although nothing is due, and its bank’s word where that asks', async () => {
    const made = await shop();
    const session = await made.stripe.checkout.sessions.create(
      aSubscription([made.monthly], { subscription_data: { trial_period_days: 30 } }),
    );
    const page = await (await made.standIn.fetch(String(session.url))).text();
    expect(page).toContain('Free trial until 2 March 2027.');
    expect(page).toContain('id="card_number"');
    const order = { ...made, session };
    const declined = await press(order, 'pay', { email, card_number: '4000 0000 0000 0002' });
    expect(declined.status).toBe(402);
    const sent = await press(order, 'pay', { email, card_number: '4000 0025 0000 3155' });
    const bank = new URL(sent.headers.get('location') ?? '', String(session.url)).href;
    const body = new URLSearchParams({ action: 'complete' });
    const done = await made.standIn.fetch(bank, { method: 'POST', body });
    expect(done.headers.get('location')).toContain('https://magazine.test/thanks');
    expect(made.standIn.control.list('subscription')[0]).toMatchObject({ status: 'trialing' });
    expect(made.standIn.control.list('charge')).toEqual([]);
  });

  it('asks for no card where the session needs none', async () => {
    const made = await shop();
    const session = await made.stripe.checkout.sessions.create(
      aSubscription([made.monthly], {
        payment_method_collection: 'if_required',
        subscription_data: { trial_period_days: 30 },
      }),
    );
    const page = await (await made.standIn.fetch(String(session.url))).text();
    expect(page).not.toContain('card_number');
    expect((await press({ ...made, session }, 'pay', { email })).status).toBe(303);
  });

  it('takes an amount of the buyer’s own where the price is open', async () => {
    const made = await shop();
    const price = await made.stripe.prices.create({
      product: String(made.yearly.product),
      currency: 'eur',
      custom_unit_amount: { enabled: true, minimum: 500, preset: 1000 },
    });
    const line_items = [{ price: price.id, quantity: 1 }];
    const session = await made.stripe.checkout.sessions.create({
      ...aSubscription([]),
      mode: 'payment',
      line_items,
    });
    const order = { ...made, session };
    const little = await press(order, 'update', { amount: '4.99' });
    expect(little.html).toContain('Enter an amount of €5.00 or more.');
    const more = await press(order, 'update', { amount: '23,5' });
    expect(more.html).toContain('Pay €23.50');
    expect((await press(order, 'pay', { email, amount: '23.50' })).status).toBe(303);
  });
});

describe('the hosted page of an invoice', () => {
  async function unpaid() {
    const made = await shop();
    const { subscription, customer } = await subscriber(made, [made.monthly]);
    made.standIn.control.declineNext(customer);
    await made.standIn.control.advance(28 * DAY + HOUR);
    const [, invoice] = await invoicesOf(made, subscription.id);
    const url = String(invoice?.hosted_invoice_url);
    const pay = async (typed: Record<string, string>) => {
      const page = await (await made.standIn.fetch(url)).text();
      const body = new URLSearchParams({ ...fieldsOf(page), ...typed, action: 'pay' });
      const response = await made.standIn.fetch(url, { method: 'POST', body });
      return Object.assign(response, { html: await response.clone().text() });
    };
    const status = async () => (await made.stripe.subscriptions.retrieve(subscription.id)).status;
    return { ...made, url, pay, status, invoice: String(invoice?.id) };
  }

  it('shows and takes what is owed, and the subscription is active again', async () => {
    const { standIn, url, pay, status } = await unpaid();
    expect(await status()).toBe('past_due');
    const page = await (await standIn.fetch(url)).text();
    expect(page).toContain('Stand-in, not Stripe');
    expect(page).toContain('Pay €6.00');
    const declined = await pay({ card_number: '4000 0000 0000 0002' });
    expect(declined.status).toBe(402);
    expect(declined.html).toContain('Nothing was charged.');
    expect((await pay({})).status).toBe(303);
    expect(await status()).toBe('active');
    const over = await (await standIn.fetch(url)).text();
    expect(over).toContain('Paid');
    expect(over).not.toContain('<form');
  });

  it('goes by the bank where that asks, and charges nothing against its word', async () => {
    const { standIn, url, pay, status, stripe, invoice } = await unpaid();
    const answer = async (action: string) => {
      const sent = await pay({ card_number: '4000 0027 6000 3184' });
      const bank = new URL(sent.headers.get('location') ?? '', url).href;
      await standIn.fetch(bank, { method: 'POST', body: new URLSearchParams({ action }) });
    };
    await answer('fail');
    expect(await status()).toBe('past_due');
    expect((await stripe.invoices.retrieve(invoice)).attempt_count).toBe(1);
    await answer('complete');
    expect(await status()).toBe('active');
  });

  it('takes a debit, which is paid some minutes later', async () => {
    const { standIn, url, pay, status } = await unpaid();
    await pay({ payment_method: 'sepa_debit', iban: 'DE89 3704 0044 0532 0130 00' });
    expect(await (await standIn.fetch(url)).text()).toContain('A payment is under way.');
    await standIn.control.advance(600);
    expect(await status()).toBe('active');
  });

  it('is not there for drafts and forged ids', async () => {
    const made = await shop();
    const { standIn } = made;
    const { customer } = await customerWith(made, 'pm_card_visa');
    const draft = await aDraft(made, customer, 500);
    expect((await standIn.fetch(`http://stripe.test/i/${draft.id}`)).status).toBe(404);
    expect((await standIn.fetch('http://stripe.test/i/in_forged')).status).toBe(404);
  });
});
