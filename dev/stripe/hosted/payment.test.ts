import { describe, expect, it } from 'vitest';
import { testAccounts, testCards } from '../objects/test-methods.ts';
import { email, type Order, opened, press } from './browser.fixture.ts';

const card = (number: string) => ({ email, card_number: number });
const sepa = (iban: string) => ({ email, payment_method: 'sepa_debit', iban });

const sessionOf = ({ standIn, session }: Order) =>
  standIn.control.get('checkout.session', session.id);

describe('payment on the hosted page', () => {
  it('is filled in with a card that works, and lists every test number with what it does', async () => {
    const order = await opened();
    const page = await (await order.standIn.fetch(String(order.session.url))).text();
    expect(page).toContain('value="4242 4242 4242 4242"');
    for (const { number, says } of [...testCards, ...testAccounts]) {
      expect(page).toContain(`value="use ${number}"`);
      expect(page).toContain(says);
    }
    expect(page).toContain('never type a real one');
    expect((await press(order, 'pay', { email })).status).toBe(303);
  });

  it.each([
    ['4000000000000002', 'card_declined', 'generic_decline', 'Your card was declined.'],
    ['4000000000009995', 'card_declined', 'insufficient_funds', 'insufficient funds'],
    ['4000000000000069', 'expired_card', 'expired_card', 'Your card has expired.'],
    ['4000000000000127', 'incorrect_cvc', 'incorrect_cvc', 'security code is incorrect'],
    ['4000000000000119', 'processing_error', 'processing_error', 'An error occurred'],
  ])(
    '%s is declined with its reason, and another card pays after',
    async (number, code, reason, words) => {
      const order = await opened();
      const declined = await press(order, 'pay', card(number));
      expect(declined.status).toBe(402);
      expect(declined.html).toContain(words.replaceAll("'", '&#39;'));
      expect(declined.html).toContain(`value="${email}"`);
      const open = await order.stripe.checkout.sessions.retrieve(order.session.id, {
        expand: ['payment_intent.latest_charge'],
      });
      expect(open).toMatchObject({ status: 'open', payment_status: 'unpaid' });
      expect(open.payment_intent).toMatchObject({
        status: 'requires_payment_method',
        last_payment_error: { code, decline_code: reason },
        latest_charge: {
          failure_code: code,
          outcome: { reason },
          payment_method_details: { card: { last4: number.slice(-4) } },
        },
      });
      expect((await press(order, 'pay', card('5555 5555 5555 4444'))).status).toBe(303);
      const paid = await order.stripe.checkout.sessions.retrieve(order.session.id, {
        expand: ['payment_intent.payment_method'],
      });
      expect(paid.payment_intent).toMatchObject({
        status: 'succeeded',
        last_payment_error: null,
        payment_method: { card: { brand: 'mastercard', last4: '4444' } },
      });
      expect(order.standIn.control.list('payment_intent')).toHaveLength(1);
    },
  );

  it('takes no number but the test ones, and never sends back or keeps another', async () => {
    const order = await opened();
    const real = '4929 1234 5678 9015';
    const refused = await press(order, 'pay', card(real));
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('id="card_number-error"');
    expect(refused.html).not.toContain(real);
    const iban = await press(order, 'pay', sepa('DE02120300000000202051'));
    expect(iban.html).toContain('id="iban-error"');
    expect(iban.html).not.toContain('DE02120300000000202051');
    expect(order.standIn.control.list('payment_intent')).toEqual([]);
  });

  it.each([
    [{ card_expiry: '13 / 30' }, 'card_expiry', 'Enter month and year'],
    [{ card_expiry: '01/20' }, 'card_expiry', 'in the past'],
    [{ card_cvc: '12' }, 'card_cvc', 'three or four digits'],
  ])('complains about %o beside the field', async (typed, field, words) => {
    const order = await opened();
    const refused = await press(order, 'pay', { email, ...typed } as Record<string, string>);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(`id="${field}-error"`);
    expect(refused.html).toContain(words);
  });

  it('fills in the number whose button is pressed, and keeps what was typed', async () => {
    const order = await opened();
    const used = await press(order, 'use 4000000000000002', { email });
    expect(used.status).toBe(200);
    expect(used.html).toContain('value="4000 0000 0000 0002"');
    expect(used.html).toContain(`value="${email}"`);
    const account = await press(order, 'use DE62370400440532013001', { email });
    expect(account.html).toMatch(/value="sepa_debit" checked/);
    expect(account.html).toContain('value="DE62 3704 0044 0532 0130 01"');
    expect(order.standIn.control.list('charge')).toEqual([]);
  });
});

