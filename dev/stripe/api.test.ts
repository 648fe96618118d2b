import { describe, expect, it } from 'vitest';
import { anOrder, bench, buyer, refusal } from './fixtures.ts';

describe('the catalogue', () => {
  it('finds a price by its lookup key and moves the key on request', async () => {
    const { stripe } = bench();
    const product = await stripe.products.create({ name: 'Heft', metadata: { issue: '4' } });
    const first = await stripe.prices.create({
      product: product.id,
      currency: 'EUR',
      unit_amount: 1250,
      lookup_key: 'issue-4',
    });
    const taken = stripe.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount: 900,
      lookup_key: 'issue-4',
    });
    expect((await refusal(taken)).param).toBe('lookup_key');
    const second = await stripe.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount: 900,
      lookup_key: 'issue-4',
      transfer_lookup_key: true,
    });
    const found = await stripe.prices.list({ lookup_keys: ['issue-4'], expand: ['data.product'] });
    expect(found.data.map((price) => price.id)).toEqual([second.id]);
    expect(found.data[0]?.product).toMatchObject({ name: 'Heft', metadata: { issue: '4' } });
    expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
    expect(String(second.unit_amount_decimal)).toBe('900');
  });

  it('merges metadata and removes a key with an empty value', async () => {
    const { stripe } = bench();
    const product = await stripe.products.create({ name: 'Heft', metadata: { a: '1', b: '2' } });
    const updated = await stripe.products.update(product.id, {
      metadata: { a: '', c: '3' },
      active: false,
    });
    expect(updated).toMatchObject({ metadata: { b: '2', c: '3' }, active: false });
    const cleared = await stripe.products.update(product.id, { metadata: '' });
    expect(cleared.metadata).toEqual({});
  });

  it('keeps text in any script through the form encoding', async () => {
    const { stripe } = bench();
    const name = 'Ключ — 号外 & «ça» + 50 % = 🏝️ [x]';
    const product = await stripe.products.create({ name, metadata: { schlüssel: name } });
    expect(product).toMatchObject({ name, metadata: { schlüssel: name } });
    const brackets = stripe.products.create({ name, metadata: { 'a[1]': 'x' } });
    expect((await refusal(brackets)).param).toBe('metadata[a[1]]');
  });
});

describe('customers', () => {
  it('are created, found by e-mail, changed and deleted', async () => {
    const { stripe } = bench();
    const customer = await stripe.customers.create({ email: 'ada@example.org', name: 'Ada' });
    await stripe.customers.update(customer.id, { address: { country: 'DE', line1: 'Weg 1' } });
    const found = await stripe.customers.list({ email: 'ada@example.org' });
    expect(found.data[0]?.address).toMatchObject({ country: 'DE', line1: 'Weg 1', city: null });
    expect(await stripe.customers.del(customer.id)).toMatchObject({ deleted: true });
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
    expect((await stripe.customers.list({ email: 'ada@example.org' })).data).toEqual([]);
  });
});

