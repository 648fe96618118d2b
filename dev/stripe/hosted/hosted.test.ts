import { describe, expect, it } from 'vitest';
import { anOrder, bench } from '../fixtures.ts';
import { address, opened, press } from './browser.fixture.ts';

describe('the hosted page', () => {
  it('carries its banner, its policy and no script, and escapes what it shows', async () => {
    const { standIn, session } = await opened({
      line_items: [
        {
          price_data: {
            currency: 'jpy',
            unit_amount: 1250,
            product_data: { name: '<script>"&\'' },
          },
          quantity: 2,
        },
      ],
      customer_email: 'ada+"x"@example.org',
    });
    const response = await standIn.fetch(String(session.url));
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain('Stand-in, not Stripe:</strong> no real money moves');
    expect(page).not.toMatch(/<script/i);
    expect(page).toContain('&#60;script&#62;&#34;&#38;&#39;');
    expect(page).toContain('value="ada+&#34;x&#34;@example.org"');
    expect(page).toContain('Pay JP¥2,500');
  });

  it('pays with a 303 to the success address', async () => {
    const order = await opened();
    const response = await press(order, 'pay', { email: 'reader@example.org' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(
      `https://magazine.test/thanks?session=${order.session.id}`,
    );
    await order.standIn.control.deliverDue();
    expect(order.received.at(-1)?.type).toBe('checkout.session.completed');
    const over = await order.standIn.fetch(String(order.session.url));
    expect(await over.text()).toContain('This order is complete');
  });

  it.each(['customer_email', 'customer'])('keeps the address that came as %s', async (name) => {
    const made = bench();
    const known = 'ada@example.org';
    const customer = await made.stripe.customers.create({ email: known });
    const session = await made.stripe.checkout.sessions.create(
      anOrder(name === 'customer' ? { customer: customer.id } : { customer_email: known }),
    );
    const page = await (await made.standIn.fetch(String(session.url))).text();
    expect(page).toMatch(/<input[^>]*value="ada@example.org"[^>]* readonly/);
    const forged = await press({ ...made, session }, 'pay', { email: 'other@example.org' });
    expect(forged.status).toBe(303);
    const paid = await made.stripe.checkout.sessions.retrieve(session.id);
    expect(paid.customer_details?.email).toBe(known);
  });

  it('leads back to the page from any of its addresses, without a query of its own', async () => {
    const order = await opened();
    const page = await (await order.standIn.fetch(`${order.session.url}?failed`)).text();
    expect(page).toContain(`action="/c/pay/${order.session.id}"`);
    expect(page).not.toContain('role="alert"');
  });

  it('puts every complaint beside its field and keeps what was typed', async () => {
    const order = await opened({
      shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    });
    const typed = { ...address, email: 'nonsense"', line1: '', country: 'FR' };
    const response = await press(order, 'pay', typed);
    expect(response.status).toBe(422);
    expect(response.html).toContain('<p class="error" id="email-error">Enter an e-mail address');
    expect(response.html).toContain('id="line1-error"');
    expect(response.html).toContain('cannot be sent to that country');
    expect(response.html).toContain('value="nonsense&#34;"');
    expect(response.html).toContain('value="Hafenweg 1"'.replace('Hafenweg 1', 'Ada Reader'));
    expect(response.html.match(/<option value="[A-Z]{2}"/g)).toHaveLength(2);
    expect(order.standIn.control.get('checkout.session', order.session.id)?.status).toBe('open');
  });

  it('sends the address that it asked for', async () => {
    const order = await opened({ shipping_address_collection: { allowed_countries: ['DE'] } });
    await press(order, 'pay', { ...address, email: 'reader@example.org' });
    const session = await order.stripe.checkout.sessions.retrieve(order.session.id);
    expect(session.collected_information?.shipping_details).toEqual({
      name: 'Ada Reader',
      address: {
        city: 'Hamburg',
        country: 'DE',
        line1: 'Hafenweg 1',
        line2: null,
        postal_code: '20457',
        state: null,
      },
    });
  });

  it('applies a promotion code and a quantity, shows the new total, and takes the code away again', async () => {
    const made = bench();
    const coupon = await made.stripe.coupons.create({ percent_off: 10, name: 'Spring' });
    await made.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'SPRING',
    });
    const session = await made.stripe.checkout.sessions.create(
      anOrder({
        allow_promotion_codes: true,
        line_items: [
          {
            price_data: { currency: 'eur', unit_amount: 1000, product_data: { name: 'No. 4' } },
            quantity: 1,
            adjustable_quantity: { enabled: true, maximum: 5 },
          },
        ],
      }),
    );
    const order = { ...made, session };
    const quantity = `quantity_${made.standIn.control.lineItems(session.id)[0]?.id}`;
    const wrong = await press(order, 'update', { promotion_code: 'WINTER', [quantity]: '9' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('This code is not valid.');
    expect(wrong.html).toContain('Enter a number from 1 to 5.');
    expect(wrong.html).toContain('value="WINTER"');
    const right = await press(order, 'update', {
      promotion_code: 'spring',
      [quantity]: '3',
      email: 'kept@example.org',
    });
    expect(right.status).toBe(200);
    expect(right.html).toContain('Discount: Spring');
    expect(right.html).toContain('Pay €27.00');
    expect(right.html).toContain('value="kept@example.org"');
    const without = await press(order, 'update', { promotion_code: '', [quantity]: '3' });
    expect(without.html).toContain('Pay €30.00');
  });

  it('never takes another total than the one it showed', async () => {
    const rate = (display_name: string, amount: number) => ({
      shipping_rate_data: {
        display_name,
        type: 'fixed_amount' as const,
        fixed_amount: { amount, currency: 'eur' },
      },
    });
    const order = await opened({
      shipping_address_collection: { allowed_countries: ['DE'] },
      shipping_options: [rate('Post', 300), rate('Express', 900)],
    });
    const express = String(order.session.shipping_options[1]?.shipping_rate);
    const typed = { ...address, email: 'reader@example.org', shipping_rate: express };
    const asked = await press(order, 'pay', typed);
    expect(asked.status).toBe(200);
    expect(asked.html).toContain('The total is now €21.50. Press again to go on.');
    const paid = await press(order, 'pay', typed);
    expect(paid.status).toBe(303);
    const session = order.standIn.control.get('checkout.session', order.session.id);
    expect(session).toMatchObject({
      amount_total: 2150,
      shipping_cost: { shipping_rate: express },
    });
  });

  it('lets the session expire, links back to the shop, and takes no money after', async () => {
    const order = await opened();
    const page = await (await order.standIn.fetch(String(order.session.url))).text();
    expect(page).toContain('href="https://magazine.test/issues/4"');
    const expired = await press(order, 'expire', {});
    expect(expired.status).toBe(410);
    expect(expired.html).toContain('href="https://magazine.test/issues/4"');
    expect((await press(order, 'pay', { email: 'reader@example.org' })).status).toBe(410);
    expect(order.standIn.control.list('charge')).toEqual([]);
  });

  it('knows no forged session, button or receipt', async () => {
    const order = await opened();
    expect((await order.standIn.fetch('http://stripe.test/c/pay/cs_test_forged')).status).toBe(404);
    expect((await order.standIn.fetch('http://stripe.test/receipts/ch_forged')).status).toBe(404);
    expect((await order.standIn.fetch(`${order.session.url}/authenticate`)).status).toBe(404);
    expect((await press(order, 'give_it_free', { email: 'reader@example.org' })).status).toBe(422);
    expect(
      (await order.standIn.fetch(String(order.session.url), { method: 'DELETE' })).status,
    ).toBe(405);
  });
});