describe('3-D Secure', () => {
  async function atTheBank(number: string) {
    const order = await opened();
    const sent = await press(order, 'pay', card(number));
    expect(sent.status).toBe(303);
    const bank = new URL(sent.headers.get('location') ?? '', String(order.session.url)).href;
    const answer = async (action: string) =>
      order.standIn.fetch(bank, { method: 'POST', body: new URLSearchParams({ action }) });
    return { order, bank, answer };
  }

  it('asks on a page of its own, and pays when it is confirmed', async () => {
    const { order, bank, answer } = await atTheBank('4000002760003184');
    const page = await (await order.standIn.fetch(bank)).text();
    expect(page).toContain('€12.50');
    expect(page).toContain('Stand-in, not Stripe');
    const [intent] = order.standIn.control.list('payment_intent');
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { redirect_to_url: { url: bank } },
    });
    const done = await answer('complete');
    expect(done.headers.get('location')).toContain('https://magazine.test/thanks');
    expect(sessionOf(order)?.payment_status).toBe('paid');
    const [charge] = order.standIn.control.list('charge');
    expect(charge?.payment_method_details?.card).toMatchObject({
      last4: '3184',
      three_d_secure: { result: 'authenticated' },
    });
    const types = order.standIn.control.events().map(({ type }) => type);
    expect(types.filter((type) => type === 'payment_intent.requires_action')).toHaveLength(1);
  });

  it('makes no charge when it is not confirmed, and the page can be paid after', async () => {
    const { order, answer } = await atTheBank('4000002760003184');
    const refused = await answer('fail');
    const back = new URL(refused.headers.get('location') ?? '', String(order.session.url));
    const page = await (await order.standIn.fetch(back)).text();
    expect(page).toContain('failed authentication. Nothing was charged.');
    expect(page).toContain(`value="${email}"`);
    expect(order.standIn.control.list('charge')).toEqual([]);
    expect(order.standIn.control.list('payment_intent')[0]).toMatchObject({
      status: 'requires_payment_method',
      next_action: null,
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
    expect((await press(order, 'pay', card('4242424242424242'))).status).toBe(303);
    expect(sessionOf(order)?.payment_status).toBe('paid');
  });

  it('can be confirmed and the card declined all the same', async () => {
    const { order, answer } = await atTheBank('4000008400001629');
    const declined = await answer('complete');
    expect(declined.headers.get('location')).toBe(`/c/pay/${order.session.id}?failed`);
    expect(sessionOf(order)).toMatchObject({ status: 'open' });
    expect(order.standIn.control.list('charge')[0]).toMatchObject({
      failure_code: 'card_declined',
    });
  });

  it('is not asked for by an address alone', async () => {
    const order = await opened();
    const bank = `${order.session.url}/authenticate`;
    const body = new URLSearchParams({ action: 'complete' });
    const forged = await order.standIn.fetch(bank, { method: 'POST', body });
    expect(forged.headers.get('location')).toBe(`/c/pay/${order.session.id}`);
    expect(sessionOf(order)?.status).toBe('open');
  });
});

describe('SEPA debits', () => {
  it.each([
    ['DE89 3704 0044 0532 0130 00', 'paid'],
    ['DE62 3704 0044 0532 0130 01', 'unpaid'],
  ])('from %s return to the shop unpaid, and end as %s', async (iban, later) => {
    const order = await opened();
    const response = await press(order, 'pay', sepa(iban));
    expect(response.status).toBe(303);
    expect(sessionOf(order)).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    order.standIn.control.settleDelayed(order.session.id);
    expect(sessionOf(order)?.payment_status).toBe(later);
  });

  it('are offered only where the session takes them', async () => {
    const order = await opened({ allowed_payment_method_types: ['card'] });
    const page = await (await order.standIn.fetch(String(order.session.url))).text();
    expect(page).not.toContain('SEPA');
    const forged = await press(order, 'pay', sepa('DE89370400440532013000'));
    expect(forged.status).toBe(422);
    const alone = await opened({ allowed_payment_method_types: ['sepa_debit'] });
    const other = await (await alone.standIn.fetch(String(alone.session.url))).text();
    expect(other).not.toContain('Card number');
    const card = { email, payment_method: 'card', card_number: '4242424242424242' };
    const paid = await press(alone, 'pay', { ...card, card_expiry: '12/34', card_cvc: '123' });
    expect(paid.status).toBe(422);
  });
});

it('a card that is disputed later pays first', async () => {
  const order = await opened();
  expect((await press(order, 'pay', card('4000 0000 0000 0259'))).status).toBe(303);
  expect(sessionOf(order)?.payment_status).toBe('paid');
  expect(order.standIn.control.list('dispute')[0]).toMatchObject({ status: 'needs_response' });
});
