import Stripe from 'stripe';
import { describe, expect, it, vi } from 'vitest';
import { anOrder, bench, refusal } from './fixtures.ts';
import { fieldsOf } from './hosted/browser.fixture.ts';
import { API_VERSION, createStandIn } from './stand-in.ts';
import { checkAnswer, schemaVersion } from './validate.ts';

describe('guards', () => {
  it('refuse production unless it is the demo', () => {
    expect(() => bench({ mode: 'production' })).toThrow('does not start in production');
    expect(() => bench({ mode: 'production', demo: true })).not.toThrow();
  });

  it('refuse to send webhooks without a secret', () => {
    const webhook = (secrets: string[]) => ({ webhook: { url: 'http://app.test', secrets } });
    expect(() => bench(webhook([]))).toThrow('at least one secret');
    expect(() => bench(webhook([' ']))).toThrow('a secret is empty');
  });

  it('hold the stand-in to the SDK that is installed', () => {
    expect(API_VERSION).toBe(Stripe.API_VERSION);
    expect(schemaVersion).toBe(Stripe.PACKAGE_VERSION);
  });

  it('take an answer that breaks its schema for a defect', async () => {
    const { stripe } = bench();
    const product = await stripe.products.create({ name: 'x' });
    expect(() => checkAnswer({ ...product, colour: 'red' })).toThrow("breaks Stripe's schema");
    expect(() => checkAnswer({ ...product, type: 'nonsense' })).toThrow("breaks Stripe's schema");
    expect(() => checkAnswer({ ...product, name: undefined })).toThrow("breaks Stripe's schema");
    expect(() => checkAnswer({ object: 'unicorn' })).toThrow('unknown kind');
  });
});

describe('faults of the API', () => {
  it.each([
    ['429', Stripe.errors.StripeRateLimitError],
    ['500', Stripe.errors.StripeAPIError],
    ['409', Stripe.errors.StripeError],
  ] as const)('%s: nothing is done, as often as asked', async (kind, type) => {
    const { stripe, standIn } = bench();
    standIn.control.api.fail({ match: 'POST /v1/checkout/sessions', times: 2, kind });
    for (let count = 0; count < 2; count += 1) {
      const error = await refusal(
        stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'k' }),
      );
      expect(error).toBeInstanceOf(type);
      expect(error.statusCode).toBe(Number(kind));
    }
    expect(standIn.control.list('checkout.session')).toEqual([]);
    const session = await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'k' });
    expect(session.status).toBe('open');
    expect(standIn.control.requests().map(({ fault }) => fault)).toEqual([kind, kind, null]);
  });

  it('the answer lost after the change: the same key gives the same session', async () => {
    const { stripe, standIn } = bench();
    standIn.control.api.fail({ match: 'POST /v1/checkout/sessions', kind: 'answer_lost' });
    const error = await refusal(
      stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'k' }),
    );
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    const [made] = standIn.control.list('checkout.session');
    const session = await stripe.checkout.sessions.create(anOrder(), { idempotencyKey: 'k' });
    expect(session.id).toBe(made?.id);
    expect(standIn.control.list('checkout.session')).toHaveLength(1);
  });

  it('the network away: nothing is done; the SDK retries by itself where it is told to', async () => {
    const { standIn } = bench();
    const stripe = new Stripe('sk_test_x', {
      httpClient: Stripe.createFetchHttpClient(standIn.fetch),
      maxNetworkRetries: 1,
    });
    standIn.control.api.fail({ match: '*', kind: 'network' });
    const session = await stripe.checkout.sessions.create(anOrder());
    expect(session.status).toBe('open');
    expect(standIn.control.requests().map(({ status }) => status)).toEqual([null, 200]);
  });

  it('a slow answer runs into the timeout of the client', async () => {
    const { standIn } = bench();
    const stripe = new Stripe('sk_test_x', {
      httpClient: Stripe.createFetchHttpClient(standIn.fetch),
      maxNetworkRetries: 0,
      timeout: 20,
    });
    standIn.control.api.fail({ match: 'GET /v1/products/:id', kind: 'slow', milliseconds: 200 });
    expect(await refusal(stripe.products.retrieve('prod_x'))).toBeInstanceOf(
      Stripe.errors.StripeConnectionError,
    );
  });

  it('an abort ends the waiting, and the work is done all the same', async () => {
    const { standIn } = bench();
    standIn.control.api.fail({ match: 'POST /v1/products', kind: 'slow', milliseconds: 30 });
    const call = standIn.fetch('http://stripe.test/v1/products', {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_x' },
      body: 'name=x',
      signal: AbortSignal.timeout(5),
    });
    await expect(call).rejects.toThrow('timeout');
    await vi.waitFor(() => expect(standIn.control.list('product')).toHaveLength(1));
  });

  it('strike only the calls that they name', async () => {
    const { stripe, standIn } = bench();
    standIn.control.api.fail({ match: 'GET /v1/checkout/sessions/:id', kind: '500' });
    const session = await stripe.checkout.sessions.create(anOrder());
    await stripe.checkout.sessions.listLineItems(session.id);
    expect((await refusal(stripe.checkout.sessions.retrieve(session.id))).statusCode).toBe(500);
    standIn.control.api.fail({ match: '*', kind: '500', times: 9 });
    standIn.control.api.clear();
    expect((await stripe.checkout.sessions.retrieve(session.id)).id).toBe(session.id);
  });
});

