import { describe, expect, it, vi } from 'vitest';
import { anOrder, bench, refusal } from './fixtures.ts';

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

  it('tells in the event of a change what the fields were before, and nothing where none is', async () => {
    const { stripe, standIn } = bench();
    const product = await stripe.products.create({ name: 'Heft', metadata: { a: '1', b: '2' } });
    await stripe.products.update(product.id, {
      name: 'Issue',
      metadata: { a: '', b: '3', c: '4' },
    });
    const [, updated] = standIn.control.events();
    expect(updated).toMatchObject({ type: 'product.updated' });
    expect(updated?.data.previous_attributes).toEqual({
      name: 'Heft',
      metadata: { a: '1', b: '2', c: null },
    });
    await stripe.products.update(product.id, { name: 'Issue' });
    expect(standIn.control.events()).toHaveLength(2);
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
    ['a subscription of nothing that recurs', { mode: 'subscription' }, undefined, 'line_items'],
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
    expect(await refusal(stripe.quotes.list())).toMatchObject({
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

  it('know what time brought about from what a call did', async () => {
    const { stripe, standIn } = bench({ webhook: null, clock: { now: () => new Date() } });
    const { id } = await stripe.checkout.sessions.create(anOrder());
    const later = standIn.control.now().getTime() + 25 * 3600 * 1000;
    vi.useFakeTimers({ now: later, toFake: ['Date'] });
    expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('expired');
    vi.useRealTimers();
    const request = { id: null, idempotency_key: null };
    const expired = { type: 'checkout.session.expired', request };
    expect(standIn.control.events().at(-1)).toMatchObject(expired);
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