describe('refusals', () => {
  it.each([
    ['an unknown parameter', { colour: 'red' }, 'parameter_unknown', 'colour'],
    [
      'payment_method_types',
      { payment_method_types: ['card'] },
      'parameter_unknown',
      'payment_method_types',
    ],
    [
      'a nested unknown parameter',
      { automatic_tax: { enabled: true, x: 1 } },
      'parameter_unknown',
      'automatic_tax[x]',
    ],
    ['a missing nested one', { automatic_tax: { provider: 'x' } }, undefined, undefined],
    ['the old ui_mode', { ui_mode: 'hosted' }, undefined, 'ui_mode'],
    ['an embedded page', { ui_mode: 'embedded_page' }, undefined, 'ui_mode'],
    ['a subscription', { mode: 'subscription' }, undefined, 'mode'],
    ['no success address', { success_url: undefined }, 'parameter_missing', 'success_url'],
    ['a relative address', { success_url: '/thanks' }, 'url_invalid', 'success_url'],
    ['an early expiry', { expires_at: 1_000_000 }, undefined, 'expires_at'],
    [
      'an amount that is no integer',
      { line_items: [{ quantity: 'x', price: 'p' }] },
      'parameter_invalid_integer',
      'line_items[0][quantity]',
    ],
    [
      'an unknown country',
      { shipping_address_collection: { allowed_countries: ['XX'] } },
      undefined,
      'shipping_address_collection[allowed_countries][0]',
    ],
    ['invoices', { invoice_creation: { enabled: true } }, undefined, 'invoice_creation'],
    ['no lines', { line_items: undefined }, 'parameter_missing', 'line_items'],
    [
      'a total under the minimum',
      {
        line_items: [
          {
            quantity: 1,
            price_data: { currency: 'eur', unit_amount: 20, product_data: { name: 'x' } },
          },
        ],
      },
      'amount_too_small',
      'line_items',
    ],
    [
      'an unknown price',
      { line_items: [{ quantity: 1, price: 'price_none' }] },
      'resource_missing',
      'line_items[0][price]',
    ],
  ])(
    'a session with %s is refused, and leaves nothing behind',
    async (_name, more, code, param) => {
      const { stripe, standIn } = bench();
      const call = stripe.checkout.sessions.create(anOrder(more as never));
      const error = await refusal(call);
      expect(error.statusCode).toBe(400);
      if (code !== undefined) expect(error.code).toBe(code);
      if (param !== undefined) expect(error.param).toBe(param);
      expect(standIn.control.list('product')).toEqual([]);
      expect(standIn.control.events()).toEqual([]);
    },
  );

  it('an unknown object and an unknown route are 404 in the shape that the SDK throws on', async () => {
    const { stripe } = bench();
    expect(await refusal(stripe.charges.retrieve('ch_none'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
      param: 'id',
    });
    expect(await refusal(stripe.subscriptions.list())).toMatchObject({
      statusCode: 404,
      type: 'StripeInvalidRequestError',
    });
  });

  it('a missing, a malformed and a live key are 401', async () => {
    const { standIn } = bench();
    for (const authorization of [
      '',
      'Bearer nonsense',
      'Bearer sk_live_abc',
      'Bearer rk_live_abc',
    ]) {
      const response = await standIn.fetch('http://stripe.test/v1/products', {
        headers: { authorization },
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toHaveProperty('error.message');
    }
  });

  it('another API version is refused', async () => {
    const { standIn } = bench();
    const headers = { authorization: 'Bearer sk_test_x', 'stripe-version': '2020-08-27' };
    const response = await standIn.fetch('http://stripe.test/v1/products', { headers });
    expect(response.status).toBe(400);
  });

  it('expanding what can not be expanded is refused', async () => {
    const { stripe } = bench();
    const session = await stripe.checkout.sessions.create(anOrder());
    const call = stripe.checkout.sessions.retrieve(session.id, { expand: ['colour'] });
    expect((await refusal(call)).message).toContain('cannot be expanded');
  });
});

describe('idempotency keys', () => {
  it('replay the first answer and do the work once', async () => {
    const { stripe, standIn } = bench();
    const first = await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    const again = await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    expect(again.id).toBe(first.id);
    expect(standIn.control.list('checkout.session')).toHaveLength(1);
    expect(standIn.control.requests().map((request) => request.replayed)).toEqual([false, true]);
  });

  it('are refused with other parameters', async () => {
    const { stripe } = bench();
    await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    const other = anOrder({ client_reference_id: 'other' });
    const error = await refusal(
      stripe.checkout.sessions.create(other, { idempotencyKey: 'order-1' }),
    );
    expect(error).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' });
  });

  it('are 409 while the first call runs', async () => {
    const { stripe, standIn } = bench();
    standIn.control.api.fail({
      match: 'POST /v1/checkout/sessions',
      kind: 'slow',
      milliseconds: 30,
    });
    const slow = stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    const error = await refusal(
      stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' }),
    );
    expect(error.statusCode).toBe(409);
    const session = await slow;
    const again = await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'order-1' });
    expect(again.id).toBe(session.id);
  });

  it('can be used again after a refusal, and after a day', async () => {
    const { stripe, standIn } = bench();
    const options = { idempotencyKey: 'order-1' };
    await refusal(stripe.checkout.sessions.create(anOrder({ success_url: '/x' }), options));
    const first = await stripe.checkout.sessions.create(anOrder(), options);
    await standIn.control.advance(25 * 3600);
    const next = await stripe.checkout.sessions.create(anOrder(), options);
    expect(next.id).not.toBe(first.id);
  });
});

describe('lists', () => {
  it('page with starting_after and filter by time and type', async () => {
    const { stripe, standIn } = bench();
    const product = await stripe.products.create({ name: 'first' });
    await standIn.control.advance(100);
    const border = Math.floor(standIn.control.now().getTime() / 1000);
    for (let count = 0; count < 4; count += 1)
      await stripe.products.create({ name: `later ${count}` });
    const names: string[] = [];
    for await (const one of stripe.products.list({ limit: 2 })) names.push(one.name);
    expect(names).toEqual(['later 3', 'later 2', 'later 1', 'later 0', 'first']);
    const late = await stripe.events.list({ created: { gte: border }, type: 'product.created' });
    expect(late.data).toHaveLength(4);
    const early = await stripe.events.list({ created: { lt: border }, types: ['product.created'] });
    expect(early.data.map((event) => (event.data.object as { id: string }).id)).toEqual([
      product.id,
    ]);
    expect((await stripe.events.list({ type: 'price.*' })).data).toEqual([]);
    const missing = stripe.products.list({ starting_after: 'prod_none' });
    expect((await refusal(missing)).code).toBe('resource_missing');
  });

  it('name the call that caused an event, with its key', async () => {
    const { stripe, standIn } = bench();
    await stripe.products.create({ name: 'x' }, { idempotencyKey: 'k' });
    const [request] = standIn.control.requests();
    expect(standIn.control.events()[0]?.request).toEqual({
      id: request?.requestId,
      idempotency_key: 'k',
    });
  });
});

describe('refunds', () => {
  it('add up exactly, partly and then wholly, and refuse more', async () => {
    const { stripe, standIn } = bench();
    const { id } = await stripe.checkout.sessions.create(anOrder());
    const { session } = await standIn.control.pay(id, buyer);
    const payment_intent = String(session.payment_intent);
    await stripe.refunds.create({ payment_intent, amount: 250, reason: 'requested_by_customer' });
    expect(await refusal(stripe.refunds.create({ payment_intent, amount: 1001 }))).toMatchObject({
      param: 'amount',
    });
    const rest = await stripe.refunds.create({ payment_intent, metadata: { order: '1' } });
    expect(rest).toMatchObject({ amount: 1000, status: 'succeeded', currency: 'eur' });
    const intent = await stripe.paymentIntents.retrieve(payment_intent, {
      expand: ['latest_charge.refunds'],
    });
    expect(intent.latest_charge).toMatchObject({ amount_refunded: 1250, refunded: true });
    expect(intent.latest_charge).toHaveProperty('refunds.data.length', 2);
    expect(await refusal(stripe.refunds.create({ payment_intent }))).toMatchObject({
      code: 'charge_already_refunded',
    });
    const listed = await stripe.refunds.list({ payment_intent });
    expect(listed.data.map((refund) => refund.amount)).toEqual([1000, 250]);
    const balance = standIn.control.list('balance_transaction').map((entry) => entry.amount);
    expect(balance).toEqual([-1000, -250, 1250]);
  });

  it('that fail give the money back to the charge and say so', async () => {
    const { stripe, standIn } = bench();
    const { id } = await stripe.checkout.sessions.create(anOrder());
    const { session } = await standIn.control.pay(id, buyer);
    const refund = await stripe.refunds.create({ payment_intent: String(session.payment_intent) });
    standIn.control.failRefund(refund.id);
    const failed = await stripe.refunds.retrieve(refund.id, { expand: ['charge'] });
    expect(failed).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' });
    expect(failed.charge).toMatchObject({ amount_refunded: 0, refunded: false });
    const types = standIn.control.events().map((event) => event.type);
    expect(types.slice(-3)).toEqual(['refund.failed', 'refund.updated', 'charge.refund.updated']);
  });
});