describe('the virtual clock', () => {
  it('starts from the given one and moves only forward by what it is told', async () => {
    const clock = { now: () => new Date('2026-03-01T12:00:00Z') };
    const { standIn, stripe } = bench({ clock });
    expect(standIn.control.now()).toEqual(clock.now());
    await standIn.control.advance(90);
    expect(standIn.control.now()).toEqual(new Date('2026-03-01T12:01:30Z'));
    const product = await stripe.products.create({ name: 'x' });
    expect(product.created).toBe(Date.parse('2026-03-01T12:01:30Z') / 1000);
  });

  it('moves on where nobody is told of anything', async () => {
    const { standIn, stripe } = bench({ webhook: null });
    const { id } = await stripe.checkout.sessions.create(anOrder());
    await standIn.control.advance(25 * 3600);
    expect(standIn.control.get('checkout.session', id)?.status).toBe('expired');
    expect(standIn.control.nextDue()).toBeNull();
  });

  it('gives repeatable ids with a seed, and never the same ones without', async () => {
    const idOf = async (options: Parameters<typeof bench>[0]) =>
      (await bench(options).stripe.products.create({ name: 'x' })).id;
    expect(await idOf({ seed: 's' })).toBe(await idOf({ seed: 's' }));
    const unseeded = () => createStandIn({ webhook: null, publicOrigin: 'http://stripe.test' });
    const ids = await Promise.all(
      [unseeded(), unseeded()].map(async (standIn) => {
        const stripe = new Stripe('sk_test_x', {
          httpClient: Stripe.createFetchHttpClient(standIn.fetch),
        });
        return (await stripe.products.create({ name: 'x' })).id;
      }),
    );
    expect(ids[0]).not.toBe(ids[1]);
  });
});

describe('a call that is refused', () => {
  it('undoes nothing that happens around it: a webhook on its way', async () => {
    const made = bench({
      deliver: async () => {
        await refusal(
          made.stripe.prices.create({ currency: 'eur', unit_amount: -1, product: 'x' }),
        );
        return new Response();
      },
    });
    const { stripe, standIn } = made;
    await stripe.products.create({ name: 'x' });
    await standIn.control.deliverDue();
    expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
    expect(standIn.control.nextDue()).toBeNull();
  });

  it('undoes nothing that happens around it: a page that is sent slowly', async () => {
    const { stripe, standIn } = bench();
    const session = await stripe.checkout.sessions.create(anOrder());
    const page = await (await standIn.fetch(String(session.url))).text();
    const form = new URLSearchParams({ ...fieldsOf(page), email: 'a@example.org', action: 'pay' });
    const body = new ReadableStream({
      async pull(stream) {
        await refusal(stripe.charges.update('ch_none', { description: 'x' }));
        stream.enqueue(new TextEncoder().encode(String(form)));
        stream.close();
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    expect((await standIn.fetch(String(session.url), init)).status).toBe(303);
    expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid');
  });
});
